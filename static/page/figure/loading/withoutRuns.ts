/** What a network is that nothing runs on, as the server describes it beside a run of one step. */
import { specOf } from "../../state/state.ts";
import type { State } from "../../state/types.ts";

type Api = typeof import("../../service/api.ts");

export function withoutRuns(state: State, getRuns: Api["getRuns"], signal: AbortSignal): ReturnType<Api["getRuns"]> {
  const optimizers = (state.catalog?.optimizers ?? []).slice(0, 1).map(({ name }) => ({ name }));
  return getRuns(
    { ...specOf(state), optimizers, stop: { ...state.stop, max_steps: 1 } },
    { columns: ["loss"], signal },
  );
}
