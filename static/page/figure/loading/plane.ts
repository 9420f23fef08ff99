/** Fetches the plane on which the map of a network lies, once the runs that it is laid for have ended. */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { levelsOf } from "../../math/levels.ts";
import { Refused } from "../../service/http.ts";
import { getPlane } from "../../service/plane.ts";
import { PATH, showsPlane } from "../../state/network.ts";
import { receivePlane, refusePlane } from "../../state/plane.ts";
import { problemKey, runKey, specOf } from "../../state/state.ts";
import type { Store } from "../../state/store.ts";
import type { Entry, PlaneOnMap, State, Window } from "../../state/types.ts";
import { isGrowing } from "../../words/outcome.ts";
import type { createLane } from "./lane.ts";

const alongOf = ({ explain: { plane } }: State) => (plane === null || plane === PATH ? null : plane.split(","));

/**
 * @returns the runs drawn on it; null while one is on its way. A run whose loss goes on growing is left out,
 * as it would take all the room.
 */
function entriesOf(state: State): Entry[] | null {
  const shown = state.entries.filter(({ hidden }) => !hidden);
  if (!shown.every((entry) => state.runs[entry.id]?.key === runKey(state, entry) && state.runs[entry.id].end !== null))
    return null;
  const calm = shown.filter(({ id }) => !isGrowing(state.runs[id]));
  return calm.length > 0 || alongOf(state) ? calm : null;
}

const keyOf = (state: State, entries: Entry[]) =>
  JSON.stringify([
    problemKey(state),
    state.start,
    state.seed,
    state.explain.plane,
    entries.map((entry) => runKey(state, entry)),
  ]);

const dot = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);

/** @returns where the point that it goes through lies on it */
function startOn({ parameters, directions, through }: Awaited<ReturnType<typeof getPlane>>["plane"]): [number, number] {
  return parameters ? [dot(directions[0], through), dot(directions[1], through)] : [0, 0];
}

export function createPlanes(store: Store, whole: ReturnType<typeof createLane>, part: ReturnType<typeof createLane>) {
  let needed: { window: Window; resolution: number } | null = null;
  /** What was answered last of the window in sight. */
  let answered = "";

  const ask = (
    state: State,
    entries: Entry[],
    how: { window: Window | null; resolution: number },
    signal: AbortSignal,
  ) => getPlane(specOf(state, entries), { along: alongOf(state), ...how, signal });

  const startWhole = (state: State, entries: Entry[], key: string) => async (signal: AbortSignal) => {
    try {
      const { landscape, plane } = await ask(
        state,
        entries,
        { window: null, resolution: table.levels.samples },
        signal,
      );
      const paths: PlaneOnMap["paths"] = Object.fromEntries(
        entries.map((entry, k) => [
          runKey(state, entry),
          [Float64Array.from(plane.paths[k].x), Float64Array.from(plane.paths[k].y)],
        ]),
      );
      const { parameters, share, sentence } = plane;
      needed = null;
      store.update(receivePlane, {
        key,
        problemKey: problemKey(state),
        landscape,
        levels: levelsOf(landscape.loss),
        parameters,
        share,
        sentence,
        start: startOn(plane),
        paths,
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      store.update(refusePlane, key, error.errors);
    }
  };

  /** The window in sight, as finely as the screen deserves. */
  function syncPart(state: State, entries: Entry[], key: string) {
    const id = JSON.stringify([key, needed]);
    if (!needed || answered === id || state.plane?.key !== key) return part.rest();
    const how = needed;
    part.wish({
      key: id,
      async start(signal) {
        const { landscape } = await ask(state, entries, how, signal);
        answered = id;
        const { plane } = store.get();
        if (plane?.key === key) store.update(receivePlane, plane, landscape);
      },
    });
  }

  function sync(state: State) {
    const entries = showsPlane(state) && !state.moving ? entriesOf(state) : null;
    const key = entries && keyOf(state, entries);
    if (!entries || !key || state.plane?.key === key || state.planeRefused?.key === key) whole.rest();
    else whole.wish({ key, start: startWhole(state, entries, key) });
    if (entries && key) syncPart(state, entries, key);
    else part.rest();
  }

  return {
    sync,
    need(window: Window, resolution: number) {
      needed = { window, resolution };
      sync(store.get());
    },
  };
}
