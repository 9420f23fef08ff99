/** The figures of a lesson, each created as it comes into view. */

import { createFigure, type OwnFigure } from "../figure/figure.ts";
import type { View } from "../figure/part.ts";
import { ownPreset, questionView } from "../panels/lesson/question.ts";
import { runsKey, slidersView } from "../panels/lesson/sliders.ts";
import { createService } from "../service/service.ts";
import { selectRun, setTheme } from "../state/actions.ts";
import { isEdited } from "../state/edits.ts";
import type { Pace } from "../state/presses.ts";
import type { PageAddress } from "../state/types.ts";
import { theme } from "../theme.ts";
import { all, dataOf, type FigureData, type FigureMoment, isBefore, OWN_AT_END, shownBy } from "./elements.ts";
import { createLending, type LoanWish } from "./lending.ts";
import { addressAt, goneThrough, paceOf, playsAtOnce, restingAt } from "./moments.ts";
import { fitSaid } from "./screens.ts";

interface Live {
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
};

type FigureProgress = Record<keyof typeof CLASSES, boolean>;

const NOT_BEGUN: FigureProgress = { isLive: false, isAnswered: false, isUntold: false, isBeyond: false };

/** A figure is created before it is in view. */
const NEAR = "200px 0px";

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
 * @param ports.isTold  whether it is told what something to try leads to
 * @param ports.onSeen  it was seen what is right of a figure
 * @param ports.onTried  something was set or run in it
 */
