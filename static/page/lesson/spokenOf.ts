/** Finds the figure that a piece of a lesson is about, which stands beside it on the wall and where there is room. */
import { all } from "./elements.ts";

/**
 * @param piece  of a section, or a paragraph of its text
 * @returns its own; that of a check or of what to try; else the one right behind it, one before it, or any of its
 * section or before. What waits for an answer, and what is asked, is not of the one behind it.
 */
export function figureOf(piece: HTMLElement): HTMLElement | undefined {
  const text = piece.closest<HTMLElement>(".prose") ?? piece;
  const { show, with: tried } = text.dataset;
  const named = show ? `figure-${JSON.parse(show).figure}` : tried;
  const next = text.matches("h2, .prose:not(.tells)") ? (text.nextElementSibling as HTMLElement | null) : null;
  if (named) return document.getElementById(named) ?? undefined;
  if (text.matches("[data-figure]")) return text;
  if (next?.matches("[data-figure]")) return next;
  if (next && text.matches("h2")) return figureOf(next);
  const figures = all("[data-figure]");
  const isBefore = (one: HTMLElement) => one.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
  const isNear = (one: HTMLElement) => one.parentElement === text.parentElement;
  return figures.findLast((one) => isBefore(one) && isNear(one)) ?? figures.find(isNear) ?? figures.findLast(isBefore);
}
