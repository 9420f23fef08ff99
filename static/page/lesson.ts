/** A lesson: its figures, created as they come into view; its checks; what is seen of it on a wall and on paper. */

import type { OwnFigure } from "./figure/figure.ts";
import { createFigure } from "./figure/figure.ts";
import type { CreatePart, View } from "./figure/part.ts";
import { createDataPart } from "./panels/data.ts";
import { dataTableView } from "./panels/dataTable.ts";
import { goBack, goOn } from "./panels/lesson/clicker.ts";
import { createDrawerPart, createWorkingPart, explainedBy } from "./panels/lesson/explanation.ts";
import { setProseFormulas } from "./panels/lesson/proseFormulas.ts";
import { createQuestion, ownPreset } from "./panels/lesson/question.ts";
import type { Control } from "./panels/lesson/sliders.ts";
import { createSliders } from "./panels/lesson/sliders.ts";
import { createLossPart } from "./panels/loss.ts";
import { createMapPart } from "./panels/map.ts";
import { networkViews, planeWordsView } from "./panels/network/views.ts";
import { createStandings } from "./panels/outcome/meaning.ts";
import { createNotice } from "./panels/outcome/notice.ts";
import { openWordsInPlace } from "./panels/shared/word.ts";
import { createTransport } from "./panels/transport.ts";
import { noteAnswered, progress } from "./progress.ts";
import { createService } from "./service/service.ts";
import { keepSection, leadToView } from "./service/visit.ts";
import { setTheme } from "./state/actions.ts";
import { readAddress } from "./state/address.ts";
import { changed } from "./state/edits.ts";
import type { Pace } from "./state/reveal.ts";
import type { Guess, PageAddress } from "./state/types.ts";
import { createThemeButton, theme } from "./theme.ts";
import { createWall, neverShrinks } from "./wall.ts";

/** As the server writes it into the page. */
interface FigureData {
  name: string;
  spec: string;
  show: string[];
  substep: string | null;
  /** the step, or the substep, at which it rests once the question is answered; null: the last step */
  rests: number | string | null;
  /** the substeps after it, on the wall */
  then: string[];
  controls: Control[];
  question: { ask: string; guess: Guess } | null;
}

type ShownByCheck = { figure: string; spec: string | null; step: number | null; substep: string | null } | null;

const all = <E extends HTMLElement>(selector: string, within: ParentNode = document) => [
  ...within.querySelectorAll<E>(selector),
];
const root = document.documentElement;
const lesson = document.querySelector("main")?.dataset.lesson ?? "";
const service = createService();

/** One section a screen. */
const wall = new URLSearchParams(location.search).has("present");

const sections = all(".lesson-section");
const answered = new Set(progress()[lesson] ?? []);

function markSections() {
  for (const section of sections) {
    const asked = all("[data-asks]", section);
    section.classList.toggle("is-done", asked.length > 0 && asked.every(({ id }) => answered.has(id)));
  }
}

function note(id: string) {
  answered.add(id);
  noteAnswered(lesson, id);
  markSections();
}

/** It was seen what is right of a figure, which its caption may tell now. */
function seen(figure: HTMLElement) {
  figure.classList.add("is-answered");
  note(figure.id);
}

markSections();

interface Live {
  figure: OwnFigure;
  pace: Pace;
}

const live: Map<HTMLElement, Live> = new Map();

/** Who shows these shows what a step does. */
const OF_A_STEP = ["working", "table"];
/** So many of them are looked at, where nothing is asked before. */
const BY_HAND = 2;

const paceOf = ({ show, substep, then, question }: FigureData): Pace => ({
  steps: !question && OF_A_STEP.some((name) => show.includes(name)) ? BY_HAND : 0,
  substeps: substep ? [substep, ...then] : [],
});

/** The loss chart may count samples seen, and show the same runs with other seeds as a band. */
const countedBy = (show: string[]) => ({
  samples: show.includes("by_samples") || show.includes("band"),
  seeds: show.includes("band"),
});

/**
 * The runs of a query, at rest: at the start, or at the step and substep that the query names.
 * @param figure  which shows them
 */
