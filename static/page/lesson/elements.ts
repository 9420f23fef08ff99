/** The elements of the page of a lesson: what the server has written into them, and the figure that each is about. */

import type { Control } from "../panels/lesson/sliders.ts";
import type { Evidence, Guess } from "../state/types.ts";

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

export const dataOf = (figure: HTMLElement) => JSON.parse(figure.dataset.figure ?? "") as FigureData;

/**
 * @param piece  a text, a check or what to try
 * @returns what it speaks of, the figure that shows it, and the name of the one whose question is answered before it is
 * read; null where it names none
 */
export function shownBy(
  piece: HTMLElement,
): { figure: HTMLElement; moment: FigureMoment; after: string | null } | null {
  const { show, with: tried } = piece.dataset;
  const named = show ? (JSON.parse(show) as FigureMoment & { figure: string; after: string | null }) : null;
  const figure = document.getElementById(tried ?? `figure-${named?.figure}`);
  return figure && { figure, moment: named ?? OWN_AT_END, after: named?.after ?? null };
}

/**
 * @param piece  of a section, or a paragraph of its text
 * @returns the figure that stands beside it: its own; that of a check or of what to try; else the one right behind it,
 * one before it, or any of its section or before
 */
export function figureOf(piece: HTMLElement): HTMLElement | undefined {
  const text = piece.closest<HTMLElement>(".prose") ?? piece;
  const named = shownBy(text)?.figure;
  const next = text.matches("h2, .prose") ? (text.nextElementSibling as HTMLElement | null) : null;
  if (named) return named;
  if (text.matches("[data-figure]")) return text;
  if (next?.matches("[data-figure]")) return next;
  if (next && text.matches("h2")) return figureOf(next);
  const figures = all("[data-figure]:not(.of-text)");
  const isNear = (figure: HTMLElement) => figure.parentElement === text.parentElement;
  const before = figures.filter((figure) => isBefore(figure, text));
  return before.findLast(isNear) ?? figures.find(isNear) ?? before.at(-1);
}
