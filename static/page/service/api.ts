/** What several parts of the page ask of the API, each as one function. A resource names its path itself. */

import type { ThemeName } from "../math/palette.ts";
import { withNaN } from "../math/series.ts";
import { emptyAddress, writeSpec } from "../state/address.ts";
import { isOwn } from "../state/catalog.ts";
import type { WireColumns } from "../state/columns.ts";
import type { Catalog, Column, Landscape, ProblemSpec, Spec, Window, Wire } from "../state/types.ts";
import { address, LONGEST_QUERY, requestJson } from "./http.ts";

/** Of runs whose loss was asked for. */
export type Reply = { problem: Wire["Problem"]; start: number[]; runs: (Wire["Trajectory"] & WireColumns)[] };

/** What a page needs when it opens. */
export const getCatalog = (): Promise<Catalog> => requestJson<Wire["BriefCatalog"]>({ path: "/catalog/brief" });

/** With the descriptions of all entries. */
export const getWholeCatalog = (): Promise<Catalog> => requestJson<Wire["Catalog"]>({ path: "/catalog" });

/** Whole runs in one reply. */
export function getRuns(spec: Spec, { columns, signal }: { columns: Column[]; signal?: AbortSignal }): Promise<Reply> {
  return requestJson({ path: "/trajectories", query: `fields=${columns.join()}`, body: spec, signal });
}

/**
 * The ends of runs over the values of one hyperparameter.
 * @param spec  with one optimizer
 */
export function getSweep(
  spec: Spec & { curves?: boolean },
  over: Record<string, { from: number; to?: number; count: number }>,
  signal?: AbortSignal,
): Promise<Wire["SweepEnds"]> {
  return requestJson({ path: "/trajectories/sweep", body: { ...spec, over }, signal });
}

/** Significant digits of the losses of a landscape: five draw the same map as seven, and three the same thumbnail. */
export const DIGITS = 5;
export const FEW_DIGITS = 3;

/**
 * The loss on a grid.
 * @param window  null: the whole domain
 */
export async function getLandscape(
  problem: ProblemSpec,
  window: Window | null,
  resolution: number,
  signal?: AbortSignal,
  digits: number = DIGITS,
): Promise<Landscape> {
  return fromWire(
    await requestJson({ path: "/landscape", ...landscapeRequest(problem, window, resolution, digits), signal }),
  );
}

/** By GET where the request fits a query, so that the browser caches it; code that may change goes by POST. */
function landscapeRequest(problem: ProblemSpec, window: Window | null, resolution: number, digits: number) {
  const empty = emptyAddress();
  const specQuery = writeSpec({ ...empty, spec: { ...empty.spec, problem } });
  const domain = window ? `&domain=${window.flat().join(",")}` : "";
  const query = `${specQuery}${domain}&resolution=${resolution}&digits=${digits}`;
  if (query.length < LONGEST_QUERY && !isOwn(problem.surface)) return { query };
  return { body: { problem, resolution, digits, ...(window ? { domain: window } : {}) } };
}

export function fromWire(wire: Wire["Landscape"]): Landscape {
  const x = Float64Array.from(wire.x);
  const y = wire.y?.length ? Float64Array.from(wire.y) : null;
  const loss = withNaN(wire.loss.flat() as (number | null)[]);
  const window = [x, y].flatMap((axis) => (axis ? [[axis[0], axis[axis.length - 1]]] : [])) as Window;
  return { x, y, loss, window };
}

/** The picture of an address of the page, drawn by the server. */
export const pictureOf = (
  query: string,
  { width, height, theme }: { width: number; height: number; theme: ThemeName },
): string => address("/plot.svg", `${query}&width=${width}&height=${height}&theme=${theme}`);
