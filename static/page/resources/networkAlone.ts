/** How the server describes a problem without map and runs: it is asked for a run of one step. */
import type { Reply } from "../service/api.ts";
import { hasOwnMap } from "../state/stage.ts";
import { problemKey, specOf } from "../state/state.ts";
import type { Need, Resource } from "./resource.ts";

export const networkAlone: Resource<Need & { subject: string }, Reply> = {
  name: "network",
  atRest: true,
  needs(state) {
    const isAlone = !state.entries.length && (state.problem.network || !hasOwnMap(state));
    if (!isAlone || !state.catalog) return [];
    const key = JSON.stringify([problemKey(state), state.seed]);
    return state.described?.alone !== key ? [{ key, subject: problemKey(state) }] : [];
  },
  request(_, { api, state, signal }) {
    const optimizers = (state.catalog?.optimizers ?? []).slice(0, 1).map(({ name }) => ({ name }));
    const spec = { ...specOf(state), optimizers, stop: { ...state.stop, max_steps: 1 } };
    return api.getRuns(spec, { columns: ["loss"], signal });
  },
  withReply: (state, { key: alone, subject: key }, { problem, start }) => ({
    ...state,
    described: { key, alone, problem, start },
  }),
};
