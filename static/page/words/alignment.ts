/**
 * Aligns the lines of two rules in rows: lines that compute the same quantity share a row, and so do lines that are
 * equal up to the names in them. The average of the squares is the same whether its decay is called beta or beta2.
 */
import { pairedInOrder } from "../math/pairs.ts";
import { difference, keyOfAll } from "./difference.ts";
import { partsOf } from "./latexTree.ts";
import type { LineText } from "./stepLines.ts";

/** one row; each formula has marks on the parts that the other lacks */
export type AlignedRow = { left: LineText | null; right: LineText | null; differs: boolean };

/** Names that every rule uses: none of them is ever matched with another name. */
const PREDEFINED = ["w", "g", "t", "lr"];
/** Scores of a pair of lines: equal up to names with the same quantity; equal up to names; the same quantity only. */
const FIT = { same: 4, renamed: 3, named: 2 };
/** Added to the score where both lines are the last of their quantity. */
const LAST = 0.5;

/** @returns the formula without names, and its names in order */
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
 * Finds how to rename the names of `a` so that it equals `b`.
 * @param fixed  names that must keep their meaning
 * @param previous  the renaming so far
 * @returns the renaming, `previous` included; null: there is none
 */
function renaming(
  a: Shape,
  b: Shape,
  fixed: Set<string>,
  previous: Map<string, string> = new Map(),
): Map<string, string> | null {
  if (a.shape !== b.shape || a.names.length !== b.names.length) return null;
  const renames = new Map(previous);
  for (const [k, name] of a.names.entries()) {
    const other = b.names[k];
    if (name !== other && (fixed.has(name) || fixed.has(other))) return null;
    const [forward, back] = [
      renames.get(name) ?? other,
      [...renames].find(([, value]) => value === other)?.[0] ?? name,
    ];
    if (forward !== other || back !== name) return null;
    renames.set(name, other);
  }
  return renames;
}

const isLast = (all: Shape[], k: number) => !all.slice(k + 1).some(({ quantity }) => quantity === all[k].quantity);

function pairScore(left: Shape[], right: Shape[], fixed: Set<string>): (i: number, j: number) => number {
  return (i, j) => {
    const [a, b] = [left[i], right[j]];
    const last = isLast(left, i) === isLast(right, j) ? LAST : 0;
    if (renaming(a, b, fixed)) return a.quantity === b.quantity ? FIT.same + last : FIT.renamed;
    return a.quantity === b.quantity ? FIT.named + last : 0;
  };
}

/** Names that both rules have. */
function sharedNames(left: Shape[], right: Shape[]) {
  const rightNames = new Set(right.flatMap(({ names }) => names));
  return new Set([...PREDEFINED, ...left.flatMap(({ names }) => names.filter((name) => rightNames.has(name)))]);
}

/** @returns the rows, in the order of both rules */
export function alignedLines(left: LineText[], right: LineText[]): AlignedRow[] {
  const [a, b] = [left, right].map((lines) => lines.map(shapeOf));
  const fixed = sharedNames(a, b);
  const pairs = pairedInOrder(a.length, b.length, pairScore(a, b, fixed));
  const names = pairs.reduce(
    (renames, [i, j]) => (i !== null && j !== null && renaming(a[i], b[j], fixed, renames)) || renames,
    new Map() as Map<string, string>,
  );
  return pairs.map(([i, j]) => {
    if (i === null || j === null)
      return { left: i === null ? null : left[i], right: j === null ? null : right[j], differs: true };
    const {
      left: leftFormula,
      right: rightFormula,
      differs,
    } = difference(left[i].formula, right[j].formula, (name) => names.get(name) ?? name);
    return { left: { ...left[i], formula: leftFormula }, right: { ...right[j], formula: rightFormula }, differs };
  });
}
