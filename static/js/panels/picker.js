/** What the runs stand on: a surface, a line fit on data, or a formula of one's own. */
import { changeFit, chooseProblem } from "../state/actions.js";
import { isLineFit, surfaceOf } from "../state/catalog.js";
import { createPopover } from "../controls/popover.js";
import { createSelect, createWords } from "../controls/choice.js";
import { icon } from "../controls/icons.js";
import { h, setAttribute } from "../dom.js";
import { createFormula } from "./formula.js";
import { createPoints } from "./points.js";
import { createThumbs, scatter } from "./thumbs.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Surface} Surface */
/** @typedef {import("../state/types.js").Dataset} Dataset */
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
 */
export function createPicker(root, store) {
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
  const datasets = h("div", { class: "sheets" });
  const fit = createFit(store, datasets);
  const formula = createFormula(store);
  const parts = { surface: h("div", {}, surfaces, all), fit: fit.root, formula: formula.root };
  root.append(h("div", { class: "panel-head" }, h("h2", { class: "reader-only" }, "Landscape"), kinds.root), parts.surface, parts.fit, parts.formula);

  /** @param {Kind} value */
  function show(value) {
    kind = value;
    kinds.set(kind);
    for (const [name, part] of Object.entries(parts)) part.hidden = name !== kind;
    if (kind === "formula") formula.focus();
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
      const now = [key, state.catalog, state.theme, state.fault, state.world];
      if (now.every((value, k) => value === last[k])) return;
      last = now;
      if (kindOf(state) !== kindAsked) show(/** @type {Kind} */ (kindAsked = kindOf(state)));
      thumbs.fill(surfaces, inSight(state), state, (name) => act(chooseProblem, { surface: name }));
      all.hidden = !state.catalog;
      all.firstElementChild?.replaceChildren(`All ${state.catalog?.surfaces.length ?? ""} surfaces`);
      fit.render(state);
      formula.render(state);
    },
  };
}

/** Line fits: the data sets, the loss, the units, and the points as a table. @param {Store} store @param {HTMLElement} sheets */
function createFit(store, sheets) {
  const act = store.update;
  const loss = createSelect({ label: "Loss", onChoose: (name) => act(changeFit, { loss: name }) });
  const standardize = h("input", { type: "checkbox", class: "tick", onchange: () => act(changeFit, { standardize: standardize.checked }) });
  const points = createPoints(store);
  const settings = h("div", { class: "params" },
    h("label", { class: "line" }, h("span", {}, "Loss"), loss.root),
    h("label", { class: "line" }, h("span", {}, "Standardised units"), standardize), points.root);
  const root = h("div", {}, sheets, settings);
  return {
    root,
    /** @param {State} state */
    render(state) {
      const { problem, catalog } = state;
      const fits = isLineFit(problem);
      sheets.replaceChildren(...(catalog?.datasets ?? []).map((dataset) => dataSheet(dataset, problem.dataset === dataset.name, () =>
        act(chooseProblem, { dataset: dataset.name, loss: problem.loss ?? "ssr", ...(dataset.opens_standardized ? { standardize: true } : {}) }))));
      settings.hidden = !fits;
      loss.set(catalog?.losses ?? [], problem.loss ?? "ssr");
      standardize.checked = problem.standardize === true;
      if (fits) points.render(state);
    },
  };
}

/** @param {Dataset} dataset @param {boolean} chosen @param {() => void} onChoose */
function dataSheet(dataset, chosen, onChoose) {
  const button = h("button", { type: "button", class: "sheet", onclick: onChoose, title: dataset.summary }, scatter(dataset.points), h("span", {}, dataset.label));
  setAttribute(button, "aria-pressed", String(chosen));
  return button;
}
