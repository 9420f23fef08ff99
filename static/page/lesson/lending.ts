/** Figures of a text that show meanwhile what a text or a check speaks of, and then again what they showed before. */
import type { PageAddress } from "../state/types.ts";

/** What a piece has a figure show. */
export interface LoanWish<Element> {
  figure: Element;
  address: PageAddress;
  /** it stays as it is, after what it showed before */
  stays?: (before: PageAddress) => boolean;
}

/**
 * @param ports.shownIn  what a figure shows, at rest
 * @param ports.open  has it show something else
 */
export function createLending<Element extends object>(ports: {
  shownIn: (figure: Element) => PageAddress;
  open: (figure: Element, address: PageAddress) => void;
}) {
  /** By the text or check that it is lent to; before: null once something was set in it, which it keeps. */
  const lent: Map<Element, { figure: Element; address: string; before: PageAddress | null }> = new Map();

  function lend(
    piece: Element,
    figure: Element,
    address: PageAddress,
    before: PageAddress = lent.get(piece)?.before ?? ports.shownIn(figure),
  ) {
    lent.set(piece, { figure, address: JSON.stringify(address), before });
    ports.open(figure, address);
  }

  function giveBack(piece: Element) {
    const loan = lent.get(piece);
    lent.delete(piece);
    if (loan) ports.open(loan.figure, loan.before ?? ports.shownIn(loan.figure));
  }

  return {
    lend,
    giveBack,
    /** Its own question cannot be answered until it is given back. */
    isLent: (figure: Element): boolean => [...lent.values()].some((loan) => loan.figure === figure),
    /** Something was set in a figure. */
    keep(figure: Element) {
      for (const loan of lent.values()) if (loan.figure === figure) loan.before = null;
    },
    /** Lends to these, unless it has been lent to them, and to no others. */
    only(pieces: Map<Element, LoanWish<Element>>) {
      /** What figures that go from one piece to another showed first. */
      const passed: Map<Element, PageAddress> = new Map();
      const wantedFigures = new Set([...pieces.values()].map(({ figure }) => figure));
      for (const [piece, { figure, before }] of [...lent].reverse()) {
        if (pieces.has(piece)) continue;
        if (before && wantedFigures.has(figure)) {
          passed.set(figure, before);
          lent.delete(piece);
        } else giveBack(piece);
      }
      for (const [piece, { figure, address, stays }] of pieces) {
        const loan = lent.get(piece);
        const before = loan ? loan.before : (passed.get(figure) ?? ports.shownIn(figure));
        if (!before || loan?.address === JSON.stringify(address)) continue;
        if (loan || !stays?.(before)) lend(piece, figure, address, before);
        else if (passed.has(figure)) ports.open(figure, before);
      }
    },
  };
}
