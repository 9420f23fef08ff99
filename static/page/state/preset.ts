/** The presets of the catalog, which of them is meant, and what has become of it. */
import { emptyAddress, readAddress, writeAddress } from "./address.ts";
import { addressOf } from "./state.ts";
import type { OptimizerSpec, PageAddress, Preset, ProblemSpec, ProposedChange, Spec, State } from "./types.ts";

const NONE: Preset[] = [];

export const presetsOf = ({ catalog }: State): Preset[] => catalog?.presets ?? NONE;

/** The optimizer with its fields in the order of their names. */
const sorted = (optimizer: OptimizerSpec): OptimizerSpec =>
  Object.fromEntries(Object.entries(optimizer).sort(([a], [b]) => (a < b ? -1 : 1)));

/** @returns whether they have the same values, in whatever order these were set */
export const sameOptimizer = (spec: OptimizerSpec | undefined, other: OptimizerSpec | undefined): boolean =>
  JSON.stringify(spec && sorted(spec)) === JSON.stringify(other && sorted(other));

/** A text that is the same for two addresses with the same runs: windows and display do not count. */
function presetKey({ spec }: PageAddress): string {
  const { display } = emptyAddress();
  return writeAddress({ spec: { ...spec, optimizers: spec.optimizers.map(sorted) }, window: null, display }).query;
}

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
  const [name, of] = param.split(".");
  return of && optimizer.schedule
    ? { ...optimizer, schedule: { ...optimizer.schedule, [of]: value as number } }
    : { ...optimizer, [name]: value };
}

/** @returns the address of a preset with its change made */
function changedAddress(preset: Preset, { control: { run, param, value } }: ProposedChange): PageAddress {
  const { spec, ...rest } = addressOfPreset(preset, false);
  if (run === null) return { ...rest, spec: { ...spec, start: value as number[] } };
  return {
    ...rest,
    spec: {
      ...spec,
      optimizers: spec.optimizers.map((optimizer, k) => (k === run ? withValue(optimizer, param, value) : optimizer)),
    },
  };
}

/** The keys of a preset as prepared and with its change made; kept, as reading an address takes a while. */
const keys: WeakMap<Preset, { prepared: string; changed: string | null }> = new WeakMap();

function keysOf(preset: Preset) {
  const made = keys.get(preset) ?? {
    prepared: presetKey(addressOfPreset(preset, false)),
    changed: preset.change ? presetKey(changedAddress(preset, preset.change)) : null,
  };
  keys.set(preset, made);
  return made;
}

/** A text that names the landscape of a problem, without what can be set of it. */
const landscapeOf = ({ surface, dataset, network, expression }: ProblemSpec) =>
  JSON.stringify([surface, dataset, network?.dataset, expression !== undefined]);

/** Whether the state has the problem and the optimizers of a preset; their values and start may differ. */
function isVaried({ problem, stop, seed, optimizers }: Spec, state: State): boolean {
  const { entries } = state;
  return (
    JSON.stringify([problem, stop, seed]) === JSON.stringify([state.problem, state.stop, state.seed]) &&
    optimizers.length === entries.length &&
    optimizers.every(({ name }, k) => name === entries[k].optimizer.name)
  );
}

function find(pageState: State): Pick<State, "preset" | "presetIs"> {
  const state = { ...pageState, seed: pageState.leader?.seed ?? pageState.seed };
  const key = presetKey(addressOf(state, null));
  const presets = state.ownPreset ? [state.ownPreset] : presetsOf(state);
  for (const presetIs of ["prepared", "changed"] as const) {
    const preset = presets.find((candidate) => keysOf(candidate)[presetIs] === key);
    if (preset) return { preset, presetIs };
  }
  const preset = state.ownPreset ?? presets.find(({ name }) => name === state.preset?.name);
  if (!preset) return { preset: null, presetIs: "left" };
  const { spec } = addressOfPreset(preset, false);
  if (landscapeOf(spec.problem) !== landscapeOf(state.problem)) return { preset, presetIs: "left" };
  return { preset, presetIs: isVaried(spec, state) ? "varied" : "replaced" };
}

/** The fields that `preset` and `presetIs` depend on. */
const FIELDS = ["catalog", "ownPreset", "problem", "start", "entries", "stop", "seed", "leader"] as const;

/**
 * The state with the preset that is meant: that of the runs, else the figure's own, else the one that was meant before.
 * @param before  the state before the last change
 */
export function withPreset(state: State, before?: State): State {
  if (before && FIELDS.every((name) => state[name] === before[name])) return state;
  const { preset, presetIs } = find(state);
  return { ...state, preset, presetIs, replacedOwnRuns: state.replacedOwnRuns && presetIs === "prepared" };
}

/** @param as  what may have become of it @returns the preset that is meant; null: something else has become of it */
export const presetOf = ({ preset, presetIs }: State, ...as: State["presetIs"][]): Preset | null =>
  as.includes(presetIs) ? preset : null;

/** @returns the value that a preset proposes for a run, while that is told or its runs are set otherwise */
export function proposedValue(state: State, run: number, param: string): number | undefined {
  const isTold = state.proposes || (!state.hides && state.presetIs !== "prepared");
  const control = isTold ? presetOf(state, "prepared", "changed", "varied")?.change?.control : undefined;
  const { value } = control ?? {};
  return control?.run === run && control.param === param && typeof value === "number" ? value : undefined;
}

/** @returns the preset after the one that is meant, or before it, if there is one; of none the first, or the last */
export function presetBeside(state: State, by: 1 | -1): Preset | null {
  const presets = presetsOf(state);
  const at = presets.findIndex(({ name }) => name === state.preset?.name);
  return (at < 0 ? presets.at(by < 0 ? -1 : 0) : presets[at + by]) ?? null;
}

export const markOwnRunsReplaced = (state: State, replacedOwnRuns: boolean): State => ({
  ...state,
  replacedOwnRuns,
});
