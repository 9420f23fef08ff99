/** How the layers of the map come to be one picture, and those of them that its first picture has. */

import { dot, group, type Mark } from "../../marks/mark.ts";
import { placeWords } from "../../marks/wanted.ts";
import type { MapAtPlayhead } from "../../state/types.ts";
import type { createLayers } from "./allLayers.ts";
import { minima } from "./ground/minima.ts";
import { startPoint } from "./ground/start.ts";
import type { Layer, LayerDrawing, MapDrawing, MapMoment, MarkOrWords } from "./moment.ts";
import { heads } from "./paths/heads.ts";
import { distancesOf } from "./paths/trace.ts";

const routes: Layer = { draw: (moment) => ({ under: [moment.routes] }) };

/** A ring around the row that is pointed at. */
const pointed: Layer = {
  draw({ traces, hit }) {
    const trace = hit && traces.find(({ index }) => index === hit.run);
    if (!trace) return {};
    const casing = { stroke: "casing", width: 5 } as const;
    return { over: [dot([trace.xs[hit.step], trace.ys[hit.step]], 7, { stroke: "ink", width: 2, casing })] };
  },
};

export const FIRST = { routes, startPoint, minima, heads, pointed };

type AllLayers = ReturnType<typeof createLayers>;

/** The first alone, until the others have come. */
export type MapLayers = typeof FIRST & Partial<AllLayers>;

/** @returns whether any of the others but the names of runs has something to draw */
export const hasMore = ({ scene, axes, traces }: MapDrawing, { step, principal, averaged }: MapAtPlayhead) =>
  axes.curve ||
  Boolean(principal || scene.search || scene.ends || scene.bundle || scene.guess || scene.guesses) ||
  typeof averaged === "number" ||
  [scene.evidence, scene.prepared, step ? scene.dwells : []].some(({ length }) => length) ||
  traces.some((trace) => trace.run.phases.length > 1 || distancesOf(trace));

/** All, from the lowest. */
const ORDER: (keyof AllLayers)[] = [
  "search",
  "before",
  "principal",
  "average",
  "evidence",
  "routes",
  "curveStep",
  "startPoint",
  "minima",
  "rowDots",
  "guess",
  "enlarged",
  "names",
  "heads",
  "dwells",
  "pointed",
];

/** The layers whose words are placed first, in this order; then those of the others. */
const WANTED: (keyof AllLayers)[] = [
  "curveStep",
  "names",
  "minima",
  "principal",
  "guess",
  "before",
  "evidence",
  "dwells",
];

const NOTHING: LayerDrawing = {};

/** The marks of all layers, from the lowest, and their words where there is space. */
export function layerMarks(moment: MapMoment, layers: MapLayers): Mark[] {
  const drawnLayers = ORDER.filter((name) => layers[name]);
  const drawn = new Map(drawnLayers.map((name) => [name, layers[name]?.draw(moment) ?? NOTHING]));
  const all = [...drawn.values()];
  const words = [...new Set([...WANTED.map((name) => drawn.get(name) ?? NOTHING), ...all])]
    .flatMap(({ under = [], on = [], over = [] }) => [...under, ...on, ...over])
    .filter((part) => part.kind === "wanted");
  const taken = all.flatMap((drawing) => drawing.taken ?? []);
  const places = placeWords(moment.space.over(), taken, words);
  const marksOf = (part: MarkOrWords): Mark[] => {
    if (part.kind !== "wanted") return [part];
    const spot = places.get(part);
    return spot ? part.marks(spot) : [];
  };
  return (["under", "on", "over"] as const).flatMap((level) =>
    all.flatMap((drawing) => (drawing[level]?.length ? [group(drawing[level].flatMap(marksOf))] : [])),
  );
}
