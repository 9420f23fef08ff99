/** A lesson on the wall, gone through press by press. */
import { goBack, goOn } from "../panels/lesson/clicker.ts";
import { createWall } from "../wall.ts";
import { all } from "./elements.ts";
import type { createFigures } from "./figures.ts";

/** @param ready  the type has come, which decides what has room on a screen */
export function present(
  sections: HTMLElement[],
  { liven, known }: ReturnType<typeof createFigures>,
  answer: (check: HTMLElement, option: HTMLElement) => void,
  ready: Promise<unknown>,
) {
  /** @param pieces  of the screen @returns whether one of them was gone on with */
  const on = (pieces: HTMLElement[]): boolean =>
    pieces.some((element) => {
      if (element.matches("[data-figure]")) {
        const { figure, pace } = liven(element);
        return goOn(figure, pace);
      }
      if (element.matches(".is-told") || element.querySelector("[aria-pressed=true][data-right]")) return false;
      if (element.matches(".try")) {
        element.classList.add("is-told");
        return true;
      }
      answer(element, element.querySelector("[data-right]") as HTMLElement);
      return true;
    });

  const back = (pieces: HTMLElement[]): boolean =>
    pieces.toReversed().some((element) => {
      const live = known(element);
      return live !== undefined && goBack(live.figure, live.pace);
    });

  const lessonAt = (rel: string) =>
    document.querySelector<HTMLAnchorElement>(`.lesson-ways [rel=${rel}]`)?.href ?? null;
  document.documentElement.classList.add("presenting");
  for (const figure of all(".lesson-figure")) figure.classList.add("wall");
  const { again } = createWall({
    sections,
    head: document.querySelector(".lesson-head") as HTMLElement,
    on,
    back,
    before: lessonAt("prev"),
    after: lessonAt("next"),
  });
  void ready.then(again);
}
