/**
 * The layers of the map, from the lowest. A further layer is a file of its own with an entry in LAYERS. A layer that
 * few maps have is fetched with the first drawing that has something for it.
 */

import type { Figure } from "../../figure/figure.ts";
import { dot, group, type Mark } from "../../marks/mark.ts";
import { placeWords } from "../../marks/wanted.ts";
import { lazy } from "../../service/lazy.ts";
import { isEnlarged } from "../../state/evidence.ts";
import type { MapShown } from "../../state/types.ts";
import { minima } from "./ground/minima.ts";
import { startPoint } from "./ground/start.ts";
import type { Layer, LayerDrawing, MapDrawing, MapMoment, MarkOrWords } from "./moment.ts";
import { heads } from "./paths/heads.ts";
import { distancesOf } from "./paths/trace.ts";

/** A fetched layer: the default export of its file makes it. */
interface Fetched {
  isIn: (drawing: MapDrawing, playhead: MapShown) => unknown;
  load: () => Promise<{ default: () => Layer }>;
}

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

const LAYERS = {
  search: { isIn: ({ scene }) => scene.search, load: () => import("./explanations/searchDots.ts") },
  before: {
    isIn: ({ scene: { bundle, prepared, runs } }) =>
      bundle || prepared.length || runs.some(({ phases }) => phases.length > 1),
    load: () => import("./paths/runsBefore.ts"),
  },
  principal: { isIn: (_, { principal }) => principal, load: () => import("./explanations/principal.ts") },
  average: { isIn: (_, { averaged }) => typeof averaged === "number", load: () => import("./explanations/average.ts") },
  evidence: { isIn: ({ scene }) => scene.evidence.length, load: () => import("./evidence/evidence.ts") },
  routes,
  curveStep: { isIn: ({ axes }) => axes.curve, load: () => import("./steps/onCurve.ts") },
  startPoint,
  minima,
  rows: { isIn: ({ traces }) => traces.some(distancesOf), load: () => import("./paths/rowDots.ts") },
  guess: { isIn: ({ scene }) => scene.guess || scene.guesses, load: () => import("./evidence/guess.ts") },
  enlarged: {
    isIn: ({ scene }) => scene.evidence.some(isEnlarged),
    load: () => import("./steps/parts.ts"),
  },
  names: { isIn: ({ traces }) => traces.length, load: () => import("./words/names.ts") },
  heads,
  dwells: { isIn: ({ scene }, { step }) => scene.dwells.length && step, load: () => import("./words/dwells.ts") },
  pointed,
} satisfies Record<string, Layer | Fetched>;

type MapLayerName = keyof typeof LAYERS;

/** The layers whose words are placed first, in this order; then those of the others. */
const WANTED: MapLayerName[] = ["curveStep", "names", "minima", "principal", "guess", "before", "evidence", "dwells"];

/** null: the layer has not come, or has nothing to draw */
export type MapLayers = {
  [name in MapLayerName]: (typeof LAYERS)[name] extends { load: () => Promise<{ default: () => infer L }> }
    ? L | null
    : Layer;
};

const NOTHING: LayerDrawing = {};

/** @returns a function that gives the layers of a drawing */
export function createLayers(
  ports: Pick<Figure, "ended" | "redraw">,
): (drawing: MapDrawing, playhead: MapShown) => MapLayers {
  const entries = Object.entries(LAYERS).map(([name, layer]) => {
    if ("draw" in layer) return [name, () => layer] as const;
    const part = lazy(async () => (await layer.load()).default() as Layer, ports);
    return [name, (...at: Parameters<Fetched["isIn"]>) => (layer.isIn(...at) ? part() : null)] as const;
  });
  return (...at) => Object.fromEntries(entries.map(([name, of]) => [name, of(...at)])) as MapLayers;
}

/** The layers of a drawing, once those that are fetched have come. */
export async function loadLayers(drawing: MapDrawing, playhead: MapShown): Promise<MapLayers> {
  const loaded = Object.entries(LAYERS).map(async ([name, layer]) => {
    if ("draw" in layer) return [name, layer];
    return [name, layer.isIn(drawing, playhead) ? (await layer.load()).default() : null];
  });
  return Object.fromEntries(await Promise.all(loaded));
}

/** The marks of all layers, from the lowest, and their words where there is space. */
export function layerMarks(moment: MapMoment, layers: MapLayers): Mark[] {
  const drawn = new Map(Object.entries(layers).map(([name, layer]) => [name, layer?.draw(moment) ?? NOTHING]));
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
    all.flatMap((drawing) => (drawing[level] ? [group(drawing[level].flatMap(marksOf))] : [])),
  );
}
