/** What a problem is that has no map and nothing runs on, as the server describes it beside a run of one step. */
import { hasOwnMap } from "../state/network.ts";
import { problemKey, specOf } from "../state/state.ts";
import type { Resource } from "./resource.ts";

export const networkAlone: Resource = {
  name: "network alone",
  wishes(state) {
    const key = JSON.stringify([problemKey(state), state.seed]);
    const without = state.problem.network || !hasOwnMap(state);
    return without && !state.entries.length && state.catalog && state.described?.alone !== key ? [{ key }] : [];
  },
  async request({ key: alone }, asked, { api, signal }) {
    const optimizers = (asked.catalog?.optimizers ?? []).slice(0, 1).map(({ name }) => ({ name }));
    const spec = { ...specOf(asked), optimizers, stop: { ...asked.stop, max_steps: 1 } };
    const { problem, start } = await api.getRuns(spec, { columns: ["loss"], signal });
    return (state) => ({ ...state, described: { key: problemKey(asked), alone, problem, start } });
  },
};
