/** The elements of the page of a lesson, and the figure that each is about. */

export const all = <E extends HTMLElement>(selector: string, within: ParentNode = document): E[] => [
  ...within.querySelectorAll<E>(selector),
];

/** @returns whether it stands before another in the page */
export const isBefore = (element: HTMLElement, other: HTMLElement): boolean =>
  Boolean(element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

/** @returns an element with the text of an element of the answers, which readers without scripts see there */
export function answerText(className: string, id: string): HTMLElement {
  const words = document.createElement("p");
  words.className = className;
  words.append(...[...(document.getElementById(id)?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  return words;
}

/**
 * @param piece  of a section, or a paragraph of its text
 * @returns the figure that stands beside it: its own; that of a check or of what to try; else the one right behind it,
 * one before it, or any of its section or before
 */
export function figureOf(piece: HTMLElement): HTMLElement | undefined {
  const text = piece.closest<HTMLElement>(".prose") ?? piece;
  const { show, with: tried } = text.dataset;
  const named = show ? `figure-${JSON.parse(show).figure}` : tried;
  const next = text.matches("h2, .prose") ? (text.nextElementSibling as HTMLElement | null) : null;
  if (named) return document.getElementById(named) ?? undefined;
  if (text.matches("[data-figure]")) return text;
  if (next?.matches("[data-figure]")) return next;
  if (next && text.matches("h2")) return figureOf(next);
  const figures = all("[data-figure]:not(.of-text)");
  const isNear = (figure: HTMLElement) => figure.parentElement === text.parentElement;
  const before = figures.filter((figure) => isBefore(figure, text));
  return before.findLast(isNear) ?? figures.find(isNear) ?? before.at(-1);
}
