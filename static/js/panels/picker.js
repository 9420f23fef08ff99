/** What the runs stand on: a surface, a line fit on data, or a formula of one's own. */
import { chooseProblem } from "../state/actions.js";
import { isLineFit, surfaceOf } from "../state/catalog.js";
import { createPopover } from "../controls/popover.js";
import { createWords } from "../controls/choice.js";
import { icon } from "../controls/icons.js";
import { h } from "../dom.js";
import { fetched } from "./fetched.js";
import { createSuited } from "./suited.js";
import { createThumbs } from "./thumbs.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Surface} Surface */
/** @typedef {import("../state/store.js").Store} Store */
/** @typedef {"surface" | "fit" | "formula"} Kind */

/** Sheets in sight; the rest open from a button. */
const IN_SIGHT = 8;

/** @param {State} state @returns {Kind} */
function kindOf({ problem }) {
  if (isLineFit(problem)) return "fit";
  return problem.expression === undefined ? "surface" : "formula";
}

/** A name of so many letters fits under its sheet. */
const SHORT = 10;

/** The first ones, the chosen one always among them. @param {State} state @returns {Surface[]} */
function inSight({ catalog, problem }) {
  const all = catalog?.surfaces ?? [];
  const first = all.filter(({ label }) => label.length <= SHORT).slice(0, IN_SIGHT);
  const chosen = surfaceOf(catalog, problem.surface);
  return !chosen || first.includes(chosen) ? first : [...first.slice(0, IN_SIGHT - 1), chosen];
}

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {() => void} invalidate  asks for a frame
 */
export function createPicker(root, store, invalidate) {
  const act = store.update;
  /** @type {Kind} */
  let kind = "surface";
  let kindAsked = "";
  const kinds = createWords({
    label: "Kind of landscape",
    options: [["surface", "Surfaces"], ["fit", "Line fits"], ["formula", "Your formula"]],
    onChoose: (/** @type {Kind} */ value) => show(value),
  });
  const thumbs = createThumbs();
  const surfaces = h("div", { class: "sheets" });
  const all = h("button", { type: "button", class: "quiet" }, h("span", {}, "All surfaces"), icon("down"));
  const sheets = createPopover({ button: all, label: "All surfaces", className: "all-sheets", fill: fillAll });
  const parts = { surface: h("div", {}, surfaces, all), fit: h("div"), formula: h("div") };
  /** Put into its place once it is there. @template {{root: Node}} T @param {HTMLElement} place @param {() => Promise<T>} create */
  const later = (place, create) => fetched(async () => {
    const made = await create();
    place.append(made.root);
    return made;
  }, invalidate);
  const fit = later(parts.fit, async () => (await import("./lineFits.js")).createLineFits(store));
  const formula = later(parts.formula, async () => (await import("./formula.js")).createFormula(store));
  const suited = createSuited(store);
  root.append(h("div", { class: "panel-head" }, h("h2", { class: "reader-only" }, "Landscape"), kinds.root), parts.surface, parts.fit, parts.formula, suited.root);

  /** @param {Kind} value */
  function show(value) {
    kind = value;
    kinds.set(kind);
    for (const [name, part] of Object.entries(parts)) part.hidden = name !== kind;
    invalidate();
  }

  /** @param {() => void} close */
  function fillAll(close) {
    const state = store.get();
    const choose = (/** @type {string} */ name) => {
      close();
      act(chooseProblem, { surface: name });
    };
    const grid = h("div", { class: "sheets" });
    thumbs.fill(grid, state.catalog?.surfaces ?? [], state, choose);
    return grid;
  }

  /** @type {unknown[]} */
  let last = [];
  return {
    close: sheets.close,
    /** @param {State} state */
    render(state) {
      const key = JSON.stringify(state.problem);
      const now = [key, state.catalog, state.theme, state.fault, state.world, state.edit, kind, kind === "fit" && fit(), kind === "formula" && formula()];
      if (now.every((value, k) => value === last[k])) return;
      last = now;
      if (kindOf(state) !== kindAsked) show(/** @type {Kind} */ (kindAsked = kindOf(state)));
      thumbs.fill(surfaces, inSight(state), state, (name) => act(chooseProblem, { surface: name }));
      all.hidden = !state.catalog;
      all.firstElementChild?.replaceChildren(`All ${state.catalog?.surfaces.length ?? ""} surfaces`);
      if (kind === "fit") fit()?.render(state);
      if (kind === "formula") formula()?.render(state);
      suited.render(state);
    },
  };
}
