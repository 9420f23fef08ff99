/** What the parts of the map draw: each of these adds to the one before. */

import type { Mark } from "../../marks/mark.ts";
import type { Occupancy } from "../../marks/occupancy.ts";
import type { Box } from "../../math/box.ts";
import type { Hit, Playhead, Scene } from "../../state/types.ts";
import type { ChangesOnTheWay } from "./changesOnTheWay.ts";
import type { ContourLabel } from "./labels.ts";
import type { MapLook } from "./look.ts";
import type { MapAxes } from "./mapAxes.ts";
import type { Sink, Told } from "./minima.ts";
import type { Names, Naming } from "./naming.ts";
import type { RoutesContent } from "./routes.ts";
import type { SearchDots } from "./searchDots.ts";
import type { StepOnCurve } from "./stepOnCurve.ts";
import type { Trace } from "./trace.ts";
import type { VisibleArea } from "./visibleArea.ts";

/** What one drawing is made from: the scene, and where it lies on the screen. */
export interface MapDrawing {
  scene: Scene;
  playhead: Playhead;
  look: MapLook;
  area: VisibleArea;
  axes: MapAxes;
  traces: Trace[];
  content: RoutesContent;
  /** the samples are as fine as the screen deserves */
  served: boolean;
  /** what stands at the edge of the map */
  taken: Box[];
}

/** With what is on the ground besides the routes. */
export interface MapGround extends MapDrawing {
  /** of contours */
  labels: ContourLabel[];
  /** where the words of the start stand, from its place; null: out of sight */
  startWords: Box | null;
  /** minima, to be named */
  sinks: Sink[];
  /** with all that stands still, words too */
  room: Occupancy;
  /** null until it is there, or while there is nothing to draw of it; as are the others that are fetched */
  onCurve: StepOnCurve | null;
}

/** With the names, and what is pointed at: all that a layer may ask. */
export interface MapMoment extends MapGround {
  /** what the pointer is on */
  hit: Hit | null;
  /** of the minima, those whose place is told whatever is in the way */
  told: Told;
  searchDots: SearchDots | null;
  naming: Naming | null;
  changes: ChangesOnTheWay | null;
  guess: Pick<typeof import("./guess.ts"), "guessMarks" | "dwellMarks"> | null;
  evidence: Layer | null;
  routes: Mark;
  /** of the runs */
  names: Names;
  /** with what moves: words of a layer keep off it, and are taken up by it */
  moving: Occupancy;
}

export type Layer = (moment: MapMoment) => Mark[];
