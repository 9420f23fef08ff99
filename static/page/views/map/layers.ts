/**
 * What moves on the map, the lowest first: each layer is a function of the moment that is shown. One more stands in a
 * file of its own, and is a word in LAYERS. What few maps have is fetched when there is first something to draw of it.
 */

import type { Figure } from "../../figure/figure.ts";
import { dot, group, type Mark } from "../../marks/mark.ts";
import { lazy } from "../../service/lazy.ts";
import { heads } from "./heads.ts";
import { minimaNames } from "./minima.ts";
import type { Layer, MapDrawing, MapMoment } from "./moment.ts";
import type { Naming } from "./naming.ts";
import type { RunsBefore } from "./runsBefore.ts";
import type { SearchDots } from "./searchDots.ts";
import { startMarks } from "./start.ts";
import type { StepOnCurve } from "./stepOnCurve.ts";

const LAYERS: Layer[] = [
  (moment) => moment.searchDots?.(moment) ?? [],
  (moment) => moment.before?.paths(moment) ?? [],
  (moment) => [...(moment.principal?.predictedMarks(moment) ?? []), moment.routes],
  (moment) => moment.onCurve?.curveStepMarks(moment) ?? [],
  (moment) => moment.principal?.principalMarks(moment) ?? [],
  startMarks,
  minimaNames,
  (moment) => moment.naming?.arrows(moment) ?? [],
  heads,
  (moment) => moment.guess?.guessMarks(moment) ?? [],
  (moment) => moment.before?.marks(moment) ?? [],
  (moment) => moment.evidence?.evidenceMarks(moment) ?? [],
  (moment) => moment.naming?.marks(moment) ?? [],
  (moment) => moment.guess?.dwellMarks(moment) ?? [],
  pointed,
];

export const layerMarks = (moment: MapMoment): Mark[] => LAYERS.map((layer) => group(layer(moment)));

/** A ring around what the pointer is on. */
function pointed({ traces, hit }: MapMoment): Mark[] {
  const trace = hit && traces.find(({ index }) => index === hit.run);
  if (!trace) return [];
  const casing = { stroke: "casing", width: 5 } as const;
  return [dot([trace.xs[hit.step], trace.ys[hit.step]], 7, { stroke: "ink", width: 2, casing })];
}

/** Each null until it is there, and while there is nothing to draw of it. */
export interface Fetched {
  naming: Naming | null;
  onCurve: StepOnCurve | null;
  searchDots: SearchDots | null;
  before: RunsBefore | null;
  guess: typeof import("./guess.ts") | null;
  evidence: typeof import("./evidence.ts") | null;
  principal: Pick<typeof import("./principal.ts"), "principalMarks" | "predictedMarks"> | null;
}

export function createFetched(ports: Pick<Figure, "ended" | "redraw">) {
  const onCurve = lazy(() => import("./stepOnCurve.ts"), ports);
  const searchDots = lazy(async () => (await import("./searchDots.ts")).createSearchDots(), ports);
  const before = lazy(async () => (await import("./runsBefore.ts")).createRunsBefore(), ports);
  const guess = lazy(() => import("./guess.ts"), ports);
  const evidence = lazy(() => import("./evidence.ts"), ports);
  const principal = lazy(() => import("./principal.ts"), ports);

  return ({ scene, axes, playhead }: MapDrawing): Omit<Fetched, "naming"> => {
    const { bundle, prepared, runs, guesses, dwells } = scene;
    const changes = runs.some(({ phases }) => phases.length > 1);
    return {
      onCurve: axes.curve ? onCurve() : null,
      searchDots: scene.search ? searchDots() : null,
      before: bundle || prepared.length || changes ? before() : null,
      guess: scene.guess || guesses || (dwells.length && playhead.step) ? guess() : null,
      evidence: scene.evidence.length ? evidence() : null,
      principal: playhead.principal || typeof playhead.averaged === "number" ? principal() : null,
    };
  };
}
