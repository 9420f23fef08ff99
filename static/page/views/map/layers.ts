/**
 * What moves on the map, the lowest first: each layer is a function of the moment that is shown. One more stands in a
 * file of its own, and is a word in LAYERS.
 */

import { dot, group, type Mark } from "../../marks/mark.ts";
import { headsAt } from "./heads.ts";
import { minimaNames } from "./minima.ts";
import type { Layer, MapMoment } from "./moment.ts";
import { FAINT } from "./routes.ts";
import { startMarks } from "./start.ts";
import { headMark } from "./style.ts";

const LAYERS: Layer[] = [
  (moment) => moment.searchDots?.(moment) ?? [],
  (moment) => (moment.before ? [moment.before.paths(moment)] : []),
  (moment) => [...(moment.principal?.predictedMarks(moment) ?? []), moment.routes],
  (moment) => moment.onCurve?.marks(moment) ?? [],
  (moment) => moment.principal?.principalMarks(moment) ?? [],
  startMarks,
  minimaNames,
  (moment) => moment.naming?.arrows(moment) ?? [],
  heads,
  (moment) => moment.guess?.guessMarks(moment) ?? [],
  (moment) => moment.before?.marks(moment) ?? [],
  (moment) => moment.evidence?.(moment) ?? [],
  (moment) => moment.naming?.marks(moment) ?? [],
  (moment) => moment.guess?.dwellMarks(moment) ?? [],
  pointed,
];

export const layerMarks = (moment: MapMoment): Mark[] => LAYERS.map((layer) => group(layer(moment)));

function heads({ content: { focus, hovering }, ...moment }: MapMoment): Mark[] {
  return headsAt(moment, moment.playhead.step)
    .sort((a, b) => Number(a.index === focus) - Number(b.index === focus))
    .filter(({ atStart }) => !atStart)
    .map(({ index, slot, x, y, stopped }) => ({
      ...headMark([x, y], slot, { stopped, selected: index === moment.scene.selected }),
      opacity: hovering && index !== focus ? FAINT : 1,
    }));
}

/** A ring around what the pointer is on. */
function pointed({ traces, hit }: MapMoment): Mark[] {
  const trace = hit && traces.find(({ index }) => index === hit.run);
  if (!trace) return [];
  const casing = { stroke: "casing", width: 5 } as const;
  return [dot([trace.xs[hit.step], trace.ys[hit.step]], 7, { stroke: "ink", width: 2, casing })];
}
