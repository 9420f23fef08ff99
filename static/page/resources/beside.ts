/**
 * Runs that are drawn beside those of the page: how runs that change on the way would have gone on without their last
 * change, once nothing moves, and the runs of a preset as it has them, where these are set otherwise.
 */

import { hasOwnMap } from "../state/network.ts";
import { hasMethod, withoutLast } from "../state/phases.ts";
import { addressOfPreset, presetOf } from "../state/preset.ts";
import { hasRun, problemKey, runKey, specOf } from "../state/state.ts";
import type { Asked, Entry, Received, State } from "../state/types.ts";
import type { Asking, Resource, Wish } from "./resource.ts";
import { receivedOf } from "./runs.ts";

/** Where there is no map the loss alone is drawn. */
async function runsOf(entries: Entry[], asked: State, { api, signal }: Asking): Promise<Received[]> {
  const counts = entries.some(({ optimizer }) => hasMethod(asked.catalog, optimizer));
  const { problem, runs } = await api.getRuns(specOf(asked, entries), {
    columns: [
      ...(hasOwnMap(asked) ? ["parameters" as const] : []),
      "loss",
      ...(counts ? ["evaluations" as const] : []),
    ],
    signal,
  });
  return runs.map((wire, k) =>
    receivedOf(wire, { key: runKey(asked, entries[k]), problemKey: problemKey(asked), names: problem.parameters }),
  );
}

/** Of runs that have come: what is asked first is them. */
export const ghosts: Resource<Wish & { entries: Entry[] }> = {
  name: "ghosts",
  atRest: true,
  wishes(state) {
    const entries = state.entries.flatMap((entry) => {
      const before = withoutLast(entry);
      const missing = before && hasRun(state, entry) && state.ghosts[entry.id]?.key !== runKey(state, before);
      return missing ? [before] : [];
    });
    const key = JSON.stringify(entries.map((entry) => runKey(state, entry)));
    return entries.length ? [{ key, entries }] : [];
  },
  async request({ entries }, asked, how) {
    const runs = await runsOf(entries, asked, how);
    const came = Object.fromEntries(runs.map((run, k) => [entries[k].id, run]));
    return (state) => ({ ...state, ghosts: { ...state.ghosts, ...came } });
  },
};

/** While a control is held, too: they show where it set off. */
export const prepared: Resource<Wish & Pick<Asked, "start" | "entries">> = {
  name: "prepared",
  wishes(state) {
    const preset = presetOf(state, "changed", "varied");
    if (!preset || state.prepared?.name === preset.name) return [];
    const { start, optimizers } = addressOfPreset(preset, false).spec;
    const entries = state.entries.map((entry, k) => ({ ...entry, optimizer: optimizers[k] }));
    return [{ key: preset.name, start, entries }];
  },
  async request({ key, start, entries }, asked, how) {
    const runs = await runsOf(entries, { ...asked, start }, how);
    const came = runs.map((run, k) => ({ ...run, optimizer: entries[k].optimizer }));
    return (state) => ({ ...state, prepared: { name: key, start, runs: came } });
  },
};
