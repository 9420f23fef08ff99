/** The figures of a lesson, each created as it comes into view. */

import { createFigure, type OwnFigure } from "../figure/figure.ts";
import type { View } from "../figure/part.ts";
import { ownPreset, questionView } from "../panels/lesson/question.ts";
import { type Control, slidersView } from "../panels/lesson/sliders.ts";
import type { Pace } from "../panels/shared/flow.ts";
import { createService } from "../service/service.ts";
import { setTheme } from "../state/actions.ts";
import { readAddress } from "../state/address.ts";
import { isEdited } from "../state/edits.ts";
import type { Count, Evidence, Guess, PageAddress } from "../state/types.ts";
import { theme } from "../theme.ts";
import { all } from "./elements.ts";
import { explainedBy } from "./explained.ts";
import { namedApart } from "./named.ts";

/** As the server writes it into the page. */
interface FigureData {
  name: string;
  spec: string;
  show: string[];
  /** of *Why*, its picture; null: the one that tells most */
  cause: string | null;
  /** index of that of which the working and the states are shown */
  parameter: number;
  substep: string | null;
  /** the step, or the substep, at which it rests once the question is answered; null: the last step */
  rests: number | string | null;
  /** the substeps after it, on the wall */
  then: string[];
  controls: Control[];
  evidence: Evidence[];
  question: { ask: string; guess: Guess } | null;
}

interface Live {
  figure: OwnFigure;
  pace: Pace;
}

/** What a figure is to show: other runs, a step, a substep; null: as the figure has it. */
export interface FigureMoment {
  spec: string | null;
  step: number | null;
  substep: string | null;
}

/** Who shows these shows what a step does. */
const OF_A_STEP = ["working", "table"];
/** So many of them are looked at, where nothing is asked before. */
const BY_HAND = 2;
/** A figure is created before it is in view. */
const NEAR = "200px 0px";

const dataOf = (element: HTMLElement) => JSON.parse(element.dataset.figure ?? "") as FigureData;

const paceOf = ({ show, substep, then, question }: FigureData): Pace => ({
  steps: !question && OF_A_STEP.some((name) => show.includes(name)) ? BY_HAND : 0,
  substeps: substep ? [substep, ...then] : [],
});

/** The loss chart may count samples seen, and show the same runs with other seeds as a band. */
const countedBy = (show: string[]): { count: Count; seeds: boolean } => ({
  count: show.includes("by_samples") || show.includes("band") ? "samples" : "steps",
  seeds: show.includes("band"),
});

