/** Where the neurons of a network stand: a column for each layer, the inputs at the left, the target at the right. */

import type { Size } from "../../math/box.ts";
import type { Look } from "../chart/svg.ts";
import { widthOf } from "../chart/svg.ts";

export type ScreenPoint = { x: number; y: number };

export interface Geometry {
  /** by layer, the inputs first */
  spots: ScreenPoint[][];
  /** null where the target stands in words under the output */
  target: ScreenPoint | null;
  /** of the neurons of a layer; nothing of the inputs */
  radii: number[];
  /** the smallest of them, by which lines are scaled */
  radius: number;
  /** half a side of an input */
  side: number;
  /** inputs stand so close that their names have room at their left alone */
  namesBeside: boolean;
  /** neurons stand so close that only those at work have numbers beside them */
  crowded: boolean;
  /** by layer: there is room for an activation at the right of its neuron, else it stands above it */
  beside: boolean[];
  /** by layer: under a neuron there is room for its name, and for what stands above the next */
  named: boolean[];
}

/** In pixels at a scale of 1; the radius with so many neurons in a column as there is room for. */
const RADIUS = { most: 36, least: 7, ofRoom: { few: 0.36, many: 0.42 }, ofGap: 0.24 };
/** So few in a column leave room for words between them. */
const FEW = 4;
const SIDE = { most: 25, least: 15, ofRoom: 0.3, besideNames: 0.42 };
/** Half a box of an input, at the most, with a number of five signs in it. */
export const INPUT_HALF = 24;
/** From the middle of an input to that of the next, where a name has room above it. */
const ROOM_FOR_INPUT = 46;
export const TARGET_SIDE = 20;
/** Above the first neuron and under the last: names, numbers. */
const MARGIN = { top: 22, bottom: 26, edge: 4 };
/** From the middle of a neuron to that of the next. */
const MOST_PITCH = 176;
/** Between two neurons, where their words have room. */
const ROOM_FOR_WORDS = 21;
const ROOM_FOR_TWO_LINES = 44;
/** Between two columns, for a number. */
const ROOM_BESIDE = 62;
/** A narrower picture has no column for the target. */
const NARROW = 520;
/** The column of the target is so much narrower than the others. */
const TO_TARGET = 0.5;

/** @param names  of the inputs, which stand above them */
export function geometryOf(sizes: number[], names: string[], { width, height }: Size, look: Look): Geometry {
  const { scale } = look;
  const narrow = width < NARROW * scale;
  const room = height - (MARGIN.top + MARGIN.bottom) * scale;
  const wide = Math.max(0, ...names.map((name) => widthOf(look, name, { size: 13 })));
  const namesBeside = room / sizes[0] < ROOM_FOR_INPUT * scale;
  const left =
    (namesBeside ? wide + (6 + INPUT_HALF) * scale : Math.max(SIDE.most * scale, Math.min(wide / 2, 0.16 * width))) +
    MARGIN.edge;
  const right = (narrow ? RADIUS.most + 18 : TARGET_SIDE) * scale + MARGIN.edge;
  const columns = sizes.length - 1;
  const gap = (width - left - right) / (columns + (narrow ? 0 : TO_TARGET));
  const radii = sizes.map((count, layer) =>
    layer
      ? Math.max(
          RADIUS.least * scale,
          Math.min(
            RADIUS.most * scale,
            (room / count) * (count > FEW ? RADIUS.ofRoom.many : RADIUS.ofRoom.few),
            gap * RADIUS.ofGap,
          ),
        )
      : 0,
  );
  const radius = Math.min(...radii.slice(1));
  const side = Math.max(
    9 * scale,
    Math.min(
      SIDE.most * scale,
      Math.max(SIDE.least * scale, 1.3 * radius),
      (room / sizes[0]) * (namesBeside ? SIDE.besideNames : SIDE.ofRoom),
    ),
  );
  const pitchOf = (count: number, half: number) =>
    count < 2 ? 0 : Math.min((room - 2 * half) / (count - 1), MOST_PITCH * scale);
  const middle = MARGIN.top * scale + room / 2;
  const pitches = sizes.map((count, layer) => pitchOf(count, layer ? radii[layer] : side));
  const spots = sizes.map((count, layer) =>
    Array.from({ length: count }, (_, k) => ({
      x: left + layer * gap,
      y: middle + (k - (count - 1) / 2) * pitches[layer],
    })),
  );
  const target = narrow ? null : { x: left + (columns + TO_TARGET) * gap, y: middle };
  const beside = spots.map(
    ([{ x }], layer) => (spots[layer + 1]?.[0].x ?? target?.x ?? x) - x > 2 * radii[layer] + ROOM_BESIDE * scale,
  );
  return {
    spots,
    radii,
    radius,
    side,
    target,
    beside,
    namesBeside,
    named: pitches.map(
      (pitch, layer) =>
        pitch === 0 || pitch >= 2 * radii[layer] + (beside[layer] ? ROOM_FOR_WORDS : ROOM_FOR_TWO_LINES) * scale,
    ),
    crowded: pitches.some(
      (pitch, layer) => layer > 0 && pitch > 0 && pitch < 2 * radii[layer] + ROOM_FOR_WORDS * scale,
    ),
  };
}

