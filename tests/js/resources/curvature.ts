/** A kind of answer that is declared by the recipe of CONTRIBUTING alone. */
import type { Keyed, Wish } from "../../../static/page/resources/resource.ts";
import { askJson } from "../../../static/page/service/http.ts";
import { hasRun, runKey, specOf } from "../../../static/page/state/state.ts";
import type { Spec } from "../../../static/page/state/types.ts";

export const curvature: Keyed<Wish & { spec: Spec }, { lambda_max: number[] }> = {
  name: "curvature",
  kept: 16,
  atRest: true,
  wishes: (state) =>
    state.entries
      .filter((entry) => hasRun(state, entry))
      .map((entry) => ({ key: runKey(state, entry), spec: specOf(state, [entry]) })),
  request: ({ spec }, signal) => askJson({ path: "/trajectories/curvature", body: spec, signal }),
};
