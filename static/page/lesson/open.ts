/** Opens a lesson: for reading, on a wall, or following one. */
import type { View } from "../figure/part.ts";
import { setProseFormulas } from "../panels/lesson/proseFormulas.ts";
import { createThemeButton } from "../theme.ts";
import { createAnswered } from "./answered.ts";
import { openBar } from "./bar.ts";
import { placeBelowTexts } from "./below.ts";
import { createChecks } from "./checks.ts";
import { all, shownBy } from "./elements.ts";
import { createFigures } from "./figures.ts";
import { followWall } from "./led.ts";
import { AT_END, present } from "./present.ts";
import { foldPastQuestions, pinFigures } from "./reading.ts";
import { createTries } from "./tries.ts";
import { createWaiting } from "./waiting.ts";

/** @param viewsOf  the views of a figure, from their names in lessons */
export function openLesson(viewsOf: (show: string[]) => View[]) {
  const sections = all(".lesson-section");
  const params = new URLSearchParams(location.search);
  /** The numbers of the sections on a wall, or following one; empty: all; null: the lesson is read. */
  const [presented, followed] = [params.get("present"), params.get("led")];
  const numbers = presented || followed;
  const chosen = numbers ? numbers.split(",").flatMap((number) => sections[Number(number) - 1] ?? []) : sections;
  const isRead = presented === null && followed === null;
  const { has, note } = createAnswered(sections);
  const onAnswered = isRead ? createWaiting(has) : null;
  const tries = createTries((tryElement) => {
    const shown = shownBy(tryElement);
    if (shown) pin?.(tryElement, shown.figure);
  });
  const figures = createFigures({
    viewsOf,
    wall: presented !== null,
    atEnd: presented !== null && location.hash === AT_END,
    isTold: tries.isTold,
    onSeen(figure) {
      onAnswered?.(figure);
      note(figure.id);
    },
    onTried: tries.tried,
  });
  const pin = isRead ? pinFigures(sections, figures) : null;
  const checks = createChecks({
    show(check, figure, shown) {
      // On a wall the figure stands beside the check, at its end, and is released when the check is asked again.
      if (pin) pin(check, figures.behind(check, figure, shown, `${check.id}-ask`));
      else figures.lend(check, figure, shown);
    },
    giveBack: figures.giveBack,
    note,
  });
  const set = setProseFormulas();
  if (presented !== null) present(chosen, { figures, checks, tries }, Promise.all([set, document.fonts.ready]));
  else if (followed !== null) followWall(chosen, figures, checks, tries);
  else {
    foldPastQuestions(figures);
    placeBelowTexts(figures);
  }
  createThemeButton(figures.setTheme);
  openBar(sections);
}