/** As what is asked gives way to what is right, what stands above it stays as large. */
function neverShrinks(place: HTMLElement) {
  let most = 0;
  new ResizeObserver(() => {
    if (place.offsetHeight <= most) return;
    most = place.offsetHeight;
    place.style.minHeight = `${most}px`;
  }).observe(place);
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
 * @param ports.viewsOf  what a figure is to show, by the names that a lesson has for it
 * @param ports.wall  one section a screen
 * @param ports.onSeen  it was seen what is right of a figure
 * @param ports.onTried  something was set or run in it
 */
export function createFigures(ports: {
  viewsOf: (show: string[]) => View[];
  wall: boolean;
  onSeen: (element: HTMLElement) => void;
  onTried: (element: HTMLElement) => void;
}) {
  const { viewsOf, wall, onSeen, onTried } = ports;
  const service = createService();
  const live: Map<HTMLElement, Live> = new Map();
  /** What a check speaks of stands in these. */
  const lent: Set<HTMLElement> = new Set();
  const blank = new Map(all("[data-figure]").map((element) => [element, blankOf(element)]));

  /**
   * The runs of a figure, at rest: at the start, or at the step and substep that are named.
   * @param reveal  it asks before it shows
   */
  function restingAt(
    { spec, show, cause, parameter }: FigureData,
    { step, substep }: Omit<FigureMoment, "spec">,
    reveal = false,
  ) {
    const {
      address: { display, ...address },
    } = readAddress(spec);
    const explain = { ...display.explain, ...explainedBy(show), cause, parameter, substep };
    const at = reveal ? null : step;
    const shown = { ...display, ...countedBy(show), step: at, reveal, projector: wall, explain };
    return { ...address, display: shown } satisfies PageAddress;
  }

  /** Other runs in a figure, or its own at another moment; null stands for the last step. */
  function momentOf(data: FigureData, { spec, step, substep }: FigureMoment, reveal = false): PageAddress {
    const at = { step: step ?? Infinity, substep };
    if (spec === null) return restingAt(data, at, reveal);
    const shown = restingAt({ ...data, spec }, at, reveal);
    return { ...shown, spec: namedApart(readAddress(data.spec).address.spec, shown.spec) };
  }

  /**
   * @param at  what it shows first; its own runs at the start, unless it is given
   * @returns the figure of an element, created when it is first wanted
   */
  function liven(element: HTMLElement, at?: FigureMoment): Live {
    const known = live.get(element);
    if (known) return known;
    const data = dataOf(element);
    const { spec, show, controls, evidence, question, rests, substep } = data;
    const pace = paceOf(data);
    const asks = question !== null || (wall && !pace.substeps.length);
    const first = at ? momentOf(data, at) : restingAt(data, { step: 0, substep }, asks);
    if (wall && question) neverShrinks(element.querySelector(".figure-said") as HTMLElement);
    const questions = question
      ? [
          questionView(
            () => onSeen(element),
            () => !lent.has(element),
            rests,
          ),
        ]
      : [];
    const figure = createFigure(element.querySelector(".figure-live") as HTMLElement, first, {
      views: [...viewsOf(show), slidersView(controls, first), ...questions],
      service,
      theme: theme(),
      onMove: () => (!question || element.matches(".is-answered")) && onTried(element),
      preset: ownPreset(spec, question, evidence),
    });
    figure.store.subscribe((state, before) => {
      const { edit, explain, moving } = state;
      // On the wall the question goes as it is gone on from what answers it.
      const resting = pace.substeps.indexOf(typeof rests === "string" ? rests : (substep ?? ""));
      element.classList.toggle("is-beyond", pace.substeps.indexOf(explain.substep ?? "") > Math.max(0, resting));
      const set = before.moving || isEdited(state, before) || explain.substep !== before.explain.substep;
      if (edit.kind !== "open" && !moving && set) onTried(element);
    });
    const made = { figure, pace };
    live.set(element, made);
    element.classList.add("is-live");
    return made;
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
    known: (element: HTMLElement) => live.get(element),
    /** What a check speaks of, in the figure itself; until it is given back its question is not answered by it. */
    lend(element: HTMLElement, moment: FigureMoment) {
      lent.add(element);
      this.show(element, moment);
    },
    giveBack: (element: HTMLElement) => lent.delete(element),
    /** @param reveal  it asks, or waits to be gone through, again */
    show(element: HTMLElement, moment: FigureMoment, reveal: boolean = false) {
      liven(element).figure.open(momentOf(dataOf(element), moment, reveal));
    },
    /**
     * What a check shows has a figure of its own, and leaves that which it speaks of as it is: that may still ask.
     * @returns behind the check, created when it is first answered
     */
    behind(check: HTMLElement, element: HTMLElement, moment: FigureMoment): HTMLElement {
      const id = `figure-of-${check.id}`;
      const known = document.getElementById(id);
      if (known) return known;
      const data = dataOf(element);
      const evidence = moment.spec === null ? data.evidence : [];
      const made = blank.get(element)?.cloneNode(true) as HTMLElement;
      made.id = id;
      made.dataset.figure = JSON.stringify({ ...data, evidence, controls: [], question: null, rests: null });
      made.setAttribute("aria-labelledby", `${check.id}-ask`);
      check.after(made);
      liven(made, moment);
      return made;
    },
    setTheme(now: ReturnType<typeof theme>) {
      for (const { figure } of live.values()) figure.act(setTheme, now);
    },
  };
}
