/** The flag planted where a run is thought to end, with how far off that is; and the name of a quick event. */

import { widthOf } from "../../marks/look.ts";
import { dot, type Mark, segment, shape } from "../../marks/mark.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { bestSpot, leader, type Spot, type WordsBeside } from "../../marks/spots.ts";
import { type Box, clippedSegment, inside, movedInto, overlap } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import type { Scene } from "../../state/types.ts";
import type { MapDrawing } from "./moment.ts";
import { haloed, label, labelIn, leaderMark } from "./style.ts";
import { placeAt } from "./trace.ts";

/** Pixels that a guess is off from which on they are said; and that its words take. */
const FAR = 60;
const ROOM = 120;
/** Pixels: of the ring around a head. */
const RING = 15;
/** What it costs that words cover something else, and that the line to them crosses it, in pixels of a move. */
const [COVERED, CROSSED] = [1000, 100];
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

/** @returns where words of this size stand beside the head of a run, whole and off what is taken */
export function placeDwell(
  { x, y, size, scale }: Omit<WordsBeside, "gap">,
  frame: Box,
  taken: Box[],
): Pick<Spot, "box" | "led"> {
  const { box, led } = bestSpot({ x, y, size, gap: RING * scale + 5, scale }, ({ box: spot, led }) => {
    const inSight = movedInto(spot, frame);
    const moved = Math.abs(inSight.left - spot.left) + Math.abs(inSight.top - spot.top);
    const covered = taken.filter((other) => overlap(other, inSight)).length;
    const way = leader(x, y, inSight, RING * scale);
    const crossed = led ? taken.filter((other) => clippedSegment(other, ...way)).length : 0;
    return COVERED * covered + CROSSED * crossed + moved;
  });
  return { box: movedInto(box, frame), led };
}

/** What happens at the head of a run in these steps: it is ringed, and told. @param taken  what its words keep off */
export function dwellMarks({ scene, traces, area, look, playhead: { step } }: MapDrawing, taken: Box[]): Mark[] {
  return dwellsAt(scene, step).flatMap(({ run, label: text }) => {
    const trace = traces.find(({ index }) => index === run);
    const [x, y] = trace ? placeAt(trace, step) : [NaN, NaN];
    if (!inside(area.box, x, y)) return [];
    const size: [number, number] = [widthOf(look, text, TYPE), 16 * look.scale];
    const { box, led } = placeDwell({ x, y, size, scale: look.scale }, look.box, taken);
    return [
      dot([x, y], RING, haloed(1.8)),
      ...(led ? [leaderMark(leader(x, y, box, RING * look.scale))] : []),
      labelIn(box, text, TYPE),
    ];
  });
}
