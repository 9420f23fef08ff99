/** What an average is made of, in the deck's own form: V_100 = 0.1 theta_100 + 0.09 theta_99 + 0.081 theta_98 + 0.729 V_97. */
import { missingAt, weightOf, windowOf } from "../math/average.js";
import { chosen, measured } from "../math/format.js";
import { latexValue } from "./workingLatex.js";

/** Terms that are written out. */
const TERMS = 3;

/**
 * @typedef {object} Remembered
 * @property {string} name  LaTeX of the average
 * @property {string} of  LaTeX of what is averaged, with `#` for the step: "g_{#}^{2}"
 * @property {number} beta
 * @property {number} first  weight of the newest value
 * @property {number} t
 * @property {ArrayLike<number>} values  from step 1 on
 * @property {ArrayLike<number>} averages  from step 1 on
 */

/** Rounded for reading, yet the deck's 0.081 in full. @param {number} value */
const short = (value) => chosen(Number(value.toPrecision(4))).replace("−", "-").replace(/×10(.*)/, (_, power) => ` \\cdot 10^{${[...power].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".indexOf(c)).map((k) => (k === 10 ? "-" : k)).join("")}}`);

/** @param {Remembered} memory @returns {string} LaTeX */
export function memoryFormula({ name, of, beta, first, t }) {
  const terms = Math.min(TERMS, t);
  const parts = Array.from({ length: terms }, (_, k) => `${short(weightOf(beta, k, first))}\\,${of.replace("#", String(t - k))}`);
  return `${name}_{${t}} = ${parts.join(" + ")} + ${short(beta ** terms)}\\,${name}_{${t - terms}}`;
}

/** @param {Remembered} memory @returns {string} LaTeX of the same with numbers */
export function memoryNumbers({ beta, first, t, values, averages }) {
  const terms = Math.min(TERMS, t);
  const put = (/** @type {number} */ value) => (value < 0 ? `(${latexValue(value)})` : latexValue(value));
  const parts = Array.from({ length: terms }, (_, k) => `${short(weightOf(beta, k, first))} \\cdot ${put(values[t - 1 - k])}`);
  const before = t > terms ? averages[t - terms - 1] : 0;
  return `= ${parts.join(" + ")} + ${short(beta ** terms)} \\cdot ${put(before)} = ${latexValue(averages[t - 1])}`;
}

/** @param {number} share */
const percent = (share) => `${Math.round(100 * share)} %`;

/** @param {Remembered} memory @returns {string} */
export function windowWords({ beta, t }) {
  const span = Math.round(windowOf(beta));
  if (span < 2) return "It hardly remembers anything but the newest value.";
  if (t < span) return `It would remember about ${span} steps; there have been ${t}.`;
  return `About ${span} steps are remembered: they carry ${percent(1 - beta ** span)} of the weight.`;
}

/** @param {Remembered} memory @param {boolean} corrected  whether the rule makes up for it @returns {string} */
export function missingWords({ beta, first, t }, corrected) {
  const missing = missingAt(beta, t);
  const total = ((1 - missing) * first) / (1 - beta);
  if (Math.abs(first - (1 - beta)) > 1e-12) return `A sum, not an average: the weights add up to ${measured(total)}, and to ${measured(1 / (1 - beta))} in the end.`;
  const sentence = `The weights add up to 1 − βᵗ = ${measured(1 - missing, 4)}; the missing ${measured(missing)} is the 0 it began with.`;
  if (missing < 1e-4) return `${sentence} By now that hardly matters.`;
  return `${sentence} ${corrected ? `Divided by ${measured(1 - missing, 4)} it is bias-corrected: the solid line, dashed what it is without.` : "Nothing makes up for it."}`;
}
