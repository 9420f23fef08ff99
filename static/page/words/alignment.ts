/**
 * Two rules side by side. Lines that compute the same quantity share a row, and so do lines that are the same but for
 * the names in them: the average of the squares is one thing, whether its decay is called beta or beta2.
 */
import { difference, keyOfAll } from "./difference.ts";
import { partsOf } from "./latexTree.ts";
import type { LineText } from "./stepLines.ts";

/** the formulas with marks on what is not in both */
export type AlignedRow = { left: LineText | null; right: LineText | null; differs: boolean };

/** What every rule is given: never another name for something else. */
const GIVEN = ["w", "g", "t", "lr"];
/** How well two lines go together: the same but for names and of one name, the same but for names, of one name. */
const FIT = { same: 4, renamed: 3, named: 2 };
/** Where a rule has several lines of one name, its last go together. */
const LAST = 0.5;

/** @returns its formula without names, and the names in order */
function shapeOf({ formula, quantity }: LineText): { shape: string; names: string[]; quantity: string } {
  const names: string[] = [];
  const shape = keyOfAll(partsOf(formula), (name) => {
    names.push(name);
    return "";
  });
  return { shape, names, quantity };
}

type Shape = ReturnType<typeof shapeOf>;

/**
 * What names of the left are called at the right, as far as two lines of one shape say so.
 * @param fixed  names that are what they are
 * @returns null: they are not the same
 */
function renaming(
  a: Shape,
  b: Shape,
  fixed: Set<string>,
  known: Map<string, string> = new Map(),
): Map<string, string> | null {
  if (a.shape !== b.shape || a.names.length !== b.names.length) return null;
  const found = new Map(known);
  for (const [k, name] of a.names.entries()) {
    const other = b.names[k];
    if (name !== other && (fixed.has(name) || fixed.has(other))) return null;
    const [there, back] = [found.get(name) ?? other, [...found].find(([, value]) => value === other)?.[0] ?? name];
    if (there !== other || back !== name) return null;
    found.set(name, other);
  }
  return found;
}

const isLast = (all: Shape[], k: number) => !all.slice(k + 1).some(({ quantity }) => quantity === all[k].quantity);

function fits(left: Shape[], right: Shape[], fixed: Set<string>): (i: number, j: number) => number {
  return (i, j) => {
    const [a, b] = [left[i], right[j]];
    const last = isLast(left, i) === isLast(right, j) ? LAST : 0;
    if (renaming(a, b, fixed)) return a.quantity === b.quantity ? FIT.same + last : FIT.renamed;
    return a.quantity === b.quantity ? FIT.named + last : 0;
  };
}

/** The pairs that fit best all together. */
function paired(left: number, right: number, fit: (i: number, j: number) => number): [number | null, number | null][] {
  const best = Array.from({ length: left + 1 }, () => new Array(right + 1).fill(0));
  for (let i = left - 1; i >= 0; i--) {
    for (let j = right - 1; j >= 0; j--)
      best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], fit(i, j) > 0 ? fit(i, j) + best[i + 1][j + 1] : 0);
  }
  const pairs: [number | null, number | null][] = [];
  for (let i = 0, j = 0; i < left || j < right; ) {
    if (i < left && j < right && fit(i, j) > 0 && best[i][j] === fit(i, j) + best[i + 1][j + 1]) pairs.push([i++, j++]);
    else if (i < left && (j === right || best[i + 1][j] >= best[i][j + 1])) pairs.push([i++, null]);
    else pairs.push([null, j++]);
  }
  return pairs;
}

/** Names that both rules have. */
function shared(left: Shape[], right: Shape[]) {
  const there = new Set(right.flatMap(({ names }) => names));
  return new Set([...GIVEN, ...left.flatMap(({ names }) => names.filter((name) => there.has(name)))]);
}

/** @returns in the order of both */
export function aligned(left: LineText[], right: LineText[]): AlignedRow[] {
  const [a, b] = [left, right].map((lines) => lines.map(shapeOf));
  const fixed = shared(a, b);
  const pairs = paired(a.length, b.length, fits(a, b, fixed));
  const names = pairs.reduce(
    (known, [i, j]) => (i !== null && j !== null && renaming(a[i], b[j], fixed, known)) || known,
    new Map() as Map<string, string>,
  );
  return pairs.map(([i, j]) => {
    if (i === null || j === null)
      return { left: i === null ? null : left[i], right: j === null ? null : right[j], differs: true };
    const {
      left: one,
      right: other,
      differs,
    } = difference(left[i].formula, right[j].formula, (name) => names.get(name) ?? name);
    return { left: { ...left[i], formula: one }, right: { ...right[j], formula: other }, differs };
  });
}
