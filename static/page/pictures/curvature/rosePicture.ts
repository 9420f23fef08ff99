/**
 * The rotation rose: for each angle of the ravine, how many steps a run takes to a loss, as the distance from the
 * middle.
 */

import {
  BOLD,
  circle,
  dot,
  HALO,
  type Mark,
  NOWHERE,
  type Place,
  path,
  runInk,
  runMarker,
  segment,
  squareScales,
  type WordsStyle,
  words,
} from "../../marks/mark.ts";
import type { PictureKind, StillLayout, Themed } from "../../marks/picture.ts";
import { type Scales, valueX, valueY } from "../../marks/scales.ts";
import { DASHES } from "../../math/palette.ts";
import { multiples, niceStep } from "../../math/ticks.ts";
import type { Wire } from "../../state/types.ts";

/** steps: to the loss with the ravine as it lies; null: more than it takes */
interface RosePetals {
  slot: number;
  reply: Wire["SweepEnds"];
  steps: number | null;
}

interface RoseContent extends Themed {
  runs: RosePetals[];
  /** degrees */
  angle: number;
}

/** Nominal pixels: of numbers around it, and from its middle line to a number beside the hand. */
const [MARGIN, BESIDE] = [36, 16];
const RINGS = 4;
const RADIANS = Math.PI / 180;
/** Where a number of a ring stands, and every so many degrees a tick. */
const [NUMBERED, EVERY] = [-67.5, 15];
/** Of the rim, from one number on the hand to the next on its side. */
const CLOSE = 0.16;

const at = (radius: number, degrees: number): Place => [
  radius * Math.cos(degrees * RADIANS),
  radius * Math.sin(degrees * RADIANS),
];

const isThere = ({ stop_reason }: Wire["SweepEnds"], k: number) => stop_reason[k] === "target_loss";

/** The petals once around. The second half repeats the first, as half a turn changes nothing. */
const petals = (reply: Wire["SweepEnds"]): Place[] =>
  [0, 180].flatMap((turn) =>
    reply.values.map((degrees, k) => (isThere(reply, k) ? at(reply.n_steps[k], degrees + turn) : NOWHERE)),
  );

const reaches = (runs: { reply: Wire["SweepEnds"] }[]): number =>
  Math.max(1, ...runs.flatMap(({ reply }) => reply.n_steps.filter((_, k) => isThere(reply, k))));

function roseMarks({ runs, angle }: Pick<RoseContent, "runs" | "angle">, rim: number): Mark[] {
  const rings = multiples(1, rim * 0.98, niceStep(rim / RINGS));
  const faint = { stroke: "ink", strokeOpacity: 0.14 } as const;
  const label = (degrees: number, text: string, style: WordsStyle = { halo: HALO }) => {
    const [right, up] = at(1, degrees);
    return words(at(rim, degrees), text, { anchor: "middle", shift: [16 * right, -14 * up], ...style });
  };
  const far = (degrees: number) => Math.abs(((angle - degrees + 540) % 360) - 180) > 12;
  return [
    ...rings.map((radius) => path(circle(radius), { ...faint, closed: true })),
    segment([-rim, 0], [rim, 0], faint),
    segment([0, -rim], [0, rim], faint),
    path(circle(rim), { stroke: "ink", width: 1.4, closed: true }),
    ...multiples(0, 359, EVERY).map((degrees) => segment(at(rim * 0.97, degrees), at(rim, degrees), { stroke: "ink" })),
    ...rings.map((radius) =>
      words(at(radius, NUMBERED), String(radius), { anchor: "middle", fill: "ink2", halo: HALO }),
    ),
    ...[0, 45, 90, 135].filter(far).map((degrees) => label(degrees, `${degrees}°`)),
    ...runs.map(({ slot, reply }) =>
      path(petals(reply), { stroke: runInk(slot), width: 1.8, dash: DASHES[slot], round: true, of: "petals" }),
    ),
    segment([0, 0], at(rim, angle), { stroke: "ink", width: 1.4, of: "hand" }),
    ...runs.map(({ slot, steps }) => ({
      ...runMarker(steps === null ? NOWHERE : at(steps, angle), slot, 4.6),
      of: "steps",
    })),
    ...stepsOnHand(runs, angle, rim),
    dot(at(rim, angle), 6, { fill: "ink", of: "knob" }),
    label(angle, `${Math.round(angle)}°`, { ...BOLD, size: 14 }),
  ];
}

/**
 * The numbers of steps beside the markers on the hand, on either side in turn; left out where the one before is close.
 */
function stepsOnHand(runs: RosePetals[], angle: number, rim: number): Mark[] {
  const all = runs.flatMap(({ steps }) => (steps === null ? [] : [steps])).sort((a, b) => a - b);
  return [...new Set(all)].flatMap((steps, k, counts): Mark[] => {
    if (steps - (counts[k - 2] ?? -Infinity) < CLOSE * rim || steps > 0.9 * rim) return [];
    const [right, up] = at(k % 2 ? -BESIDE : BESIDE, angle + 90);
    return [words(at(steps, angle), String(steps), { ...BOLD, anchor: "middle", shift: [right, -up], of: "count" })];
  });
}

export const rosePicture: PictureKind<RoseContent, StillLayout> = {
  least: { width: 160, height: 160 },
  layOut({ runs, angle, size, look }) {
    const rim = reaches(runs) * 1.05;
    return { ...squareScales(size, MARGIN * look.scale, rim), marks: roseMarks({ runs, angle }, rim) };
  },
};

/** @returns the direction of a place in pixels of the picture */
export const degreesAt = (layout: Scales, left: number, top: number): number =>
  Math.atan2(valueY(layout, top), valueX(layout, left)) / RADIANS;
