/** The questions in sight on the wall, and which of them are open. */

import type { FigureHandle } from "../figure/figure.ts";
import { isLesson, type LedPage } from "../playlist/iframe.ts";
import { isInSight } from "../playlist/mirror.ts";
import { beatOf } from "../state/beats.ts";
import { presetWithStatus } from "../state/exercise.ts";
import { questionOfKind } from "../state/questions.ts";
import type { Answer, QuestionKind } from "../state/types.ts";

/** A room takes places of so many parameters. */
const MAP_SIDES = 2;

export interface QuestionInSight {
  /** of the preset, or of lesson and figure or check */
  name: string;
  kind: QuestionKind;
  choices: number | null;
  truth: Answer;
  open: boolean;
  /** null: a check */
  figure: FigureHandle | null;
  /** a preset has none of its own */
  element: HTMLElement | null;
}

/** @param name  that it has; of a preset that of the preset */
function ofFigure(figure: FigureHandle, element: HTMLElement | null, name?: string): QuestionInSight[] {
  const { store, player } = figure;
  const state = store.get();
  const preset = presetWithStatus(state, "prepared");
  const { guess } = preset ?? {};
  if (!preset || !guess || (Array.isArray(guess.answer) && guess.answer.length !== MAP_SIDES)) return [];
  const open = beatOf({ state, step: player.step(), playing: player.playing() }) === "question";
  const { kind, answer: truth } = guess;
  const choices = questionOfKind(kind).among?.(guess) ?? null;
  return [{ name: name ?? preset.name, kind, choices, truth, open, figure, element }];
}

function ofCheck(element: HTMLElement, name: string, open: boolean): QuestionInSight {
  const options = [...element.querySelectorAll(".option")];
  const truth = options.findIndex((option) => option.matches("[data-right]"));
  return { name, kind: "choice", choices: options.length, truth, open, figure: null, element };
}

/** @returns in the order in which they are gone through */
export function questionsIn({ document }: Pick<Window, "document">, ledPage: LedPage): QuestionInSight[] {
  if (!isLesson(ledPage)) return ofFigure(ledPage, null);
  const lesson = document.querySelector("main")?.dataset.lesson;
  return [...document.querySelectorAll<HTMLElement>("[data-figure], .check")].filter(isInSight).flatMap((element) => {
    const name = `${lesson}/${element.id}`;
    if (element.matches(".check")) return ofCheck(element, name, !ledPage.isSolved(element));
    // A figure beside text asks only once it has a screen of its own.
    const live = element === ledPage.beside() ? undefined : ledPage.figures.liveFigureOf(element);
    return live ? ofFigure(live.figure, element, name) : [];
  });
}