function restingAt(
  spec: string,
  { show, substep }: Pick<FigureData, "show" | "substep">,
  step: number | null,
  reveal = false,
): PageAddress {
  const {
    address: { display, ...address },
  } = readAddress(spec);
  const explain = { ...display.explain, ...explainedBy(show), substep };
  return {
    ...address,
    display: { ...display, ...countedBy(show), step: reveal ? null : step, reveal, projector: wall, explain },
  };
}

const PARTS: Record<string, () => CreatePart | View> = {
  map: () => createMapPart(() => {}, false),
  loss: () => createLossPart,
  by_samples: () => createLossPart,
  band: () => createLossPart,
  data: () => createDataPart,
  table: () => dataTableView,
  standings: () => createStandings,
  working: () => createWorkingPart,
  states: () => createDrawerPart,
  average: () => createDrawerPart,
  search: () => createDrawerPart,
  ...Object.fromEntries(networkViews.map((view) => [view.name, () => view])),
};

/** Of a network, the map is a plane, which has its words with it. */
const viewsOf = (show: string[]) =>
  show.flatMap((name) => (PARTS[name] ? [PARTS[name]()] : [])).concat(show.includes("map") ? [planeWordsView] : []);

/** @returns the figure of an element, created when it is first wanted */
function liven(element: HTMLElement): Live {
  const known = live.get(element);
  if (known) return known;
  const data = JSON.parse(element.dataset.figure ?? "") as FigureData;
  const { spec, show, controls, question, rests } = data;
  const asks = question && createQuestion(() => seen(element), rests);
  const pace = paceOf(data);
  const first = restingAt(spec, data, 0, question !== null || (wall && !pace.substeps.length));
  if (wall && asks) neverShrinks(element.querySelector(".question") as HTMLElement);
  const figure = createFigure(element.querySelector(".figure-live") as HTMLElement, first, {
    controls: [createTransport, createSliders(controls, first.spec, () => figure.open(first)), ...(asks ? [asks] : [])],
    views: [createNotice([]), ...viewsOf(show)],
    service,
    theme: theme(),
    onMove: () => (!question || element.matches(".is-answered")) && tried(element),
    preset: question && ownPreset(spec, question.ask, question.guess),
  });
  figure.store.subscribe((state, before) => {
    const { edit, explain, moving } = state;
    // On the wall the question goes as it is gone on from what answers it.
    const resting = pace.substeps.indexOf(typeof rests === "string" ? rests : (data.substep ?? ""));
    element.classList.toggle("is-beyond", pace.substeps.indexOf(explain.substep ?? "") > Math.max(0, resting));
    const set = before.moving || changed(state, before) || explain.substep !== before.explain.substep;
    if (edit.kind !== "open" && !moving && set) tried(element);
  });
  const made = { figure, pace };
  live.set(element, made);
  element.classList.add("is-live");
  return made;
}

const NEAR = "200px 0px";
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
const figures = all("[data-figure]");
for (const element of figures) inView.observe(element);

/** The room of a question goes once its answer is above the screen; what is in sight stays where it is. */
const past = new IntersectionObserver((entries) => {
  for (const {
    target,
    boundingClientRect: { bottom },
  } of entries) {
    const figure = target.closest<HTMLElement>(".lesson-figure");
    if (bottom > 0 || !figure?.matches(".is-answered:not(.is-past)")) continue;
    const before = figure.getBoundingClientRect().bottom;
    // Some browsers see to it themselves, where no height of what is around it changes, and would do so twice.
    root.style.overflowAnchor = "none";
    figure.classList.add("is-past");
    scrollBy({ top: figure.getBoundingClientRect().bottom - before, behavior: "instant" });
    setTimeout(() => (root.style.overflowAnchor = ""), 100);
  }
});
if (!wall) for (const question of all(".question")) past.observe(question);

/* Checks */

function answer(check: HTMLElement, option: HTMLElement) {
  const right = option.dataset.right !== undefined;
  for (const one of all(".option", check)) {
    one.setAttribute("aria-pressed", String(one === option));
    one.classList.toggle("is-wrong", one === option && !right);
    one.classList.toggle("is-right", one === option && right);
  }
  for (const why of all(".check-why", check)) why.classList.toggle("is-told", why.dataset.of === option.id);
  const shown = JSON.parse(check.dataset.show ?? "null") as ShownByCheck;
  const element = shown && document.getElementById(`figure-${shown.figure}`);
  if (shown && element?.dataset.figure) {
    const { figure } = liven(element);
    const { spec, show } = JSON.parse(element.dataset.figure) as FigureData;
    figure.open(restingAt(shown.spec ?? spec, { show, substep: shown.substep }, shown.step ?? Infinity));
    check.querySelector(".check-show")?.classList.add("is-told");
  }
  if (right) note(check.id);
}

