/** What the runs stand on: a surface, a line fit on data, or a formula of one's own. */
import { chooseProblem } from "../../state/actions.ts";
import { isLineFit, surfaceOf } from "../../state/catalog.ts";
import { createPopover } from "../../controls/popover.ts";
import { icon } from "../../controls/icons.ts";
import { h } from "../../dom.ts";
import { fetched } from "../shared/fetched.ts";
import { createSuggested } from "./suggested.ts";
import { createThumbs } from "./thumbnails.ts";
import { createWords } from "../../controls/byHand.ts";
import type { State, Surface } from "../../state/types.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";

type Kind = "surface" | "fit" | "formula";

/** Sheets in sight; the rest open from a button. */
const IN_SIGHT = 8;

function kindOf({ problem }: State): Kind {
  if (isLineFit(problem)) return "fit";
  return problem.expression === undefined ? "surface" : "formula";
}

/** A name of so many letters fits under its thumbnail. */
const SHORT = 10;

/** The first ones, the chosen one always among them. */
function inSight({ catalog, problem }: State): Surface[] {
  const all = catalog?.surfaces ?? [];
  const first = all.filter(({ label }) => label.length <= SHORT).slice(0, IN_SIGHT);
  const chosen = surfaceOf(catalog, problem.surface);
  return !chosen || first.includes(chosen) ? first : [...first.slice(0, IN_SIGHT - 1), chosen];
}

export function createPicker(figure: Figure) {
  const { store, act, invalidate } = figure;
  const root = figure.place("landscape");
  let kind: Kind = "surface";
  let kindAsked = "";
  const kinds = createWords({
    label: "Kind of landscape",
    options: [["surface", "Surfaces"], ["fit", "Line fits"], ["formula", "Your formula"]],
    onChoose: (value: Kind) => show(value),
  });
  const thumbs = createThumbs(figure);
  const surfaces = h("div", { class: "sheets" });
  const all = h("button", { type: "button", class: "quiet" }, h("span", {}, "All surfaces"), icon("down"));
  createPopover({ button: all, label: "All surfaces", className: "all-sheets", fill: fillAll });
  const parts = { surface: h("div", {}, surfaces, all), fit: h("div"), formula: h("div") };
  /** Put into its place once it is there. */
  const later = <T extends { root: Node }>(place: HTMLElement, create: () => Promise<T>) => fetched(async () => {
    const made = await create();
    place.append(made.root);
    return made;
  }, figure);
  const fit = later(parts.fit, async () => (await import("./lineFits.ts")).createLineFits(store));
  const formula = later(parts.formula, async () => (await import("./formula.ts")).createFormula(figure));
  const suited = createSuggested(store);
  root.append(h("div", { class: "panel-head" }, h("h2", { class: "reader-only" }, "Landscape"), kinds.root), parts.surface, parts.fit, parts.formula, suited.root);

  function show(value: Kind) {
    kind = value;
    kinds.set(kind);
    for (const [name, part] of Object.entries(parts)) part.hidden = name !== kind;
    invalidate();
  }

  function fillAll(close: () => void) {
    const state = store.get();
    const choose = (name: string) => {
      close();
      act(chooseProblem, { surface: name });
    };
    const grid = h("div", { class: "sheets" });
    thumbs.fill(grid, state.catalog?.surfaces ?? [], state, choose);
    return grid;
  }

  let last: unknown[] = [];
  return {
    destroy: () => root.replaceChildren(),
    render({ state }: Frame) {
      const key = JSON.stringify(state.problem);
      const now = [key, state.catalog, state.theme, state.fault, state.problemOnMap, state.edit, kind, kind === "fit" && fit(), kind === "formula" && formula()];
      if (now.every((value, k) => value === last[k])) return;
      last = now;
      if (kindOf(state) !== kindAsked) show((kindAsked = kindOf(state)) as Kind);
      thumbs.fill(surfaces, inSight(state), state, (name) => act(chooseProblem, { surface: name }));
      all.hidden = !state.catalog;
      all.firstElementChild?.replaceChildren(`All ${state.catalog?.surfaces.length ?? ""} surfaces`);
      if (kind === "fit") fit()?.render(state);
      if (kind === "formula") formula()?.render(state);
      suited.render(state);
    },
  };
}
