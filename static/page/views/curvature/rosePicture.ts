/** The rotation rose: how many steps a run takes to a loss, outwards, at each angle at which a ravine may lie. */

import type { Look } from "../../marks/look.ts";
import { dot, HALO, type Mark, type Place, path, runInk, runMarker, segment, words } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import { evenScale, type Scales, valueX, valueY } from "../../marks/scales.ts";
import type { Size } from "../../math/box.ts";
import { DASHES } from "../../math/palette.ts";
import { multiples, niceStep } from "../../math/scales.ts";
import type { WireAngles } from "../../resources/angles.ts";

/** steps: to the loss with the ravine as it lies; null: more than it takes */
interface RosePetals {
  slot: number;
  told: WireAngles;
  steps: number | null;
}

interface RoseContent extends Themed {
  runs: RosePetals[];
  /** degrees */
  angle: number;
}

/** Nominal pixels: of numbers around it. */
const MARGIN = 36;
const RINGS = 4;
const RADIANS = Math.PI / 180;
/** Where a number of a ring stands, and every so many degrees a tick. */
const NUMBERED = -67.5;
const EVERY = 15;
/** Of the rim, from one number on the hand to the next on its side. */
const CLOSE = 0.16;

const at = (radius: number, degrees: number): Place => [
  radius * Math.cos(degrees * RADIANS),
  radius * Math.sin(degrees * RADIANS),
];

const ring = (radius: number): Place[] => Array.from({ length: 121 }, (_, k) => at(radius, 3 * k));

/** Once around: as the loss looks the same from its other side, the second half is the first. */
function petals({ values, n_steps, stop_reason }: WireAngles): Place[] {
  const places = (turn: number) =>
    values.map(
      (degrees, k): Place =>
        stop_reason[k] === "target_loss" ? at(n_steps[k], degrees + turn) : [Number.NaN, Number.NaN],
    );
  return [...places(0), ...places(180)];
}

export const reaches = (runs: { told: WireAngles }[]): number =>
  Math.max(1, ...runs.flatMap(({ told }) => told.n_steps.filter((_, k) => told.stop_reason[k] === "target_loss")));

function roseLayout(content: RoseContent & { size: Size; look: Look }): Scales & { marks: Mark[] } {
  const { runs, size, look } = content;
  const side = Math.min(size.width, size.height) - 2 * MARGIN * look.scale;
  const box = { left: (size.width - side) / 2, top: (size.height - side) / 2, width: side, height: side };
  const rim = reaches(runs) * 1.05;
  return { box, x: evenScale(-rim, rim), y: evenScale(-rim, rim), marks: roseMarks(content, rim) };
}

export function roseMarks({ runs, angle }: Pick<RoseContent, "runs" | "angle">, rim: number): Mark[] {
  const rings = multiples(1, rim * 0.98, niceStep(rim / RINGS));
  const faint = { stroke: "ink", strokeOpacity: 0.14 } as const;
  const label = (degrees: number, text: string, weight?: number) =>
    words(at(rim, degrees), text, {
      anchor: "middle",
      shift: [16 * Math.cos(degrees * RADIANS), -14 * Math.sin(degrees * RADIANS)],
      ...(weight ? { weight, fill: "ink" as const, size: 14 } : {}),
      halo: HALO,
    });
  const far = (degrees: number) => Math.abs(((angle - degrees + 540) % 360) - 180) > 12;
  return [
    ...rings.map((radius) => path(ring(radius), faint)),
    segment([-rim, 0], [rim, 0], faint),
    segment([0, -rim], [0, rim], faint),
    path(ring(rim), { stroke: "ink", width: 1.4 }),
    ...multiples(0, 359, EVERY).map((degrees) => segment(at(rim * 0.97, degrees), at(rim, degrees), { stroke: "ink" })),
    ...rings.map((radius) =>
      words(at(radius, NUMBERED), String(radius), { anchor: "middle", fill: "ink2", halo: HALO }),
    ),
    ...[0, 45, 90, 135].filter(far).map((degrees) => label(degrees, `${degrees}°`)),
    ...runs.map(({ slot, told }) =>
      path(petals(told), { stroke: runInk(slot), width: 1.8, dash: DASHES[slot], round: true, of: "petals" }),
    ),
    segment([0, 0], at(rim, angle), { stroke: "ink", width: 1.4, of: "hand" }),
    ...runs.map(({ slot, steps }) => ({
      ...runMarker(steps === null ? [Number.NaN, Number.NaN] : at(steps, angle), slot, 4.6),
      of: "steps",
    })),
    ...stepsOnHand(runs, angle, rim),
    dot(at(rim, angle), 6, { fill: "ink", of: "knob" }),
    label(angle, `${Math.round(angle)}°`, 600),
  ];
}

/** Beside the markers on the hand, in turn on either side; left out where the number before it is close. */
function stepsOnHand(runs: RosePetals[], angle: number, rim: number): Mark[] {
  const all = runs.flatMap(({ steps }) => (steps === null ? [] : [steps])).sort((a, b) => a - b);
  return [...new Set(all)].flatMap((steps, k, counts): Mark[] => {
    const [side, before] = [k % 2 ? -1 : 1, counts[k - 2] ?? -Infinity];
    if (steps - before < CLOSE * rim || steps > 0.9 * rim) return [];
    const [right, up] = at(16 * side, angle + 90);
    return [
      words(at(steps, angle), String(steps), {
        shift: [right, -up],
        anchor: "middle",
        weight: 600,
        fill: "ink",
        halo: HALO,
        of: "count",
      }),
    ];
  });
}

/** @param onTurn  the hand is dragged to so many degrees */
export const createRosePicture = (onTurn: (degrees: number) => void) =>
  createPicture<RoseContent, Scales & { marks: Mark[] }>({
    least: { width: 160, height: 160 },
    layOut: roseLayout,
    marks: ({ marks }) => marks,
    onHold: (layout, left, top) => onTurn(Math.atan2(valueY(layout, top), valueX(layout, left)) / RADIANS),
  });
