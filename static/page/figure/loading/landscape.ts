/** Sees to it that the landscape under the runs is there: the whole domain first, then the window in sight. */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { levelsOf } from "../../math/levels.ts";
import { createChanged } from "../../reads.ts";
import type { WireProblem } from "../../service/api.ts";
import { countOf } from "../../state/actions.ts";
import { datasetOf, isLineFit, surfaceOf } from "../../state/catalog.ts";
import { receiveLandscape, receiveProblem } from "../../state/receiving.ts";
import { problemKey, runKey } from "../../state/state.ts";
import type { Store } from "../../state/store.ts";
import type { Landscape, ProblemOnMap, State, Window } from "../../state/types.ts";
import type { createLane } from "./lane.ts";

/** Samples a side of the whole domain: levels come from these, so it is the same on every screen. */
const WHOLE = table.levels.samples;
/** The same while points are dragged. */
const WHILE_MOVING = 40;

type Described = { problem: WireProblem; start: number[] };

/** What can be said of a problem before any run of it has answered. */
function guessed(state: State, whole: Landscape): Described {
  const surface = surfaceOf(state.catalog, state.problem.surface);
  const fit = isLineFit(state.problem);
  const parameters = fit ? ["slope", "intercept"] : whole.y ? ["x", "y"] : ["x"];
  const usual = state.catalog?.own_formula?.start.slice(0, parameters.length);
  const middle = whole.window.map(([low, high]) => (low + high) / 2);
  return {
    problem: {
      kind: fit ? "line_fit" : surface ? "surface" : "expression",
      parameters,
      domain: whole.window,
      minima: surface?.minima ?? [],
    },
    start: surface?.start ?? (fit ? [1, 0] : (usual ?? middle)),
  };
}

function pointsOf(state: State, said: Described): [number, number][] | null {
  if (!isLineFit(state.problem)) return null;
  return said.problem.points ?? state.problem.points ?? datasetOf(state.catalog, state.problem.dataset)?.points ?? null;
}

const isFormula = ({ problem }: State) => problem.expression !== undefined;

/** Whether all runs are there, and no hand is on a control. */
const hasSettled = (state: State) =>
  !state.moving &&
  (state.fault !== null ||
    state.entries.every((entry) => {
      const run = state.runs[entry.id];
      return run?.key === runKey(state, entry) && run.end !== null;
    }));

function problemOnMapOf(state: State, key: string, said: Described, whole: Landscape | null): ProblemOnMap {
  // While points are dragged the map stays where it is, or it would slide away under the hand.
  const held = state.moving && isLineFit(state.problem);
  const own = (isFormula(state) && whole?.window) || said.problem.domain;
  const domain = held && state.problemOnMap ? state.problemOnMap.problem.domain : own;
  const problem = { ...said.problem, domain, label: said.problem.label ?? "" };
  return {
    key,
    problem,
    start: said.start,
    points: pointsOf(state, said),
    wholeLandscape: whole,
    levels: whole && levelsOf(whole.loss),
  };
}

/**
 * @param wholeLane  lane for the domain
 * @param part  lane for the window in sight
 */
