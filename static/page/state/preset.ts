/** The presets of the catalog, and which of them is meant. */
import { emptyAddress, readAddress, writeAddress } from "./address.ts";
import { addressOf } from "./state.ts";
import type { OptimizerSpec, PageAddress, Preset, ProblemSpec, ProposedChange, Spec, State } from "./types.ts";

const NONE: Preset[] = [];

export const presetsOf = ({ catalog }: State): Preset[] => catalog?.presets ?? NONE;

/** In whatever order its values were set. */
const sorted = (optimizer: OptimizerSpec): OptimizerSpec =>
  Object.fromEntries(Object.entries(optimizer).sort(([a], [b]) => (a < b ? -1 : 1)));

/** @returns whether they have the same values, in whatever order these were set */
export const sameOptimizer = (one: OptimizerSpec | undefined, other: OptimizerSpec | undefined): boolean =>
  JSON.stringify(one && sorted(one)) === JSON.stringify(other && sorted(other));

/** What two addresses have in common that show the same runs: looking closer is not leaving. */
function presetKey({ spec }: PageAddress): string {
  const { display } = emptyAddress();
  return writeAddress({ spec: { ...spec, optimizers: spec.optimizers.map(sorted) }, window: null, display }).query;
}

/** @param reveal  it asks before it shows */
export function addressOfPreset({ query, count = "steps", seeds = false }: Preset, reveal: boolean): PageAddress {
  const { address } = readAddress(query);
  const { display } = address;
  return {
    ...address,
    display: { ...display, reveal, seeds, count },
  };
}

/** @returns the optimizer with a value set, by the name that a proposed change has for it */
export function withValue(optimizer: OptimizerSpec, param: string, value: unknown): OptimizerSpec {
  const [name, of] = param.split(".");
  return of && optimizer.schedule
    ? { ...optimizer, schedule: { ...optimizer.schedule, [of]: value as number } }
    : { ...optimizer, [name]: value };
}

/** @returns of a preset once its change is made */
function changedAddress(preset: Preset, { control: { run, param, value } }: ProposedChange): PageAddress {
  const { spec, ...rest } = addressOfPreset(preset, false);
  if (run === null) return { ...rest, spec: { ...spec, start: value as number[] } };
  return {
    ...rest,
    spec: { ...spec, optimizers: spec.optimizers.map((one, k) => (k === run ? withValue(one, param, value) : one)) },
  };
}

const keys: WeakMap<Preset, { prepared: string; changed: string | null }> = new WeakMap();

function keysOf(preset: Preset) {
  const made = keys.get(preset) ?? {
    prepared: presetKey(addressOfPreset(preset, false)),
    changed: preset.change ? presetKey(changedAddress(preset, preset.change)) : null,
  };
  keys.set(preset, made);
  return made;
}

/**
 * What has become of a preset: it is as it was prepared; the change that it proposes is made; its runs have other
 * values, or another start; other runs stand on its landscape; it was left for another landscape.
 */
type Become = "prepared" | "changed" | "varied" | "replaced" | "left";
type PresetNow = { preset: Preset | null; is: Become };

/** What it was found of, for each list of presets or question: most changes of the state leave that as it is. */
const found: WeakMap<object, { of: unknown[]; now: PresetNow }> = new WeakMap();

/** What names a landscape, whatever is changed of it. */
const landscapeOf = ({ surface, dataset, network, expression }: ProblemSpec) =>
  JSON.stringify([surface, dataset, network?.dataset, expression !== undefined]);

/** Whether a state has the optimizers of a preset on its problem, whatever their values and start. */
function isVaried({ problem, stop, seed, optimizers }: Spec, state: State): boolean {
  const { entries } = state;
  return (
    JSON.stringify([problem, stop, seed]) === JSON.stringify([state.problem, state.stop, state.seed]) &&
    optimizers.length === entries.length &&
    optimizers.every(({ name }, k) => name === entries[k].optimizer.name)
  );
}

function find(state: State): PresetNow {
  const key = presetKey(addressOf(state, null));
  const known = state.ownPreset ? [state.ownPreset] : presetsOf(state);
  for (const is of ["prepared", "changed"] as const) {
    const preset = known.find((one) => keysOf(one)[is] === key);
    if (preset) return { preset, is };
  }
  const last = state.ownPreset ?? known.find(({ name }) => name === state.presetOpened);
  if (!last) return { preset: null, is: "left" };
  const { spec } = addressOfPreset(last, false);
  const stands = landscapeOf(spec.problem) === landscapeOf(state.problem);
  return { preset: last, is: !stands ? "left" : isVaried(spec, state) ? "varied" : "replaced" };
}

/** The preset that is meant: that of the runs, else the own one of a figure, else the one that was shown last. */
export function presetNow(given: State): PresetNow {
  const state = given.seedOfLead === null ? given : { ...given, seed: given.seedOfLead };
  const { ownPreset, problem, start, entries, stop, seed, presetOpened } = state;
  const among = ownPreset ?? presetsOf(state);
  const of = [problem, start, entries, stop, seed, presetOpened];
  const last = found.get(among);
  if (last && of.every((one, k) => one === last.of[k])) return last.now;
  const now = find(state);
  found.set(among, { of, now });
  return now;
}

/** @param as  what may have become of it @returns null: something else has */
export function presetOf(state: State, ...as: Become[]): Preset | null {
  const { preset, is } = presetNow(state);
  return as.includes(is) ? preset : null;
}

/** With the preset that was shown last. */
export function withPresetOpened(state: State): State {
  const name = presetOf(state, "prepared")?.name ?? null;
  if (name === null) return state.tookPlace ? { ...state, tookPlace: false } : state;
  return name === state.presetOpened ? state : { ...state, presetOpened: name };
}

/** @returns from the preset that is meant on to the next, round the course */
export function presetBeside(state: State, by: 1 | -1): Preset | null {
  const presets = presetsOf(state);
  const opened = presets.findIndex(({ name }) => name === state.presetOpened);
  const at = opened < 0 && by < 0 ? 0 : opened;
  return presets.at((at + by) % presets.length) ?? null;
}

export const markPlaceTaken = (state: State, tookPlace: boolean): State => ({ ...state, tookPlace });
