/** The figures of a lesson, each created as it comes into view. */

import { createFigure, type OwnFigure } from "../figure/figure.ts";
import type { View } from "../figure/part.ts";
import { ownPreset, questionView } from "../panels/lesson/question.ts";
import { hasSameRuns, slidersView } from "../panels/lesson/sliders.ts";
import { createService } from "../service/service.ts";
import { selectRun, setTheme } from "../state/actions.ts";
import { holdAtStart } from "../state/beats.ts";
import type { Pace } from "../state/clicker.ts";
import { changesRuns } from "../state/edits.ts";
import { hidesAhead } from "../state/exercise.ts";
import type { PageAddress } from "../state/types.ts";
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
import { addressAt, goneThrough, paceOf, playsAtOnce, restingAt } from "./moments.ts";
import { type arrange, askingBelow, createLending, type LessonProgress } from "./plan.ts";
import { fitSaid } from "./screens.ts";

interface LiveFigure {
  figure: OwnFigure;
  pace: Pace;
}

/** How far a figure has come, and the class of its element that says so to the style sheets. */
const CLASSES = {
  /** it was created */
  isLive: "is-live",
  /** it was seen what is right: its caption may name that */
  isAnswered: "is-answered",
  /** on the wall: its runs have not been told */
  isUntold: "is-untold",
  /** a substep after its answer shows, with which the question disappears on the wall */
  isBeyond: "is-beyond",
  /** it shows its start alone, until what a figure further down asks of its runs is answered */
  isHeld: "is-held",
};

type FigureProgress = Record<keyof typeof CLASSES, boolean>;

const NOT_BEGUN: FigureProgress = { isLive: false, isAnswered: false, isUntold: false, isBeyond: false, isHeld: false };

/** A figure is created before it is in view. */
const AHEAD = "200px 0px";

