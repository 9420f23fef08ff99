/** What the map asks for, on a plate, and a pale flag under the pointer where it asks for a place. */

import { h } from "../../dom.ts";
import type { Occupancy } from "../../marks/occupancy.ts";
import { memo } from "../../reads.ts";
import type { MapGround } from "./moment.ts";
import { type MapElements, place } from "./overlay.ts";
import type { MapLook } from "./style.ts";

/** Nominal pixels of the plate from the edge, and where it may stand, as shares from the foot and from the middle. */
const PLATE_OFF = 26;
const ROWS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const COLUMNS = [0, -0.25, 0.25, -0.45, 0.45];

const POLE = "%3Cpath d='M7 30V4l17 5-17 6' fill='%23fff' stroke='%23";
const FLAG = `url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='30' height='34' opacity='.8'%3E${
  POLE
}fff' stroke-width='5'/%3E${POLE}15191b' stroke-width='2'/%3E%3C/svg%3E") 7 30, crosshair`;

/** What the map asks for stands where it covers least: at the foot where that is free, else near to it. */
export function plateBox(
  { box, scale }: Pick<MapLook, "box" | "scale">,
  width: number,
  height: number,
  room: Occupancy,
) {
  const off = PLATE_OFF * scale;
  const [across, down] = [box.width - width, box.height - height - 2 * off];
  const spots = ROWS.flatMap((row) =>
    COLUMNS.map((column) => {
      const [left, top] = [box.left + across * (0.5 + column), box.top + off + down * (1 - row)];
      return { box: { left, top, width, height }, cost: 6 * (row + Math.abs(column)) };
    }),
  ).sort((one, other) => one.cost - other.cost);
  return (room.place(spots) ?? spots[0]).box;
}

export function createPlate(root: HTMLElement, { ground }: Pick<MapElements, "ground">) {
  const plate = h("p", { class: "map-plate" });
  root.append(plate);

  const lay = memo(({ look, room }: Pick<MapGround, "look" | "room"> & { words: string }) => {
    const { left, top } = plateBox(look, plate.offsetWidth, plate.offsetHeight, room);
    place(plate, left, top);
  });

  return ({ scene, playhead, look, room }: MapGround) => {
    const asks = (playhead.asks ?? null) !== null;
    const words = asks ? "Plant your flag: press the map." : "Add a run, and its path appears here.";
    plate.textContent = words;
    plate.hidden = (scene.runs.length > 0 && !asks) || scene.landscape === null;
    ground.style.cursor = asks ? FLAG : "";
    if (!plate.hidden) lay({ look, room, words });
  };
}
