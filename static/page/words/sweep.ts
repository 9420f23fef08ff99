/**
 * Describes a sweep: where runs end for each value of a hyperparameter, and from which value on they end above their
 * start or diverge. Between the values tried it claims nothing.
 */
import { formatExact, formatMeasured } from "../math/format.ts";
import type { Gap, Sweep } from "../state/types.ts";

type TriedValues = Pick<Sweep, "values" | "loss" | "edge" | "stop_reason" | "fault">;

/** The loss at the end of a run; null: it diverges; "fault": the user's code fails. */
type EndLoss = number | null | "fault";

/** A loss that rises by less than this share of the loss at the start counts as unchanged. */
const STILL = 1e-9;

const tried = (value: number) => formatExact(value, 2);

/** @param place  along the slider, 0 to 1 @returns the index of the nearest value tried */
export function nearestTried({ values }: Sweep, place: number, placeOf: (value: number) => number): number {
  const far = values.map((value) => Math.abs(placeOf(value) - place));
  return far.indexOf(Math.min(...far));
}

/** @param start  the loss at the start @returns whether the run ends above its start, or diverges */
export const endsWorse = (end: number | null, start: number): boolean =>
  end === null || end > start + STILL * Math.abs(start);

/** @param start  the loss at the start @returns such as "ends at loss 3.10×10⁻⁵" */
export function endWords(end: EndLoss, start: number): string {
  if (end === "fault") return "ends in a fault";
  return end === null
    ? "diverges"
    : `ends at loss ${formatMeasured(end)}${endsWorse(end, start) ? ", above its start" : ""}`;
}

/** A value, and the end of the run with it. */
export interface Ending {
  value: string;
  end: EndLoss;
}

/** @returns the value tried at an index, with its end */
export const endingTried = ({ values, loss, stop_reason }: TriedValues, index: number): Ending => ({
  value: tried(values[index]),
  end: stop_reason[index] === "fault" ? "fault" : loss[index],
});

/**
 * @param start  the loss at the start
 * @param until  the step at which the run changes to other values; undefined: it keeps them
 * @returns such as "0.0056 ends at loss 3.10×10⁻⁵", "0.0056 before step 40 ends at loss 3.10×10⁻⁵"
 */
export const endAt = ({ value, end }: Ending, start: number, until?: number): string =>
  `${value}${until === undefined ? "" : ` before step ${formatExact(until)}`} ${endWords(end, start)}`;

/** A gap narrower than this ratio is printed as one number of three digits. */
const NARROW = 1.002;

/** @returns such as "above 0.100"; where it is not known so closely, the two values that enclose it */
function aboveWords({ holds, fails }: Gap) {
  if (fails / holds < NARROW) return `above ${formatMeasured(fails)}`;
  return tried(fails) === tried(holds)
    ? `above about ${tried(holds)}`
    : `from ${tried(fails)}, not yet at ${tried(holds)}`;
}

/** @param start  the loss at the start @returns from which value on runs fail, or that none fails */
export function failureWords(all: TriedValues, start: number): string {
  const { fault, stop_reason } = all;
  if (!fault) return edgeWords(all, start);
  const whole = <T>(column: T[]) => column.filter((_, k) => stop_reason[k] !== "fault");
  const [values, loss] = [whole(all.values), whole(all.loss)];
  const count = all.values.length;
  const others = values.length ? `; of the others ${edgeWords({ ...all, values, loss }, start)}` : "";
  return `${count - values.length} of ${count} end in a fault in ${fault}${others}`;
}

function edgeWords({ values, loss, edge: { rises, diverges, grows } }: TriedValues, start: number): string {
  if (grows && grows.above < values[values.length - 1])
    return `grows above ${formatMeasured(grows.above)}, as the largest curvature is ${formatExact(grows.curvature, 3)}`;
  const worse = loss.filter((end) => endsWorse(end, start));
  const all = worse.every((end) => end === null) ? "diverge" : "end above their start";
  if (worse.length === 0) return `no edge up to ${tried(values[values.length - 1])}: no run ends above its start`;
  if (worse.length === loss.length) return `no edge: all ${all}`;
  if (!rises) return `no edge: some in between ${all}`;
  const first = values[loss.findIndex((end) => endsWorse(end, start))];
  const some = first < rises.holds ? `some from ${tried(first)} end above their start, ` : "";
  const divergence = diverges ? `diverges ${aboveWords(diverges)}` : "";
  if (diverges && diverges.fails <= rises.fails * NARROW) return `${some}${divergence}`;
  return `${some ? `${some}all` : "ends above its start"} ${aboveWords(rises)}${divergence && `, ${divergence}`}`;
}

/** @returns the number of values tried in each decade */
function perDecade({ values }: TriedValues): number {
  return Math.round((values.length - 1) / Math.log10(values[values.length - 1] / values[0]));
}

/**
 * @param ending  the ending at the value that is set; null: not known
 * @param start  the loss at the start
 * @returns sentences for a screen reader
 */
export function sweepWords(sweep: TriedValues, ending: Ending | null, start: number, until?: number): string {
  const tried = `Of the values tried, ${perDecade(sweep)} in each decade: ${failureWords(sweep, start)}.`;
  return ending ? `${endAt(ending, start, until)}. ${tried}` : tried;
}
