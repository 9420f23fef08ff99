/** Says how the curvature of the loss decides the course of a run. */
import { formatExact, formatGrouped, formatMeasured } from "../math/format.ts";
import { capitalized, countInWords, listInWords } from "../math/text.ts";
import type { Run, Wire } from "../state/types.ts";

/** Below this ratio of two curvatures the words speak of no valley. */
const ROUND = 1.5;
/** Imaginary parts and differences of curvatures below this share are rounding. */
const REAL = 1e-7;
/** Best rates whose ratio is below this count as equal. */
const ONE_RATE = 1.005;

/**
 * @returns a short name for each direction, from the smallest curvature; empty: it has none, among many or equal ones
 */
export function directionNames(modes: Wire["Mode"][]): string[] {
  if (modes.length === 1) return ["here"];
  if (modes[0].direction === null) return modes.map((_, k) => (k === modes.length - 1 ? "steepest" : ""));
  const [low, high] = modes.map(({ eigenvalue }) => eigenvalue);
  if (low <= 0) return high <= 0 ? ["down", "down too"] : ["down", "up"];
  if (high - low < REAL * high) return ["", "every direction"];
  return high < ROUND * low ? ["the other way", "one way"] : ["along", "across"];
}

const VALLEY: Record<string, string> = { along: "along the valley", across: "across the valley" };

const IN_FULL: Record<string, string> = {
  ...VALLEY,
  here: "here",
  down: "down the saddle",
  up: "up the saddle",
  "every direction": "in every direction",
};

/** @returns the name of a direction where it stands alone, as on the map */
export const fullName = (name: string): string => VALLEY[name] ?? name;

/** @param names  of the directions drawn on the map @returns what these and the ellipse around them are */
export const onMapWords = (names: string[]): string =>
  names[0] === "along"
    ? "On the map: the longer line goes along the valley, where the loss curves least, the shorter one across it, " +
      "where it curves most. The ellipse goes where the loss would be equal if it curved everywhere as it does here."
    : "";

/** @returns how a run moves along a direction, by its largest root; empty where it has no roots */
export function motionAlong({ roots, factor }: Wire["Mode"]): string {
  if (!roots || factor === null) return "";
  const [real, imaginary] = roots[0];
  if (factor > 1) return Math.abs(imaginary) > REAL ? "swings ever wider" : real < 0 ? "jumps ever farther" : "grows";
  if (factor < REAL) return "arrives at once";
  if (Math.abs(imaginary) > REAL) return "swings";
  return real < 0 ? "turns over" : "creeps";
}

/** @returns the factor, with more digits near 1 */
export const factorText = (factor: number): string =>
  factor < REAL ? "0" : formatExact(factor, Math.abs(1 - factor) < 0.005 ? 5 : 3);

/**
 * That the words hold here only; left out on a quadratic. @param limited  whether the slider shows another limit, that
 * of whole runs
 */
const hereWords = (limited: boolean) =>
  `All this holds where the loss is curved as it is here${
    limited ? "; the limit at the slider is that of whole runs from the start" : ""
  }.`;

/** That nothing is left: with all roots 0, as many steps as there are roots end the distance. */
const nothingLeft = ({ roots }: Wire["Mode"]): string =>
  `${(roots?.length ?? 1) > 1 ? `${roots?.length} steps leave` : "one step leaves"} nothing of the distance`;

function modeWords(mode: Wire["Mode"], name: string): string {
  const [factor, way] = [mode.factor as number, motionAlong(mode)];
  const where = IN_FULL[name] ?? name;
  if (factor < REAL) return `${where} ${nothingLeft(mode)}`;
  if (factor > 1) return `${where} it ${way}, ${factorText(factor)} times as far with each step`;
  return `${where} it ${way}, and a step keeps ${factorText(factor)} of the distance`;
}

