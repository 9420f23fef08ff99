/**
 * Runs that are drawn besides those of the page: each run without its last change on the way, asked for once nothing
 * moves, and the runs of a preset as prepared, where they are now set otherwise.
 */

import { presetWithStatus } from "../state/exercise.ts";
import { hasMethod, withoutLastChange } from "../state/phases.ts";
import { addressOfPreset } from "../state/preset.ts";
import { hasOwnMap } from "../state/stage.ts";
import { hasRun, problemKey, runKey, specOf } from "../state/state.ts";
import type { Entry, ReceivedRun, Settings, State } from "../state/types.ts";
import { receivedOf } from "./receivedRuns.ts";
import type { Need, RequestContext, ResourceInState } from "./resource.ts";

/** Where there is no map the loss alone is drawn. */
async function runsOf(
  entries: Entry[],
  state: State,
  { api, signal }: Pick<RequestContext, "api" | "signal">,
): Promise<ReceivedRun[]> {
  const counts = entries.some(({ optimizer }) => hasMethod(state.catalog, optimizer));
  const { problem, runs } = await api.getRuns(specOf(state, entries), {
    columns: [
      ...(hasOwnMap(state) ? ["parameters" as const] : []),
      "loss",
      ...(counts ? ["evaluations" as const] : []),
    ],
    signal,
  });
  return runs.map((wire, k) =>
    receivedOf(wire, { key: runKey(state, entries[k]), problemKey: problemKey(state), names: problem.parameters }),
  );
}

/** Only of runs that have come, so that these come first. */
export const ghosts: ResourceInState<"ghosts", Need & { entry: Entry }> = {
  name: "ghosts",
  atRest: true,
  needs: (state) =>
    state.entries.flatMap((run) => {
      const entry = withoutLastChange(run);
      return entry && hasRun(state, run) ? [{ key: runKey(state, entry), subject: run.id, entry }] : [];
    }),
  request: async ({ entry }, how) => (await runsOf([entry], how.state, how))[0],
};

/** Also while a control is held, so that one sees from where it was moved. */
export const prepared: ResourceInState<"prepared", Need & Pick<Settings, "start" | "entries">> = {
  name: "prepared",
  needs(state) {
    const preset = presetWithStatus(state, "changed", "varied");
    if (!preset) return [];
    const { start, optimizers } = addressOfPreset(preset, false).spec;
    const entries = state.entries.map((entry, k) => ({ ...entry, optimizer: optimizers[k] }));
    return [{ key: preset.name, start, entries }];
  },
  async request({ start, entries }, how) {
    const runs = await runsOf(entries, { ...how.state, start }, how);
    return { start, runs: runs.map((run, k) => ({ ...run, optimizer: entries[k].optimizer })) };
  },
};
