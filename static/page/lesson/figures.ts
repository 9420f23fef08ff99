/** The figures of a lesson, each created as it comes into view. */

import { createFigure, type FigureHandle } from "../figure/figure.ts";
import type { View } from "../figure/part.ts";
import { ownPreset, questionView } from "../panels/lesson/question.ts";
import { hasSameRuns, slidersView } from "../panels/lesson/sliders.ts";
import { createService } from "../service/service.ts";
import { selectRun, setTheme } from "../state/actions.ts";
import { setStartOnly } from "../state/beats.ts";
import type { Pace } from "../state/clicker.ts";
import { changesRuns } from "../state/edits.ts";
import type { PageAddress, State } from "../state/types.ts";
import { theme } from "../theme.ts";
import {
  type FigureMoment,
  type FigurePiece,
  isFigure,
  type Lesson,
  OWN_AT_END,
  type Piece,
  queryAll,
} from "./elements.ts";
import { type FigureProgress, NOT_BEGUN, progressIn } from "./figureProgress.ts";
import { addressAt, firstAddress, goneThrough, paceOf } from "./moments.ts";
import { type arrange, askingBelow, createLending, type LessonProgress } from "./plan.ts";
import { fitSaid } from "./screens.ts";

interface LiveFigure {
  piece: FigurePiece;
  figure: FigureHandle;
  pace: Pace;
  progress: FigureProgress;
}

/** A figure is created before it is in view. */
const AHEAD = "200px 0px";

/** Calls back for each figure, once, as it comes near. */
function watchComing(figures: FigurePiece[], onNear: (figure: FigurePiece) => void) {
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const piece = figures.find(({ element }) => element === target);
        if (!isIntersecting || !piece) continue;
        near.unobserve(target);
        onNear(piece);
      }
    },
    { rootMargin: AHEAD },
  );
  for (const { element } of figures) near.observe(element);
}

/** @returns what a figure shows, at rest where it stands; where it plays, at the end */
function restingAddress({ address, player }: FigureHandle): PageAddress {
  const { display, ...rest } = address();
  const step = player.step() === 0 && !player.playing() ? 0 : (player.pausedStep() ?? Infinity);
  return { ...rest, display: { ...display, step } };
}

/** @returns a figure like one that is not live yet, which asks and says nothing */
function blankOf(element: HTMLElement): HTMLElement {
  const made = element.cloneNode(false) as HTMLElement;
  made.append((element.querySelector(".figure-live") as HTMLElement).cloneNode(true));
  made.querySelector(".question")?.remove();
  delete made.dataset.asks;
  return made;
}

/**
 * Puts a figure behind a piece, to show what that names; the figure that it names may still ask its question.
 * @param element  like that of the figure, and blank
 * @param label  id of the element that says what it shows
 */
function insertCopy(piece: Piece, element: HTMLElement, label: string): FigurePiece {
  const { figure, moment } = piece.named as NonNullable<Piece["named"]>;
  element.id = `figure-of-${piece.element.id}`;
  element.setAttribute("aria-labelledby", label);
  piece.element.after(element);
  const evidence = moment.spec === null ? figure.data.evidence : [];
  const data = { ...figure.data, evidence, controls: [], question: null, rests: null };
  return { ...figure, element, section: piece.section, data, copyFor: piece };
}

/** Fits the words below a figure on the wall: what comes of a question is longer than it. */
function fitWhenResized(element: HTMLElement) {
  const resized = new ResizeObserver(() => fitSaid(element));
  for (const part of queryAll(".figure-said, .sliders", element)) resized.observe(part);
}

export type Figures = ReturnType<typeof createFigures>;

/**
 * @param ports.viewsOf  what a figure is to show, by the names that a lesson has for it
 * @param ports.wall  one section a screen
 * @param ports.atEnd  all has been gone through: a figure stands at the end of its runs, its question answered
 * @param ports.isKnown  whether a figure's question needs no answer before others show more of its runs
 * @param ports.onSeen  it was seen what is right of a figure
 * @param ports.onTried  something was set or run in it
 */
