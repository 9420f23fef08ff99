/** The room on the map: what stands still, which words keep off. */

import { createOccupancy, type Occupancy, SPARED } from "../../marks/occupancy.ts";
import { boxAround } from "../../math/box.ts";
import type { MapDrawing, MapGround } from "./moment.ts";
import { stretches } from "./profile.ts";
import { startBox, startOn } from "./start.ts";
import { numberBoxes } from "./ticks.ts";
import { markRoute } from "./trace.ts";

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
  const {
    scene,
    traces,
    look,
    content: { tickEvery, words },
    labels,
    sinks,
  } = ground;
  const room = bareRoom(ground);
  const start = startBox(ground);
  if (start) room.markWords(start);
  for (const { x, y, box } of sinks) {
    room.markBox(boxAround(x, y, 7 * look.scale));
    room.markWords(box, SPARED);
  }
  for (const { parts } of labels) for (const part of parts) room.markBox(part);
  const chosen = traces.find(({ index }) => index === scene.selected);
  for (const box of chosen ? numberBoxes({ look, tickEvery, words, focus: scene.selected }, chosen) : [])
    room.markWords(box);
  return room;
}
