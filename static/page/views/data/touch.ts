/** Points by hand: drag one to move it, press twice on free ground to add one, twice on one to remove it. */

import { listenOn } from "../../dom.ts";
import { nearest } from "../../marks/hit.ts";
import type { Point } from "../../math/fit.ts";
import { xOf, yOf } from "../chart/lines.ts";
import type { DataLayout } from "./drawing.ts";
import { pointAt } from "./plotArea.ts";

export interface DataEvents {
  onPoints: (points: Point[], moving: boolean) => void;
  /** keys that moved one have been let go */
  onSettle: () => void;
  /** one is pointed at */
  onPoint: (point: number | null) => void;
}

const REACH = 16;
/** A line needs two points. */
const FEWEST = 2;

/** @returns index, -1 for none */
const pointUnder = (layout: DataLayout, x: number, y: number): number =>
  nearest(
    layout.content.points.map((point) => Math.hypot(xOf(layout, point[0]) - x, yOf(layout, point[1]) - y)),
    REACH,
  );

export function listenToPoints(root: HTMLElement, shown: () => DataLayout | null, { onPoints, onPoint }: DataEvents) {
  const on = listenOn(root);
  let held = -1;
  let over = -1;
  /** How far from the point it was taken hold of: it must not jump under the finger. */
  let grip = [0, 0];

  function at(event: PointerEvent | MouseEvent): [number, number] {
    const edge = root.getBoundingClientRect();
    return [event.clientX - edge.left, event.clientY - edge.top];
  }

  /** @param point  -1 for none */
  function pointTo(point: number) {
    root.classList.toggle("over-point", point >= 0);
    if (point !== over) onPoint(point < 0 ? null : point);
    over = point;
  }

  on("pointerdown", (event) => {
    const now = shown();
    if (!now || event.button !== 0) return;
    const [x, y] = at(event);
    held = pointUnder(now, x, y);
    pointTo(held);
    if (held < 0) return;
    const point = now.content.points[held];
    grip = [x - xOf(now, point[0]), y - yOf(now, point[1])];
    root.setPointerCapture(event.pointerId);
  });
  on("pointermove", (event) => {
    const now = shown();
    if (!now) return;
    const [x, y] = at(event);
    if (event.pointerType === "mouse") pointTo(held >= 0 ? held : pointUnder(now, x, y));
    if (held < 0) return;
    onPoints(now.content.points.with(held, pointAt(now, x - grip[0], y - grip[1])), true);
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    on(end, () => {
      held = -1;
    });
  }
  on("pointerleave", ({ pointerType }) => pointerType === "mouse" && pointTo(-1));
  on("dblclick", (event) => {
    const now = shown();
    if (!now) return;
    const [x, y] = at(event);
    const { points } = now.content;
    const under = pointUnder(now, x, y);
    if (under < 0) onPoints([...points, pointAt(now, x, y)], false);
    else if (points.length > FEWEST)
      onPoints(
        points.filter((_, k) => k !== under),
        false,
      );
  });
  return { holding: () => held >= 0 };
}