/** The stretch of the line from one spot to another that lies between a square and a circle, or two circles. */
export function between(
  from: ScreenPoint,
  to: ScreenPoint,
  leave: { radius: number; square: boolean },
  arrive: number,
): [ScreenPoint, ScreenPoint] {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  const out = leave.square ? leave.radius / Math.max(Math.abs(dx), Math.abs(dy)) : leave.radius / length;
  const at = (share: number) => ({ x: from.x + share * dx, y: from.y + share * dy });
  return [at(out), at(1 - arrive / length)];
}

/** Pre-activations and activations that the circle shows, from edge to edge, and what is in its middle. */
const RANGES: Record<string, { z: number; a: number; middle: number }> = {
  tanh: { z: 3, a: 1, middle: 0 },
  sigmoid: { z: 6, a: 0.5, middle: 0.5 },
  relu: { z: 3, a: 3, middle: 0 },
  linear: { z: 3, a: 3, middle: 0 },
};
/** Of the radius: half the width and half the height of what is shown, and half a tangent. */
const SHARE = { wide: 0.76, high: 0.5, tangent: 0.48 };
const POINTS = 24;

/** The activation curve of a neuron, as it stands in its circle. */
export interface Curve {
  /** SVG path data */
  path: () => string;
  /** of the axes */
  cross: () => string;
  /** where it stands with a pre-activation; one out of sight stands at the edge */
  dotAt: (z: number) => ScreenPoint;
  /** the foot of a dot on both axes */
  feetOf: (dot: ScreenPoint) => [ScreenPoint, ScreenPoint];
  /** ends of the tangent at a dot, from the slope of the curve there */
  tangentAt: (dot: ScreenPoint, slope: number) => [ScreenPoint, ScreenPoint];
}

export function curveOf(name: string, of: (z: number) => number, { x, y }: ScreenPoint, radius: number): Curve {
  const range = RANGES[name];
  const [wide, high] = [SHARE.wide * radius, SHARE.high * radius];
  const inside = (value: number) => Math.min(range.z, Math.max(-range.z, value));
  const across = (value: number) => x + (inside(value) / range.z) * wide;
  const up = (value: number) => y - ((of(inside(value)) - range.middle) / range.a) * high;
  const places = () => Array.from({ length: POINTS + 1 }, (_, k) => ((2 * k) / POINTS - 1) * range.z);
  const round = (value: number) => value.toFixed(1);
  const floor = y - ((0 - range.middle) / range.a) * high;
  return {
    path: () =>
      `M${places()
        .map((at) => `${round(across(at))} ${round(up(at))}`)
        .join("L")}`,
    cross: () =>
      `M${round(x - wide)} ${round(floor)}H${round(x + wide)}M${round(x)} ${round(y - high)}V${round(y + high)}`,
    dotAt: (z) => ({ x: across(z), y: up(z) }),
    feetOf: (dot) => [
      { x: dot.x, y: floor },
      { x, y: dot.y },
    ],
    tangentAt(dot, slope) {
      const tilt = Math.atan2((slope / range.a) * high, wide / range.z);
      const [dx, dy] = [Math.cos(tilt) * SHARE.tangent * radius, -Math.sin(tilt) * SHARE.tangent * radius];
      return [
        { x: dot.x - dx, y: dot.y - dy },
        { x: dot.x + dx, y: dot.y + dy },
      ];
    },
  };
}