/** @returns a figure like one that is not live yet, which asks and says nothing */
function blankOf(element: HTMLElement): HTMLElement {
  const made = element.cloneNode(false) as HTMLElement;
  made.append((element.querySelector(".figure-live") as HTMLElement).cloneNode(true));
  made.querySelector(".question")?.remove();
  delete made.dataset.asks;
  return made;
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
  const { lesson, progress, viewsOf, wall, atEnd, isKnown, onSeen, onTried } = ports;
  const service = createService();
  const liveFigures: Map<Piece, LiveFigure> = new Map();
  const states: Map<Piece, FigureProgress> = new Map();
  const lending = createLending({
    shownIn,
    open: (piece, address) => ensureLive(piece as FigurePiece).figure.open(address),
  });
  const figures = lesson.filter(isFigure);
  const asking = new Map(figures.map((piece) => [piece, askingBelow(lesson, piece)]));
  const blank = new Map(figures.map((piece) => [piece, blankOf(piece.element)]));

  function setState(piece: FigurePiece, change: Partial<FigureProgress>) {
    const next = { ...(states.get(piece) ?? NOT_BEGUN), ...change };
    states.set(piece, next);
    progress.answered[next.isAnswered ? "add" : "delete"](piece);
    for (const [name, className] of Object.entries(CLASSES))
      piece.element.classList.toggle(className, next[name as keyof FigureProgress]);
    for (const [other, asks] of asking) if (asks === piece) hold(other);
  }

  function isHeld(piece: FigurePiece): boolean {
    const asks = asking.get(piece);
    return asks !== undefined && !isKnown(asks) && !progress.answered.has(asks);
  }

  /** Has a figure show its start alone, or all, as the answers have it by now. */
  function hold(piece: FigurePiece) {
    const live = liveFigures.get(piece);
    if (!live || (live.figure.store.get().exercise.ahead === "held") === isHeld(piece)) return;
    lending.keep(piece);
    live.figure.act(holdAtStart, isHeld(piece));
    setState(piece, { isHeld: isHeld(piece) });
  }

  /** @returns a figure, created when it is first wanted */
  const ensureLive = (piece: FigurePiece): LiveFigure =>
    liveFigures.get(piece) ?? create(piece, atEnd ? goneThrough(piece.data) : null);

  /** @param moment  what it shows first; null: its question, or its own runs at the start */
  function create(piece: FigurePiece, moment: FigureMoment | null): LiveFigure {
    const { element, data } = piece;
    const { spec, show, controls, evidence, question, substep } = data;
    const asks = question !== null || (wall && playsAtOnce(data)) || isHeld(piece);
    const first = moment
      ? addressAt(data, moment, { hides: false, wall })
      : restingAt(data, { step: 0, substep, hides: asks, wall });
    const figure = createFigure(element.querySelector(".figure-live") as HTMLElement, first, {
      views: [...viewsOf(show), slidersView(controls, first), ...questionsOf(piece)],
      service,
      theme: theme(),
      onMove: () => (!question || progress.answered.has(piece)) && onTried(piece),
      preset: ownPreset(spec, question, evidence),
    });
    const created = { figure, pace: paceOf(data) };
    liveFigures.set(piece, created);
    follow(piece, created);
    if (wall) {
      // What comes of a question is longer than it.
      const resized = new ResizeObserver(() => fitSaid(element));
      for (const part of queryAll(".figure-said, .sliders", element)) resized.observe(part);
    }
    setState(piece, { isLive: true, isUntold: wall && first.display.hides });
    hold(piece);
    return created;
  }

  const showsOwn = (piece: FigurePiece) => !lending.isLent(piece);

  function questionsOf(piece: FigurePiece): View[] {
    const { question, run, rests } = piece.data;
    const markSeen = () => {
      const { act, store } = ensureLive(piece).figure;
      if (run !== null) act(selectRun, store.get().entries[run]?.id ?? null);
      setState(piece, { isAnswered: true });
      onSeen(piece);
    };
    return question ? [questionView(markSeen, () => showsOwn(piece), rests)] : [];
  }

  /** Follows how far a figure has come, and notes what is set in it. */
  function follow(piece: FigurePiece, { figure, pace }: LiveFigure) {
    const { question, rests, substep } = piece.data;
    const restIndex = pace.substeps.indexOf(typeof rests === "string" ? rests : (substep ?? ""));
    figure.store.subscribe((state, before, edit) => {
      const { explain, moving } = state;
      const hides = hidesAhead(state);
      setState(piece, {
        isBeyond: pace.substeps.indexOf(explain.substep ?? "") > Math.max(0, restIndex),
        ...(wall && showsOwn(piece) && { isUntold: hides }),
        // Gone back to on the wall, a question is as it was before its answer, there and where it is followed.
        ...((wall || state.exercise.leader) && showsOwn(piece) && question && { isAnswered: !hides }),
      });
      if (edit?.kind === "open") return;
      const edited = changesRuns(state, before);
      if (edited) lending.keep(piece);
      if (!moving && (before.moving || edited || explain.substep !== before.explain.substep)) onTried(piece);
    });
  }

  /** @param hides  it asks, or waits to be gone through, again */
  const addressIn = (piece: FigurePiece, moment: FigureMoment, hides = isHeld(piece)) =>
    addressAt(piece.data, isHeld(piece) ? { ...moment, step: 0 } : moment, { hides, wall });

  /** @returns what a figure shows, at rest where it stands; where it plays, at the end */
  function shownIn(piece: Piece): PageAddress {
    const { address, player } = ensureLive(piece as FigurePiece).figure;
    const { display, ...rest } = address();
    const step = player.step() === 0 && !player.playing() ? 0 : (player.pausedStep() ?? Infinity);
    return { ...rest, display: { ...display, step } };
  }

  /** @returns whether these are other runs than the lesson has in a figure */
  const isSet = (piece: FigurePiece, { spec }: PageAddress) => !hasSameRuns(spec, addressIn(piece, OWN_AT_END).spec);

  const inView = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const piece = figures.find(({ element }) => element === target);
        if (!isIntersecting || !piece) continue;
        inView.unobserve(target);
        ensureLive(piece);
      }
    },
    { rootMargin: AHEAD },
  );
  for (const { element } of figures) inView.observe(element);

  return {
    ensureLive,
    liveFigureOf: (piece: FigurePiece) => liveFigures.get(piece),
    isHeld,
    show: (piece: FigurePiece, moment: FigureMoment, hides?: boolean) =>
      ensureLive(piece).figure.open(addressIn(piece, moment, hides)),
    /** Shows what these pieces speak of, and no longer what others do. */
    tell(shown: ReturnType<typeof arrange>["shown"]) {
      const wishes = [...shown].map(([piece, { figure, moment, keepsOtherRuns }]) => {
        const stays = (before: PageAddress) => keepsOtherRuns && isSet(figure, before);
        return [piece, { figure, address: addressIn(figure, moment), stays }] as const;
      });
      lending.only(new Map(wishes));
    },
    /**
     * Shows what a piece names in a new figure behind it; the figure itself may still ask its question.
     * @param label  id of the element that says what it shows
     */
    copyBehind(piece: Piece, label: string): FigurePiece | null {
      if (!piece.named) return null;
      const { figure, moment } = piece.named;
      const element = blank.get(figure)?.cloneNode(true) as HTMLElement;
      element.id = `figure-of-${piece.element.id}`;
      element.setAttribute("aria-labelledby", label);
      piece.element.after(element);
      const evidence = moment.spec === null ? figure.data.evidence : [];
      const data = { ...figure.data, evidence, controls: [], question: null, rests: null };
      const copy: FigurePiece = { ...figure, element, section: piece.section, data, copyFor: piece };
      create(copy, moment);
      return copy;
    },
    setTheme(themeName: ReturnType<typeof theme>) {
      for (const { figure } of liveFigures.values()) figure.act(setTheme, themeName);
    },
  };
}
