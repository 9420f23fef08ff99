/** The input of the map's layers: the scene on the screen, and the room for words. */
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

/** The input of one drawing: the scene, and its place on the screen. */
export interface MapDrawing {
  scene: Scene;
  playhead: Playhead;
  look: MapLook;
  area: VisibleArea;
  axes: MapAxes;
  traces: Trace[];
  /** steps between ticks across a path */
  tickEvery: number;
  /** boxes taken at the edge of the map */
  taken: Box[];
}

/** Words that stand still on the ground. */
export interface Printed {
  /** of contours */
  labels: ContourLabel[];
  /** the box of the start's words, relative to its place; null: out of sight */
  startWords: Box | null;
  /** minima with names */
  sinks: Sink[];
}

/** A drawing with all that is on the ground besides the routes. */
export interface MapGround extends MapDrawing, Printed {
  /** the routes */
  content: RoutesContent;
}

/** What does not move while only the playhead moves. */
export interface MapStanding {
  /** the room that standing words leave */
  room: Occupancy;
  /** the insets of the steps that the scene enlarges */
  insets: Inset[];
}

/** The input of a layer. */
export interface MapMoment extends MapGround, MapStanding, Pick<MapLayers, "curveStep" | "enlarged"> {
  /** the row that is pointed at */
  hit: Hit | null;
  /** the minima whose words are shown whole */
  told: Told;
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
  taken?: Obstacle[];
}

export interface Layer {
  draw: (moment: MapMoment) => LayerDrawing;
}

type GroundParts = Pick<MapDrawing, "scene" | "axes" | "area" | "look" | "traces" | "taken">;

/** The room without any words: routes, a curve, the start, the boxes at the edge, numbers on the ground. */
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

/** Places standing words, of which those of minima yield, and flags; steps are enlarged where most ground is free. */
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
  // Fields are listed so that this is made again only when one of them changes, and not with the playhead.
  const insets = enlarged?.declared({ scene, area, axes, look, taken, sinks, startWords, room }) ?? [];
  return { room, insets };
}
