/** Columns that runs lack once nothing moves: not drawn while a control was held, or looked at more closely now. */

import { completed, lacksColumn } from "../state/columns.ts";
import { receiveRuns } from "../state/receiving.ts";
import { hasRun, runKey, specOf } from "../state/state.ts";
import type { Column, Entry } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";
import { columnsDrawn } from "./runs.ts";

export const columns: Resource<Wish & { lacking: { entry: Entry; names: Column[] }[] }> = {
  name: "columns",
  atRest: true,
  wishes(state, { needs }) {
    const lacking = state.entries.flatMap((entry) => {
      const names = hasRun(state, entry)
        ? columnsDrawn(state, entry, needs).filter((name) => lacksColumn(state.runs[entry.id].columns, name))
        : [];
      return names.length ? [{ entry, names }] : [];
    });
    const key = JSON.stringify(lacking.map(({ entry, names }) => [names, runKey(state, entry)]));
    return lacking.length ? [{ key, lacking }] : [];
  },
  async request({ lacking }, asked, { api, signal }) {
    const entries = lacking.map(({ entry }) => entry);
    const names = [...new Set(lacking.flatMap((one) => one.names))];
    const { problem, runs } = await api.getRuns(specOf(asked, entries), { columns: names, signal });
    return (state) => {
      const still = entries.flatMap((entry, k) => {
        const shown = state.runs[entry.id];
        return shown?.key === runKey(asked, entry)
          ? [[entry.id, { ...shown, columns: completed(shown.columns, problem.parameters, runs[k]) }]]
          : [];
      });
      return receiveRuns(state, Object.fromEntries(still));
    };
  },
};
