/**
 * Columns that runs lack once nothing moves: left out while a control was held, or needed by a view that was opened.
 */

import type { Reply } from "../service/api.ts";
import { lacksColumn, withMoreColumns } from "../state/columns.ts";
import { receiveRuns } from "../state/receiving.ts";
import { hasRun, runKey, specOf } from "../state/state.ts";
import type { Column, Entry } from "../state/types.ts";
import type { Need, Resource } from "./resource.ts";
import { columnsDrawn } from "./runs.ts";

export const columns: Resource<Need & { lacking: { entry: Entry; key: string; names: Column[] }[] }, Reply> = {
  name: "columns",
  atRest: true,
  needs(state, { viewColumns }) {
    const lacking = state.entries.flatMap((entry) => {
      const names = hasRun(state, entry)
        ? columnsDrawn(state, entry, viewColumns).filter((name) => lacksColumn(state.runs[entry.id].columns, name))
        : [];
      return names.length ? [{ entry, key: runKey(state, entry), names }] : [];
    });
    const key = JSON.stringify(lacking.map(({ key, names }) => [names, key]));
    return lacking.length ? [{ key, lacking }] : [];
  },
  request({ lacking }, { api, state, signal }) {
    const names = [...new Set(lacking.flatMap((lack) => lack.names))];
    const entries = lacking.map(({ entry }) => entry);
    return api.getRuns(specOf(state, entries), { columns: names, signal });
  },
  withReply(state, { lacking }, { problem, runs }) {
    const still = lacking.flatMap(({ entry: { id }, key }, k) => {
      const run = state.runs[id];
      return run?.key === key
        ? [[id, { ...run, columns: withMoreColumns(run.columns, problem.parameters, runs[k]) }]]
        : [];
    });
    return receiveRuns(state, Object.fromEntries(still));
  },
};
