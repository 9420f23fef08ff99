/** Sees to it that the landscape under the runs is there: the whole domain first, then the window in sight. */
import table from "../../../data/drawing.json" with { type: "json" };
import { levelsOf } from "../../math/levels.ts";
import { receiveLandscape, receiveProblem } from "../../state/receiving.ts";
import { isLineFit, datasetOf, surfaceOf } from "../../state/catalog.ts";
import { problemKey } from "../../state/state.ts";
import type { Landscape, State, Window, ProblemOnMap } from "../../state/types.ts";
import type { WireProblem } from "../../service/api.ts";
import type { Store } from "../../state/store.ts";
import type { createLane } from "./lane.ts";

/** Samples a side of the whole domain: levels come from these, so it is the same on every screen. */
const WHOLE = table.levels.samples;
/** The same while points are dragged. */
const WHILE_MOVING = 40;

type Described = { problem: WireProblem; start: number[] };

/** What can be said of a problem before any run of it has answered. */
function described(state: State, whole: Landscape): Described {
  const surface = surfaceOf(state.catalog, state.problem.surface);
  const fit = isLineFit(state.problem);
  const parameters = fit ? ["slope", "intercept"] : whole.y ? ["x", "y"] : ["x"];
  const usual = state.catalog?.own_formula?.start.slice(0, parameters.length);
  const middle = whole.window.map(([low, high]) => (low + high) / 2);
  return {
    problem: { kind: fit ? "line_fit" : surface ? "surface" : "expression", parameters, domain: whole.window, minima: surface?.minima ?? [] },
    start: surface?.start ?? (fit ? [1, 0] : (usual ?? middle)),
  };
}

function pointsOf(state: State, said: Described): [number, number][] | null {
  if (!isLineFit(state.problem)) return null;
  return said.problem.points ?? state.problem.points ?? datasetOf(state.catalog, state.problem.dataset)?.points ?? null;
}

function problemOnMapOf(state: State, key: string, said: Described, whole: Landscape | null): ProblemOnMap {
  // While points are dragged the map stays where it is, or it would slide away under the hand.
  const domain = state.moving && state.problemOnMap ? state.problemOnMap.problem.domain : said.problem.domain;
  const problem = { ...said.problem, domain, label: said.problem.label ?? "" };
  return { key, problem, start: said.start, points: pointsOf(state, said), wholeLandscape: whole, levels: whole && levelsOf(whole.loss) };
}

/**
 * @param wholeLane  lane for the domain
 * @param part  lane for the window in sight
 */
export function createLandscapes(
  { store, getLandscape }: { store: Store; getLandscape: typeof import("../../service/api.ts").getLandscape },
  wholeLane: ReturnType<typeof createLane>,
  part: ReturnType<typeof createLane>,
) {
  let latest: { key: string; said: Described } | null = null;
  /** coarse: of the domain as it was before points were dragged. */
  let under: { key: string; whole: Landscape; coarse: boolean } | null = null;
  let needed: { window: Window; resolution: number } | null = null;
  /** The window that was answered last. */
  let answered = "";
  /** Problems that have no landscape. */
  const refused: Set<string> = new Set();

  /** Change to a problem once its landscape is there; the first one appears before it. */
  function offer() {
    const state = store.get();
    const key = problemKey(state);
    const whole = under?.key === key ? under.whole : null;
    if (state.problemOnMap?.key === key && (state.problemOnMap.wholeLandscape === whole || !whole)) return correct(state, key);
    if (!whole && state.problemOnMap) return;
    const alone = !state.entries.length || state.fault?.kind === "refused";
    const said = latest?.key === key ? latest.said : whole && alone ? described(state, whole) : null;
    if (said) store.update(receiveProblem, problemOnMapOf(state, key, said, whole));
  }

  /** What was said before any run had answered may have been a guess. */
  function correct(state: State, key: string) {
    const { problemOnMap } = state;
    const start = latest?.key === key ? latest.said.start : null;
    if (!problemOnMap || !start || start.join() === problemOnMap.start.join()) return;
    store.update(receiveProblem, { ...problemOnMap, start });
  }

  const wholeOf = (state: State, key: string) => async (signal: AbortSignal) => {
    const held = state.moving && isLineFit(state.problem) && state.problemOnMap;
    const window = held ? held.problem.domain : null;
    const whole = await getLandscape(state.problem, window, held ? WHILE_MOVING : WHOLE, signal);
    under = { key, whole, coarse: Boolean(held) };
    offer();
  };

  const partOf = (state: State, key: string, need: { window: Window; resolution: number }) => async (signal: AbortSignal) => {
    const landscape = await getLandscape(state.problem, need.window, need.resolution, signal);
    answered = key;
    store.update(receiveLandscape, problemKey(state), landscape);
  };

  return {
    describe(key: string, problem: WireProblem, start: number[]) {
      latest = { key, said: { problem, start } };
      offer();
    },
    sync(state: State) {
      const key = problemKey(state);
      // Once the hand has left the points the map may move to where the minimum now lies, as a reload would have it.
      const coarse = state.moving && isLineFit(state.problem);
      const id = coarse ? `${key} moving` : key;
      if (refused.has(id) || (under?.key === key && (coarse || !under.coarse))) wholeLane.rest();
      else wholeLane.wish({ key: id, start: wholeOf(state, key) }, !state.moving);
      if (under?.key === key) offer();
      this.syncPart(state, key);
    },
    syncPart(state: State, key: string) {
      const id = JSON.stringify([key, needed]);
      const other = needed?.window.length !== state.problemOnMap?.problem.parameters.length;
      const early = other || state.problemOnMap?.key !== key || !state.problemOnMap.wholeLandscape || (state.moving && isLineFit(state.problem));
      const fits = needed?.window.length === state.problemOnMap?.problem.parameters.length;
      const there = answered === id && (state.landscape !== null || refused.has(id));
      if (!needed || !fits || early || there) return part.rest();
      part.wish({ key: id, start: partOf(state, id, needed) });
    },
    /** The server will not have a request of one of the lanes. @param key  of the request */
    refuse(key: string) {
      refused.add(key);
      answered = key;
    },
    need(window: Window, resolution: number) {
      needed = { window, resolution };
      const state = store.get();
      this.syncPart(state, problemKey(state));
    },
  };
}
