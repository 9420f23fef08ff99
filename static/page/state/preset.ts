/** The presets of the catalog, which of them is meant, and what has become of it. */
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

/** @param hides  its question comes before its runs play */
export function addressOfPreset({ query, count = "steps", seeds = false }: Preset, hides: boolean): PageAddress {
  const { address } = readAddress(query);
  const { display } = address;
  return {
    ...address,
    display: { ...display, hides, seeds, count },
  };
}

/** @returns the optimizer with a value set, by the name that a proposed change has for it */
export function withValue(optimizer: OptimizerSpec, param: string, value: unknown): OptimizerSpec {
  const [name, field] = param.split(".");
  return field && optimizer.schedule
    ? { ...optimizer, schedule: { ...optimizer.schedule, [field]: value as number } }
    : { ...optimizer, [name]: value };
}

function changedSpec(spec: Spec, { control: { run, param, value } }: ProposedChange): Spec {
  if (run === null) return { ...spec, start: value as number[] };
  const optimizers = spec.optimizers.map((optimizer, k) =>
    k === run ? withValue(optimizer, param, value) : optimizer,
  );
  return { ...spec, optimizers };
}

/** The specs of a preset as prepared and with its change made; kept, as reading an address takes a while. */
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

/** What names the landscape of a problem, without what can be set of it. */
const landscapeOf = ({ surface, dataset, network, expression }: ProblemSpec) => [
  ...[surface, dataset, network?.dataset],
  expression !== undefined,
];

/** Whether the state has the problem and the optimizers of a preset; their values and start may differ. */
function isVaried({ problem, stop, seed, optimizers }: Spec, state: State): boolean {
  const { entries } = state;
  return (
    sameValue([problem, stop, seed], [state.problem, state.stop, state.seed]) &&
    optimizers.length === entries.length &&
    optimizers.every(({ name }, k) => name === entries[k].optimizer.name)
  );
}

function find(pageState: State): Pick<Exercise, "preset" | "presetStatus"> {
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

/** The fields that the preset of a state, and what has become of it, depend on. */
const FIELDS = ["catalog", "exercise", "problem", "start", "entries", "stop", "seed"] as const;

/**
 * The state with the preset that is meant: that of the runs, else the figure's own, else the one that was meant before.
 * @param before  the state before the last change
 */
export function withPreset(state: State, before?: State): State {
  if (before && FIELDS.every((name) => state[name] === before[name])) return state;
  const { preset, presetStatus } = find(state);
  const replacedOwnRuns = state.exercise.replacedOwnRuns && presetStatus === "prepared";
  return withExercise(state, { preset, presetStatus, replacedOwnRuns });
}

/** @returns the value that a preset proposes for a run, while that is told or its runs are set otherwise */
export function proposedValue(state: State, run: number, param: string): number | undefined {
  const { proposes, presetStatus } = state.exercise;
  const isTold = proposes || (!hidesAhead(state) && presetStatus !== "prepared");
  const control = isTold ? presetOfRuns(state)?.change?.control : undefined;
  const { value } = control ?? {};
  return control?.run === run && control.param === param && typeof value === "number" ? value : undefined;
}

/** @returns the preset after the one that is meant, or before it, if there is one; of none the first, or the last */
export function presetBeside(state: State, by: 1 | -1): Preset | null {
  const presets = presetsOf(state);
  const at = presets.findIndex(({ name }) => name === state.exercise.preset?.name);
  return (at < 0 ? presets.at(by < 0 ? -1 : 0) : presets[at + by]) ?? null;
}
