/** A figure's table on a server without a network. */

import type { Resource } from "../../../static/page/resources/resource.ts";
import { RESOURCES } from "../../../static/page/resources/stateResources.ts";
import { createTable } from "../../../static/page/resources/table.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { emptyState, withAddress } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import type { Column, Spec, State } from "../../../static/page/state/types.ts";
import { pairs } from "../pairs.ts";
import { settled, standingClock } from "./clock.ts";

type Api = Parameters<typeof createTable>[0]["api"];
/** How a stream of runs is asked for; its events are as the server writes them. */
export type Streamed = Omit<Parameters<Api["streamRuns"]>[1], "onEvents"> & {
  onEvents: (events: object[], lastId: string | null) => void;
};

export const PROBLEM = {
  kind: "surface",
  parameters: ["x", "y"],
  domain: pairs(-1, 1, -1, 1),
  minima: [],
};
export const GROUND = {
  x: new Float64Array([-1, 1]),
  y: new Float64Array([-1, 1]),
  loss: new Float64Array([1, 2, 3, 4]),
  window: pairs(-1, 1, -1, 1),
};

/** @returns the columns of a reply @param columns  asked for */
const stepRows = (steps: number, columns: string[]) => ({
  ...(columns.includes("gradient") && { gradient: { x: Array(steps).fill(1), y: Array(steps).fill(2) } }),
  ...(columns.includes("batch") && { batch: null }),
});

export const rows = (from: number, to: number) => ({
  parameters: { x: Array(to - from).fill(0), y: Array(to - from).fill(0) },
  loss: Array.from({ length: to - from }, (_, k) => 1 / (1 + from + k)),
});

/** The reply to a spec: three steps of each run. @param more  of it @param of  each run */
export const replyOf = ({ optimizers }: Pick<Spec, "optimizers">, more: object = {}, of: object = rows(0, 4)) => ({
  problem: PROBLEM,
  start: [1, 1],
  runs: optimizers.map(() => ({ ...of, stop_reason: "max_steps", n_steps: 3 })),
  ...more,
});

/** The same as a stream. */
export function sendReply({ problem, start, runs }: ReturnType<typeof replyOf>, { onEvents }: Streamed) {
  onEvents([{ type: "start", problem, start, runs: runs.map((_, run) => ({ run })) }], null);
  for (const [run, { stop_reason, n_steps, ...columns }] of runs.entries())
    onEvents(
      [
        { type: "steps", run, from: 0, ...columns },
        { type: "end", run, stop_reason, n_steps },
      ],
      `after ${run}`,
    );
}

/** All of a stream, with what is drawn of steps. */
export const sendRuns = (spec: Spec, how: Streamed) =>
  sendReply(replyOf(spec, {}, { ...rows(0, 4), ...stepRows(3, ["gradient", "batch"]) }), how);

/** A page without a screen on a server without a network. */
export function setUp(
  replace: { [name in keyof Api]?: unknown } = {},
  viewColumns: (state: State) => Column[] = () => [],
  further: Resource[] = [],
) {
  const asked: { route: string; spec: Spec; lastId?: string | null }[] = [];
  const api = {
    getCatalog: async () => ({ optimizers: [], surfaces: [], datasets: [], losses: [], schedules: [], limits: {} }),
    getLandscape: async () => GROUND,
    getSweep: async () => ({ values: [], loss: [], stop_reason: [] }),
    getRuns: async (spec: Spec, { columns }: { columns: string[] }) => {
      asked.push({ route: columns.join(), spec });
      return {
        problem: PROBLEM,
        start: [1, 1],
        runs: spec.optimizers.map(() => ({
          ...rows(0, spec.stop.max_steps + 1),
          ...stepRows(spec.stop.max_steps, columns),
          stop_reason: "max_steps" as const,
          n_steps: spec.stop.max_steps,
        })),
      };
    },
    streamRuns: async (spec: Spec, how: Streamed) => {
      asked.push({ route: "stream", spec, lastId: how.lastId });
      sendRuns(spec, how);
    },
    ...replace,
  };
  const clock = standingClock();
  const store = createStore(
    withAddress(
      emptyState(),
      readAddress("surface=bowl&max_steps=3&optimizer=gd:learning_rate=0.1&optimizer=adam").address,
    ),
  );
  const table = createTable({ store, api: api as unknown as Api, clock, viewColumns }, [...RESOURCES, ...further]);
  return { asked, clock, store, table };
}

/** The same once it has begun, and asked for what it lacks. */
export async function begun(...given: Parameters<typeof setUp>) {
  const page = setUp(...given);
  page.table.start();
  await settled();
  return page;
}
