/** A lesson on the wall: its sections in screens that fit, gone through press by press of a presenter's clicker. */
import { h } from "../dom.ts";
import { listenToClicker } from "../panels/shared/clicker.ts";
import { goBack, goOn } from "../panels/shared/flow.ts";
import { goBeyond, handOver } from "../service/framed.ts";
import type { Guesses } from "../state/types.ts";
import type { Checks } from "./checks.ts";
import { all } from "./elements.ts";
import type { createFigures } from "./figures.ts";
import { figureOf } from "./spokenOf.ts";

/** Of the height, what a figure takes at the least where it shares a screen. */
const FIGURE = 0.8;
/** Pixels below what stands on a screen. */
const FOOT = 20;
/** What is nothing without the line before it. */
const GLUED = ".formula.display, ul, ol, table, pre";
/** Has the whole width of a screen, with the line before it. */
const WIDE = "table:has(th:nth-child(5))";
/** Is made to fit by itself. */
const FITTED = ".formula.display, pre";
const ELSEWHERE = "is-elsewhere";
/** Of a section that is being parted into screens. */
const MEASURED = "is-measured";
/** Of a figure that stands beside text, and of its section, where that is another. */
const [BESIDE, LENDS] = ["is-beside", "lends"];
/** Its own runs, at their end. */
const WHOLE = { spec: null, step: null, substep: null };
/** A lesson is opened at its last screen from the one after it. */
const AT_END = "#end";

/** What leads a lesson on the wall. */
export interface LedLesson {
  figures: ReturnType<typeof createFigures>;
  /** section and screen, from 0; of what stands in the section the first and the last that show */
  place: () => [number, number, number, number];
  turnTo: (section: number, screen: number, first: number, last: number) => void;
  /** a check again, of which nothing is told any more */
  ask: (check: HTMLElement) => void;
  /** what many answered to a check, by the id of its element; null: nothing */
  guessed: (check: string, guesses: Guesses | null) => Promise<void>;
}

export async function guessed(id: string, guesses: Guesses | null) {
  const { showGuesses } = await import("./guessed.ts");
  await showGuesses(document.getElementById(id) as HTMLElement, guesses);
}

/** Of a section so much is shown, with the figure that its text speaks of. */
export function showItems(section: HTMLElement, shown: HTMLElement[]): HTMLElement | undefined {
  for (const item of togetherIn(section).flat()) item.classList.toggle(ELSEWHERE, !shown.includes(item));
  for (const prose of all(".prose", section))
    prose.classList.toggle(ELSEWHERE, !all(":scope > *", prose).some((item) => shown.includes(item)));
  const beside = isAlone(shown) ? undefined : figureOf(shown[0]);
  section.classList.toggle("is-wide", shown.some(isWide));
  for (const figure of all("[data-figure]")) {
    figure.classList.toggle(BESIDE, figure === beside);
    figure.parentElement?.classList.toggle(LENDS, figure.parentElement === beside?.parentElement);
  }
  return beside;
}

