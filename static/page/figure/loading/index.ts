/**
 * Brings the state what it lacks. Controls only say what they want in the state; this module looks at what is there,
 * asks for the rest, and tries again when the server is gone.
 */

import type {
  Column,
  getBand,
  getCatalog,
  getLandscape,
  getRuns,
  getSweep,
  getWholeCatalog,
} from "../../service/api.ts";
import { Refused } from "../../service/http.ts";
import type { Clock } from "../../service/persist.ts";
import { passing, pauseAfter, persist } from "../../service/persist.ts";
import type { streamRuns } from "../../service/stream.ts";
import { isSearching } from "../../state/explain.ts";
import { bringsParameters, showsPlane } from "../../state/network.ts";
import { runRefuses } from "../../state/phases.ts";
import { receiveCatalog, setFault, UNFETCHED } from "../../state/receiving.ts";
import { problemKey } from "../../state/state.ts";
import type { Store } from "../../state/store.ts";
import type { Entry, Refusal, State, Window } from "../../state/types.ts";
import { createColumns } from "./columns.ts";
import { createLandscapes } from "./landscape.ts";
import { createLane } from "./lane.ts";
import { createRuns } from "./runs.ts";
import { createSweeps } from "./sweeps.ts";

/** Milliseconds a request may take once the next one waits. */
const PATIENCE = 150;

interface Api {
  getCatalog: typeof getCatalog;
  getWholeCatalog: typeof getWholeCatalog;
  getRuns: typeof getRuns;
  getLandscape: typeof getLandscape;
  getSweep: typeof getSweep;
  getBand: typeof getBand;
  streamRuns: typeof streamRuns;
}

/** @returns when all that failed is asked for again; null: it has not, or it is being asked */
const waitsUntil = ({ fault }: State): number | null => (fault?.kind === "gone" ? fault.retryAt : null);

