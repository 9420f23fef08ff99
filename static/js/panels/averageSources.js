/** The series an average can be taken apart on: the averages of the chosen run's rule, and temperatures. */
import { createAnswers } from "../loading/answers.js";
import { getQuantities } from "../net/quantities.js";
import { valueOf } from "../state/catalog.js";
import { ruleOf } from "../state/rules.js";
import { runKey, specOf } from "../state/state.js";
import { temperatures } from "../math/average.js";
import { averagesIn } from "../words/averages.js";
import { nextStep } from "../words/nextStep.js";
import { chosenRun } from "./chosenRun.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../words/averages.js").Average} Average */
/** @typedef {import("../net/quantities.js").WireQuantities} WireQuantities */
/** @typedef {import("./explain.js").Ports} Ports */

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
 * @property {number} slot
 * @property {number | null} id  of the entry whose rule it is
 * @property {string | null} decay  the hyperparameter that beta is
 */

const TEMPERATURES = "temperatures";
/** The deck's own. */
const BETAS = [0.5, 0.9, 0.98];
const FIRST_DAY = 100;

/** @param {Ports} ports */
export function createSources({ now, invalidate }) {
  /** @type {ReturnType<typeof createAnswers<WireQuantities>>} */
  const answers = createAnswers({ kept: 6, now, onAnswer: invalidate });
  const year = temperatures();
  let chosen = "";
  let day = FIRST_DAY;

  /** @returns {Source} */
  const byItself = () => ({
    name: TEMPERATURES, key: TEMPERATURES, values: year, t: day, beta: 0.9, sum: false, corrected: false, whole: true, others: BETAS,
    latex: "V", ofLatex: "\\theta_{#}", slot: 1, id: null, decay: null,
  });

  /** @param {State} state @param {Scene} scene @param {number} index @returns {WireQuantities | null} */
  function quantities(state, scene, index) {
    const entry = state.entries[index];
    const key = runKey(state, entry);
    if (!state.moving && scene.runs[index].end) answers.wish({ key, ask: () => getQuantities(specOf(state, [entry])) });
    const answer = answers.get(key);
    return answer && "value" in answer ? answer.value : null;
  }

  /** The values an average is made of. @param {Average} average @param {Scene} scene @param {number} index @param {number} parameter @param {WireQuantities | null} wire @returns {Float64Array | null} */
  function valuesOf({ of, squared }, { runs, problem }, index, parameter, wire) {
    const { columns, length } = runs[index];
    const column = of === "g" ? columns.gradient?.[parameter].subarray(0, length - 1) : wire?.values[of]?.[problem.parameters[parameter]];
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
    const wire = quantities(state, scene, index);
    const key = `${runKey(state, entry)} ${average.name} ${parameter} ${run.length} ${run.columns.gradient !== null}`;
    if (kept?.key !== key) {
      const values = valuesOf(average, scene, index, parameter, wire);
      kept = values && { key, values };
    }
    if (!kept || !next) return null;
    const { name, decay, of, squared, sum } = average;
    return {
      name, key, values: kept.values, t: next.t, beta: valueOf(state.catalog, entry.optimizer, decay) ?? 0.9, sum, corrected: Boolean(wire?.values[`${name}_hat`]),
      whole: false, others: [], latex: wire?.latex[name] ?? name, ofLatex: `${wire?.latex[of] ?? of}_{#}${squared ? "^{2}" : ""}`, slot: run.slot, id: entry.id, decay,
    };
  }

  return {
    /** @param {string} name */
    choose: (name) => void (chosen = name),
    /** @param {number} t */
    chooseDay(t) {
      day = t;
      invalidate();
    },
    /** @param {State} state @param {Scene} scene @param {number} step @returns {{options: {name: string, word: string}[], source: Source | null, sorry: string}} */
    now(state, scene, step) {
      const index = chosenRun(scene);
      const averages = index === null ? [] : averagesIn(ruleOf(state.catalog, state.entries[index].optimizer));
      const options = [...averages.map(({ name }) => ({ name, word: name })), { name: TEMPERATURES, word: "temperatures" }];
      const average = averages.find(({ name }) => name === chosen) ?? (chosen === TEMPERATURES ? undefined : averages[0]);
      if (index === null || !average) return { options, source: byItself(), sorry: "" };
      return { options, source: ofRun(state, scene, index, average, step), sorry: "The gradients of the run are on their way." };
    },
  };
}
