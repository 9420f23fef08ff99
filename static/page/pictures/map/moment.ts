/** What the map draws, and the layers that draw it. Types alone. */
import type { Mark, Type } from "../../marks/mark.ts";
import type { Occupancy, Spot } from "../../marks/occupancy.ts";
import type { Obstacle, WantedWords } from "../../marks/wanted.ts";
import type { Box } from "../../math/box.ts";
import type { Hit, MapAtPlayhead, StillScene } from "../../state/types.ts";
import type { ContourLabel } from "./ground/relief.ts";
import type { MapAxes } from "./mapAxes.ts";
import type { RoutesContent } from "./paths/routes.ts";
import type { Trace } from "./paths/trace.ts";
import type { MapLook } from "./style.ts";
import type { VisibleArea } from "./visibleArea.ts";

/** A scene laid out on the screen: the first of three stages, from the scene to what is drawn at a playhead. */
export interface MapLayout {
  scene: StillScene;
  look: MapLook;
  area: VisibleArea;
  /** the area of the whole domain; like `area`, unless zoomed in */
  domainArea: VisibleArea;
  axes: MapAxes;
  /** of the runs in sight */
  traces: Trace[];
  /** steps between ticks across a path */
  tickEvery: number;
  /** boxes taken at the edge of the map */
  edgeBoxes: Box[];
}

/** Words of a minimum, and where they stand. */
export type MinimumWords = { text: string; type: Type } & Pick<Spot, "box" | "leader" | "cost">;

/**
 * A minimum on the screen and its words; withPlace: shown even over other words; letters: its letter alone
 * at the spots close to it, the best first, none where it has no letter.
 */
export type MinimumLabel = MinimumWords & { x: number; y: number; withPlace: MinimumWords; letters: MinimumWords[] };

/** Indices of minimumLabels whose words are shown whole. */
export type MinimumIndices = number[];

/** A layout with all that stands on it still while only the playhead moves: one object until some of that changes. */
export interface StillMap extends MapLayout {
  /** the routes, whole */
  content: RoutesContent;
  /** of contours */
  labels: ContourLabel[];
  /** the box of the start's words, relative to its place; null: out of sight */
  startWords: Box | null;
  /** minima with names */
  minimumLabels: MinimumLabel[];
  /** those that have come, from the lowest */
  layers: MapLayer[];
  /** the space that standing words leave */
  space: Occupancy;
  /** the same before the first step, while no route is drawn, where what lies ahead is hidden; else null */
  spaceAtStart: Occupancy | null;
}

/** The still map with a playhead, of which the layers make marks. */
export interface MapMoment {
  stillMap: StillMap;
  playhead: MapAtPlayhead;
  /** the row that is pointed at */
  hit: Hit | null;
  /** the minima whose words are shown whole */
  pointedMinima: MinimumIndices;
  /** up to the playhead */
  routes: Mark;
}

export type MarkOrWords = Mark | WantedWords;

/**
 * The marks of a layer: below the routes, over them, and over the heads of the runs; and the boxes that words avoid.
 */
export interface LayerDrawing {
  under?: MarkOrWords[];
  on?: MarkOrWords[];
  over?: MarkOrWords[];
  obstacles?: Obstacle[];
}

/** What is asked of any layer of the map; but for `draw` a layer says it only where there is something. */
export interface Layer {
  draw: (moment: MapMoment) => LayerDrawing;
  /** Boxes that all words keep off while only the playhead moves. cost: of standing there all the same, in squares */
  fixedObstacles?: (layout: MapLayout) => { box: Box; cost?: number }[];
  /** Boxes that hide the ground while the playhead is at a row. */
  groundObstacles?: (stillMap: StillMap, row: number) => Box[];
  /** Words that are placed before the names of the runs at a row, and what these keep off. */
  wordsAt?: (stillMap: StillMap, row: number) => { words: WantedWords[]; obstacles: Obstacle[] };
}

/** With what the list of all (`layers.ts`) says of it; rank: the least has its words placed first. */
export interface MapLayer extends Layer {
  name: string;
  rank: number;
}
