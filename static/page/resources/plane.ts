/** The plane on which the map of a network lies, once the runs that it is laid for have ended. */
import table from "../../../fallline/drawing/drawing.json" with { type: "json" };
import { levelsOf } from "../math/levels.ts";
import type { WireLandscape } from "../service/api.ts";
import { DIGITS, fromWire } from "../service/api.ts";
import { askJson } from "../service/http.ts";
import { isGrowing } from "../state/columns.ts";
import { PATH, showsPlane } from "../state/network.ts";
import { hasRun, problemKey, runKey, specOf } from "../state/state.ts";
import type { Entry, PlaneOnMap, State, Window } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";

interface WirePlane {
  parameters: [string, string] | null;
  directions: [number[], number[]];
  through: number[];
  share: number | null;
  paths: { x: number[]; y: number[] }[];
  sentence: string;
}

type PlaneWish = Wish & { entries: Entry[] };

const alongOf = ({ explain: { plane } }: State) => (plane === null || plane === PATH ? null : plane.split(","));

/** @returns the runs drawn on it, without those whose loss goes on growing, which would take all the room */
function wishOf(state: State): PlaneWish | null {
  const shown = state.entries.filter(({ hidden }) => !hidden);
  if (!showsPlane(state) || state.moving || !shown.every((entry) => hasRun(state, entry))) return null;
  const entries = shown.filter(({ id }) => !isGrowing(state.runs[id]));
  const runs = entries.map((entry) => runKey(state, entry));
  const key = JSON.stringify([problemKey(state), state.start, state.seed, state.explain.plane, runs]);
  return entries.length > 0 || alongOf(state) ? { key, entries } : null;
}

/** @returns all that the plane that is wanted depends on */
export const planeKey = (state: State): string => wishOf(state)?.key ?? "";

/** @param window  of the plane; null: all of it */
async function ask(state: State, entries: Entry[], window: Window | null, resolution: number, signal: AbortSignal) {
  const along = alongOf(state);
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
  wishes(state) {
    const wish = wishOf(state);
    return wish && state.plane?.key !== wish.key ? [wish] : [];
  },
  async request({ key, entries }, asked, { signal }) {
    const { landscape, plane } = await ask(asked, entries, null, table.levels.samples, signal);
    const { parameters, share, sentence, paths } = plane;
    const onPlane = entries.map((entry, k): [string, [Float64Array, Float64Array]] => [
      runKey(asked, entry),
      [Float64Array.from(paths[k].x), Float64Array.from(paths[k].y)],
    ]);
    const onMap: PlaneOnMap = {
      key,
      problemKey: problemKey(asked),
      landscape,
      levels: levelsOf(landscape.loss),
      parameters,
      share,
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
  wishes(state) {
    const [wish, { needed }] = [wishOf(state), state];
    const key = JSON.stringify([wish?.key, needed]);
    const missing = state.plane?.key === wish?.key && state.inSight?.key !== key;
    return wish && needed && missing ? [{ ...wish, ...needed, key }] : [];
  },
  async request({ key, entries, window, resolution }, asked, { signal }) {
    const { landscape } = await ask(asked, entries, window, resolution, signal);
    return (state) => (state.plane?.key === planeKey(asked) ? { ...state, inSight: { key, landscape } } : state);
  },
};
