/** Finds the preset that the runs belong to, and how they differ from it. */
import { sameValue } from "../math/values.ts";
import { readAddress } from "./address.ts";
import { hidesAhead, presetOfRuns, withExercise } from "./exercise.ts";
import { specOf } from "./state.ts";
import type {
  Exercise,
  OptimizerSpec,
  PageAddress,
  Preset,
  ProblemSpec,
  ProposedChange,
  Spec,
  State,
} from "./types.ts";

const NONE: Preset[] = [];

export const presetsOf = ({ catalog }: State): Preset[] => catalog?.presets ?? NONE;

/** @param hides  whether the rows ahead are hidden, as before its question is answered */
export function addressOfPreset({ query, count = "steps", seeds = false }: Preset, hides: boolean): PageAddress {
  const { address } = readAddress(query);
  const { display } = address;
  return {
    ...address,
    display: { ...display, hides, seeds, count },
  };
}

/** Sets a value of an optimizer. @param param  its name in a proposed change: "beta", "schedule.decay" */
export function withParam(optimizer: OptimizerSpec, param: string, value: unknown): OptimizerSpec {
  const [name, field] = param.split(".");
  return field && optimizer.schedule
    ? { ...optimizer, schedule: { ...optimizer.schedule, [field]: value as number } }
    : { ...optimizer, [name]: value };
}

function changedSpec(spec: Spec, { control: { run, param, value } }: ProposedChange): Spec {
  if (run === null) return { ...spec, start: value as number[] };
  const optimizers = spec.optimizers.map((optimizer, k) =>
    k === run ? withParam(optimizer, param, value) : optimizer,
  );
  return { ...spec, optimizers };
}

/** The specs of each preset, as prepared and with its change made: a cache, as reading an address takes a while. */
const specs: WeakMap<Preset, { prepared: Spec; changed: Spec | null }> = new WeakMap();

function specsOf(preset: Preset) {
  const read = () => {
    const { spec: prepared } = addressOfPreset(preset, false);
    return { prepared, changed: preset.change ? changedSpec(prepared, preset.change) : null };
  };
  const both = specs.get(preset) ?? read();
  specs.set(preset, both);
  return both;
}

/** @returns what identifies a landscape, apart from settings such as the loss or the layers */
const landscapeOf = ({ surface, dataset, network, expression }: ProblemSpec) => [
  ...[surface, dataset, network?.dataset],
  expression !== undefined,
];

/** @returns whether the runs differ from a preset only in start and values of their optimizers */
function isVaried({ problem, stop, seed, optimizers }: Spec, state: State): boolean {
  const { entries } = state;
  return (
    sameValue([problem, stop, seed], [state.problem, state.stop, state.seed]) &&
    optimizers.length === entries.length &&
    optimizers.every(({ name }, k) => name === entries[k].optimizer.name)
  );
}

function findPreset(pageState: State): Pick<Exercise, "preset" | "presetStatus"> {
  const { preset: before, isOwn, leader } = pageState.exercise;
  const state = { ...pageState, seed: leader?.seed ?? pageState.seed };
  const spec = specOf(state);
  const presets = isOwn && before ? [before] : presetsOf(state);
  for (const presetStatus of ["prepared", "changed"] as const) {
    const preset = presets.find((candidate) => sameValue(specsOf(candidate)[presetStatus], spec));
    if (preset) return { preset, presetStatus };
  }
  const preset = presets.find(({ name }) => name === before?.name);
  if (!preset) return { preset: null, presetStatus: "gone" };
  const { prepared } = specsOf(preset);
  if (!sameValue(landscapeOf(prepared.problem), landscapeOf(state.problem))) return { preset, presetStatus: "gone" };
  return { preset, presetStatus: isVaried(prepared, state) ? "varied" : "replaced" };
}

/** The fields of the state that `preset` and `presetStatus` depend on. */
const FIELDS = ["catalog", "exercise", "problem", "start", "entries", "stop", "seed"] as const;

/**
 * Updates the preset of the exercise: the one whose runs these are, else the figure's own, else the one before.
 * @param before  the state before the last change
 */
export function withPreset(state: State, before?: State): State {
  if (before && FIELDS.every((name) => state[name] === before[name])) return state;
  const { preset, presetStatus } = findPreset(state);
  const replacedOwnRuns = state.exercise.replacedOwnRuns && presetStatus === "prepared";
  return withExercise(state, { preset, presetStatus, replacedOwnRuns });
}

/** @returns the value that a preset proposes for a run, while the proposal shows or the runs were changed */
export function proposedValue(state: State, run: number, param: string): number | undefined {
  const { proposes, presetStatus } = state.exercise;
  const isShown = proposes || (!hidesAhead(state) && presetStatus !== "prepared");
  const control = isShown ? presetOfRuns(state)?.change?.control : undefined;
  const { value } = control ?? {};
  return control?.run === run && control.param === param && typeof value === "number" ? value : undefined;
}

/** @returns the next or previous preset; without a present one the first or last; null: there is no further one */
export function neighbouringPreset(state: State, by: 1 | -1): Preset | null {
  const presets = presetsOf(state);
  const at = presets.findIndex(({ name }) => name === state.exercise.preset?.name);
  return (at < 0 ? presets.at(by < 0 ? -1 : 0) : presets[at + by]) ?? null;
}
