/**
 * Where a lesson is read, what speaks of a figure waits until what the figure asks is answered: it would give the
 * answer away, beside a figure that does not show it yet.
 */
import { all, isBefore, shownBy } from "./elements.ts";

/** A text or a check that waits, and the line that stands in its place. */
const [WAITING, LINE] = ["is-waiting", "waits note"];

/**
 * @returns the figure that a piece waits for, which stands before it; null: none. A check of other runs asks something
 * of its own, and whoever comes by a link to a section has come to read it.
 */
function awaitedBy(piece: HTMLElement): HTMLElement | null {
  const shown = shownBy(piece);
  const sought = document.getElementById(location.hash.slice(1));
  if (!shown || sought?.contains(piece)) return null;
  if (shown.after) return document.getElementById(`figure-${shown.after}`);
  const { figure, moment } = shown;
  if (!figure.matches("[data-asks]") || (piece.matches(".check") && moment.spec !== null)) return null;
  return isBefore(figure, piece) ? figure : null;
}

/** @returns a line that leads to what is to be answered first */
function lineTo(figure: HTMLElement) {
  const line = document.createElement("p");
  line.className = LINE;
  const link = document.createElement("a");
  [link.href, link.textContent] = [`#${figure.id}`, "what is asked here"];
  line.append("Told once you have answered ", link, ", or had it shown.");
  return line;
}

/**
 * @param isAnswered  whether a question was answered at an earlier visit, by the id of its element
 * @returns the question of a figure was answered
 */
export function createWaiting(isAnswered: (id: string) => boolean): (figure: HTMLElement) => void {
  /** By the figure that they wait for. */
  const waiting: Map<HTMLElement, { pieces: HTMLElement[]; lines: HTMLElement[] }> = new Map();
  let last: HTMLElement | null = null;
  for (const piece of all(".prose, .check, .try")) {
    const figure = awaitedBy(piece);
    if (!figure || isAnswered(figure.id)) continue;
    piece.classList.add(WAITING);
    const before = piece.previousElementSibling;
    const line = figure === before || before === last ? [] : [lineTo(figure)];
    piece.before(...line);
    const { pieces, lines } = waiting.get(figure) ?? { pieces: [], lines: [] };
    waiting.set(figure, { pieces: [...pieces, piece], lines: [...lines, ...line] });
    last = piece;
  }

  return (figure) => {
    const { pieces, lines } = waiting.get(figure) ?? { pieces: [], lines: [] };
    for (const piece of pieces) piece.classList.remove(WAITING);
    for (const line of lines) line.remove();
    waiting.delete(figure);
  };
}
