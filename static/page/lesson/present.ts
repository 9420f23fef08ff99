/** A lesson on the wall: its sections, screen by screen, gone through press by press of a presenter's clicker. */
import { h } from "../dom.ts";
import { listenToClicker } from "../panels/shared/clickerKeys.ts";
import { goBeyond } from "../service/framed.ts";
import { backInLesson, onInLesson } from "../state/presses.ts";
import type { Checks } from "./checks.ts";
import { all, figureOf, OWN_AT_END } from "./elements.ts";
import type { Figures } from "./figures.ts";
import { handOverLesson } from "./led.ts";
import { fitScreen, screensOf, showItems } from "./screens.ts";
import type { Tries } from "./tries.ts";
import { createWalk } from "./walk.ts";

/** The fragment by which a lesson is opened at its last screen, from the lesson after it. */
export const AT_END = "#end";

/** Moves the words below each figure into it. */
function prepareFigures() {
  for (const figure of all(".lesson-figure")) {
    figure.classList.add("wall");
    const wordsBox = h("div", { class: "figure-said" });
    wordsBox.append(...all(".question, figcaption", figure));
    figure.querySelector(".figure-live")?.append(wordsBox);
  }
}

/** @param ready  the type has come, which decides what has room on a screen */
export function present(
  sections: HTMLElement[],
  { figures, checks, tries }: { figures: Figures; checks: Checks; tries: Tries },
  ready: Promise<unknown>,
) {
  const { liven, liveOf } = figures;
  const atEnd = location.hash === AT_END;
  const head = document.querySelector(".lesson-head") as HTMLElement;
  const walk = createWalk<HTMLElement>(sections.length, { screensOf: enter, show, beyond });
  /** The figure beside the text on the screen. */
  let beside: HTMLElement | undefined;
  /** Figures that stand whole beside text, and are still to be gone through. */
  const whole: Set<HTMLElement> = new Set();

  /** Shows a figure beside text at the end of its runs, if it asks nothing and is not gone through step by step. */
  function showBeside(figure: HTMLElement) {
    const isNew = !liveOf(figure);
    const { pace } = liven(figure);
    if (atEnd || !isNew || pace.substeps.length || pace.steps || figure.matches("[data-asks]")) return;
    whole.add(figure);
    figures.show(figure, OWN_AT_END);
  }

  /** Has figures show what stands on the screen, checks once they are answered. */
  function tell(items: HTMLElement[]) {
    const pieces = new Set(items.map((item) => item.closest<HTMLElement>(".prose") ?? item));
    const isLent = (piece: HTMLElement) => !items.includes(figureOf(piece) as HTMLElement);
    figures.tell(
      [...pieces].filter((piece) => (piece.matches(".prose, .try") && isLent(piece)) || checks.lastAnswer(piece)),
    );
  }

  function show(items: HTMLElement[], section: number, screen: number) {
    beside = showItems(sections[section], items);
    head.classList.toggle("is-current", section === 0 && screen === 0);
    if (beside) showBeside(beside);
    tell(items);
    for (const item of items) if (whole.delete(item)) figures.show(item, OWN_AT_END, true);
    fitScreen(sections[section], items);
    document.documentElement.style.setProperty("--done", `${walk.share()}`);
  }

  /** Shows a section, which is then measured. */
  function enter(section: number): HTMLElement[][] {
    for (const [k, other] of sections.entries()) other.classList.toggle("is-current", k === section);
    head.classList.toggle("is-current", section === 0);
    history.replaceState(null, "", `#${sections[section].id}`);
    return screensOf(sections[section], section === 0 ? head.getBoundingClientRect().height : 0);
  }

  /** @returns whether this is something to try of which it was not told, or, to be hidden, of which it was */
  function toldOf(element: HTMLElement, isTold: boolean): boolean {
    const changed = tries.tell(element, isTold);
    if (changed) tell(walk.items());
    return changed;
  }

  /** @returns whether what stands on the screen was gone on with: a figure, a check, what to try */
  function goneOn(element: HTMLElement): boolean {
    if (element.matches("[data-figure]")) {
      const { figure, pace } = liven(element);
      return figure.turn((moment) => onInLesson(moment, pace));
    }
    const right = element.querySelector<HTMLElement>("[data-right]");
    if (!right || checks.isSolved(element)) return toldOf(element, true);
    checks.answer(element, right);
    return true;
  }

  function goneBack(element: HTMLElement): boolean {
    if (checks.isSolved(element)) {
      checks.ask(element);
      return true;
    }
    const live = liveOf(element);
    return live ? live.figure.turn((moment) => backInLesson(moment, live.pace)) : toldOf(element, false);
  }

  /** Goes to the next lesson, or back. */
  function beyond(by: 1 | -1) {
    const rel = by > 0 ? "next" : "prev";
    const lesson = document.querySelector<HTMLAnchorElement>(`.lesson-ways [rel=${rel}]`)?.href;
    if (!goBeyond(by) && lesson) location.assign(`${lesson}?present${by > 0 ? "" : AT_END}`);
  }

  function press(by: 1 | -1) {
    const items = walk.items();
    if (by > 0 ? !items.some(goneOn) : !items.toReversed().some(goneBack)) walk.turn(by);
  }

  /** Whether a run plays, which Space then pauses. */
  const playing = () => walk.items().some((item) => liveOf(item)?.figure.player.movement().playing);

  function leave({ key }: KeyboardEvent) {
    if (key === "Escape" && !document.querySelector(":popover-open")) location.search = "";
  }

  document.documentElement.classList.add("presenting");
  prepareFigures();
  handOverLesson({ figures, place: walk.place, turnTo: walk.turnTo, beside: () => beside }, checks, tries);
  if (atEnd) walk.turnTo(sections.length - 1, -1);
  else walk.turnTo(Math.max(0, sections.map(({ id }) => `#${id}`).indexOf(location.hash)), 0);
  addEventListener("resize", walk.rebuild);
  addEventListener("keydown", leave, { capture: true });
  // Listens before the figures, which would move their playheads by these keys.
  listenToClicker({ active: () => true, dark: () => "bB.", playing, turn: press });
  void ready.then(walk.rebuild);
}
