/** The plane on which a map of more than two parameters lies, once the runs that it is laid for have ended. */
import table from "../../../fallline/drawing/drawing.json" with { type: "json" };
import { levelsOf } from "../math/levels.ts";
import { DIGITS, fromWire, type WireLandscape } from "../service/api.ts";
import { askJson } from "../service/http.ts";
import { isGrowing } from "../state/columns.ts";
import { PATH, showsPlane } from "../state/network.ts";
import { hasRun, problemKey, runKey, specOf } from "../state/state.ts";
import type { Entry, PlaneOnMap, PlanePath, State, Window } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";

interface WirePlane {
  parameters: [string, string] | null;
  directions: [number[], number[]];
  through: number[];
  share: number | null;
  farthest: number | null;
  paths: { x: number[]; y: number[]; distance: number[] }[];
  sentence: string;
}

/** along: two parameters; null: the principal directions of the runs */
type PlaneWish = Wish & { entries: Entry[]; along: string[] | null };

/** With the runs drawn on it, without those whose loss goes on growing, which would take all the room. */
function wishOf(state: State): PlaneWish | null {
  const shown = state.entries.filter(({ hidden }) => !hidden);
  if (!showsPlane(state) || !shown.every((entry) => hasRun(state, entry))) return null;
  const entries = shown.filter(({ id }) => !isGrowing(state.runs[id]));
  const { plane: laid } = state.explain;
  const along = laid === null || laid === PATH ? null : laid.split(",");
  const runs = entries.map((entry) => runKey(state, entry));
  const key = JSON.stringify([problemKey(state), state.start, state.seed, laid, runs]);
  return entries.length > 0 || along ? { key, entries, along } : null;
}

/** @returns all that the plane that is wanted depends on */
export const planeKey = (state: State): string => wishOf(state)?.key ?? "";

/** Distances are drawn where one is more than this share of the width of the map. */
const LEAST_DRAWN = 1e-3;

type PlaneSamples = { window: Window | null; resolution: number };

async function ask(
  { entries, along, window, resolution }: PlaneWish & PlaneSamples,
  state: State,
  signal: AbortSignal,
) {
  const how = { resolution, digits: DIGITS, ...(along && { plane: along }), ...(window && { domain: window }) };
  const body = { ...specOf(state, entries), ...how };
  const wire = await askJson<WireLandscape & { plane: WirePlane }>({ path: "/landscape", body, signal });
  return { landscape: fromWire(wire), plane: wire.plane };
}

const dot = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);

/** @returns where the point that it goes through lies on it */
function startOn({ parameters, directions, through }: WirePlane): [number, number] {
  return parameters ? [dot(directions[0], through), dot(directions[1], through)] : [0, 0];
}

export function receivePlane(state: State, plane: PlaneOnMap): State {
  const another = state.plane?.key !== plane.key;
  return { ...state, plane, inSight: null, needed: null, ...(another && { planeWindow: null }) };
}

export const plane: Resource<PlaneWish> = {
  name: "plane",
  atRest: true,
  wishes(state) {
    const wish = wishOf(state);
    return wish && state.plane?.key !== wish.key ? [wish] : [];
  },
  async request(wish, asked, { signal }) {
    const whole = { window: null, resolution: table.levels.samples };
    const { landscape, plane } = await ask({ ...wish, ...whole }, asked, signal);
    const { parameters, share, farthest, sentence, paths } = plane;
    const [[low, high]] = landscape.window;
    const onPlane = wish.entries.map((entry, k): [string, PlanePath] => [
      runKey(asked, entry),
      { places: [Float64Array.from(paths[k].x), Float64Array.from(paths[k].y)], distance: paths[k].distance },
    ]);
    const onMap: PlaneOnMap = {
      key: wish.key,
      problemKey: problemKey(asked),
      landscape,
      levels: levelsOf(landscape.loss),
      parameters,
      share,
      farthest: farthest && farthest > LEAST_DRAWN * (high - low) ? farthest : 0,
      sentence,
      start: startOn(plane),
      paths: Object.fromEntries(onPlane),
    };
    return (state) => receivePlane(state, onMap);
  },
};

/** The window in sight, as finely as the screen deserves. */
export const planeInSight: Resource<PlaneWish & { window: Window; resolution: number }> = {
  name: "plane in sight",
  atRest: true,
  wishes(state) {
    const [wish, { needed }] = [wishOf(state), state];
    const key = JSON.stringify([wish?.key, needed]);
    const missing = state.plane?.key === wish?.key && state.inSight?.key !== key;
    return wish && needed && missing ? [{ ...wish, ...needed, key }] : [];
  },
  async request(wish, asked, { signal }) {
    const { landscape } = await ask(wish, asked, signal);
    const inSight = { key: wish.key, landscape };
    return (state) => (state.plane?.key === asked.plane?.key ? { ...state, inSight } : state);
  },
};
