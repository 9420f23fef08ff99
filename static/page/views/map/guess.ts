/** The flag planted where a run is thought to end, with how far off that is; and the name of a quick event. */

import { dot, type Mark, segment, shape } from "../../marks/mark.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { inside } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import type { Scene } from "../../state/types.ts";
import type { MapDrawing, MapMoment } from "./moment.ts";
import { haloed, label, labelBeside } from "./style.ts";
import { placeAt } from "./trace.ts";

/** Pixels that a guess is off from which on they are said; and that its words take. */
const FAR = 60;
const ROOM = 120;
/** Pixels: of the ring around a head. */
const RING = 15;
/** Pixels: of its pole and its cloth. */
const POLE = 26;
const CLOTH = { width: 17, height: 11 };

const FLAG = `M0 0L0 ${-POLE}L${CLOTH.width} ${CLOTH.height / 2 - POLE}L0 ${CLOTH.height - POLE}`;
/** Of all that is written here. */
const TYPE = { size: 13.5, weight: 600 };

export function guessMarks({ scene, axes, area, look }: MapDrawing): Mark[] {
  if (!scene.guess) return [];
  const { at, end } = scene.guess;
  const onScreen = (point: number[]): [number, number] => {
    const [x, y] = axes.place(point, scene);
    return [screenX(area, x), screenY(area, y)];
  };
  const [x, y] = onScreen(at);
  if (!inside(area.box, x, y)) return [];
  const marks: Mark[] = [];
  let toTheRight = area.box.left + area.box.width - x > ROOM * look.scale;
  if (end) {
    const [endX, endY] = onScreen(end);
    marks.push(segment([x, y], [endX, endY], haloed(1.4)));
    const off = Math.hypot(...at.map((value, k) => value - end[k]));
    // Each at its own end of the line.
    if (Math.hypot(endX - x, endY - y) > FAR * look.scale)
      marks.push(
        label([x + 0.6 * (endX - x), y + 0.6 * (endY - y)], `${formatMeasured(off, 2)} off`, {
          ...TYPE,
          anchor: "middle",
          shift: [0, endY > y ? -14 : 14],
        }),
      );
    toTheRight = endX < x;
  }
  return [
    ...marks,
    shape([x, y], FLAG, { ...haloed(1.8), fill: "paper" }),
    dot([x, y], 3.4, { ...haloed(1), fill: "ink" }),
    label([x, y], "your guess", {
      ...TYPE,
      anchor: toTheRight ? "start" : "end",
      shift: [toTheRight ? CLOTH.width + 5 : -6, CLOTH.height / 2 - POLE],
    }),
  ];
}

/** @returns what happens quickly about the step */
const dwellsAt = ({ dwells }: Scene, step: number) =>
  dwells.filter(({ first, last }) => step > 0 && step > first - 1 && step <= last);

/** What happens at the head of a run in these steps: it is ringed, and told. */
export function dwellMarks({ scene, traces, area, look, moving, playhead: { step } }: MapMoment): Mark[] {
  return dwellsAt(scene, step).flatMap(({ run, label: text }) => {
    const trace = traces.find(({ index }) => index === run);
    const [x, y] = trace ? placeAt(trace, step) : [NaN, NaN];
    if (!inside(area.box, x, y)) return [];
    return [dot([x, y], RING, haloed(1.8)), ...labelBeside(moving, look, [x, y], RING + 5, text, TYPE)];
  });
}
