/** What the layers of the map draw, and what from; and the room that words find on it. */
import type { Mark } from "../../marks/mark.ts";
import { createOccupancy, type Occupancy, SPARED } from "../../marks/occupancy.ts";
import type { Obstacle, WantedWords } from "../../marks/wanted.ts";
import { type Box, boxAround } from "../../math/box.ts";
import type { Hit, Playhead, Scene } from "../../state/types.ts";
import type { MapLayers } from "./layers.ts";
import type { MapAxes } from "./mapAxes.ts";
import type { Sink, Told } from "./minima.ts";
import { stretches } from "./profile.ts";
import type { ContourLabel } from "./relief.ts";
import type { RoutesContent } from "./routes.ts";
import { startBox, startOn } from "./start.ts";
import type { Inset } from "./stepParts.ts";
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
  /** what stands at the edge of the map */
  taken: Box[];
}

/** Words that stand still on the ground. */
export interface Printed {
  /** of contours */
  labels: ContourLabel[];
  /** where those of the start stand, from its place; null: out of sight */
  startWords: Box | null;
  /** minima, to be named */
  sinks: Sink[];
}

/** With what is on the ground besides the routes. */
export interface MapGround extends MapDrawing, Printed {
  /** of the routes */
  content: RoutesContent;
}

/** What stays where it is for as long as nothing but the playhead moves. */
export interface MapStanding {
  /** with all words that do */
  room: Occupancy;
  /** where the steps that are declared are enlarged */
  insets: Inset[];
}

/** All that a layer may ask. */
export interface MapMoment extends MapGround, MapStanding, Pick<MapLayers, "curveStep" | "enlarged"> {
  /** what the pointer is on */
  hit: Hit | null;
  /** of the minima, those whose place is told whatever is in the way */
  told: Told;
  /** up to the playhead */
  routes: Mark;
}

export type MarkOrWords = Mark | WantedWords;

/** What a layer draws: below the routes, over them, and over the heads of the runs; and what all words keep off. */
export interface LayerDrawing {
  under?: MarkOrWords[];
  on?: MarkOrWords[];
  over?: MarkOrWords[];
  taken?: Obstacle[];
}

export interface Layer {
  draw: (moment: MapMoment) => LayerDrawing;
}

type GroundParts = Pick<MapDrawing, "scene" | "axes" | "area" | "look" | "traces" | "taken">;

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

/** Words, of which those of minima give way, and flags; steps are enlarged where the most of the ground is free. */
export function standingOf(
  ground: GroundParts & Printed & Pick<MapGround, "content"> & Pick<MapLayers, "guess" | "enlarged">,
): MapStanding {
  const { scene, area, axes, traces, look, content, labels, sinks, startWords, taken, guess, enlarged } = ground;
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
  for (const { box, cost } of guess?.flags(ground) ?? []) room.markWords(box, cost);
  // Named one by one: what is read of the ground is what this is made anew for, and the playhead is none of it.
  const insets = enlarged?.declared({ scene, area, axes, look, taken, sinks, startWords, room }) ?? [];
  return { room, insets };
}
