/** A lesson that is led: the object that leads it, on a wall or beside one, and the page that follows a wall. */
import { handOver } from "../service/framed.ts";
import { once, persist } from "../service/persist.ts";
import type { Guesses } from "../state/types.ts";
import type { Checks } from "./checks.ts";
import { all } from "./elements.ts";
import type { Figures } from "./figures.ts";
import { itemsIn, showItems } from "./screens.ts";
import type { Tries } from "./tries.ts";

/** The object that leads a lesson on the wall. */
export interface LedLesson {
  figures: Figures;
  /** section and screen, from 0; the first and the last shown element of the section */
  place: () => [number, number, number, number];
  turnTo: (section: number, screen: number, first: number, last: number) => void;
  /** the figure beside the text on the screen */
  beside: () => HTMLElement | undefined;
  /** the answers given, and what to try that was told, by the ids of their elements */
  pressed: () => string[];
  /** gives these answers and tells of these, and of no others */
  press: (ids: string[]) => void;
  /** whether a check was answered rightly */
  isSolved: (check: HTMLElement) => boolean;
  /** shows the answers of a class to a check, by the id of its element; null: none */
  guessed: (check: string, guesses: Guesses | null) => Promise<void>;
}

/** One request for all guesses, so that the last ones are shown last. */
const guessing = once(() => persist(() => import("./guessed.ts")));

async function guessed(id: string, guesses: Guesses | null) {
  const { showGuesses } = await guessing();
  await showGuesses(document.getElementById(id) as HTMLElement, guesses);
}

export function handOverLesson(
  lesson: Pick<LedLesson, "figures" | "place" | "turnTo" | "beside">,
  checks: Checks,
  tries: Tries,
) {
  handOver({
    ...lesson,
    guessed,
    isSolved: checks.isSolved,
    pressed: () => [...checks.answers(), ...tries.toldIds()],
    press(ids) {
      checks.answerAll(ids);
      tries.tellAll(ids);
    },
  } satisfies LedLesson);
}

/** Shows only the part of the sections that is on the wall, in the layout for readers. */
export function followWall(sections: HTMLElement[], figures: Figures, checks: Checks, tries: Tries) {
  let beside: HTMLElement | undefined;
  let at: ReturnType<LedLesson["place"]> = [-1, 0, 0, 0];
  document.documentElement.classList.add("led");

  function turnTo(...place: typeof at) {
    at = place;
    const [index, , first, last] = at;
    const section = sections[index];
    if (!section) return;
    for (const other of all(".lesson-section")) other.classList.toggle("is-current", other === section);
    section.classList.add("is-begun");
    const every = itemsIn(section);
    const some = every.slice(first, last + 1);
    const items = some.length ? some : every;
    beside = showItems(section, items);
    const figure = items.find((item) => item.matches("[data-figure]")) ?? beside;
    for (const candidate of all("[data-figure]")) candidate.classList.toggle("is-here", candidate === figure);
    if (figure) figures.liven(figure);
    scrollTo(0, 0);
  }

  handOverLesson({ figures, place: () => at, turnTo, beside: () => beside }, checks, tries);
}