export function createFigures(ports: {
  lesson: Lesson;
  progress: LessonProgress;
  viewsOf: (show: string[]) => View[];
  wall: boolean;
  atEnd: boolean;
  isKnown: (figure: FigurePiece) => boolean;
  onSeen: (figure: FigurePiece) => void;
  onTried: (figure: FigurePiece) => void;
}) {
  const { lesson, viewsOf, wall, atEnd, isKnown, onSeen, onTried } = ports;
  const { answered } = ports.progress;
  const service = createService();
  const liveFigures: Map<Piece, LiveFigure> = new Map();
  const lending = createLending({
    addressOf: (piece) => restingAddress(ensureLive(piece as FigurePiece).figure),
    open: (piece, address) => ensureLive(piece as FigurePiece).figure.open(address),
  });
  const figures = lesson.filter(isFigure);
  const asking = new Map(figures.map((piece) => [piece, askingBelow(lesson, piece)]));
  /** Figures past which a reader has gone on without an answer. */
  const leftUnanswered: Set<Piece> = new Set();
  const blank = new Map(figures.map((piece) => [piece, blankOf(piece.element)]));

  function setProgress(live: LiveFigure, next: FigureProgress) {
    const { piece, progress: before } = live;
    live.progress = next;
    for (const [name, isOn] of Object.entries(next)) piece.element.classList.toggle(name, isOn);
    if (next["is-answered"] === before["is-answered"]) return;
    answered[next["is-answered"] ? "add" : "delete"](piece);
    holdOrReleaseFor(piece);
  }

  /** @returns whether it is to show its start alone */
  function showsStartOnly(piece: FigurePiece): boolean {
    const asks = asking.get(piece);
    return asks !== undefined && !isKnown(asks) && !answered.has(asks) && !leftUnanswered.has(asks);
  }

  /** Has a figure show its start alone, or all, as the answers have it by now. */
  function holdOrRelease(piece: FigurePiece) {
    const live = liveFigures.get(piece);
    if (!live || live.progress["is-start-only"] === showsStartOnly(piece)) return;
    lending.keep(piece);
    live.figure.act(setStartOnly, showsStartOnly(piece));
  }

  /** The same for the figures that wait for what another one asks. */
  function holdOrReleaseFor(asks: Piece) {
    for (const [other, awaited] of asking) if (awaited === asks) holdOrRelease(other);
  }

  /** @returns a figure, created when it is first wanted */
  const ensureLive = (piece: FigurePiece): LiveFigure =>
    liveFigures.get(piece) ?? create(piece, atEnd ? goneThrough(piece.data) : null);

  /** @param moment  what it shows first; null: its question, or its own runs at the start */
  function create(piece: FigurePiece, moment: FigureMoment | null): LiveFigure {
    const { element, data } = piece;
    const { spec, show, controls, evidence, question } = data;
    const first = firstAddress(data, moment, { showsStartOnly: showsStartOnly(piece), wall });
    const figure = createFigure(element.querySelector(".figure-live") as HTMLElement, first, {
      views: [...viewsOf(show), slidersView(controls, first), ...questionsOf(piece)],
      service,
      theme: theme(),
      onMove: () => (!question || answered.has(piece)) && onTried(piece),
      preset: ownPreset(spec, question, evidence),
    });
    const live: LiveFigure = { piece, figure, pace: paceOf(data), progress: NOT_BEGUN };
    liveFigures.set(piece, live);
    element.classList.add("is-live");
    follow(live);
    if (wall) fitWhenResized(element);
    holdOrRelease(piece);
    return live;
  }

  function questionsOf(piece: FigurePiece): View[] {
    const { question, run, rests } = piece.data;
    const markSeen = () => {
      const live = ensureLive(piece);
      const { act, store } = live.figure;
      if (run !== null) act(selectRun, store.get().entries[run]?.id ?? null);
      setProgress(live, { ...live.progress, "is-answered": true });
      onSeen(piece);
    };
    return question ? [questionView(markSeen, () => !lending.isLent(piece), rests)] : [];
  }

  /** Follows how far a figure has come, and notes what is set in it. */
  function follow(live: LiveFigure) {
    const { piece, figure } = live;
    const update = (state: State) =>
      setProgress(live, progressIn(live.progress, state, piece.data, { wall, isLent: lending.isLent(piece) }));
    update(figure.store.get());
    figure.store.subscribe((state, before, edit) => {
      update(state);
      if (edit?.kind === "open") return;
      const edited = changesRuns(state, before);
      if (edited) lending.keep(piece);
      const isOther = before.dragging || edited || state.explain.substep !== before.explain.substep;
      if (!state.dragging && isOther) onTried(piece);
    });
  }

  /** @param hides  it asks, or waits to be gone through, again */
  const addressIn = (piece: FigurePiece, moment: FigureMoment, hides = showsStartOnly(piece)) =>
    addressAt(piece.data, showsStartOnly(piece) ? { ...moment, step: 0 } : moment, { hides, wall });

  /** @returns whether these are other runs than the lesson has in a figure */
  const isSet = (piece: FigurePiece, { spec }: PageAddress) => !hasSameRuns(spec, addressIn(piece, OWN_AT_END).spec);

  watchComing(figures, ensureLive);

  return {
    ensureLive,
    liveFigureOf: (piece: FigurePiece) => liveFigures.get(piece),
    showsStartOnly,
    /** A reader goes on without an answer: what has waited for it plays. */
    leaveUnanswered(asks: FigurePiece) {
      leftUnanswered.add(asks);
      holdOrReleaseFor(asks);
    },
    show: (piece: FigurePiece, moment: FigureMoment, hides?: boolean) =>
      ensureLive(piece).figure.open(addressIn(piece, moment, hides)),
    /** Shows what these pieces speak of, and no longer what others do. */
    showMoments(moments: ReturnType<typeof arrange>["moments"]) {
      const wishes = [...moments].map(([piece, { figure, moment, keepsOtherRuns }]) => {
        const stays = (before: PageAddress) => keepsOtherRuns && isSet(figure, before);
        return [piece, { figure, address: addressIn(figure, moment), stays }] as const;
      });
      lending.only(new Map(wishes));
    },
    /** Shows what a piece names in a new figure behind it, if it names something. */
    copyBehind(piece: Piece, label: string): FigurePiece | null {
      if (!piece.named) return null;
      const element = blank.get(piece.named.figure)?.cloneNode(true) as HTMLElement;
      const copy = insertCopy(piece, element, label);
      create(copy, piece.named.moment);
      return copy;
    },
    setTheme(themeName: ReturnType<typeof theme>) {
      for (const { figure } of liveFigures.values()) figure.act(setTheme, themeName);
    },
  };
}
