/** The figures of a lesson, each created as it comes into view. */

import { createFigure, type OwnFigure } from "../figure/figure.ts";
import type { View } from "../figure/part.ts";
import { ownPreset, questionView } from "../panels/lesson/question.ts";
import { slidersView } from "../panels/lesson/sliders.ts";
import type { Pace } from "../panels/shared/flow.ts";
import { createService } from "../service/service.ts";
import { setTheme } from "../state/actions.ts";
import { isEdited } from "../state/edits.ts";
import type { PageAddress } from "../state/types.ts";
import { theme } from "../theme.ts";
import { all } from "./elements.ts";
import { createLending } from "./lending.ts";
import { addressAt, dataOf, type FigureMoment, paceOf, restingAt, shownBy } from "./moments.ts";
import { fitSaid } from "./screens.ts";

interface Live {
  figure: OwnFigure;
  pace: Pace;
}

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
  /** Figures of which it was seen what is right. */
  const answered: Set<HTMLElement> = new Set();
  const lending = createLending<HTMLElement>({
    shownIn: (element) => liven(element).figure.address(),
    open: (element, address) => liven(element).figure.open(address),
  });
  const blank = new Map(all("[data-figure]").map((element) => [element, blankOf(element)]));

  /** @param is  its caption may name the right answer */
  function setAnswered(element: HTMLElement, is: boolean) {
    if (is) answered.add(element);
    else answered.delete(element);
    element.classList.toggle("is-answered", is);
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
    const asks = question !== null || (wall && !pace.substeps.length && !pace.steps);
    const first = at
      ? addressAt(data, at, { reveal: false, wall })
      : restingAt(data, { step: 0, substep, reveal: asks, wall });
    const showsOwn = () => !lending.isLent(element);
    const seen = () => {
      setAnswered(element, true);
      onSeen(element);
    };
    const questions = question ? [questionView(seen, showsOwn, rests)] : [];
    const figure = createFigure(element.querySelector(".figure-live") as HTMLElement, first, {
      views: [...viewsOf(show), slidersView(controls, first), ...questions],
      service,
      theme: theme(),
      onMove: () => (!question || answered.has(element)) && onTried(element),
      preset: ownPreset(spec, question, evidence),
    });
    figure.store.subscribe((state, before) => {
      const { edit, explain, moving, reveal } = state;
      // Gone back to on the wall, a question is as it was before its answer.
      if (wall && question && showsOwn()) setAnswered(element, !reveal);
      // On the wall the question disappears with the step after its answer.
      const resting = pace.substeps.indexOf(typeof rests === "string" ? rests : (substep ?? ""));
      element.classList.toggle("is-beyond", pace.substeps.indexOf(explain.substep ?? "") > Math.max(0, resting));
      const set = before.moving || isEdited(state, before) || explain.substep !== before.explain.substep;
      if (edit.kind !== "open" && !moving && set) onTried(element);
    });
    const made = { figure, pace };
    live.set(element, made);
    if (wall) {
      // What comes of a question is longer than it.
      const resized = new ResizeObserver(() => fitSaid(element));
      for (const each of all(".figure-said, .sliders", element)) resized.observe(each);
    }
    element.classList.add("is-live");
    return made;
  }

  /** @param reveal  it asks, or waits to be gone through, again */
  const addressIn = (element: HTMLElement, moment: FigureMoment, reveal = false) =>
    addressAt(dataOf(element), moment, { reveal, wall });

  /** A text or an answered check, and what it has a figure show. */
  function shownOf(piece: HTMLElement): [HTMLElement, { figure: HTMLElement; address: PageAddress }][] {
    const shown = shownBy(piece);
    const figure = shown && document.getElementById(`figure-${shown.figure}`);
    return figure ? [[piece, { figure, address: addressIn(figure, shown) }]] : [];
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
    isAnswered: (element: HTMLElement) => answered.has(element),
    giveBack: lending.giveBack,
    lend: (piece: HTMLElement, element: HTMLElement, moment: FigureMoment) =>
      lending.lend(piece, element, addressIn(element, moment)),
    show: (element: HTMLElement, moment: FigureMoment, reveal?: boolean) =>
      liven(element).figure.open(addressIn(element, moment, reveal)),
    /** Shows what these texts and answered checks speak of, and no longer what others do. */
    tell: (pieces: HTMLElement[]) => lending.only(new Map(pieces.flatMap(shownOf))),
    /**
     * Shows what a check speaks of in a new figure behind the check; the figure of the text may still ask its question.
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
