/** The plane of a map of more than two parameters, asked for once the runs that it is made from have ended. */
import table from "../../../fallline/drawing/drawing.json" with { type: "json" };
import { levelsOf } from "../math/levels.ts";
import { DIGITS, fromWire } from "../service/api.ts";
import { requestJson } from "../service/http.ts";
import { isLossRising } from "../state/columns.ts";
import { PLANE_OF_PATH, showsPlane } from "../state/stage.ts";
import { hasRun, problemKey, runKey, specOf } from "../state/state.ts";
import type { Entry, PlanePath, State, Window, Wire } from "../state/types.ts";
import type { Need, ResourceInState } from "./resource.ts";

/** along: two parameters; null: the principal directions of the runs */
type PlaneNeed = Need & { entries: Entry[]; along: string[] | null };

/**
 * The need for the plane of the runs in sight, without runs whose loss goes on growing: they would take all the room.
 */
function needOf(state: State): PlaneNeed | null {
  if (!showsPlane(state)) return null;
  const inSight = state.entries.filter(({ hidden }) => !hidden);
  if (!inSight.every((entry) => hasRun(state, entry))) return null;
  const entries = inSight.filter(({ id }) => !isLossRising(state.runs[id]));
  const { plane: laid } = state.explain;
  const along = laid === null || laid === PLANE_OF_PATH ? null : laid.split(",");
  const runs = entries.map((entry) => runKey(state, entry));
  const key = JSON.stringify([problemKey(state), state.start, state.seed, laid, runs]);
  return entries.length > 0 || along ? { key, subject: problemKey(state), entries, along } : null;
}

/** @returns all that the plane that is wanted depends on */
export const planeKey = (state: State): string => needOf(state)?.key ?? "";

/** Distances off the plane are drawn if one is more than this share of the map's width. */
const LEAST_DRAWN = 1e-3;

type PlaneSamples = { window: Window | null; resolution: number };

async function requestPlane(
  { entries, along, window, resolution }: PlaneNeed & PlaneSamples,
  state: State,
  signal: AbortSignal,
) {
  const how = { resolution, digits: DIGITS, ...(along && { plane: along }), ...(window && { domain: window }) };
  const body = { ...specOf(state, entries), ...how };
  const wire = await requestJson<Wire["Landscape"]>({ path: "/landscape", body, signal });
  return { landscape: fromWire(wire), plane: wire.plane as Wire["PlaneShape"] };
}

const dotProduct = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);

/** @returns where the point that it goes through lies on it */
function startOn({ parameters, directions, through }: Wire["PlaneShape"]): [number, number] {
  return parameters ? [dotProduct(directions[0], through), dotProduct(directions[1], through)] : [0, 0];
}

export const plane: ResourceInState<"plane", PlaneNeed> = {
  name: "plane",
  atRest: true,
  needs(state) {
    const need = needOf(state);
    return need ? [need] : [];
  },
  async request(need, { state, signal }) {
    const whole = { window: null, resolution: table.levels.samples };
    const { landscape, plane } = await requestPlane({ ...need, ...whole }, state, signal);
    const { parameters, share, farthest, sentence, paths } = plane;
    const [[low, high]] = landscape.window;
    const onPlane = need.entries.map((entry, k): [string, PlanePath] => [
      runKey(state, entry),
      { places: [Float64Array.from(paths[k].x), Float64Array.from(paths[k].y)], distance: paths[k].distance },
    ]);
    return {
      landscape,
      levels: levelsOf(landscape.loss),
      parameters,
      share,
      farthest: farthest && farthest > LEAST_DRAWN * (high - low) ? farthest : 0,
      sentence,
      start: startOn(plane),
      paths: Object.fromEntries(onPlane),
    };
  },
};

/** The landscape of the plane over the window in sight. */
export const planeInSight: ResourceInState<"plane in sight", PlaneNeed & { window: Window; resolution: number }> = {
  name: "plane in sight",
  atRest: true,
  needs(state) {
    const [need, { mapGrid }] = [needOf(state), state];
    return need && mapGrid?.plane === need.key
      ? [{ ...need, ...mapGrid, key: JSON.stringify([need.key, mapGrid]), subject: need.key }]
      : [];
  },
  request: async (need, { state, signal }) => (await requestPlane(need, state, signal)).landscape,
};
