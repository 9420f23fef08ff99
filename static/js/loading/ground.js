/** Sees to it that the ground under the runs is there: the whole domain first, then the window in sight. */
import table from "../../data/sheet.js";
import { levelsOf } from "../math/levels.js";
import { receiveLandscape, receiveWorld } from "../state/receiving.js";
import { isLineFit, datasetOf, surfaceOf } from "../state/catalog.js";
import { problemKey } from "../state/state.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").World} World */
/** @typedef {import("../state/types.js").Window} Window */
/** @typedef {import("../state/types.js").Landscape} Landscape */
/** @typedef {import("../net/api.js").WireProblem} WireProblem */

/** Samples a side of the whole domain: levels come from these, so it is the same on every screen. */
const WHOLE = table.levels.samples;
/** The same while points are dragged. */
const WHILE_MOVING = 40;

/** @typedef {{problem: WireProblem, start: number[]}} Described */

/**
 * What can be said of a problem before any run of it has answered.
 * @param {State} state @param {Landscape} ground @returns {Described}
 */
function described(state, ground) {
  const surface = surfaceOf(state.catalog, state.problem.surface);
  const fit = isLineFit(state.problem);
  const parameters = fit ? ["slope", "intercept"] : ground.y ? ["x", "y"] : ["x"];
  const usual = state.catalog?.own_formula?.start.slice(0, parameters.length);
  const middle = ground.window.map(([low, high]) => (low + high) / 2);
  return {
    problem: { kind: fit ? "line_fit" : surface ? "surface" : "expression", parameters, domain: ground.window, minima: surface?.minima ?? [] },
    start: surface?.start ?? (fit ? [1, 0] : (usual ?? middle)),
  };
}

/** @param {State} state @param {Described} said @returns {[number, number][] | null} */
function pointsOf(state, said) {
  if (!isLineFit(state.problem)) return null;
  return said.problem.points ?? state.problem.points ?? datasetOf(state.catalog, state.problem.dataset)?.points ?? null;
}

/** @param {State} state @param {string} key @param {Described} said @param {Landscape | null} ground @returns {World} */
function worldOf(state, key, said, ground) {
  // While points are dragged the sheet stays where it is, or it would slide away under the hand.
  const domain = state.moving && state.world ? state.world.problem.domain : said.problem.domain;
  const problem = { ...said.problem, domain, label: said.problem.label ?? "" };
  return { key, problem, start: said.start, points: pointsOf(state, said), ground, levels: ground && levelsOf(ground.loss) };
}

/**
 * @param {object} ports
 * @param {import("../state/store.js").Store} ports.store
 * @param {typeof import("../net/api.js").getLandscape} ports.getLandscape
 * @param {ReturnType<typeof import("./lane.js").createLane>} whole  lane for the domain
 * @param {ReturnType<typeof import("./lane.js").createLane>} part  lane for the window in sight
 */
export function createGround({ store, getLandscape }, whole, part) {
  /** @type {{key: string, said: Described} | null} */
  let latest = null;
  /** coarse: of the domain as it was before points were dragged. @type {{key: string, ground: Landscape, coarse: boolean} | null} */
  let under = null;
  /** @type {{window: Window, resolution: number} | null} */
  let needed = null;
  /** The window that was answered last. */
  let answered = "";
  /** Problems that have no ground. @type {Set<string>} */
  const refused = new Set();

  /** Change to a problem once its ground is there; the first one appears before it. */
  function offer() {
    const state = store.get();
    const key = problemKey(state);
    const ground = under?.key === key ? under.ground : null;
    if (state.world?.key === key && (state.world.ground === ground || !ground)) return correct(state, key);
    if (!ground && state.world) return;
    const alone = !state.entries.length || state.fault?.kind === "refused";
    const said = latest?.key === key ? latest.said : ground && alone ? described(state, ground) : null;
    if (said) store.update(receiveWorld, worldOf(state, key, said, ground));
  }

  /** What was said before any run had answered may have been a guess. @param {State} state @param {string} key */
  function correct(state, key) {
    const { world } = state;
    const start = latest?.key === key ? latest.said.start : null;
    if (!world || !start || start.join() === world.start.join()) return;
    store.update(receiveWorld, { ...world, start });
  }

  /** @param {State} state @param {string} key */
  const wholeOf = (state, key) => async (/** @type {AbortSignal} */ signal) => {
    const held = state.moving && isLineFit(state.problem) && state.world;
    const window = held ? held.problem.domain : null;
    const ground = await getLandscape(state.problem, window, held ? WHILE_MOVING : WHOLE, signal);
    under = { key, ground, coarse: Boolean(held) };
    offer();
  };

  /** @param {State} state @param {string} key @param {{window: Window, resolution: number}} need */
  const partOf = (state, key, need) => async (/** @type {AbortSignal} */ signal) => {
    const landscape = await getLandscape(state.problem, need.window, need.resolution, signal);
    answered = key;
    store.update(receiveLandscape, problemKey(state), landscape);
  };

  return {
    /** @param {string} key @param {WireProblem} problem @param {number[]} start */
    describe(key, problem, start) {
      latest = { key, said: { problem, start } };
      offer();
    },
    /** @param {State} state */
    sync(state) {
      const key = problemKey(state);
      // Once the hand has left the points the sheet may move to where the minimum now lies, as a reload would have it.
      const coarse = state.moving && isLineFit(state.problem);
      const id = coarse ? `${key} moving` : key;
      if (refused.has(id) || (under?.key === key && (coarse || !under.coarse))) whole.rest();
      else whole.wish({ key: id, start: wholeOf(state, key) }, !state.moving);
      if (under?.key === key) offer();
      this.syncPart(state, key);
    },
    /** @param {State} state @param {string} key */
    syncPart(state, key) {
      const id = JSON.stringify([key, needed]);
      const other = needed?.window.length !== state.world?.problem.parameters.length;
      const early = other || state.world?.key !== key || !state.world.ground || (state.moving && isLineFit(state.problem));
      const fits = needed?.window.length === state.world?.problem.parameters.length;
      const there = answered === id && (state.landscape !== null || refused.has(id));
      if (!needed || !fits || early || there) return part.rest();
      part.wish({ key: id, start: partOf(state, id, needed) });
    },
    /** The server will not have a request of one of the lanes. @param {string} key  of the request */
    refuse(key) {
      refused.add(key);
      answered = key;
    },
    /** @param {Window} window @param {number} resolution */
    need(window, resolution) {
      needed = { window, resolution };
      const state = store.get();
      this.syncPart(state, problemKey(state));
    },
  };
}