/** @returns what stands together in a section: a paragraph with its formula, a figure, a check */
export function togetherIn(section: HTMLElement): HTMLElement[][] {
  const groups: HTMLElement[][] = [];
  for (const item of all(":scope > :not(h2, .prose), :scope > .prose > *", section)) {
    const last = groups.at(-1);
    if (last && item.matches(GLUED) && !last[0].matches(".lesson-figure")) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

/** What is smaller breaks elsewhere, and may again be too wide. */
const TRIES = 4;

/** A formula, or a program, is as large as the column lets it be. */
function fit(item: HTMLElement) {
  item.style.fontSize = "";
  for (let tried = 0; tried < TRIES && item.scrollWidth > item.clientWidth; tried++) {
    const size = Number.parseFloat(getComputedStyle(item).fontSize);
    item.style.fontSize = `${Math.floor((size * item.clientWidth) / item.scrollWidth)}px`;
  }
}

const isWide = (item: HTMLElement) => item.matches(WIDE);
const bottomOf = (items: HTMLElement[]) => items[items.length - 1].getBoundingClientRect().bottom;

/** Text that has no room on a screen of its own is set smaller until it has. */
function fitText(section: HTMLElement, items: HTMLElement[]) {
  section.style.removeProperty("--fit");
  if (items[0].matches(".lesson-figure")) return;
  const isOver = (item: HTMLElement) =>
    !item.matches(FITTED) && item.scrollWidth > (item.parentElement as HTMLElement).clientWidth + 1;
  const isLarge = () => bottomOf(items) > innerHeight - FOOT || items.some(isOver);
  for (let share = 100; share > 60 && isLarge(); share -= 4)
    section.style.setProperty("--fit", String((share - 4) / 100));
}

/** @returns whether it has a screen of its own */
const isAlone = (items: HTMLElement[]) => items.some((item) => isWide(item) || item.matches(".lesson-figure"));

/** @param taken  of the first screen, by what stands above the section @returns its groups, screen by screen */
function screensOf(section: HTMLElement, taken: number): HTMLElement[][] {
  for (const hidden of all(`.${ELSEWHERE}`, section)) hidden.classList.remove(ELSEWHERE);
  for (const lent of all(`.${BESIDE}`)) lent.classList.remove(BESIDE);
  // Its heading is as wide as beside a figure.
  section.classList.add(MEASURED);
  section.style.removeProperty("--fit");
  const together = togetherIn(section);
  const above = (together[0]?.[0].getBoundingClientRect().top ?? 0) - section.getBoundingClientRect().top;
  const room = innerHeight - above - 2 * FOOT;
  // What has no room below the line before it stands without it.
  const groups = together.flatMap((group) => {
    section.classList.toggle("is-wide", group.some(isWide));
    const height = bottomOf(group) - group[0].getBoundingClientRect().top;
    return height > room ? group.map((item) => [item]) : [group];
  });
  section.classList.remove("is-wide");
  const tops = groups.map(([item]) => item.getBoundingClientRect().top);
  const screens: HTMLElement[][] = [[]];
  let used = taken;
  groups.forEach((group, k) => {
    const height = group[0].matches(".lesson-figure")
      ? FIGURE * innerHeight
      : (tops[k + 1] ?? bottomOf(group)) - tops[k];
    const screen = screens[screens.length - 1];
    if (screen.length && (isAlone(group) || used + height > room || isAlone(screen))) {
      screens.push([...group]);
      used = height;
    } else {
      screen.push(...group);
      used += height;
    }
  });
  section.classList.remove(MEASURED);
  return screens;
}

/** @param ready  the type has come, which decides what has room on a screen */
export function present(
  sections: HTMLElement[],
  figures: ReturnType<typeof createFigures>,
  checks: Checks,
  ready: Promise<unknown>,
) {
  const { liven, known } = figures;
  const head = document.querySelector(".lesson-head") as HTMLElement;
  const atEnd = location.hash === AT_END;
  let section = atEnd ? sections.length - 1 : Math.max(0, sections.map(({ id }) => `#${id}`).indexOf(location.hash));
  let screens: HTMLElement[][] = [];
  let screen = 0;
  /** Figures that stand whole beside text, and are still to be gone through. */
  const whole: Set<HTMLElement> = new Set();

  /** What asks nothing shows beside text what its runs come to, but for the step that is worked out. */
  function lend(figure: HTMLElement) {
    const isNew = !known(figure);
    const { pace } = liven(figure);
    if (!isNew || pace.substeps.length || figure.matches("[data-asks]")) return;
    whole.add(figure);
    figures.show(figure, { ...WHOLE, step: pace.steps ? 0 : null });
  }

  function show() {
    const beside = showItems(sections[section], screens[screen]);
    head.classList.toggle("is-current", section === 0 && screen === 0);
    if (beside) lend(beside);
    fitText(sections[section], screens[screen]);
    for (const own of screens[screen]) if (whole.delete(own)) figures.show(own, WHOLE, true);
    for (const item of screens[screen]) if (item.matches(FITTED)) fit(item);
    scrollTo(0, 0);
    for (const figure of all(".lesson-figure", sections[section])) {
      const room = Math.max(0.6 * innerHeight, innerHeight - figure.getBoundingClientRect().top - FOOT);
      figure.style.setProperty("--room", `${room}px`);
    }
  }

  /** @param to  which of its screens; from the end where it is below 0 */
  function turnTo(index: number, to: number) {
    section = index;
    for (const [k, one] of sections.entries()) one.classList.toggle("is-current", k === section);
    head.classList.toggle("is-current", section === 0);
    screens = screensOf(sections[section], section === 0 ? head.getBoundingClientRect().height : 0);
    screen = Math.min(screens.length - 1, to < 0 ? screens.length + to : to);
    history.replaceState(null, "", `#${sections[section].id}`);
    show();
  }

  /** What is on the screen stays there as far as it fits. */
  function again() {
    const first = screens[screen]?.[0];
    turnTo(section, 0);
    const now = screens.findIndex((items) => items.includes(first));
    if (now > 0) {
      screen = now;
      show();
    }
  }

  /** @returns whether what stands on the screen was gone on with: a figure, a check, what to try */
  function goneOn(element: HTMLElement): boolean {
    if (element.matches("[data-figure]")) {
      const { figure, pace } = liven(element);
      return goOn(figure, pace);
    }
    if (element.matches(".is-told") || element.querySelector("[aria-pressed=true][data-right]")) return false;
    if (element.matches(".try")) element.classList.add("is-told");
    else checks.answer(element, element.querySelector("[data-right]") as HTMLElement);
    return true;
  }

  function goneBack(element: HTMLElement): boolean {
    if (element.querySelector(".option.is-right")) {
      checks.ask(element);
      return true;
    }
    const live = known(element);
    return live !== undefined && goBack(live.figure, live.pace);
  }

  /** To the next screen, section or lesson, or back. */
  function turn(by: 1 | -1) {
    const rel = by > 0 ? "next" : "prev";
    const lesson = document.querySelector<HTMLAnchorElement>(`.lesson-ways [rel=${rel}]`)?.href;
    if (screens[screen + by]) {
      screen += by;
      show();
    } else if (sections[section + by]) turnTo(section + by, by > 0 ? 0 : -1);
    else if (!goBeyond(by) && lesson) location.assign(`${lesson}?present${by > 0 ? "" : AT_END}`);
  }

  const pieces = () =>
    all("[data-figure], .check, .try", sections[section]).filter((one) => !one.matches(`.${ELSEWHERE}`));

  function press(by: 1 | -1) {
    if (by > 0 ? !pieces().some(goneOn) : !pieces().reverse().some(goneBack)) turn(by);
  }

  /** Space is for a run that is under way. */
  const playing = () => pieces().some((one) => known(one)?.figure.player.movement().playing);

  function leave({ key }: KeyboardEvent) {
    if (key === "Escape" && !document.querySelector(":popover-open")) location.search = "";
  }

  document.documentElement.classList.add("presenting");
  for (const figure of all(".lesson-figure")) {
    figure.classList.add("wall");
    const said = h("div", { class: "figure-said" });
    said.append(...all(".question, figcaption", figure));
    figure.querySelector(".figure-live")?.append(said);
  }
  function place(): [number, number, number, number] {
    const before = screens.slice(0, screen).flat().length;
    return [section, screen, before, before + (screens[screen]?.length ?? 0) - 1];
  }

  handOver({ figures, place, turnTo, ask: checks.ask, guessed } satisfies LedLesson);
  turnTo(section, atEnd ? -1 : 0);
  addEventListener("resize", again);
  addEventListener("keydown", leave, { capture: true });
  // Before the figures, which leap at these keys.
  listenToClicker({ active: () => true, dark: () => "bB.", playing, turn: press });
  void ready.then(again);
}