/** @returns with what stands in an element of the answers, which who has no scripts reads there */
function told(className: string, id: string): HTMLElement {
  const words = document.createElement("p");
  words.className = className;
  words.append(...[...(document.getElementById(id)?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  return words;
}

/** Every reason has its place where one is told: from one answer to another nothing moves. */
for (const check of all(".check"))
  for (const option of all(".option", check)) {
    const why = told("check-why", `${option.id}-why`);
    why.dataset.of = option.id;
    check.querySelector(".check-told")?.append(why);
    option.addEventListener("click", () => answer(check, option));
  }

/* What to try */

/** Something was set or run in a figure: what that leads to is told, where what to try has been in sight. */
function tried(figure: HTMLElement) {
  for (const one of all(`.try.is-read[data-with=${figure.id}]`)) one.classList.add("is-told");
}

const read = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) if (isIntersecting) target.classList.add("is-read");
});

/** What it leads to has its place from the first, so that nothing moves. */
for (const one of all(".try")) {
  const look = told("try-look", `${one.id}-look`);
  look.tabIndex = -1;
  const show = document.createElement("button");
  [show.type, show.className, show.textContent] = ["button", "quiet underlined", "Show what it leads to"];
  show.addEventListener("click", () => {
    one.classList.add("is-told");
    look.focus();
  });
  const place = document.createElement("div");
  place.className = "try-told";
  place.ariaLive = "polite";
  place.append(show, look);
  one.append(place);
  read.observe(one);
}

const set = setProseFormulas();

/* On the wall */

/** @param pieces  of the screen @returns whether one of them was gone on with */
const on = (pieces: HTMLElement[]): boolean =>
  pieces.some((element) => {
    if (element.matches("[data-figure]")) {
      const { figure, pace } = liven(element);
      return goOn(figure, pace);
    }
    if (element.matches(".is-told") || element.querySelector("[aria-pressed=true][data-right]")) return false;
    if (element.matches(".try")) {
      element.classList.add("is-told");
      return true;
    }
    answer(element, element.querySelector("[data-right]") as HTMLElement);
    return true;
  });

const back = (pieces: HTMLElement[]): boolean =>
  pieces.toReversed().some((element) => {
    const known = live.get(element);
    return known !== undefined && goBack(known.figure, known.pace);
  });

if (wall) {
  const lessonAt = (rel: string) =>
    document.querySelector<HTMLAnchorElement>(`.lesson-ways [rel=${rel}]`)?.href ?? null;
  root.classList.add("presenting");
  for (const figure of all(".lesson-figure")) figure.classList.add("wall");
  const { again } = createWall({
    sections,
    head: document.querySelector(".lesson-head") as HTMLElement,
    on,
    back,
    before: lessonAt("prev"),
    after: lessonAt("next"),
  });
  void Promise.all([set, document.fonts.ready]).then(again);
}

/* The bar */

const button = (id: string, act: () => void) => document.getElementById(id)?.addEventListener("click", act);

createThemeButton((now) => {
  for (const { figure } of live.values()) figure.act(setTheme, now);
});

openWordsInPlace();
leadToView();

const textOf = (selector: string, within: ParentNode) => within.querySelector(selector)?.textContent ?? "";
for (const section of sections)
  for (const link of all(".open-it", section))
    link.addEventListener("click", () =>
      keepSection({
        address: `${location.pathname}${location.search}#${link.closest("figure")?.id}`,
        lesson: `${textOf(".lesson-meta strong", document)}, ${textOf("h1", document)}`,
        title: textOf("h2", section),
      }),
    );

/** Its pictures stand in the places of the figures; they come only once they are wanted. */
button("print", async () => {
  const pictures = all<HTMLImageElement>("img.figure-picture");
  for (const picture of pictures) picture.loading = "eager";
  await Promise.allSettled(pictures.map((picture) => picture.decode()));
  print();
});
