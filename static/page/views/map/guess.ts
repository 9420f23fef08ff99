/** The flag planted where a run is thought to end, with how far off that is; and the name of a quick event. */

import { dot, type Mark, segment } from "../../marks/mark.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { inside } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import type { Scene } from "../../state/types.ts";
import { clothOf, flagMarks } from "../guesses/dots.ts";
import type { MapDrawing, MapMoment } from "./moment.ts";
import { haloed, label, labelBeside } from "./style.ts";
import { placeAt } from "./trace.ts";

export { guessesMarks, takeGuesses } from "./guesses.ts";

/** Pixels that a guess is off from which on they are said; and that its words take. */
const FAR = 60;
const ROOM = 120;
/** Pixels: of the ring around a head. */
const RING = 15;
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
  const { right, down } = clothOf(1);
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
    ...flagMarks([x, y]),
    label([x, y], "your guess", {
      ...TYPE,
      anchor: toTheRight ? "start" : "end",
      shift: [toTheRight ? right + 5 : -6, down],
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
