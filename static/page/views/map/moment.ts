/** What the parts of the map draw: each of these adds to the one before. And the room that words find on it. */
import type { Mark } from "../../marks/mark.ts";
import { createOccupancy, type Occupancy, SPARED } from "../../marks/occupancy.ts";
import { type Box, boxAround } from "../../math/box.ts";
import type { Hit, Playhead, Scene } from "../../state/types.ts";
import type { EndsGround } from "./endsGround.ts";
import type { Fetched } from "./layers.ts";
import type { MapAxes } from "./mapAxes.ts";
import type { Sink, Told } from "./minima.ts";
import type { Names } from "./naming.ts";
import { stretches } from "./profile.ts";
import type { ContourLabel } from "./relief.ts";
import type { RoutesContent } from "./routes.ts";
import { startBox, startOn } from "./start.ts";
import type { MapLook } from "./style.ts";
import { numberBoxes } from "./ticks.ts";
import { markRoute, type Trace } from "./trace.ts";
import type { VisibleArea } from "./visibleArea.ts";

/** What one drawing is made from: the scene, and where it lies on the screen. */
export interface MapDrawing {
  scene: Scene;
  playhead: Playhead;
  look: MapLook;
  area: VisibleArea;
  axes: MapAxes;
  traces: Trace[];
  /** steps from one tick across a path to the next */
  tickEvery: number;
  /** the samples are as fine as the screen deserves */
  served: boolean;
  /** what stands at the edge of the map */
  taken: Box[];
  /** draws where starts end, once it is there */
  endsGround: EndsGround | null;
}

/** With what is on the ground besides the routes. */
export interface MapGround extends MapDrawing {
  /** of the routes */
  content: RoutesContent;
  /** of contours */
  labels: ContourLabel[];
  /** where the words of the start stand, from its place; null: out of sight */
  startWords: Box | null;
  /** minima, to be named */
  sinks: Sink[];
  /** with all that stands still, words too */
  room: Occupancy;
}

/** What is pointed at, and the routes up to the playhead. */
interface Pointed {
  /** what the pointer is on */
  hit: Hit | null;
  /** of the minima, those whose place is told whatever is in the way */
  told: Told;
  routes: Mark;
}

/** All that a layer may ask. */
export interface MapMoment extends MapGround, Fetched, Pointed {
  /** of the runs */
  names: Names;
  /** with what moves: words of a layer keep off it, and are taken up by it */
  moving: Occupancy;
}

export type Layer = (moment: MapMoment) => Mark[];

const NO_NAMES: Names = { exits: [], tags: [] };

/** What is shown at a moment. The step on a curve takes its room first, then the names of runs find theirs. */
export function momentOf(ground: MapGround, fetched: Fetched, pointed: Pointed): MapMoment {
  const { step } = ground.playhead;
  const moving = ground.room.over();
  fetched.onCurve?.takeCurveStep(ground, Math.floor(step), moving);
  const names = fetched.naming?.at({ ...ground, ...fetched }, step, moving) ?? NO_NAMES;
  // Names go before those of minima, other words do not.
  for (const { box } of ground.sinks) moving.markWords(box);
  return { ...ground, ...fetched, ...pointed, names, moving };
}

/** Without any words: routes, a curve, the start, what stands at the edge, numbers on the ground. */
export function bareRoom({ scene: { landscape }, axes, area, look, traces, taken, scene }: GroundParts): Occupancy {
  const { box, scale: s, compact } = look;
  const room = createOccupancy(box);
  for (const each of taken) room.markWords(each);
  if (compact) {
    room.markBox({ ...box, width: 30 * s });
    room.markBox({ ...box, top: box.top + box.height - 22 * s, height: 22 * s });
  }
  for (const trace of traces) markRoute(room, trace);
  const [x, y] = startOn({ scene, axes, area });
  room.markBox(boxAround(x, y, 10 * s));
  for (const points of landscape && !landscape.y ? stretches(landscape, area) : [])
    for (const [px, py] of points) room.markPoint(px, py);
  return room;
}

type GroundParts = Pick<MapDrawing, "scene" | "axes" | "area" | "look" | "traces" | "taken">;

/** With the words that stand still, of which those of minima give way. */
export function standingRoom(ground: GroundParts & Pick<MapGround, "content" | "labels" | "sinks" | "startWords">) {
  const { scene, traces, look, content, labels, sinks } = ground;
  const room = bareRoom(ground);
  const start = startBox(ground);
  if (start) room.markWords(start);
  for (const { x, y, box } of sinks) {
    room.markBox(boxAround(x, y, 7 * look.scale));
    room.markWords(box, SPARED);
  }
  for (const { parts } of labels) for (const part of parts) room.markBox(part);
  const chosen = traces.find(({ index }) => index === scene.selected);
  const numbers = chosen ? numberBoxes({ ...content, look, focus: scene.selected }, chosen) : [];
  for (const box of numbers) room.markWords(box);
  return room;
}
