/** The choice of a problem: a surface, a line fit, a network, or a formula that a visitor types. */
import { html, nothing } from "lit-html";
import { cache } from "lit-html/directives/cache.js";
import { wordChoice } from "../../controls/choice.ts";
import { icon } from "../../controls/icons.ts";
import { popover } from "../../controls/popover.ts";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import { type Part, panelIn, type View } from "../../figure/part.ts";
import { lazy } from "../../service/lazy.ts";
import { retryWhileTransient } from "../../service/retry.ts";
import { loadStyle } from "../../service/style.ts";
import { chooseProblem } from "../../state/actions.ts";
import { isLineFit, isOwn } from "../../state/catalog.ts";
import type { State, Surface } from "../../state/types.ts";
import { createThumbs } from "./thumbnails.ts";

/** @param sheets  of some of them */
function allSurfaces(
  { catalog, problem }: State,
  sheets: (some: Surface[]) => unknown,
  choose: (name: string) => void,
): unknown {
  const all = catalog?.surfaces ?? [];
  const [yours, builtIn] = [true, false].map((ofReader) => all.filter(({ name }) => isOwn(name) === ofReader));
  if (!yours.length) return sheets(all);
  const [mapped, others] = [true, false].map((has) => yours.filter(({ domain }) => domain.length > 0 === has));
  const group = (title: string, some: unknown) => html`<section aria-label=${title}><h3>${title}</h3>${some}</section>`;
  /** A map of many parameters is a plane made from runs, so it has no thumbnail. */
  const planes = others.map(
    ({ name, label, summary, start }) => html`<button type="button" class="sheet" title=${summary ?? label}
      aria-pressed=${problem.surface === name} @click=${() => choose(name)}><b class="thumb">${start.length}-D</b
      ><span>${label}</span></button>`,
  );
  return [
    group("Yours", [
      mapped.length ? sheets(mapped) : nothing,
      planes.length ? html`<div class="sheets">${planes}</div>` : nothing,
    ]),
    group("Built in", sheets(builtIn)),
  ];
}

type Kind = "surface" | "fit" | "network" | "formula";

const KINDS: [Kind, string][] = [
  ["surface", "Surfaces"],
  ["fit", "Line fits"],
  ["network", "Networks"],
  ["formula", "Formula"],
];

/** The number of thumbnails shown at first; a button opens the rest. */
const IN_SIGHT = 8;

function kindOf({ problem }: State): Kind {
  if (isLineFit(problem)) return "fit";
  if (problem.network) return "network";
  return problem.expression === undefined ? "surface" : "formula";
}

/** A name of so many letters fits under its thumbnail. */
const SHORT = 10;

/** The surfaces in sight: the first ones, and always the chosen one, if it has a map. */
function inSight({ catalog, problem }: State): Surface[] {
  const all = (catalog?.surfaces ?? []).filter(({ domain }) => domain.length);
  const first = all.filter(({ label }) => label.length <= SHORT).slice(0, IN_SIGHT);
  const chosen = all.find(({ name }) => name === problem.surface);
  return !chosen || first.includes(chosen) ? first : [...first.slice(0, IN_SIGHT - 1), chosen];
}

/** @returns whether the last edit chose a landscape */
const wasChosen = (state: State): boolean => state.edit.kind === "problem" && state.entries.length > 0;

function createPicker(root: HTMLElement, figure: Figure): Part {
  const { store, act, withCatalog, redraw } = figure;
  const thumbs = createThumbs(figure);
  /** The kind that is shown, and the kind of the problem when it was last set. */
  let kind: Kind = "surface";
  let kindSet: Kind = kind;

  function choose(value: Kind) {
    kind = value;
    redraw();
  }

  const stand = (surface: string) => act(chooseProblem, { surface });

  async function openAllSurfaces(close: () => void) {
    const state = store.get();
    const choose = (name: string) => {
      close();
      stand(name);
    };
    return allSurfaces(state, (some) => thumbs(some, state, choose), choose);
  }

  const lineFits = lazy(() => withCatalog(() => import("./lineFits.ts")), figure);
  const openNetworks = async () => (await Promise.all([import("./networks.ts"), loadStyle("networks")]))[0];
  const networks = lazy(() => withCatalog(openNetworks), figure);
  const openFormula = async () => (await Promise.all([import("./formulaField.ts"), loadStyle("formula")]))[0];
  const formula = lazy(() => withCatalog(openFormula), figure);
  const opens = popover({ label: "All surfaces", className: "all-sheets", fill: openAllSurfaces });

  const parts: Record<Kind, (state: State) => unknown> = {
    surface: (state) => html`<div>${thumbs(inSight(state), state, stand)}<button type="button" class="quiet"
      ?hidden=${!state.catalog} ${opens}><span>All ${state.catalog?.surfaces.length} surfaces</span>${icon(
        "down",
      )}</button></div>`,
    fit: (state) => lineFits.show((part) => part.lineFits(state, figure)),
    network: (state) => networks.show((part) => part.networks(state, figure)),
    formula: (state) => formula.show((part) => part.formulaField(state, figure)),
  };

  /** Says that another landscape brings its own start and rates; only surfaces leave room for that. */
  const suited = (state: State) =>
    html`<p class=${kind === "surface" ? "note suited" : "reader-only"} role="status">${
      wasChosen(state) ? "Its own start and rates" : ""
    }</p>`;

  // The summary of a surface is read from the whole catalog once a thumbnail is pointed at.
  root.addEventListener(
    "pointerenter",
    () => void retryWhileTransient(figure.wholeCatalog, { signal: figure.ended }).catch(() => {}),
    { once: true, signal: figure.ended },
  );

  const panel = createPanel(figure, root, ({ state }) => {
    if (kindSet !== kindOf(state)) kind = kindSet = kindOf(state);
    return html`<div class="panel-head row wraps"><h2 class="reader-only">Landscape</h2>${wordChoice<Kind>({
      label: "Kind of landscape",
      options: KINDS,
      value: kind,
      onChoose: choose,
    })}</div>${cache(parts[kind](state))}${suited(state)}`;
  });
  return panel;
}

export const pickerView: View = {
  name: "landscape",
  place: panelIn("left", "Landscape"),
  tab: "Landscape",
  create: createPicker,
};
