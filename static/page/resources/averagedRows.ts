/** The loss of the mean of the rows of a run from a chosen row on, as the API tells it. */
import { withNaN } from "../math/series.ts";
import { requestJson } from "../service/http.ts";
import { runKey } from "../state/state.ts";
import type { Entry, State } from "../state/types.ts";
import { NEVER, type Need, ofRun, type Resource } from "./resource.ts";

type AverageNeed = Need & { body: object; first: number };

/** @param first  the row from which they are averaged */
export const averageNeed = (state: State, entry: Entry, first: number): AverageNeed => ({
  ...ofRun(state, entry),
  key: `${runKey(state, entry)} ${first}`,
  first,
});

/** At each row; NaN before the first. */
export const average: Resource<AverageNeed, Float64Array> = {
  name: "average",
  capacity: 4,
  givenUpAfter: NEVER,
  async request({ body, first }, { signal }) {
    const query = `fields=loss&average=${first}`;
    type Averaged = { runs: { average: { loss: (number | null)[] } }[] };
    const { runs } = await requestJson<Averaged>({ path: "/trajectories", query, body, signal });
    return withNaN(runs[0].average.loss);
  },
};
