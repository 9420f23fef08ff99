/** The addresses of what a figure of a lesson shows: its own runs, or those of a check, at a step. */

import { formatExact } from "../math/format.ts";
import { sameValue } from "../math/values.ts";
import { readAddress } from "../state/address.ts";
import { namesOf, shortLabel } from "../state/catalog.ts";
import type { Pace } from "../state/clicker.ts";
import { EXPLANATIONS } from "../state/explanations.ts";
import { PLANE_OF_PATH } from "../state/stage.ts";
import type { Count, Entry, ExplanationSettings, PageAddress, Spec } from "../state/types.ts";
import { type FigureData, type FigureMoment, OWN_AT_END } from "./elements.ts";

/** Parts of a figure that show a single step. */
const OF_A_STEP = ["working", "table"];
/** So many steps are taken one at a time, where no question comes before. */
const BY_HAND = 2;

type PaceFields = Pick<FigureData, "show" | "substep" | "then" | "question" | "rests">;

export const paceOf = ({ show, substep, then, question, rests }: PaceFields): Pace => ({
  steps: !question && OF_A_STEP.some((name) => show.includes(name)) ? BY_HAND : 0,
  // Where it rests once its question is answered, it has gone on to.
  substeps: substep ? [...new Set([substep, ...(typeof rests === "string" ? [rests] : []), ...then])] : [],
});

/** @returns whether a press of a clicker plays its runs with nothing asked before */
export function playsAtOnce(data: PaceFields): boolean {
  const { steps, substeps } = paceOf(data);
  return !data.question && !steps && !substeps.length;
}

/** @param gone  it was gone through, if it asks something @returns where it stands by itself; null: the last step */
export function stopAt(
  { question, rests, substep }: Pick<FigureData, "question" | "rests" | "substep">,
  gone: boolean,
): Pick<FigureMoment, "step" | "substep"> {
  if (!question || !gone) return { step: 0, substep };
  return typeof rests === "string" ? { step: 0, substep: rests } : { step: rests, substep };
}

/** @returns where a figure is once it has been gone through */
export const goneThrough = ({ rests, substep, then }: FigureData): FigureMoment => ({
  ...OWN_AT_END,
  step: typeof rests === "number" ? rests : null,
  substep: then.at(-1) ?? (typeof rests === "string" ? rests : substep),
});

/** The loss chart may count samples seen, and show the same runs with other seeds as a band. */
const countedBy = (show: string[]): { count: Count; seeds: boolean } => ({
  count: show.includes("by_samples") || show.includes("band") ? "samples" : "steps",
  seeds: show.includes("band"),
});

/**
 * @param show  views of a figure of a lesson
 * @returns the first of its explanations; of a network, the map is the plane along its path
 */
const explainedBy = (show: string[]): Partial<ExplanationSettings> => ({
  explanation: EXPLANATIONS.find(({ inLessons = "" }) => show.includes(inLessons))?.name ?? null,
  plane: show.includes("map") ? PLANE_OF_PATH : null,
});

const entryOf = (optimizer: Entry["optimizer"], id: number): Entry => ({ id, slot: id, hidden: false, optimizer });

/**
 * @param spec  of the figure
 * @returns the others, each with a label where it differs from the own one in its place: "Momentum β 0.5"
 */
function namedApart(spec: Spec, others: Spec): Spec {
  const optimizers = others.optimizers.map((optimizer, k) => {
    const before = spec.optimizers[k];
    if (!before || optimizer.label || sameValue(before, optimizer)) return optimizer;
    const [, { name }] = namesOf(null, [entryOf(before, 0), entryOf(optimizer, 1)], formatExact);
    return { ...optimizer, label: shortLabel(name) };
  });
  return { ...others, optimizers };
}

/**
 * The runs of a figure, at rest: at the start, or at the step and substep that are named.
 * @param at.hides  it asks before it shows
 * @param at.wall  one section a screen
 */
function restingAt(
  { spec, show, cause, run, parameter }: FigureData,
  { step, substep, hides, wall }: Pick<FigureMoment, "step" | "substep"> & { hides: boolean; wall: boolean },
): PageAddress {
  const { display, ...address } = readAddress(spec).address;
  // The charts have all steps, as the words beside them speak of any.
  const charts = { singleRun: run !== null, parameter, firstStepsOnly: false };
  const explain = { ...display.explain, ...explainedBy(show), ...charts, cause, substep };
  const at = hides ? null : step;
  // The next step of a run that is selected is drawn, which would tell what is asked.
  const selected = hides ? null : run;
  const displayAt = { ...display, ...countedBy(show), selected, step: at, hides, projector: wall, explain };
  return { ...address, display: displayAt };
}

/** Other runs in a figure, or its own at another moment; null stands for the last step. */
export function addressAt(
  data: FigureData,
  { spec, step, substep, run, parameter, average }: FigureMoment,
  how: { hides: boolean; wall: boolean },
): PageAddress {
  const at = { ...how, step: step ?? Infinity, substep };
  const explained = { run: run ?? data.run, parameter: parameter ?? data.parameter };
  const { display, ...resting } = restingAt({ ...data, ...explained, spec: spec ?? data.spec }, at);
  const address = { ...resting, display: { ...display, explain: { ...display.explain, average } } };
  if (spec === null) return address;
  return { ...address, spec: namedApart(readAddress(data.spec).address.spec, address.spec) };
}

/** @param moment  null: its question, or its own runs at the start @returns what a figure shows as it is created */
export function firstAddress(
  data: FigureData,
  moment: FigureMoment | null,
  { showsStartOnly, wall }: { showsStartOnly: boolean; wall: boolean },
): PageAddress {
  if (moment) return addressAt(data, moment, { hides: false, wall });
  const hides = data.question !== null || (wall && playsAtOnce(data)) || showsStartOnly;
  return restingAt(data, { step: 0, substep: data.substep, hides, wall });
}
