/** A lesson that follows one on a wall: of its sections only what stands there, as a reader has it. */
import { handOver } from "../service/framed.ts";
import type { Checks } from "./checks.ts";
import { all } from "./elements.ts";
import type { createFigures } from "./figures.ts";
import { guessed, type LedLesson, showItems, togetherIn } from "./present.ts";

export function followWall(sections: HTMLElement[], figures: ReturnType<typeof createFigures>, { ask }: Checks) {
  let at: ReturnType<LedLesson["place"]> = [-1, 0, 0, 0];
  document.documentElement.classList.add("led");

  function turnTo(...place: typeof at) {
    at = place;
    const [index, , first, last] = at;
    const section = sections[index];
    if (!section) return;
    for (const one of all(".lesson-section")) one.classList.toggle("is-current", one === section);
    section.classList.add("is-begun");
    const every = togetherIn(section).flat();
    const shown = every.slice(first, last + 1);
    const items = shown.length ? shown : every;
    const beside = showItems(section, items);
    const figure = items.find((one) => one.matches("[data-figure]")) ?? beside;
    for (const one of all("[data-figure]")) one.classList.toggle("is-here", one === figure);
    if (figure) figures.liven(figure);
    scrollTo(0, 0);
  }

  handOver({ figures, place: () => at, turnTo, ask, guessed } satisfies LedLesson);
}