export function createLandscapes(
  {
    store,
    getLandscape,
    getRuns,
  }: Pick<typeof import("../../service/api.ts"), "getLandscape" | "getRuns"> & { store: Store },
  wholeLane: ReturnType<typeof createLane>,
  part: ReturnType<typeof createLane>,
) {
  /** What was said last of a problem, and the whole landscape that came last. */
  let said: { key: string; of: Described } | null = null;
  /**
   * window: the one asked for; null: the usual domain
   * coarse: of the domain as it was before points were dragged
   */
  let whole: { key: string; landscape: Landscape; coarse: boolean; window: Window | null } | null = null;
  /** Of a formula over its usual domain. */
  let usual: { key: string; landscape: Landscape } | null = null;
  let needed: { window: Window; resolution: number } | null = null;
  /** The network that was described last without a run of its own. */
  let described = "";
  /** The window that was answered last. */
  let answered = "";
  /** Requests that the server will not have. */
  const refused: Set<string> = new Set();

  /** Comes when it is first wanted: most landscapes name their domain. */
  let domainOf: typeof import("./domain.ts").domainOf | null = null;
  const changed = createChanged();
  let found: Window = [];

  /**
   * The domain of a formula: held while it is typed, while a control is held, and until its runs have ended.
   * @returns null: the usual one; undefined: not to be told yet
   */
  function formulaWindow(state: State, key: string): Window | null | undefined {
    const {
      problemOnMap: shown,
      problem: { expression = "" },
      start,
      entries,
    } = state;
    const other = (window: Window) =>
      String(window) === String(usual?.landscape.window) || refused.has(`${key} ${window}`) ? null : window;
    if (!hasSettled(state)) {
      const alike = shown?.problem.kind === "expression" && shown.problem.parameters.length === countOf(expression);
      return alike ? other(shown.problem.domain) : state.moving ? null : undefined;
    }
    if (usual?.key !== key || !domainOf) return undefined;
    const { landscape } = usual;
    const from = start ?? (said?.key === key ? said.of : guessed(state, landscape)).start;
    const runs = entries.map(({ id }) => state.runs[id]).filter((run) => run?.problemKey === key);
    if (changed(landscape, String(from), ...runs)) found = domainOf(landscape, from, runs);
    return other(found);
  }

  /** Change to a problem once its landscape is there; the first one appears before it. */
  function offer() {
    const state = store.get();
    const { problemOnMap: shown } = state;
    const key = problemKey(state);
    const formula = isFormula(state);
    const ready = whole?.key === key && (!formula || String(formulaWindow(state, key)) === String(whole.window));
    const landscape = ready && whole ? whole.landscape : null;
    const known = said?.key === key ? said.of : null;
    if (shown?.key === key && (!landscape || shown.wholeLandscape === landscape)) {
      // What was said before any run had answered may have been a guess.
      if (known && known.start.join() !== shown.start.join())
        store.update(receiveProblem, { ...shown, start: known.start });
    } else if (landscape || known?.problem.domain.length === 0 || (!shown && !formula)) {
      const alone = !state.entries.length || state.fault?.kind === "refused";
      const told = known ?? (landscape && alone ? guessed(state, landscape) : null);
      if (told) store.update(receiveProblem, problemOnMapOf(state, key, told, landscape));
    }
  }

  /** @param key  of the request @param wanted  null: nothing, for now */
  function ask(
    lane: typeof part,
    { problem }: State,
    key: string,
    wanted: { window: Window | null; resolution: number } | null,
    take: (landscape: Landscape) => void | Promise<void>,
    urgent: boolean = false,
  ) {
    if (!wanted || refused.has(key)) return lane.rest();
    lane.wish(
      { key, start: async (signal) => take(await getLandscape(problem, wanted.window, wanted.resolution, signal)) },
      urgent,
    );
  }

  const isDragged = (state: State) => state.moving && isLineFit(state.problem);

  /** A network has no landscape but on a plane; without runs it is described by a run of one step. */
  function syncNetwork(state: State, key: string) {
    const id = JSON.stringify([key, state.seed]);
    if (state.entries.length || described === id || refused.has(id) || !state.catalog) return wholeLane.rest();
    wholeLane.wish({
      key: id,
      async start(signal) {
        const { withoutRuns } = await import("./withoutRuns.ts");
        const { problem, start } = await withoutRuns(state, getRuns, signal);
        described = id;
        said = { key, of: { problem, start } };
        if (hasMap(state, key)) syncWhole(state, key);
        offer();
      },
    });
  }

  /** @returns whether a map shows the whole problem; of a network that is known once it has been described */
  const hasMap = ({ problem }: State, key: string) =>
    !problem.network || (said?.key === key && said.of.problem.domain.length > 0);

  /** Once the hand has left the points the map may move to where the minimum now lies, as a reload would have it. */
  function syncWhole(state: State, key: string) {
    const dragged = isDragged(state);
    const held = dragged ? state.problemOnMap?.problem.domain : isFormula(state) ? formulaWindow(state, key) : null;
    const window = held ?? null;
    const coarse = dragged && window !== null;
    const there = whole?.key === key && (dragged || (!whole.coarse && String(whole.window) === String(window)));
    const id = dragged ? `${key} moving` : window ? `${key} ${window}` : key;
    ask(
      wholeLane,
      state,
      id,
      there ? null : { window, resolution: coarse ? WHILE_MOVING : WHOLE },
      async (landscape) => {
        whole = { key, landscape, coarse, window };
        if (isFormula(state)) ({ domainOf } = await import("./domain.ts"));
        if (!window) usual = { key, landscape };
        // Which window of a formula is wanted may follow from this one.
        const now = store.get();
        syncWhole(now, problemKey(now));
      },
      !state.moving,
    );
    if (whole?.key === key) offer();
  }

  /** The window in sight comes after the whole, at rest. */
  function syncPart(state: State, key: string) {
    const { problemOnMap: shown } = state;
    const id = JSON.stringify([key, needed]);
    const ready =
      shown?.key === key &&
      shown.wholeLandscape &&
      shown.problem.parameters.length === needed?.window.length &&
      !isDragged(state);
    ask(part, state, id, ready && !(answered === id && state.landscape) ? needed : null, (landscape) => {
      answered = id;
      store.update(receiveLandscape, key, landscape);
    });
  }

  return {
    describe(key: string, problem: WireProblem, start: number[]) {
      said = { key, of: { problem, start } };
      offer();
    },
    sync(state: State) {
      const key = problemKey(state);
      if (hasMap(state, key)) syncWhole(state, key);
      else syncNetwork(state, key);
      syncPart(state, key);
    },
    /** The server will not have a request of one of the lanes. @param key  of the request */
    refuse: (key: string) => void refused.add(key),
    need(window: Window, resolution: number) {
      needed = { window, resolution };
      const state = store.get();
      syncPart(state, problemKey(state));
    },
  };
}
