/** The room for words on the map. */
import { createOccupancy, type Occupancy, SPARED } from "../../marks/occupancy.ts";
import { boxAround } from "../../math/box.ts";
import type { MapDrawing, MapGround, MapMoment, MapStanding } from "./moment.ts";
import { stretches } from "./profile.ts";
import { startBox, startOn } from "./start.ts";
import { numberBoxes } from "./ticks.ts";
import { markRoute, type Trace } from "./trace.ts";

type GroundParts = Pick<MapDrawing, "scene" | "axes" | "area" | "look" | "traces" | "taken">;

/** The room without any words: routes, a curve, the start, the boxes at the edge, numbers on the ground. */
export function bareRoom(ground: GroundParts, traces: Trace[] = ground.traces): Occupancy {
  const { scene, axes, area, look, taken } = ground;
  const { landscape } = scene;
  const { box, scale: s, compact } = look;
  const room = createOccupancy(box);
  for (const obstacle of taken) room.markWords(obstacle);
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

/** The room that words on the ground leave, of which those of minima yield, what stands of the layers, and routes. */
function roomOf(ground: MapGround & Pick<MapMoment, "layers">, traces: Trace[]): Occupancy {
  const { scene, look, content, labels, sinks, layers } = ground;
  const room = bareRoom(ground, traces);
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
  for (const { stands } of layers) for (const { box, cost } of stands?.(ground) ?? []) room.markWords(box, cost);
  return room;
}

export const standingOf = (ground: MapGround & Pick<MapMoment, "layers">): MapStanding => ({
  room: roomOf(ground, ground.traces),
  roomAtStart: ground.scene.hidesAhead ? roomOf(ground, []) : null,
});