export function createFigures(ports: {
  viewsOf: (show: string[]) => View[];
  wall: boolean;
  atEnd: boolean;
  isTold: (piece: HTMLElement) => boolean;
  onSeen: (element: HTMLElement) => void;
  onTried: (element: HTMLElement) => void;
}) {
  const { viewsOf, wall, atEnd, isTold, onSeen, onTried } = ports;
  const service = createService();
  const live: Map<HTMLElement, Live> = new Map();
  const progress: Map<HTMLElement, FigureProgress> = new Map();
  const lending = createLending<HTMLElement>({
    shownIn,
    open: (element, address) => liven(element).figure.open(address),
  });
  const blank = new Map(all("[data-figure]").map((element) => [element, blankOf(element)]));

  const progressOf = (element: HTMLElement) => progress.get(element) ?? NOT_BEGUN;

  function setProgress(element: HTMLElement, change: Partial<FigureProgress>) {
    const next = { ...progressOf(element), ...change };
    progress.set(element, next);
    for (const [name, className] of Object.entries(CLASSES))
      element.classList.toggle(className, next[name as keyof FigureProgress]);
  }

  /** @returns the figure of an element, created when it is first wanted */
  function liven(element: HTMLElement): Live {
    const data = dataOf(element);
    return live.get(element) ?? create(element, data, atEnd ? goneThrough(data) : null);
  }

  /** @param moment  what it shows first; null: its question, or its own runs at the start */
  function create(element: HTMLElement, data: FigureData, moment: FigureMoment | null): Live {
    const { spec, show, controls, evidence, question, substep } = data;
    const asks = question !== null || (wall && playsAtOnce(data));
    const first = moment
      ? addressAt(data, moment, { hides: false, wall })
      : restingAt(data, { step: 0, substep, hides: asks, wall });
    const figure = createFigure(element.querySelector(".figure-live") as HTMLElement, first, {
      views: [...viewsOf(show), slidersView(controls, first), ...questionsOf(element, data)],
      service,
      theme: theme(),
      onMove: () => (!question || progressOf(element).isAnswered) && onTried(element),
      preset: ownPreset(spec, question, evidence),
    });
    const created = { figure, pace: paceOf(data) };
    live.set(element, created);
    follow(element, created, data);
    if (wall) {
      // What comes of a question is longer than it.
      const resized = new ResizeObserver(() => fitSaid(element));
      for (const part of all(".figure-said, .sliders", element)) resized.observe(part);
    }
    setProgress(element, { isLive: true, isUntold: wall && first.display.hides });
    return created;
  }

  const showsOwn = (element: HTMLElement) => !lending.isLent(element);

  function questionsOf(element: HTMLElement, { question, run, rests }: FigureData): View[] {
    const markSeen = () => {
      const { act, store } = liven(element).figure;
      if (run !== null) act(selectRun, store.get().entries[run]?.id ?? null);
      setProgress(element, { isAnswered: true });
      onSeen(element);
    };
    return question ? [questionView(markSeen, () => showsOwn(element), rests)] : [];
  }

  /** Follows how far a figure has come, and notes what is set in it. */
  function follow(element: HTMLElement, { figure, pace }: Live, { question, rests, substep }: FigureData) {
    const restIndex = pace.substeps.indexOf(typeof rests === "string" ? rests : (substep ?? ""));
    figure.store.subscribe((state, before, edit) => {
      const { explain, moving, hides } = state;
      setProgress(element, {
        isBeyond: pace.substeps.indexOf(explain.substep ?? "") > Math.max(0, restIndex),
        ...(wall && showsOwn(element) && { isUntold: hides }),
        // Gone back to on the wall, a question is as it was before its answer, there and where it is followed.
        ...((wall || state.leader) && showsOwn(element) && question && { isAnswered: !hides }),
      });
      if (edit?.kind === "open") return;
      const edited = isEdited(state, before);
      if (edited) lending.keep(element);
      if (!moving && (before.moving || edited || explain.substep !== before.explain.substep)) onTried(element);
    });
  }

  /** @param hides  it asks, or waits to be gone through, again */
  const addressIn = (element: HTMLElement, moment: FigureMoment, hides = false) =>
    addressAt(dataOf(element), moment, { hides, wall });

  /** @returns what a figure shows, at rest where it stands; where it plays, at the end */
  function shownIn(element: HTMLElement): PageAddress {
    const { address, player } = liven(element).figure;
    const { display, ...rest } = address();
    const step = player.step() === 0 && !player.playing() ? 0 : (player.pausedStep() ?? Infinity);
    return { ...rest, display: { ...display, step } };
  }

  /** @returns whether these are other runs than the lesson has in a figure */
  const isSet = (element: HTMLElement, { spec }: PageAddress) =>
    runsKey(spec) !== runsKey(addressIn(element, OWN_AT_END).spec);

  /**
   * A text, an answered check or what to try, and what it has a figure show. Above a question the figure stands as it
   * asks; where the reader has set something, what to try is seen in that.
   */
  function shownOf(piece: HTMLElement): [HTMLElement, LoanWish<HTMLElement>][] {
    const shown = shownBy(piece);
    if (!shown) return [];
    const { figure, moment } = shown;
    if (figure.matches("[data-asks]") && !progressOf(figure).isAnswered && isBefore(piece, figure)) return [];
    if (!piece.matches(".try")) return [[piece, { figure, address: addressIn(figure, moment) }]];
    const address = addressIn(figure, isTold(piece) ? moment : OWN_AT_END);
    return [[piece, { figure, address, stays: (before) => isSet(figure, before) }]];
  }

  const inView = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        inView.unobserve(target);
        liven(target as HTMLElement);
      }
    },
    { rootMargin: NEAR },
  );
  for (const element of all("[data-figure]")) inView.observe(element);

  return {
    liven,
    liveOf: (element: HTMLElement) => live.get(element),
    isAnswered: (element: HTMLElement) => progressOf(element).isAnswered,
    giveBack: lending.giveBack,
    lend: (piece: HTMLElement, element: HTMLElement, moment: FigureMoment) =>
      lending.lend(piece, element, addressIn(element, moment)),
    show: (element: HTMLElement, moment: FigureMoment, hides?: boolean) =>
      liven(element).figure.open(addressIn(element, moment, hides)),
    /** Shows what these texts, answered checks and things to try speak of, and no longer what others do. */
    tell: (pieces: HTMLElement[]) => lending.only(new Map(pieces.flatMap(shownOf))),
    /**
     * Shows what a check or a text speaks of in a new figure behind it; the figure itself may still ask its question.
     * @param label  id of the element that says what it shows
     * @returns behind the piece, created when it is first wanted
     */
    behind(piece: HTMLElement, element: HTMLElement, moment: FigureMoment, label: string): HTMLElement {
      const id = `figure-of-${piece.id}`;
      const existing = document.getElementById(id);
      if (existing) return existing;
      const data = dataOf(element);
      const evidence = moment.spec === null ? data.evidence : [];
      const made = blank.get(element)?.cloneNode(true) as HTMLElement;
      made.id = id;
      made.setAttribute("aria-labelledby", label);
      piece.after(made);
      create(made, { ...data, evidence, controls: [], question: null, rests: null }, moment);
      return made;
    },
    setTheme(themeName: ReturnType<typeof theme>) {
      for (const { figure } of live.values()) figure.act(setTheme, themeName);
    },
  };
}
