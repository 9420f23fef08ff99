/** Figures of a text that show meanwhile what a text or a check speaks of, and then again what they showed before. */
import type { PageAddress } from "../state/types.ts";

/**
 * @param ports.shownIn  what a figure shows
 * @param ports.open  has it show something else
 */
export function createLending<Element extends object>(ports: {
  shownIn: (figure: Element) => PageAddress;
  open: (figure: Element, address: PageAddress) => void;
}) {
  /** By the text or check that it is lent to. */
  const lent: Map<Element, { figure: Element; before: PageAddress }> = new Map();

  function lend(piece: Element, figure: Element, address: PageAddress) {
    const before = ports.shownIn(figure);
    lent.set(piece, lent.get(piece) ?? { figure, before });
    ports.open(figure, address);
  }

  function giveBack(piece: Element) {
    const { figure, before } = lent.get(piece) ?? {};
    lent.delete(piece);
    if (figure && before) ports.open(figure, before);
  }

  return {
    lend,
    giveBack,
    /** Its own question cannot be answered until it is given back. */
    isLent: (figure: Element): boolean => [...lent.values()].some((one) => one.figure === figure),
    /** Lends to these, unless it has been lent to them, and to no others. */
    only(pieces: Map<Element, { figure: Element; address: PageAddress }>) {
      for (const piece of [...lent.keys()].reverse()) if (!pieces.has(piece)) giveBack(piece);
      for (const [piece, { figure, address }] of pieces) if (!lent.has(piece)) lend(piece, figure, address);
    },
  };
}
