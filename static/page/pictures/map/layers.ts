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
 * comes: when its code is there. At once: with the first picture of any map; next: right after that
 * (`namesAndPointer.ts`); wanted: with all such layers, once one of them has something to draw (`allLayers.ts`).
 * rank: words of the least are placed first, those of layers without one last, from the lowest layer.
 */
type ListedLayer = { rank?: number } & (
  | { comes: "at once"; layer: Layer }
  | { comes: "next" }
  | { comes: "wanted"; isWanted: (layout: MapLayout, playhead: MapAtPlayhead) => unknown }
);

const hasEvidence = ({ scene }: MapLayout) => scene.shownEvidence.length;

/** From the lowest. */
const LAYERS = {
  endRings: { comes: "wanted", isWanted: ({ scene }) => scene.endsOfRates.length },
  search: { comes: "wanted", isWanted: ({ scene }) => scene.search },
  before: {
    comes: "wanted",
    isWanted: ({ scene, traces }) =>
      scene.bundle || scene.prepared.length || traces.some(({ run }) => run.phases.length > 1),
    rank: 6,
  },
  principal: { comes: "wanted", isWanted: (_, { principal }) => principal, rank: 4 },
  average: { comes: "wanted", isWanted: (_, { averaged }) => typeof averaged === "number" },
  evidence: { comes: "wanted", isWanted: hasEvidence, rank: 7 },
  routes: { comes: "at once", layer: routes },
  curveStep: { comes: "wanted", isWanted: ({ axes }) => axes.curve, rank: 1 },
  startPoint: { comes: "at once", layer: startPoint },
  minima: { comes: "at once", layer: minima, rank: 3 },
  rowDots: { comes: "wanted", isWanted: ({ traces }) => traces.some(distancesOf) },
  guess: { comes: "wanted", isWanted: ({ scene }) => scene.guess || scene.guesses, rank: 5 },
  enlarged: { comes: "wanted", isWanted: hasEvidence },
  names: { comes: "next", rank: 2 },
  heads: { comes: "at once", layer: heads },
  dwells: { comes: "wanted", isWanted: ({ scene }, { step }) => step && scene.dwells.length, rank: 8 },
  pointedRow: { comes: "next" },
} satisfies Record<string, ListedLayer>;

const LISTED: [string, ListedLayer][] = Object.entries(LAYERS);

type ThatCome<When> = {
  [name in keyof typeof LAYERS as (typeof LAYERS)[name] extends { comes: When } ? name : never]: Layer;
};

export type WantedLayers = ThatCome<"wanted">;

type FetchedLayers = ThatCome<"next" | "wanted">;

/** @returns those of any map and those that have been fetched, in the order of the list */
export const layersOf = (fetched: Partial<FetchedLayers> = {}): MapLayer[] =>
  LISTED.flatMap(([name, listed]) => {
    const layer = listed.comes === "at once" ? listed.layer : fetched[name as keyof FetchedLayers];
    return layer ? [{ ...layer, name, rank: listed.rank ?? LISTED.length }] : [];
  });

/** @returns whether any that is fetched when wanted has something to draw */
export const wantsLayers = (layout: MapLayout, playhead: MapAtPlayhead) =>
  LISTED.some(([, listed]) => listed.comes === "wanted" && listed.isWanted(layout, playhead));

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
