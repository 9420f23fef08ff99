/** Replies of the server, each with the key of its request. */
import type { Levels } from "../../math/levels.ts";
import type { Catalog } from "./catalog.ts";
import type { Column, Columns, End, Landscape, Problem } from "./runs.ts";
import type { OptimizerSpec, ProblemSpec, Spec } from "./spec.ts";
import type { Wire } from "./wire.ts";

/** a run asked for */
export type Entry = { id: number; slot: number; hidden: boolean; optimizer: OptimizerSpec };

/** The run of an entry, as far as it has come. */
export interface ReceivedRun {
  /** the spec it is of, as text */
  key: string;
  /** the problem it is of */
  problemKey: string;
  columns: Columns;
  length: number;
  end: End | null;
  /** more rows exist than were asked for */
  cut: boolean;
  notes: string[];
}

/** How the server has last described a problem. */
export interface ProblemDescription {
  /** of the problem */
  key: string;
  /** the key of the request that described it without runs; null: it came with runs */
  keyWithoutRuns: string | null;
  problem: Wire["Problem"];
  start: number[];
}

/** One request for runs, and how far they have come. */
export interface RunsRequest {
  key: string;
  columns: Column[];
  problemKey: string;
  spec: Spec;
  /** of the entries, in the order of the spec, and the keys of their runs */
  ids: number[];
  keys: string[];
  /** of the parameters, once known */
  names: string[];
  lastId: string | null;
  /** by id */
  rows: Record<number, ReceivedRun>;
}

/** The problem that stands on the map, as far as it has come. */
export interface ProblemOnMap {
  key: string;
  spec: ProblemSpec;
  problem: Problem;
  /** the problem's own */
  start: number[];
  points: [number, number][] | null;
  /** the whole domain; null: not there yet */
  wholeLandscape: Landscape | null;
  /** of the whole landscape */
  levels: Levels | null;
}

/** The rows of a run, projected onto a plane, and how far off it they lie. */
export type PlanePath = { places: [Float64Array, Float64Array]; distance: number[] };

/** A plane through more than two parameters, as the server has sent it. */
export interface PlaneOnMap {
  /** over all of it */
  landscape: Landscape;
  levels: Levels;
  /** the two parameters along which it lies, whose own values the axes are; null along principal directions */
  parameters: string[] | null;
  /** how much of the paths it holds, from 0 to 1; null without runs */
  share: number | null;
  /** how far off it the paths go at the most; 0 where that is too little to be drawn */
  farthest: number;
  /** which plane it is, and what it holds */
  sentence: string;
  start: [number, number];
  /** by the text of the run */
  paths: Record<string, PlanePath>;
}

/** The ends of runs over the values of a sweep. */
export type Sweep = Wire["SweepEnds"];
/** Two neighbouring values: the last that does not fail, and the next, from which on all fail. */
export type Gap = Wire["Gap"];

/** A sweep as it is kept. */
export interface RunSweep extends Sweep {
  problemKey: string;
}

/** Where a run ends from each start of a grid. */
export interface Ends {
  x: number[];
  /** null: of one parameter */
  y: number[] | null;
  /** row by row, the index of the minimum where a run ends; -1: it ends next to none, -2: it diverges */
  end: Int16Array;
  /** from each start, likewise */
  steps: number[];
  /** its parameters, then its loss */
  minima: number[][];
  /** shares of the starts: by minimum; that end next to none; that diverge */
  shares: number[];
  elsewhere: number;
  diverged: number;
}

/** The loss of many runs that differ in their seeds alone, at each step: quartiles, NaN where not finite. */
export interface Band {
  /** seen by then; null without data */
  samples: Float64Array | null;
  low: Float64Array;
  median: Float64Array;
  high: Float64Array;
}

/** One run of the page made once with each of many seeds, from 1 on. It is past once entries or start are others. */
export interface Bundle {
  entries: Entry[];
  /** of the entry, and of its run */
  id: number;
  slot: number;
  runs: ReceivedRun[];
  /** of their losses, by steps, and all that it depends on, as text */
  band: Band;
  bandKey: string;
}

/** The runs of a preset as it has them, each with its optimizer, once one of them is set otherwise. */
export interface PreparedRuns {
  start: number[] | null;
  runs: (ReceivedRun & { optimizer: OptimizerSpec })[];
}

/** One thing the server found wrong with a request. */
export interface Refusal extends Omit<Wire["Complaint"], "type" | "ctx"> {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each code has values of its own
  ctx: Record<string, any>;
}

/** What stands between the page and the picture it was asked for. */
export type Fault =
  /** retryAt: null while it is asked again */
  | { kind: "unreachable"; reason: string; retryAt: number | null }
  | { kind: "refused"; errors: Refusal[]; problemKey: string; entry: number | null };

/**
 * What is known of something that was asked for: the reply or a refusal; of what takes long the share that is done,
 * what is known of its result, where that is of use, and whether it is to go on.
 */
export type ReplyStatus<T> = {
  value?: T;
  refused?: Refusal[];
  done?: number;
  soFar?: T;
  cancelled?: boolean;
};

/** What the server has replied, which may be to something asked for before: each with the key of its request. */
export interface ServerReplies {
  catalog: Catalog | null;
  problemOnMap: ProblemOnMap | null;
  described: ProblemDescription | null;
  /** by the id of the entry */
  runs: Record<number, ReceivedRun>;
  /** a stream of runs that has not come to its end: where it breaks off it is gone on with */
  stream: RunsRequest | null;
  /** by the name of the resource and the key: what has no place above, and what the server will not have */
  replies: Record<string, Record<string, ReplyStatus<unknown>>>;
  /** by the name of the resource and what it is of: the key of the reply that stands until the next has come */
  latestKeys: Record<string, Record<string, string>>;
  fault: Fault | null;
}