/** @param factor  the factor of a step with the best rate */
function factorWords({ modes }: Wire["CurvatureAtRow"], factor: number): string {
  const last = modes.at(-1);
  if (last && factor < REAL) return nothingLeft(last);
  const valley = modes.length > 1 && modes[0].eigenvalue > 0;
  return valley
    ? `no direction keeps more than ${factorText(factor)}`
    : `a step keeps ${factorText(factor)} of the distance`;
}

/** Below which rate no direction grows, and which rate is best. */
function rateWords(reply: Wire["CurvatureAtRow"], everywhere: boolean): string {
  const {
    learning_rate_max: largest,
    learning_rate_best: best,
    learning_rate_best_to: to,
    factor_best: factor,
  } = reply;
  if (best === null || factor === null) return "";
  const { modes } = reply;
  const saddle = modes[0].eigenvalue <= 0;
  const curvature = formatMeasured(modes[modes.length - 1].eigenvalue, 3);
  const rateText = largest === null ? "" : formatExact(largest, 3);
  const grows = everywhere
    ? `Past the rate ${rateText} it grows. `
    : `By the curvature at this point, ${curvature}, it grows past the rate ${rateText}. `;
  const until = largest === null ? "" : saddle ? `Up the saddle it grows too past the rate ${rateText}. ` : grows;
  const range = to !== null && to / best > ONE_RATE;
  const rate = range ? `any rate from ${formatExact(best, 3)} to ${formatExact(to, 3)}` : formatExact(best, 3);
  return `${until}Fastest ${saddle ? "there " : ""}is ${rate}: then ${factorWords(reply, factor)}.`;
}

/** How many steps a run takes to leave a saddle. */
function leavingWords({ leaving }: Wire["CurvatureAtRow"]): string {
  if (!leaving) return "";
  const { distance, predicted, counted: reached } = leaving;
  const far = `${formatExact(distance, 2)} away from the saddle`;
  if (predicted === null && reached === null)
    return `By this curvature it is not ${far} by the last step; nor is the run.`;
  const steps = (count: number | null) =>
    count === null ? "not by the last step" : `after ${countInWords(count, "more step", formatGrouped)}`;
  const runWords = reached === predicted ? "too" : steps(reached);
  return `By this curvature it is ${far} ${steps(predicted)}; the run is ${runWords}.`;
}

/** What follows once the curvature has passed the limit. */
export function edgeSentence(
  edge: Wire["CurvatureColumns"] | null,
  run: Pick<Run, "columns" | "length">,
  kind: string,
): string {
  if (edge?.crosses == null) return "";
  const { crosses, least, leaves } = edge;
  const [limit, loss] = [edge.limit.find((value) => value !== null) ?? 0, run.columns.loss];
  const scaled = kind === "preconditioned" ? ", scaled by what the rule divides by," : "";
  // The limit is recomputed at each row, with rounding.
  const constant = edge.limit.every((value) => Math.abs((value ?? limit) / limit - 1) < REAL);
  const past = constant ? formatMeasured(limit, 3) : "its limit";
  const at = formatGrouped(crosses);
  const passes = `At step ${at} the largest curvature${scaled} is past ${past}: in its direction a step grows.`;
  if (leaves === null || least === null || leaves >= run.length) return passes;
  const highest = loss.subarray(leaves, run.length).reduce((most, value) => Math.max(most, value), 0);
  const from = `a loss of ${formatMeasured(loss[least], 1)} at step ${formatGrouped(least)}`;
  const why = scaled && "Near the bottom gradients shrink, what divides them too, and every curvature weighs more. ";
  const far = formatMeasured(highest, 2);
  const shows = `At step ${formatGrouped(leaves)} it shows: from ${from} it is thrown out, up to ${far}.`;
  return `${why}${passes} ${shows}`;
}

/** How far noise keeps a run from the minimum, and how uncertain that is. */
function cloudWords({ covariance, excess_share: excess }: Wire["CurvatureAtRow"]): string {
  if (!covariance) return "";
  const higher =
    excess === null ? "" : `, its loss on average about ${formatMeasured(100 * excess, 2)} % above the least`;
  const inside = "half of the time inside the small ellipse on the map, 95 % of it inside the large one";
  if (covariance.length < 2) return "";
  return `In the end noise leaves it rattling, ${inside} (taken as Gaussian)${higher}.`;
}

