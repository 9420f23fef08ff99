/** A lesson that is led: the object that leads it, on a wall or beside one, and the page that follows a wall. */
import { handOver } from "../service/framed.ts";
import type { Guesses } from "../state/types.ts";
import type { Checks } from "./checks.ts";
import { all } from "./elements.ts";
import type { Figures } from "./figures.ts";
import { itemsIn, showItems } from "./screens.ts";

/** The object that leads a lesson on the wall. */
export interface LedLesson {
  figures: Figures;
  /** section and screen, from 0; the first and the last shown element of the section */
  place: () => [number, number, number, number];
  turnTo: (section: number, screen: number, first: number, last: number) => void;
  /** shows a check again without its answer */
  ask: (check: HTMLElement) => void;
  /** whether a check was answered rightly */
  isSolved: (check: HTMLElement) => boolean;
  /** shows the answers of a class to a check, by the id of its element; null: none */
  guessed: (check: string, guesses: Guesses | null) => Promise<void>;
}

async function guessed(id: string, guesses: Guesses | null) {
  const { showGuesses } = await import("./guessed.ts");
  await showGuesses(document.getElementById(id) as HTMLElement, guesses);
}

export const handOverLesson = (lesson: Omit<LedLesson, "guessed">) =>
  handOver({ ...lesson, guessed } satisfies LedLesson);

/** Shows only the part of the sections that is on the wall, in the layout for readers. */
export function followWall(sections: HTMLElement[], figures: Figures, { ask, isSolved }: Checks) {
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

  handOverLesson({ figures, place: () => at, turnTo, ask, isSolved });
}
