/** A lesson as its page declares it: its pieces in order, read once from what the server has written there. */

import type { Control } from "../panels/lesson/sliders.ts";
import type { Evidence, Guess } from "../state/types.ts";

export const queryAll = <E extends HTMLElement>(selector: string, within: ParentNode = document): E[] => [
  ...within.querySelectorAll<E>(selector),
];

/** @returns an element with the text of an element of the answers, which readers without scripts see there */
export function answerText(className: string, id: string): HTMLElement {
  const words = document.createElement("p");
  words.className = className;
  words.append(...[...(document.getElementById(id)?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  return words;
}

/** What the server has written into the element of a figure. */
export interface FigureData {
  name: string;
  spec: string;
  show: string[];
  /** of *Why*, its picture; null: the one that tells most */
  cause: string | null;
  /** index of the run of which alone the working and the states are shown; null: no one */
  run: number | null;
  /** index of the parameter that they are of */
  parameter: number;
  substep: string | null;
  /** the step, or the substep, at which it rests once the question is answered; null: the last step */
  rests: number | string | null;
  /** the substeps after it, on the wall */
  then: string[];
  controls: Control[];
  evidence: Evidence[];
  question: { ask: string; guess: Guess } | null;
}

/**
 * What a figure is to show: other runs, a step, a substep, a run or a parameter by index, the average that is taken
 * apart; null: as it has it.
 */
export interface FigureMoment {
  spec: string | null;
  step: number | null;
  substep: string | null;
  run: number | null;
  parameter: number | null;
  average: string | null;
}

/** A figure's own runs at their end. */
export const OWN_AT_END: FigureMoment = {
  spec: null,
  step: null,
  substep: null,
  run: null,
  parameter: null,
  average: null,
};

/** What stands in a section; a line stands in the place of what waits for an answer. */
type PieceKind = "heading" | "text" | "figure" | "check" | "try" | "line";

export interface Piece {
  kind: PieceKind;
  element: HTMLElement;
  /** index of its section */
  section: number;
  /** what it speaks of, and the figure whose question is answered before it is read; null where it names none */
  named?: { figure: FigurePiece; moment: FigureMoment; after: FigurePiece | null } | null;
}

export interface FigurePiece extends Piece {
  kind: "figure";
  data: FigureData;
  /** the check that has this figure behind it for what it shows */
  copyFor?: Piece;
}

/** In the order in which they are read. */
export type Lesson = readonly Piece[];

export const isFigure = (piece: Piece | undefined): piece is FigurePiece => piece?.kind === "figure";

const KINDS: [string, PieceKind][] = [
  ["h2", "heading"],
  [".prose", "text"],
  [".check", "check"],
  [".try", "try"],
];

const kindOf = (element: HTMLElement): PieceKind =>
  KINDS.find(([selector]) => element.matches(selector))?.[1] ?? "line";

export function readLesson(sections: HTMLElement[]): Lesson {
  const elements = sections.flatMap((within, section) =>
    queryAll(":scope > *", within).map((element) => ({ element, section })),
  );
  const figures: Map<string, FigurePiece> = new Map();
  for (const place of elements) {
    const { figure } = place.element.dataset;
    if (figure) figures.set(place.element.id, { ...place, kind: "figure", data: JSON.parse(figure) });
  }

  function namedBy({ show, with: tried }: DOMStringMap): Piece["named"] {
    const written = show ? (JSON.parse(show) as FigureMoment & { figure: string; after: string | null }) : null;
    const figure = figures.get(tried ?? `figure-${written?.figure}`);
    if (!figure) return null;
    const { figure: _, after = null, ...moment } = written ?? (OWN_AT_END as NonNullable<typeof written>);
    return { figure, moment, after: figures.get(`figure-${after}`) ?? null };
  }

  return elements.map(
    (place) =>
      figures.get(place.element.id) ?? {
        ...place,
        kind: kindOf(place.element),
        named: namedBy(place.element.dataset),
      },
  );
}

/** @returns the piece of an element, or of the text that this stands in */
export const pieceOf = (lesson: Lesson, element: HTMLElement): Piece =>
  lesson.find((piece) => piece.element === (element.closest(".prose") ?? element)) as Piece;