/** @param far  the largest distance between the run and the predicted path, in parameters */
export const predictedWords = (far: number): string =>
  "Dotted on the map: the path that the two directions predict by themselves. " +
  `The run is never farther from it than ${formatMeasured(far, 1)}.`;

/** @param average  distance of the average from the minimum, in parameters @param runDistance  that of the run */
export const averageWords = (row: number, average: number, runDistance: number): string =>
  `At step ${formatGrouped(row)} the average is ${formatMeasured(average, 2)} from the minimum, ` +
  `the run ${formatMeasured(runDistance, 2)}.`;

const COMPARED: Record<string, string> = {
  across: "across the valley the loss is curved so many times as much as along it",
  "every direction": "the loss is curved alike in every direction",
};

/** The ratio of the curvatures; empty where there is only one direction. */
export function conditionWords({ modes, of, condition_number: condition }: Wire["CurvatureAtRow"]): string {
  if (condition === null || modes.length < 2) return "";
  const number = formatGrouped(Number(condition.toPrecision(4)));
  if (of !== "loss") return `The condition number of the loss itself, not scaled, is ${number}.`;
  const compared = COMPARED[directionNames(modes)[1]] ?? "the largest curvature over the smallest";
  return `Condition number ${number}: ${compared}.`;
}

/**
 * @param everywhere  whether the curvature is the same everywhere @param limited  whether a slider shows the rate from
 * which on whole runs diverge
 * @returns how the run moves along each direction, and why
 */
export function curvatureSentence(
  reply: Wire["CurvatureAtRow"],
  { everywhere = false, limited = false }: { everywhere?: boolean; limited?: boolean } = {},
): string {
  const { modes, notes, of, limit } = reply;
  const steepest = modes.at(-1);
  if (!steepest?.roots) return notes[0] ?? "";
  const names = directionNames(modes);
  if (steepest.direction === null || of === "preconditioned") {
    const scaled = of === "preconditioned" ? ", scaled by what the rule divides by," : "";
    const curved = `The largest curvature here${scaled} is ${formatMeasured(steepest.eigenvalue, 3)}`;
    if (limit === null) return `${curved}.`;
    const grows =
      steepest.eigenvalue > limit ? " It is past that: in its direction each step is larger than the last." : "";
    return `${curved}; a step grows beyond ${formatMeasured(limit, 3)}.${grows}`;
  }
  const modeSentences = modes.flatMap((mode, k) => (names[k] ? [modeWords(mode, names[k])] : [])).reverse();
  return [
    `${capitalized(modeSentences.join("; "))}.`,
    leavingWords(reply),
    cloudWords(reply),
    rateWords(reply, everywhere),
    everywhere ? "" : hereWords(limited),
  ]
    .filter(Boolean)
    .join(" ");
}

/** n: the number of steps; worst: the most that the run leaves in the range of curvatures */
interface Leaves {
  name: string;
  n: number;
  worst: number;
}

/** @param curvatures  of the directions, from the least curved */
export function polynomialSentence(runs: Leaves[], curvatures: number[]): string {
  const counts = new Set(runs.map(({ n }) => n));
  const [n] = counts;
  const [low, high] = [curvatures[0], curvatures.at(-1) as number];
  const steps = counts.size > 1 ? "The steps of each run" : n === 1 ? "One step" : `${n} steps`;
  const leave = `${steps} multipl${n === 1 && counts.size === 1 ? "ies" : "y"} the distance along each direction by a `;
  const where =
    high > low ? `at worst, over curvatures from ${formatExact(low, 4)} to ${formatExact(high, 4)}, ` : "here ";
  const remainders = [...runs]
    .sort((run, other) => run.worst - other.worst)
    .map(({ name, worst }) => `${name} leaves ${formatMeasured(worst)}`);
  return `${leave}polynomial of its curvature, 1 at curvature 0: ${where}${listInWords(remainders)}.`;
}
