/** A lesson on the wall: its sections, screen by screen, gone through press by press of a presenter's clicker. */
import { h } from "../dom.ts";
import { listenToClicker } from "../panels/shared/clickerKeys.ts";
import { goBeyond } from "../service/framed.ts";
import { nextInLesson, previousInLesson } from "../state/clicker.ts";
import type { Questions } from "./checksAndTries.ts";
import { type FigurePiece, isFigure, type Lesson, OWN_AT_END, type Piece, pieceOf, queryAll } from "./elements.ts";
import type { Figures } from "./figures.ts";
import { arrange, type LessonProgress } from "./plan.ts";
import { drawSection, fitScreen, isAlone, itemsIn, markSpanning, screensOf } from "./screens.ts";
import { createWalk, type WallPlace } from "./walk.ts";

/** The fragment by which a lesson is opened at its last screen, from the lesson after it. */
export const AT_END = "#end";

/** The part of a lesson that is on a wall. */
export interface ShownOnWall {
  place: () => WallPlace;
  turnTo: (...place: WallPlace) => void;
  /** @returns the figure beside the text */
  beside: () => FigurePiece | undefined;
  onChanged: () => void;
}

/** A lesson with what it consists of on the page. */
export interface OpenedLesson {
  lesson: Lesson;
  progress: LessonProgress;
  figures: Figures;
  questions: Questions;
}

const piecesOf = (lesson: Lesson, items: HTMLElement[]): Piece[] => [
  ...new Set(items.map((item) => pieceOf(lesson, item))),
];

/** Moves the words below each figure into it. */
function prepareFigures() {
  for (const figure of queryAll(".lesson-figure")) {
    figure.classList.add("wall");
    const wordsBox = h("div", { class: "figure-said" });
    wordsBox.append(...queryAll(".question, figcaption", figure));
    figure.querySelector(".figure-live")?.append(wordsBox);
  }
}

