/** Where the chosen run ends from every start of a grid: coarse while a control is held, then finer and finer. */

import { Refused, requestJson } from "../service/http.ts";
import { requestLong } from "../service/stream.ts";
import { chosenEntry } from "../state/chosenRun.ts";
import { needsEnds } from "../state/ends.ts";
import { drawnReply, replyFor, replyStatus } from "../state/replies.ts";
import { problemKey, specOf } from "../state/state.ts";
import type { Ends, Spec, State, Wire } from "../state/types.ts";
import { type Need, type ResourceInState, setCancelled } from "./resource.ts";
import { searchedWindow } from "./search.ts";

/** Starts a side while a control is held. */
const COARSE = 48;
const FINE = [256, 128, 64, 32];
/** Starts times steps at rest: the server takes about two seconds for so many. */
const MOST_STEPS = 2.1e7;

/** A coordinate below this share of the map's width is written as 0: it differs from 0 by rounding alone. */
const NOTHING = 1e-9;

/** @returns starts a side, the finest first, that may be asked for of runs of so many steps */
const resolutionsFor = (steps: number) =>
  FINE.filter((resolution, k) => resolution ** 2 * steps <= MOST_STEPS || k === FINE.length - 1);

const isTooLarge = (error: unknown) =>
  error instanceof Refused && error.errors.some(({ type }) => type === "work_too_large");

const endsFrom = (wire: Wire["BasinsReached"]): Ends => ({
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

/** @returns the request for a map of starts, and its key; null while there is none to be had */
export function endsRequest(state: State): { key: string; body: Spec } | null {
  const entry = chosenEntry(state);
  const window = state.problemOnMap?.key === problemKey(state) ? searchedWindow(state) : null;
  if (!entry || !window) return null;
  const { label: _, ...optimizer } = entry.optimizer;
  const body = { ...specOf(state, [{ ...entry, optimizer }]), start: null, domain: window };
  return { key: JSON.stringify(body), body };
}

type EndsNeed = Need & { body: object; coarse: boolean };

const coarseKey = (key: string) => `${key} coarse`;

export const ends: ResourceInState<"ends", EndsNeed> = {
  name: "ends",
  capacity: 4,
  needs(state) {
    const request = needsEnds(state) && endsRequest(state);
    if (!request) return [];
    const { key, body } = request;
    const coarse = state.dragging && !replyFor(state, "ends", key);
    return [{ key: coarse ? coarseKey(key) : key, subject: problemKey(state), body, coarse }];
  },
  async request({ key, body, coarse }, { state, signal, onProgress }) {
    const path = "/trajectories/basins";
    const bodyWith = (resolution: number) => ({ ...body, resolution });
    if (coarse) return endsFrom(await requestJson<Wire["BasinsReached"]>({ path, body: bodyWith(COARSE), signal }));
    const previous = replyFor(state, "ends", coarseKey(key));
    const requestFinest = async ([resolution, ...coarser]: number[]): Promise<Ends> => {
      try {
        const request = { path, body: bodyWith(resolution), signal };
        const came = await requestLong<Wire["BasinsReached"]>(request, (done, soFar) => {
          const finer = soFar && !(previous && previous.x.length > soFar.x.length);
          onProgress({ done, ...(finer && { soFar: endsFrom(soFar) }) });
        });
        return endsFrom(came);
      } catch (error) {
        if (coarser.length && isTooLarge(error)) return requestFinest(coarser);
        throw error;
      }
    };
    return requestFinest(resolutionsFor(state.stop.max_steps));
  },
  isUrgent: (sent, need) => sent.coarse !== need.coarse,
};

/** How far the ends that are asked for have come. map: of the problem on the map; done: a share */
export function endsComing(state: State) {
  const key = endsRequest(state)?.key ?? "";
  const { value, done = 0, refused, cancelled = false } = replyStatus(state, ends, key) ?? {};
  const map = drawnReply(state, "ends", state.problemOnMap?.key ?? "");
  return { map, done: value ? 1 : Math.min(done, 0.99), refused, cancelled };
}

export const cancelEnds = (state: State, cancelled: boolean): State =>
  setCancelled(state, "ends", endsRequest(state)?.key ?? "", cancelled);
