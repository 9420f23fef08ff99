/** What the views draw, worked out from the state; the same object while the state has not changed. */
import { chosen } from "../math/format.js";
import { isLineFit, namesOf, surfaceOf, titleOf } from "./catalog.js";
import { isStale, problemKey } from "./state.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Catalog} Catalog */
/** @typedef {import("./types.js").ProblemSpec} ProblemSpec */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").Received} Received */
/** @typedef {import("./types.js").Window} Window */
/** @typedef {import("./types.js").World} World */
/** @typedef {import("./types.js").Problem} Problem */

/** @typedef {{reducedMotion: boolean, wide: boolean}} Screen  wide: there is room for a projector view */

/** @type {Problem} */
const NO_PROBLEM = { kind: "surface", parameters: ["x", "y"], domain: [[-1, 1], [-1, 1]], minima: [], label: "" };

/** @type {import("./types.js").Columns} */
const NO_COLUMNS = { parameters: [], loss: new Float64Array(0), gradient: null, learningRate: null, stepSize: null, batch: null };

/** The loss of a line fit over its points. @param {Catalog | null} catalog @param {ProblemSpec} problem */
function fitLatex(catalog, problem) {
  const loss = isLineFit(problem) && catalog?.losses.find(({ name }) => name === (problem.loss ?? "ssr"));
  if (!loss || !loss.latex) return undefined;
  const each = loss.latex.replaceAll("\\mathrm{target}", "y").replaceAll("\\mathrm{prediction}", "(\\mathrm{slope}\\,x + \\mathrm{intercept})");
  return `${loss.mean ? "\\tfrac{1}{n}" : ""}\\textstyle\\sum ${each}`;
}

/** @param {State} state @param {World} world @returns {Problem} with its title and formula */
function titled(state, world) {
  const key = world.key;
  const problem = /** @type {import("./types.js").ProblemSpec} */ (JSON.parse(key));
  const latex = world.problem.latex ?? surfaceOf(state.catalog, problem.surface)?.latex ?? fitLatex(state.catalog, problem);
  return { ...world.problem, label: titleOf(state.catalog, problem), expression: problem.expression, ...(latex ? { latex } : {}) };
}

/** @param {State} state @returns {Run[]} one for each entry; without rows where they belong to another problem */
function runsOf(state) {
  const names = namesOf(state.catalog, state.entries, chosen);
  return state.entries.map(({ id, slot, hidden }, k) => {
    const got = state.runs[id];
    const fits = got && got.problemKey === state.world?.key && got.columns.parameters.length === state.world.problem.parameters.length;
    const { columns, length, end } = fits ? got : { columns: NO_COLUMNS, length: 0, end: null };
    return { slot, name: names[k], columns, length, end, hidden };
  });
}

/** @param {State} state @param {number | null} id @returns {number | null} */
function indexOf(state, id) {
  const index = state.entries.findIndex((entry) => entry.id === id);
  return index < 0 ? null : index;
}

/** Of a curve's window only the parameter counts: what the loss spans follows from it. @param {Window | null} window @param {number} parameters */
const windowFor = (window, parameters) => (window && window.length >= parameters ? window.slice(0, parameters) : null);

/**
 * @param {State} state
 * @param {Screen} screen
 * @returns {Scene}
 */
function build(state, { reducedMotion, wide }) {
  const { world } = state;
  const ready = world !== null;
  const start = state.start ?? [];
  const problem = ready ? titled(state, world) : { ...NO_PROBLEM, label: titleOf(state.catalog, state.problem), expression: state.problem.expression };
  const fits = ready && start.length === world.problem.parameters.length && world.key === problemKey(state);
  return {
    problem,
    window: windowFor(state.window, problem.parameters.length),
    landscape: state.landscape ?? world?.ground ?? null,
    levels: world?.levels ?? null,
    start: fits ? start : (world?.start ?? []),
    runs: runsOf(state),
    selected: indexOf(state, state.selected),
    hovered: state.hovered?.run ?? null,
    theme: state.theme,
    projector: state.projector && wide,
    stale: isStale(state) && state.fault?.kind === "refused",
    reducedMotion,
  };
}

/**
 * @param {() => Screen} screenOf
 * @returns {(state: State) => Scene}
 */
export function createScenes(screenOf) {
  /** @type {State | null} */
  let of = null;
  let on = "";
  /** @type {Scene | null} */
  let scene = null;
  return (state) => {
    const screen = screenOf();
    const key = `${screen.reducedMotion} ${screen.wide}`;
    if (state !== of || key !== on || !scene) scene = build(state, screen);
    [of, on] = [state, key];
    return scene;
  };
}
