/** The series an average can be taken apart on: the averages of the chosen run's rule, and temperatures. */
import { valueOf } from "../state/catalog.js";
import { ruleOf } from "../state/rules.js";
import { runKey } from "../state/state.js";
import { temperatures } from "../math/average.js";
import { averagesIn } from "../words/averages.js";
import { nextStep } from "../words/nextStep.js";
import { chosenRun } from "./chosenRun.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../words/averages.js").Average} Average */
/** @typedef {import("../net/quantities.js").WireQuantities} WireQuantities */
/** @typedef {import("../loading/quantities.js").Quantities} Quantities */

/**
 * @typedef {object} Source
 * @property {string} name
 * @property {string} key  tells its values apart from others
 * @property {Float64Array} values  of the steps from 1 on
 * @property {number} t  the step taken apart
 * @property {number} beta  in force
 * @property {boolean} sum  the newest value counts in full
 * @property {boolean} corrected  the rule makes up for the start at 0
 * @property {boolean} whole  all of it is in sight, as dots
 * @property {number[]} others  further betas to draw
 * @property {string} latex  of the average
 * @property {string} ofLatex  of what is averaged, `#` for the step
 * @property {string} of  its name
 * @property {boolean} squared
 * @property {number} slot
 * @property {string} title
 * @property {{id: number, decay: string} | null} owner  the entry whose rule it is, and the hyperparameter that beta is
 */

export const TEMPERATURES = "temperatures";
/** The classic three. */
const BETAS = [0.5, 0.9, 0.98];
const FIRST_DAY = 100;
/** In a rule without an average there is none to begin with. */
const NONE = /** @type {Average[]} */ ([]);

/** @param {Quantities} quantities */
export function createSources(quantities) {
  const year = temperatures();

  /** @param {number | null} day @returns {Source} */
  const byItself = (day) => ({
    name: TEMPERATURES, key: TEMPERATURES, values: year, t: Math.min(year.length, Math.max(1, Math.round(day ?? FIRST_DAY))), beta: 0.9, sum: false, corrected: false, whole: true, others: BETAS,
    latex: "V", ofLatex: "\\theta_{#}", of: "θ", squared: false, slot: 1, title: "Temperatures of a year", owner: null,
  });

  /** The values an average is made of. @param {Average} average @param {Scene} scene @param {number} index @param {number} parameter @param {WireQuantities | null} wire @returns {Float64Array | null} */
  function valuesOf({ of, squared }, { runs, problem }, index, parameter, wire) {
    const { columns, length } = runs[index];
    const name = problem.parameters[parameter];
    const told = wire?.values[of]?.[name] ?? wire?.states[of]?.[name]?.slice(1);
    const column = of === "g" ? columns.gradient?.[parameter].subarray(0, length - 1) : told;
    return column ? Float64Array.from(column, (value) => (squared ? (value ?? NaN) ** 2 : (value ?? NaN))) : null;
  }

  /** Values made once for a run. @type {{key: string, values: Float64Array} | null} */
  let kept = null;

  /** @param {State} state @param {Scene} scene @param {number} index @param {Average} average @param {number} step @returns {Source | null} */
  function ofRun(state, scene, index, average, step) {
    const entry = state.entries[index];
    const run = scene.runs[index];
    const parameter = Math.min(state.explain.parameter, scene.problem.parameters.length - 1);
    const next = nextStep(run, step);
    const [{ wire }] = quantities.of(state, scene, [index]);
    const { name, decay, of, squared, sum } = average;
    const key = `${runKey(state, entry)} ${name} ${parameter} ${run.length} ${run.columns.gradient !== null} ${of === "g" || wire !== null}`;
    if (kept?.key !== key) {
      const values = valuesOf(average, scene, index, parameter, wire);
      kept = values && { key, values };
    }
    if (!kept || !next) return null;
    const fixed = Number(decay);
    return {
      name, key, values: kept.values, t: next.t, beta: Number.isNaN(fixed) ? (valueOf(state.catalog, entry.optimizer, decay) ?? 0.9) : fixed, sum, corrected: Boolean(wire?.values[`${name}_hat`]),
      whole: false, others: [], latex: wire?.latex[name] ?? name, ofLatex: `${wire?.latex[of] ?? of}_{#}${squared ? "^{2}" : ""}`, of, squared, slot: run.slot,
      title: `What ${name} of ${run.name} remembers in ${scene.problem.parameters[parameter]}`, owner: Number.isNaN(fixed) ? { id: entry.id, decay } : null,
    };
  }

  return {
    /** @param {State} state @param {Scene} scene @param {number} step @returns {{options: {name: string, word: string}[], source: Source | null, sorry: string}} */
    now(state, scene, step) {
      const index = chosenRun(scene);
      const averages = index === null ? NONE : averagesIn(ruleOf(state.catalog, state.entries[index].optimizer));
      const options = [...averages.map(({ name }) => ({ name, word: name })), { name: TEMPERATURES, word: TEMPERATURES }];
      const wanted = state.explain.average;
      const average = wanted === TEMPERATURES ? undefined : (averages.find(({ name }) => name === wanted) ?? averages[0]);
      if (index === null || !average) return { options, source: byItself(state.explain.day), sorry: "" };
      return { options, source: ofRun(state, scene, index, average, step), sorry: "The gradients of the run are on their way." };
    },
  };
}
