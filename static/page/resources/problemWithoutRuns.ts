/** How the server describes a problem that has no map and no runs: it is asked for a run of one step. */
import type { Reply } from "../service/api.ts";
import { hasOwnMap } from "../state/stage.ts";
import { problemKey, specOf } from "../state/state.ts";
import type { Need, Resource } from "./resource.ts";

export const problemWithoutRuns: Resource<Need & { subject: string }, Reply> = {
  name: "problemWithoutRuns",
  atRest: true,
  needs(state) {
    const isAlone = !state.entries.length && (state.problem.network || !hasOwnMap(state));
    if (!isAlone || !state.catalog) return [];
    const key = JSON.stringify([problemKey(state), state.seed]);
    return state.described?.keyWithoutRuns !== key ? [{ key, subject: problemKey(state) }] : [];
  },
  request(_, { api, state, signal }) {
    const optimizers = (state.catalog?.optimizers ?? []).slice(0, 1).map(({ name }) => ({ name }));
    const spec = { ...specOf(state), optimizers, stop: { ...state.stop, max_steps: 1 } };
    return api.getRuns(spec, { columns: ["loss"], signal });
  },
  withReply: (state, { key: keyWithoutRuns, subject: key }, { problem, start }) => ({
    ...state,
    described: { key, keyWithoutRuns, problem, start },
  }),
};
