/** All layers of the map, and how they come to be one picture. */

import { group, type Mark } from "../../marks/mark.ts";
import { placeWords } from "../../marks/wanted.ts";
import type { MapAtPlayhead } from "../../state/types.ts";
import { minima } from "./ground/minima.ts";
import { startPoint } from "./ground/start.ts";
import type { Layer, MapLayer, MapLayout, MapMoment, MarkOrWords } from "./moment.ts";
import { heads } from "./paths/heads.ts";
import { distancesOf } from "./paths/trace.ts";

const routes: Layer = { draw: (moment) => ({ under: [moment.routes] }) };

/**
 * layer: of what every map has from its first picture on. isWanted: it has something to draw, and so the code of all
 * such layers is fetched together (`allLayers.ts`). Those with neither come to any map (`namesAndPointer.ts`). rank:
 * words of the least are placed first, those of layers without one last, from the lowest layer.
 */
type ListedLayer = { rank?: number } & (
  | { layer: Layer; isWanted?: undefined }
  | { layer?: undefined; isWanted?: (layout: MapLayout, playhead: MapAtPlayhead) => unknown }
);

const hasEvidence = ({ scene }: MapLayout) => scene.shownEvidence.length;

/** From the lowest. */
const LAYERS = {
  endRings: { isWanted: ({ scene }) => scene.endsOfRates.length },
  search: { isWanted: ({ scene }) => scene.search },
  before: {
    isWanted: ({ scene, traces }) =>
      scene.bundle || scene.prepared.length || traces.some(({ run }) => run.phases.length > 1),
    rank: 6,
  },
  principal: { isWanted: (_, { principal }) => principal, rank: 4 },
  average: { isWanted: (_, { averaged }) => typeof averaged === "number" },
  evidence: { isWanted: hasEvidence, rank: 7 },
  routes: { layer: routes },
  curveStep: { isWanted: ({ axes }) => axes.curve, rank: 1 },
  startPoint: { layer: startPoint },
  minima: { layer: minima, rank: 3 },
  rowDots: { isWanted: ({ traces }) => traces.some(distancesOf) },
  guess: { isWanted: ({ scene }) => scene.guess || scene.guesses, rank: 5 },
  enlarged: { isWanted: hasEvidence },
  names: { rank: 2 },
  heads: { layer: heads },
  dwells: { isWanted: ({ scene }, { step }) => step && scene.dwells.length, rank: 8 },
  pointedRow: {},
} satisfies Record<string, ListedLayer>;

const LISTED: [string, ListedLayer][] = Object.entries(LAYERS);

type Named<Declared> = {
  [name in keyof typeof LAYERS as (typeof LAYERS)[name] extends Declared ? name : never]: Layer;
};

/** Those that are fetched once one of them is wanted. */
export type OptionalLayers = Named<{ isWanted: unknown }>;

/** Those whose code is fetched. */
type FetchedLayers = Omit<Named<object>, keyof Named<{ layer: Layer }>>;

/** @returns those of any map and those that have been fetched, in the order of the list */
export const layersOf = (fetched: Partial<FetchedLayers> = {}): MapLayer[] =>
  LISTED.flatMap(([name, { layer = fetched[name as keyof FetchedLayers], rank = LISTED.length }]) =>
    layer ? [{ ...layer, name, rank }] : [],
  );

/** @returns whether any that is fetched has something to draw */
export const wantsOptionalLayers = (layout: MapLayout, playhead: MapAtPlayhead) =>
  LISTED.some(([, { isWanted }]) => isWanted?.(layout, playhead));

/** The marks of all layers, from the lowest, and their words where there is space. */
export function layerMarks(moment: MapMoment): Mark[] {
  const all = moment.stillMap.layers.map(({ draw, rank }) => ({ rank, ...draw(moment) }));
  const words = [...all]
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ under = [], on = [], over = [] }) => [...under, ...on, ...over])
    .filter((part) => part.kind === "wanted");
  const obstacles = all.flatMap((drawing) => drawing.obstacles ?? []);
  const places = placeWords(moment.stillMap.space.over(), obstacles, words);
  const marksOf = (part: MarkOrWords): Mark[] => {
    if (part.kind !== "wanted") return [part];
    const spot = places.get(part);
    return spot ? part.marks(spot) : [];
  };
  return (["under", "on", "over"] as const).flatMap((level) =>
    all.flatMap((drawing) => (drawing[level]?.length ? [group(drawing[level].flatMap(marksOf))] : [])),
  );
}
