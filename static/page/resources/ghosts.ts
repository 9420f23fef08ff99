/** How runs that change on the way would have gone on without their last change, once nothing moves. */

import { hasMethod, withoutLast } from "../state/phases.ts";
import { hasRun, problemKey, runKey, specOf } from "../state/state.ts";
import type { Entry } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";
import { receivedOf } from "./runs.ts";

/** Of runs that have come: what is asked first is them. Of a network the loss alone is drawn. */
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
  async request({ entries }, asked, { api, signal }) {
    const counts = entries.some(({ optimizer }) => hasMethod(asked.catalog, optimizer));
    const { problem, runs } = await api.getRuns(specOf(asked, entries), {
      columns: [
        ...(asked.problem.network ? [] : ["parameters" as const]),
        "loss",
        ...(counts ? ["evaluations" as const] : []),
      ],
      signal,
    });
    const came = runs.map((wire, k) => [
      entries[k].id,
      receivedOf(wire, { key: runKey(asked, entries[k]), problemKey: problemKey(asked), names: problem.parameters }),
    ]);
    return (state) => ({ ...state, ghosts: { ...state.ghosts, ...Object.fromEntries(came) } });
  },
};
