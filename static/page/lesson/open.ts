/** Opens a lesson: for reading, on a wall, or following one. */
import type { View } from "../figure/part.ts";
import { setProseFormulas } from "../panels/lesson/proseFormulas.ts";
import { exposeToParentFrame } from "../service/framed.ts";
import { once, retryWhileTransient } from "../service/retry.ts";
import { keepSection } from "../service/visit.ts";
import type { Guesses } from "../state/types.ts";
import { createThemeButton } from "../theme.ts";
import { createAnswered, createQuestions } from "./checksAndTries.ts";
import { type FigurePiece, pieceOf, queryAll, readLesson } from "./elements.ts";
import { createFigures } from "./figures.ts";
import type { LessonProgress } from "./plan.ts";
import { AT_END, followWall, type OpenedLesson, present, type ShownOnWall } from "./present.ts";
import { openReading, type Reading } from "./reading.ts";

/** One request for all guesses, so that the last ones are shown last. */
const guessing = once(() => retryWhileTransient(() => import("./guessed.ts")));

/** Shows the answers of a class to a check, by the id of its element; null: none. */
async function guessed(id: string, guesses: Guesses | null) {
  const { showGuesses } = await guessing();
  await showGuesses(document.getElementById(id) as HTMLElement, guesses);
}

/** The object that leads a lesson, on a wall or beside one; pieces are given by their elements. */
export type LedLesson = ReturnType<typeof ledLesson>;

/** @param shown  the part of the lesson that is on the wall */
function ledLesson({ lesson, figures, questions }: OpenedLesson, shown: ShownOnWall) {
  const figureOf = (element: HTMLElement) => pieceOf(lesson, element) as FigurePiece;
  return {
    figures: {
      ensureLive: (element: HTMLElement) => figures.ensureLive(figureOf(element)),
      liveFigureOf: (element: HTMLElement) => figures.liveFigureOf(figureOf(element)),
    },
    place: shown.place,
    turnTo: shown.turnTo,
    /** @returns the figure beside the text on the screen */
    beside: () => shown.beside()?.element,
    pressed: questions.pressed,
    press: questions.press,
    /** Whether a check was answered rightly. */
    isSolved: (check: HTMLElement) => questions.isSolved(pieceOf(lesson, check)),
    guessed,
  };
}

const wordsOf = (selector: string, within: ParentNode) => within.querySelector(selector)?.textContent ?? "";

/** The links out of a lesson: to print it, and to the playground with a way back to the section. */
function openBar(sections: HTMLElement[]) {
  for (const section of sections)
    for (const link of queryAll(".open-it", section))
      link.addEventListener("click", () =>
        keepSection({
          address: `${location.pathname}${location.search}#${link.closest("figure")?.id}`,
          lesson: `${wordsOf(".lesson-meta strong", document)}, ${wordsOf("h1", document)}`,
          title: wordsOf("h2", section),
        }),
      );

  // Printed pictures replace the figures; they are fetched only for printing.
  document.getElementById("print")?.addEventListener("click", async () => {
    const pictures = queryAll<HTMLImageElement>("img.figure-picture");
    for (const picture of pictures) picture.loading = "eager";
    await Promise.allSettled(pictures.map((picture) => picture.decode()));
    print();
  });
}

/** @param viewsOf  the views of a figure, from their names in lessons */
export function openLesson(viewsOf: (show: string[]) => View[]) {
  const sections = queryAll(".lesson-section");
  const params = new URLSearchParams(location.search);
  const mode = (["present", "led"] as const).find((name) => params.has(name)) ?? "read";
  /** The numbers of the sections on a wall, or following one; empty: all. */
  const numbers = mode === "read" ? null : params.get(mode);
  const chosen = numbers ? numbers.split(",").flatMap((number) => sections[Number(number) - 1] ?? []) : sections;
  const atEnd = mode === "present" && location.hash === AT_END;
  const lesson = readLesson(sections);
  const progress: LessonProgress = { answered: new Set(), checked: new Map(), revealed: new Set(), waiting: new Map() };
  const { has, note } = createAnswered(sections);
  /** The lesson as it is shown; what is answered before it stands there has it show nothing else. */
  let shown: Pick<Reading, "onChanged"> & Partial<Reading> = { onChanged() {} };
  const figures = createFigures({
    lesson,
    progress,
    viewsOf,
    wall: mode === "present",
    atEnd,
    // What a wall shows decides what is shown where it is followed.
    isKnown: { present: () => atEnd, led: () => true, read: has }[mode],
    onSeen(figure) {
      shown.onSeen?.(figure);
      note(figure);
    },
    onTried: (figure) => questions.tried(figure),
  });
  const questions = createQuestions(lesson, progress, { onChanged: (piece) => shown.onChanged(piece), note });
  const opened: OpenedLesson = { lesson, progress, figures, questions };
  const set = setProseFormulas();
  if (mode === "read") shown = openReading(lesson, { figures, progress, isKnown: has });
  else {
    const ready = Promise.all([set, document.fonts.ready]);
    const onWall = mode === "led" ? followWall(chosen, opened) : present(chosen, opened, ready);
    shown = onWall;
    exposeToParentFrame(ledLesson(opened, onWall));
  }
  createThemeButton(figures.setTheme);
  openBar(sections);
}
