/** Compares two formulas part by part, and marks in both what the other lacks. */

import { pairedInOrder } from "../math/pairs.ts";
import { isOperator, isSpace, joinedAll, type LatexPart, partsOf, partText, textOf } from "./latexTree.ts";

/** LaTeX of both, with marks */
type Difference = { left: string; right: string; differs: boolean };

/**
 * The key by which parts are compared: quantities by their names, without spaces.
 * @param named  the name by which a quantity is compared
 */
function partKey(part: LatexPart, named: (name: string) => string): string {
  if (part.name) return `<${named(part.name)}>${keyOfText(part.raised, named)}`;
  const { raised } = part;
  return partText({ ...part, raised: "" }, (inside) => keyOfAll(inside, named)) + keyOfText(raised, named);
}

export const keyOfAll = (parts: LatexPart[], named: (name: string) => string) =>
  joinedAll(parts.filter((part) => !isSpace(part)).map((part) => partKey(part, named)));

const keyOfText = (latex: string, named: (name: string) => string) =>
  latex ? latex[0] + keyOfAll(partsOf(latex.slice(1)), named) : "";

/** The longest common subsequence of two rows, as pairs of indices. */
const common = (left: string[], right: string[]) =>
  pairedInOrder(left.length, right.length, (i, j) => Number(left[i] === right[j])).filter(
    (pair): pair is [number, number] => pair[0] !== null && pair[1] !== null,
  );

/** The stretches between common parts. */
function gaps(pairs: [number, number][], left: number, right: number): [number, number, number, number][] {
  const ends = [...([[-1, -1]] as [number, number][]), ...pairs, [left, right] as [number, number]];
  return ends.slice(1).map(([i, j], k) => [ends[k][0] + 1, i, ends[k][1] + 1, j]);
}

/** Whether two parts differ at most in their contents. */
const alike = (a: LatexPart, b: LatexPart) =>
  a.inside.length > 0 &&
  !a.name &&
  a.open === b.open &&
  a.close === b.close &&
  a.raised === b.raised &&
  a.inside.length === b.inside.length;

/**
 * @param renamed  the name at the right for a name at the left
 * @param marks  filled with the LaTeX of parts that differ only inside; null: all of the part differs
 * @returns whether the two have any part in common
 */
function compare(
  left: LatexPart[],
  right: LatexPart[],
  renamed: (name: string) => string,
  marks: Map<LatexPart, string | null>,
): boolean {
  const [a, b] = [left, right].map((parts) => parts.filter((part) => !isSpace(part)));
  const pairs = common(
    a.map((part) => partKey(part, renamed)),
    b.map((part) => partKey(part, (name) => name)),
  );
  let hasShared = pairs.some(([i]) => !isOperator(a[i]));
  for (const [i0, i1, j0, j1] of gaps(pairs, a.length, b.length)) {
    const unmatched = b.slice(j0, j1);
    for (const part of a.slice(i0, i1)) {
      const at = unmatched.findIndex((other) => alike(part, other));
      const [other] = at < 0 ? [undefined] : unmatched.splice(at, 1);
      const shared = other !== undefined && compareInside(part, other, renamed, marks);
      hasShared ||= shared;
      if (!shared) for (const unmatched of [part, other]) if (unmatched) marks.set(unmatched, null);
    }
    for (const part of unmatched) marks.set(part, null);
  }
  return hasShared;
}

function compareInside(
  a: LatexPart,
  b: LatexPart,
  renamed: (name: string) => string,
  marks: Map<LatexPart, string | null>,
) {
  const shared = a.inside.map((inside, k) => compare(inside, b.inside[k], renamed, marks));
  if (!shared.some(Boolean)) return false;
  for (const part of [a, b])
    marks.set(
      part,
      partText(part, (inside) => marked(inside, marks)),
    );
  return true;
}

/** The LaTeX of parts with marks; operators stay outside of marks, where they would lose their spaces. */
function marked(parts: LatexPart[], marks: Map<LatexPart, string | null>): string {
  const texts: string[] = [];
  let run: LatexPart[] = [];
  const flush = () => {
    const spaces = [...run].reverse().findIndex((part) => !isSpace(part));
    const end = run.length - Math.max(0, spaces);
    if (run.length) texts.push(`\\htmlData{differs=yes}{${textOf(run.slice(0, end))}}`, textOf(run.slice(end)));
    run = [];
  };
  for (const part of parts) {
    if (marks.get(part) === null && !isOperator(part)) run.push(part);
    else if (run.length && isSpace(part)) run.push(part);
    else {
      flush();
      texts.push(marks.get(part) ?? partText(part));
    }
  }
  flush();
  return joinedAll(texts);
}

/**
 * @param left  LaTeX
 * @param right  LaTeX
 * @param renamed  the name at the right for a name at the left
 */
export function difference(
  left: string,
  right: string,
  renamed: (name: string) => string = (name) => name,
): Difference {
  const [a, b] = [partsOf(left), partsOf(right)];
  const marks: Map<LatexPart, string | null> = new Map();
  compare(a, b, renamed, marks);
  return { left: marked(a, marks), right: marked(b, marks), differs: marks.size > 0 };
}
