/** Names of a rule in letters, for pictures that have any: few of the first view do. */

import type { Letter } from "../words/symbol.ts";
import type { Span } from "./mark.ts";

/** The italic theta of the type is another letter than that of formulas. */
const GREEK = /\p{Script=Greek}/u;
/** Size, drop and gap of an index, as shares of the size of its letter. */
const BELOW = { size: 0.72, drop: 0.28, gap: 0.08 };

/** A name of a rule in letters: italic, what follows an underscore below it. */
export const spansOf = ({ stem, below }: Letter): Span[] => [
  { text: stem, weight: 400, italic: stem.length <= 2 && !GREEK.test(stem) },
  ...(below ? [{ text: below, weight: 400, ...BELOW }] : []),
];
