/** The presets of the catalog, and which of them the page shows. */
import { emptyAddress, readAddress, writeAddress } from "./address.ts";
import { addressOf } from "./state.ts";
import type { OptimizerSpec, PageAddress, Preset, ProblemSpec, ProposedChange, State } from "./types.ts";

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

const keys: WeakMap<Preset, { own: string; changed: string | null }> = new WeakMap();

function keysOf(preset: Preset) {
  const made = keys.get(preset) ?? {
    own: presetKey(addressOfPreset(preset, false)),
    changed: preset.change ? presetKey(changedAddress(preset, preset.change)) : null,
  };
  keys.set(preset, made);
  return made;
}

/** as it was prepared; with the change that it proposes; or with other values of its runs, or another start */
type PresetShown = { preset: Preset; is: "prepared" | "changed" | "varied" } | null;
/** What it was found of, for each list of presets or question: most changes of the state leave that as it is. */
const found: WeakMap<object, { of: unknown[]; shown: PresetShown }> = new WeakMap();

/** Whether a state has the optimizers of a preset on its problem, whatever their values and start. */
function isVaried(preset: Preset, state: State): boolean {
  const { problem, stop, seed, optimizers } = addressOfPreset(preset, false).spec;
  const { entries } = state;
  return (
    JSON.stringify([problem, stop, seed]) === JSON.stringify([state.problem, state.stop, state.seed]) &&
    optimizers.length === entries.length &&
    optimizers.every(({ name }, k) => name === entries[k].optimizer.name)
  );
}

function find(state: State): PresetShown {
  const key = presetKey(addressOf(state, null));
  const known = state.ownPreset ? [state.ownPreset] : presetsOf(state);
  const withKey = (changed: boolean) => known.find((preset) => keysOf(preset)[changed ? "changed" : "own"] === key);
  const [own, changed] = [withKey(false), withKey(true)];
  if (own) return { preset: own, is: "prepared" };
  if (changed) return { preset: changed, is: "changed" };
  const opened = presetInPlace(state);
  return opened && isVaried(opened, state) ? { preset: opened, is: "varied" } : null;
}

function shownIn(given: State): PresetShown {
  const state = given.seedOfLead === null ? given : { ...given, seed: given.seedOfLead };
  const { ownPreset, problem, start, entries, stop, seed, presetOpened: name } = state;
  const among = ownPreset ?? presetsOf(state);
  const of = [problem, start, entries, stop, seed, name];
  const last = found.get(among);
  if (last && of.every((one, k) => one === last.of[k])) return last.shown;
  const shown = find(state);
  found.set(among, { of, shown });
  return shown;
}

/** @returns the preset that is as it was prepared */
export function presetShown(state: State): Preset | null {
  const shown = shownIn(state);
  return shown?.is === "prepared" ? shown.preset : null;
}

/** With the preset that was shown last. */
export function withPresetOpened(state: State): State {
  const name = presetShown(state)?.name ?? null;
  if (name === null) return state.tookPlace ? { ...state, tookPlace: false } : state;
  return name === state.presetOpened ? state : { ...state, presetOpened: name };
}

/** @returns the preset that was shown last */
export const presetOpened = (state: State): Preset | null =>
  presetsOf(state).find(({ name }) => name === state.presetOpened) ?? null;

/** @returns what names a landscape, whatever is changed of it */
const landscapeOf = ({ surface, dataset, network, expression }: ProblemSpec) =>
  JSON.stringify([surface, dataset, network?.dataset, expression !== undefined]);

/**
 * @returns the own preset of a figure, or the one that was shown last, as long as its landscape stands: its place
 * stays when it is changed, or all below would move; on another landscape its room is needed
 */
export function presetInPlace(state: State): Preset | null {
  const preset = state.ownPreset ?? presetOpened(state);
  const own = preset && landscapeOf(addressOfPreset(preset, false).spec.problem);
  return own === landscapeOf(state.problem) ? preset : null;
}

/** @returns from the preset that was shown last on to the next, round the course */
export function presetBeside(state: State, by: 1 | -1): Preset | null {
  const presets = presetsOf(state);
  const opened = presets.findIndex(({ name }) => name === state.presetOpened);
  const at = opened < 0 && by < 0 ? 0 : opened;
  return presets.at((at + by) % presets.length) ?? null;
}

export const markPlaceTaken = (state: State, tookPlace: boolean): State => ({ ...state, tookPlace });

/** @returns the preset of which nothing but the change it proposes is made */
export function presetChanged(state: State): Preset | null {
  const shown = shownIn(state);
  return shown?.is === "changed" ? shown.preset : null;
}

/** @returns the preset whose runs have other values than it has, or another start, be it as it proposes */
export function presetVaried(state: State): Preset | null {
  const shown = shownIn(state);
  return shown && shown.is !== "prepared" ? shown.preset : null;
}
