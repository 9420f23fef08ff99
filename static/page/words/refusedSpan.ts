import type { Refusal } from "../state/types.ts";

/**
 * The part of a text that a refusal concerns.
 * @returns from, to
 */
export function refusedSpan(text: string, { ctx: { line = 1, column, word } }: Refusal): [number, number] | null {
  if (column === undefined) return null;
  const before = text
    .split("\n")
    .slice(0, line - 1)
    .reduce((sum, line) => sum + line.length + 1, 0);
  const from = Math.min(before + Math.max(0, column - 1), text.length);
  // For a call only the name of the function is marked.
  const length = word?.match(/^\w+/)?.[0].length ?? text.slice(from).match(/^\w+|^./)?.[0].length ?? 1;
  return [from, from + length];
}