/** @param ready  the type has come, which decides what has room on a screen */
export function present(
  sections: HTMLElement[],
  { lesson, progress, figures, questions }: OpenedLesson,
  ready: Promise<unknown>,
): ShownOnWall {
  const { ensureLive, liveFigureOf } = figures;
  const atEnd = location.hash === AT_END;
  const head = document.querySelector(".lesson-head") as HTMLElement;
  const walk = createWalk<HTMLElement>(sections.length, { screensOf: enter, show, beyond });
  const inSight = () => piecesOf(lesson, walk.items());
  const arrangedNow = () => arrange(lesson, progress, { pieces: inSight() });
  /** The figure beside the text on the screen. */
  const beside = () => (isAlone(walk.items()) ? undefined : arrangedNow().beside);
  /** Figures that stand whole beside text, and are still to be gone through. */
  const whole: Set<Piece> = new Set();

  /** Shows a figure beside text at the end of its runs, if it asks nothing and is not gone through step by step. */
  function showBeside(figure: FigurePiece) {
    const isNew = !liveFigureOf(figure);
    const { pace } = ensureLive(figure);
    const { question } = figure.data;
    const isGoneThrough = pace.substeps.length || pace.steps || question || figures.showsStartOnly(figure);
    if (atEnd || !isNew || isGoneThrough) return;
    whole.add(figure);
    figures.show(figure, OWN_AT_END);
  }

  const showMoments = () => figures.showMoments(arrangedNow().moments);

  function show(items: HTMLElement[], section: number, screen: number) {
    const figure = beside();
    drawSection(sections[section], { items, beside: figure?.element });
    head.classList.toggle("is-current", section === 0 && screen === 0);
    if (figure) showBeside(figure);
    showMoments();
    for (const piece of inSight()) if (isFigure(piece) && whole.delete(piece)) figures.show(piece, OWN_AT_END, true);
    fitScreen(sections[section], items);
    document.documentElement.style.setProperty("--done", `${walk.share()}`);
  }

  /** Shows a section, which is then measured. */
  function enter(section: number): HTMLElement[][] {
    for (const [k, other] of sections.entries()) other.classList.toggle("is-current", k === section);
    head.classList.toggle("is-current", section === 0);
    history.replaceState(null, "", `#${sections[section].id}`);
    return screensOf(lesson, sections[section], section === 0 ? head.getBoundingClientRect().height : 0);
  }

  /** @returns whether what stands on the screen was gone on with: a figure, a check, what to try */
  function goneOn(piece: Piece): boolean {
    if (!isFigure(piece)) return questions.goOn(piece);
    const { figure, pace } = ensureLive(piece);
    return figure.turn((moment) => nextInLesson(moment, pace));
  }

  function goneBack(piece: Piece): boolean {
    const live = isFigure(piece) && liveFigureOf(piece);
    return live ? live.figure.turn((moment) => previousInLesson(moment, live.pace)) : questions.goBack(piece);
  }

  /** Goes to the next lesson, or back. */
  function beyond(by: 1 | -1) {
    const rel = by > 0 ? "next" : "prev";
    const address = document.querySelector<HTMLAnchorElement>(`.lesson-ways [rel=${rel}]`)?.href;
    if (!goBeyond(by) && address) location.assign(`${address}?present${by > 0 ? "" : AT_END}`);
  }

  function press(by: 1 | -1) {
    if (by > 0 ? !inSight().some(goneOn) : !inSight().toReversed().some(goneBack)) walk.turn(by);
  }

  /** Whether a run plays, which Space then pauses. */
  const playing = () =>
    inSight().some((piece) => isFigure(piece) && liveFigureOf(piece)?.figure.player.movement().playing);

  function leave({ key }: KeyboardEvent) {
    if (key === "Escape" && !document.querySelector(":popover-open")) location.search = "";
  }

  document.documentElement.classList.add("presenting");
  prepareFigures();
  markSpanning(lesson);
  if (atEnd) walk.turnTo(sections.length - 1, -1);
  else walk.turnTo(Math.max(0, sections.map(({ id }) => `#${id}`).indexOf(location.hash)), 0);
  addEventListener("resize", walk.rebuild);
  addEventListener("keydown", leave, { capture: true });
  // Listens before the figures, which would move their playheads by these keys.
  listenToClicker({ active: () => true, dark: () => "b.", playing, turn: press });
  void ready.then(walk.rebuild);
  return {
    place: walk.place,
    turnTo: (...[section, screen]: WallPlace) => walk.turnTo(section, screen),
    beside,
    onChanged: showMoments,
  };
}

/** Shows only the part of the sections that is on the wall, in the layout for readers. */
export function followWall(sections: HTMLElement[], { lesson, progress, figures }: OpenedLesson): ShownOnWall {
  let beside: FigurePiece | undefined;
  let at: WallPlace = [-1, 0, 0, 0];
  document.documentElement.classList.add("led");

  function turnTo(...place: WallPlace) {
    at = place;
    const [index, , first, last] = at;
    const section = sections[index];
    if (!section) return;
    for (const other of queryAll(".lesson-section")) other.classList.toggle("is-current", other === section);
    section.classList.add("is-begun");
    const every = itemsIn(section);
    const some = every.slice(first, last + 1);
    const items = some.length ? some : every;
    const pieces = piecesOf(lesson, items);
    beside = isAlone(items) ? undefined : arrange(lesson, progress, { pieces }).beside;
    drawSection(section, { items, beside: beside?.element });
    const figure = pieces.find(isFigure) ?? beside;
    for (const piece of lesson) if (isFigure(piece)) piece.element.classList.toggle("is-here", piece === figure);
    if (figure) figures.ensureLive(figure);
    scrollTo(0, 0);
  }

  /** What texts have figures show is led by the wall; what checks do follows from their answers. */
  function onChanged() {
    const pieces = lesson.filter(({ kind }) => kind === "check");
    figures.showMoments(arrange(lesson, progress, { pieces }).moments);
  }

  return { place: () => at, turnTo, beside: () => beside, onChanged };
}
