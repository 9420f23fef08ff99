/** Where every start ends, of the chosen run: coarse while a control is held, then finer and finer. */

import { askJson, Refused } from "../service/http.ts";
import { askLong } from "../service/longWork.ts";
import { chosenEntry } from "../state/chosen.ts";
import { searchedWindow } from "../state/search.ts";
import { problemKey, specOf } from "../state/state.ts";
import type { Ends, EndsComing, Spec, State } from "../state/types.ts";
import type { Resource, Wish } from "./resource.ts";

export interface WireEnds {
  x: number[];
  y: number[] | null;
  end: number[] | number[][];
  n_steps: number[] | number[][];
  minima: number[][];
  shares: number[];
  share_elsewhere: number;
  share_diverged: number;
  /** with other values of a hyperparameter, where that is asked for */
  over: { values: number[]; shares: number[][]; share_elsewhere: number[]; share_diverged: number[] } | null;
}

/** Starts a side: while a control is held, and at rest as many as the server takes within about two seconds. */
const HELD = 48;
const FINE = [256, 128, 64, 32];
/** Starts times steps. */
const MOST_STEPS = 2.1e7;

/** Of the width of the map: what is less is 0, found but for rounding. */
const NOTHING = 1e-9;

const endsFrom = (wire: WireEnds): Ends => ({
  x: wire.x,
  y: wire.y,
  end: Int16Array.from(wire.end.flat()),
  steps: wire.n_steps.flat(),
  minima: wire.minima.map((minimum) =>
    minimum.map((value) => (Math.abs(value) < NOTHING * (wire.x[wire.x.length - 1] - wire.x[0]) ? 0 : value)),
  ),
  shares: wire.shares,
  elsewhere: wire.share_elsewhere,
  diverged: wire.share_diverged,
});

/** @returns all that a map of starts depends on; null while there is none to be had */
export function endsAsked(state: State): { of: string; body: Spec } | null {
  const entry = chosenEntry(state);
  const window = state.problemOnMap?.key === problemKey(state) ? searchedWindow(state) : null;
  if (!entry || !window) return null;
  const { label: _, ...optimizer } = entry.optimizer;
  const body = { ...specOf(state, [{ ...entry, optimizer }]), start: null, domain: window };
  return { of: JSON.stringify(body), body };
}

export const ends: Resource<Wish & { of: string; body: object; held: boolean }> = {
  name: "ends",
  wishes(state) {
    const asked = endsAsked(state);
    const { ends: known, moving } = state;
    if (known?.cancelled && known.of === asked?.of) return null;
    const there = known?.of === asked?.of && (known?.done === 1 || (moving && known?.map));
    return asked && !there ? [{ ...asked, key: moving ? `${asked.of} held` : asked.of, held: moving }] : [];
  },
  async request({ of, body, held }, asked, { signal, receive }) {
    const put = (change: Partial<EndsComing>) => (state: State) => {
      const known = state.ends?.problemKey === problemKey(asked) ? state.ends : null;
      const fresh = { problemKey: problemKey(asked), map: known?.map ?? null, done: 0, cancelled: false };
      return { ...state, ends: { ...(known?.of === of ? known : fresh), of, ...change } };
    };
    const path = "/trajectories/basins";
    if (held) {
      const came = await askJson<WireEnds>({ path, body: { ...body, resolution: HELD }, signal });
      return put({ map: endsFrom(came) });
    }
    const steps = asked.stop.max_steps;
    const last = FINE.length - 1;
    for (let k = 0; ; k++) {
      if (k < last && FINE[k] ** 2 * steps > MOST_STEPS) continue;
      try {
        const request = { path, body: { ...body, resolution: FINE[k] }, signal };
        const came = await askLong<WireEnds>(request, (done, soFar) =>
          receive((state) => {
            const known = state.ends?.of === of ? state.ends.map : null;
            const finer = soFar && !(known && known.x.length > soFar.x.length);
            // All of it has come with the answer alone.
            const change = { done: Math.min(done, 0.99) };
            return put(finer ? { ...change, map: endsFrom(soFar) } : change)(state);
          }),
        );
        return put({ map: endsFrom(came), done: 1 });
      } catch (error) {
        const tooLarge = error instanceof Refused && error.errors.some(({ type }) => type === "work_too_large");
        if (!tooLarge || k === last) throw error;
      }
    }
  },
  serves: (underWay, wish) => underWay.key === wish.key,
  urgent: ({ moving }, asked) => moving !== asked.moving,
};

/** What has come stays; or it is taken up again. */
export const cancelEnds = (state: State, cancelled: boolean): State =>
  state.ends ? { ...state, ends: { ...state.ends, cancelled } } : state;
