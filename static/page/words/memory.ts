/**
 * Writes an average as the sum of the latest values and the average before them:
 * V_100 = 0.1 theta_100 + 0.09 theta_99 + 0.081 theta_98 + 0.0729 theta_97 + 0.6561 V_96.
 */

import { formatExact, formatMeasured } from "../math/format.ts";
import { missingAt, rememberedSteps, stretchAt, weightOf } from "../math/movingAverage.ts";
import { latexValue } from "./latexValue.ts";

/** So many values are written out. */
const TERMS = 4;

export interface AverageMeaning {
  /** LaTeX of the average */
  name: string;
  /** LaTeX of the averaged quantity, with `#` for the step: "g_{#}^{2}" */
  input: string;
  beta: number;
  /** weight of the newest value, before any correction */
  first: number;
  /** divided by 1 - beta^t */
  corrected: boolean;
  /** the step whose average is written as a sum */
  t: number;
  /** from step 1 on */
  values: ArrayLike<number>;
  /** from step 1 on */
  averages: ArrayLike<number>;
}

/** Rounded for reading, but the classic 0.081 in full. */
const short = (value: number, digits: number = 3) =>
  formatExact(Number(value.toPrecision(digits)))
    .replace("−", "-")
    .replace(
      /×10(.*)/,
      (_, power) =>
        ` \\cdot 10^{${[...power]
          .map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".indexOf(c))
          .map((k) => (k === 10 ? "-" : k))
          .join("")}}`,
    );

/** The weight of the average before, such as 0.9 * 0.9 * 0.9 * 0.9 = 0.6561: in full, unless it is corrected. */
const lastWeight = ({ corrected }: AverageMeaning, rest: number) => short(rest, corrected ? 3 : 4);

/**
 * The weights of the values that are written out and of the average before; those of a corrected average add up to 1.
 */
function partsOf({ beta, first, corrected, t }: AverageMeaning) {
  const terms = Math.min(TERMS, t);
  const stretch = stretchAt(beta, t, corrected);
  const before = t - terms;
  const rest = beta ** terms * (corrected ? stretch * (1 - missingAt(beta, before)) : 1);
  return { weights: Array.from({ length: terms }, (_, k) => weightOf(beta, k, first) * stretch), rest, before };
}

/** A corrected average is undefined before its first step. */
const hasBefore = ({ corrected }: AverageMeaning, before: number) => !corrected || before > 0;

/** @returns LaTeX */
export function memoryFormula(memory: AverageMeaning): string {
  const { input, t } = memory;
  const { weights, rest, before } = partsOf(memory);
  const name = memory.corrected ? `\\hat{${memory.name}}` : memory.name;
  const parts = weights.map((weight, k) => `${short(weight)}\\,${input.replace("#", String(t - k))}`);
  if (hasBefore(memory, before)) parts.push(`${lastWeight(memory, rest)}\\,${name}_{${before}}`);
  return `${name}_{${t}} = ${parts.join(" + ")}`;
}

/** @returns LaTeX of the same with numbers */
export function memoryNumbers(memory: AverageMeaning): string {
  const { beta, corrected, t, values, averages } = memory;
  const { weights, rest, before } = partsOf(memory);
  const factor = (value: number) => (value < 0 ? `(${latexValue(value)})` : latexValue(value));
  const at = (step: number) => (step > 0 ? averages[step - 1] * stretchAt(beta, step, corrected) : 0);
  const parts = weights.map((weight, k) => `${short(weight)} \\cdot ${factor(values[t - 1 - k])}`);
  if (hasBefore(memory, before)) parts.push(`${lastWeight(memory, rest)} \\cdot ${factor(at(before))}`);
  const divided = corrected ? ` = ${latexValue(averages[t - 1])} / (1 - ${short(beta)}^{${t}})` : "";
  return `= ${parts.join(" + ")}${divided} = ${latexValue(at(t))}`;
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

export function windowWords({ beta, t, corrected }: AverageMeaning): string {
  const span = Math.round(rememberedSteps(beta));
  if (span < 2) return "It hardly remembers anything but the newest value.";
  if (t < span) return `It would remember about ${span} steps; there have been ${t}.`;
  const carried = percent((1 - beta ** span) * stretchAt(beta, t, corrected));
  return `About ${span} steps are remembered: they carry ${carried} of the weight.`;
}

/** The least number of steps of a calm stretch. */
const FEWEST_CALM_STEPS = 3;

const meanChange = (values: number[]) =>
  values.slice(1).reduce((sum, value, k) => sum + Math.abs(value - values[k]), 0) / (values.length - 1);

/** That values cancel, if they have both signs. */
function pullWords(latest: number[]): string {
  const [above, below] = [latest.filter((value) => value > 0).length, latest.filter((value) => value < 0).length];
  const count = latest.length;
  if (above && below)
    return `Of the last ${count} values ${above} pull one way and ${below} the other: these cancel in the sum.`;
  return above + below === count ? `The last ${count} values all pull one way, and add up.` : "";
}

/**
 * Why the average varies less than its values, with the numbers of the steps that it mostly remembers; empty where it
 * does not.
 */
export function calmWords({ beta, first, corrected, t, values, averages }: AverageMeaning, unit: string): string {
  const count = Math.min(t - 1, Math.max(FEWEST_CALM_STEPS, Math.round(rememberedSteps(beta))));
  if (count < FEWEST_CALM_STEPS || beta === 0) return "";
  const steps = Array.from({ length: count + 1 }, (_, k) => t - count + k);
  const inputValues = steps.map((step) => values[step - 1]);
  const made = steps.map((step) => averages[step - 1] * stretchAt(beta, step, corrected));
  const latest = inputValues.slice(1);
  if (Math.abs(first - (1 - beta)) > 1e-12) return pullWords(latest);
  const [rough, calm] = [meanChange(inputValues), meanChange(made)];
  if (!(calm < rough)) return "";
  const above = latest.filter((value, k) => value > made[k]).length;
  const below = latest.filter((value, k) => value < made[k]).length;
  const both = above && below ? ` Of these values ${above} pulled it up and ${below} down, which cancels.` : "";
  const share = formatExact(Number((first * stretchAt(beta, t, corrected)).toPrecision(3)));
  const change = `Over the last ${count} ${unit}s the values changed by ${formatMeasured(rough)} a ${unit}`;
  const average = `the average by ${formatMeasured(calm)}`;
  return `${change}, ${average}: a new value moves it only ${share} of the way to itself.${both}`;
}

export function weightSumWords({ beta, first, t, corrected }: AverageMeaning): string {
  const missing = missingAt(beta, t);
  const total = ((1 - missing) * first) / (1 - beta);
  if (Math.abs(first - (1 - beta)) > 1e-12) {
    const end = formatMeasured(1 / (1 - beta));
    return `A sum, not an average: the weights add up to ${formatMeasured(total)}, and to ${end} in the end.`;
  }
  const [sum, lacking] = [`1 − βᵗ = ${formatMeasured(1 - missing, 4)}`, formatMeasured(missing)];
  const sentence = `The weights add up to ${sum}; the missing ${lacking} is the 0 it began with.`;
  if (missing < 1e-4) return `${sentence} By now that hardly matters.`;
  if (!corrected) return `${sentence} Nothing makes up for it.`;
  const solid = `Each weight is divided by ${sum}, and so they add up to 1: the solid line.`;
  return `${solid} Dashed: without, ${lacking} of it is still the 0 it began with.`;
}
