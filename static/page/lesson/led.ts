/** A lesson that is led: what leads it, from a wall or along with one, and the page that follows a wall. */
import { handOver } from "../service/framed.ts";
import type { Guesses } from "../state/types.ts";
import type { Checks } from "./checks.ts";
import { all } from "./elements.ts";
import type { Figures } from "./figures.ts";
import { itemsIn, showItems } from "./screens.ts";

/** What leads a lesson on the wall. */
export interface LedLesson {
  figures: Figures;
  /** section and screen, from 0; of what stands in the section the first and the last that show */
  place: () => [number, number, number, number];
  turnTo: (section: number, screen: number, first: number, last: number) => void;
  /** a check again, of which nothing is told any more */
  ask: (check: HTMLElement) => void;
  /** what many answered to a check, by the id of its element; null: nothing */
  guessed: (check: string, guesses: Guesses | null) => Promise<void>;
}

async function guessed(id: string, guesses: Guesses | null) {
  const { showGuesses } = await import("./guessed.ts");
  await showGuesses(document.getElementById(id) as HTMLElement, guesses);
}

export const handOverLesson = (lesson: Omit<LedLesson, "guessed">) =>
  handOver({ ...lesson, guessed } satisfies LedLesson);

/** Of its sections only what stands on the wall, as a reader has it. */
export function followWall(sections: HTMLElement[], figures: Figures, { ask }: Checks) {
  let at: ReturnType<LedLesson["place"]> = [-1, 0, 0, 0];
  document.documentElement.classList.add("led");

  function turnTo(...place: typeof at) {
    at = place;
    const [index, , first, last] = at;
    const section = sections[index];
    if (!section) return;
    for (const one of all(".lesson-section")) one.classList.toggle("is-current", one === section);
    section.classList.add("is-begun");
    const every = itemsIn(section);
    const shown = every.slice(first, last + 1);
    const items = shown.length ? shown : every;
    const beside = showItems(section, items);
    const figure = items.find((one) => one.matches("[data-figure]")) ?? beside;
    for (const one of all("[data-figure]")) one.classList.toggle("is-here", one === figure);
    if (figure) figures.liven(figure);
    scrollTo(0, 0);
  }

  handOverLesson({ figures, place: () => at, turnTo, ask });
}