/** @param needs  columns that are drawn of runs, besides parameters and loss */
export function createLoader({
  store,
  api,
  clock,
  needs,
}: {
  store: Store;
  api: Api;
  clock: Clock;
  needs: (state: State) => Column[];
}) {
  /** A rule evaluates its gradient once a step: that is not asked. */
  const needed = (state: State, { optimizer }: Entry) =>
    needs(state).filter((name) => name !== "evaluations" || runRefuses(state.catalog, optimizer, "program"));
  const columnsOf = (state: State, entry: Entry): Column[] =>
    bringsParameters(state, entry)
      ? [...new Set<Column>(["parameters", "loss", ...needed(state, entry)])]
      : ["loss", ...needed(state, entry).filter((name) => name === "evaluations")];
  const ending = new AbortController();
  let timer = 0;
  /** How often all that fails was asked for again, since something was answered. */
  let tried = 0;

  /** Requests that fail together wait together, as long as the longest of them. */
  function onError(error: unknown) {
    if (error instanceof Refused) return;
    const gone = passing(error);
    if (!gone) throw error;
    const retryAt = clock.now() + 1000 * pauseAfter(gone, tried);
    if ((waitsUntil(store.get()) ?? 0) >= retryAt) return;
    clock.cancel(timer);
    timer = clock.after(() => {
      tried += 1;
      retry();
    }, retryAt - clock.now());
    store.update(setFault, { kind: "gone", said: gone.message, retryAt });
  }

  const onRefused = (errors: Refusal[], entry: number | null = null) =>
    store.update(setFault, { kind: "refused", errors, problemKey: problemKey(store.get()), entry });

  function onLandscapeError(error: unknown, key: string) {
    if (!(error instanceof Refused)) return onError(error);
    landscapes.refuse(key);
    if (key === problemKey(store.get())) onRefused(error.errors);
  }

  /** @param ids  that have been answered for */
  function onAnswer(ids: number[]) {
    tried = 0;
    const { fault } = store.get();
    const settled = fault && (fault.kind !== "refused" || fault.entry === null || ids.includes(fault.entry));
    if (settled) store.update(setFault, null);
  }

  /** All that was asked again has been answered, or is wanted no more. */
  function settle() {
    const { fault } = store.get();
    if (fault?.kind === "gone" && fault.retryAt === null && !lanes.some(({ busy }) => busy()))
      store.update(setFault, null);
  }

  const lanes: ReturnType<typeof createLane>[] = [];
  const lane = (onFailure: (error: unknown, key: string) => void) => {
    const made = createLane({ clock, patience: PATIENCE, onError: onFailure, onIdle: settle });
    lanes.push(made);
    return made;
  };
  let sweeping = false;
  const landscapes = createLandscapes({ store, ...api }, lane(onLandscapeError), lane(onLandscapeError));
  const runs = createRuns(
    { store, ...api, columnsOf, onProblem: landscapes.describe, onAnswer, onRefused },
    lane(onError),
  );
  const sweeps = createSweeps({ store, getSweep: api.getSweep }, lane(onError));

  /** A part that few states ask for, fetched with the first that does. */
  function seldom<P extends { sync: (state: State) => void }>(
    wanted: (state: State) => boolean,
    load: () => Promise<P>,
  ) {
    let [part, coming] = [null as P | null, false];
    return {
      part: () => part,
      sync(state: State) {
        if (part || coming || !wanted(state)) return part?.sync(state);
        coming = true;
        const onWait = () => void (store.get().fault || store.update(setFault, UNFETCHED));
        persist(load, { signal: ending.signal, onWait, clock }).then(
          (made) => {
            part = made;
            if (store.get().fault === UNFETCHED) store.update(setFault, null);
            part.sync(store.get());
          },
          (error) => {
            if (!ending.signal.aborted) throw error;
          },
        );
      },
    };
  }

  const ghosts = seldom(
    ({ entries }) => entries.some(({ optimizer }) => optimizer.changes?.length),
    async () => (await import("./ghosts.ts")).createGhosts({ store, getRuns: api.getRuns }, lane(onError)),
  );
  const search = seldom(isSearching, async () =>
    (await import("./search.ts")).createSearch({ store, getLandscape: api.getLandscape }, lane(onError)),
  );
  const planes = seldom(showsPlane, async () =>
    (await import("./plane.ts")).createPlanes(store, lane(onError), lane(onError)),
  );
  const bands = seldom(
    ({ seeds }) => seeds,
    async () => (await import("./bands.ts")).createBands({ store, getBand: api.getBand }, lane(onError)),
  );
  const columns = createColumns({ store, columnsOf, getRuns: api.getRuns }, lane(onError));
  const catalog = lane(onError);

  async function fetchCatalog() {
    store.update(receiveCatalog, await api.getCatalog());
    if (!store.get().entries.length) onAnswer([]);
  }

  /** Ask for whatever is missing. */
  function sync(state: State) {
    if (waitsUntil(state) !== null) return;
    runs.sync(state);
    if (!state.catalog) catalog.wish({ key: "catalog", start: fetchCatalog });
    landscapes.sync(state);
    if (sweeping) sweeps.sync(state);
    columns.sync(state);
    for (const part of [planes, search, ghosts, bands]) part.sync(state);
    settle();
  }

  /** Ask again now; what is said of the server stands until it has answered. */
  function retry() {
    const { fault } = store.get();
    if (fault?.kind !== "gone" || fault.retryAt === null) return;
    clock.cancel(timer);
    store.update(setFault, { ...fault, retryAt: null });
  }

  const leave = store.subscribe(sync);
  return {
    start: () => sync(store.get()),
    /** @param window  in sight @param resolution  samples a side */
    needLandscape: (window: Window, resolution: number) =>
      (showsPlane(store.get()) ? planes.part() : landscapes)?.need(window, resolution),
    retry,
    /** All there is to read about what the catalog names. */
    async wholeCatalog() {
      if (!store.get().catalog?.networks) store.update(receiveCatalog, await api.getWholeCatalog());
    },
    /** Something shows where each learning rate ends. */
    wantSweeps() {
      sweeping = true;
    },
    destroy() {
      ending.abort();
      leave();
      clock.cancel(timer);
      for (const each of lanes) each.drop();
    },
  };
}
