/**
 * Where the neurons of a network stand: a column for each layer, the inputs at the left, the target at the right; and
 * what of them has been computed at a substep.
 */
import { type Look, widthOf } from "../../marks/look.ts";
import type { Place } from "../../marks/mark.ts";
import type { Size } from "../../math/box.ts";
import { depthOf, type NetworkShape } from "../../math/network.ts";
import type { Backward, NetworkStep, Substep } from "../../state/networkStep.ts";
import type { NetworkProblem } from "../../state/types.ts";

/** In pixels. */
export interface Geometry {
  /** by layer, the inputs first */
  spots: Place[][];
  /** null where the target stands in words under the output */
  target: Place | null;
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

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));

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
  const radii = sizes.map((count, layer) => {
    const ofRoom = (room / count) * (count > FEW ? RADIUS.ofRoom.many : RADIUS.ofRoom.few);
    return layer ? within(Math.min(ofRoom, gap * RADIUS.ofGap), RADIUS.least * scale, RADIUS.most * scale) : 0;
  });
  const radius = Math.min(...radii.slice(1));
  const sideOfRoom = (room / sizes[0]) * (namesBeside ? SIDE.besideNames : SIDE.ofRoom);
  const widest = within(1.3 * radius, SIDE.least * scale, SIDE.most * scale);
  const side = Math.max(9 * scale, Math.min(widest, sideOfRoom));
  const pitchOf = (count: number, half: number) =>
    count < 2 ? 0 : Math.min((room - 2 * half) / (count - 1), MOST_PITCH * scale);
  const middle = MARGIN.top * scale + room / 2;
  const pitches = sizes.map((count, layer) => pitchOf(count, layer ? radii[layer] : side));
  const spots = sizes.map((count, layer) =>
    Array.from(
      { length: count },
      (_, k): Place => [left + layer * gap, middle + (k - (count - 1) / 2) * pitches[layer]],
    ),
  );
  const target: Place | null = narrow ? null : [left + (columns + TO_TARGET) * gap, middle];
  const beside = spots.map(([[x]], layer) => {
    const [after] = spots[layer + 1]?.[0] ?? target ?? [x];
    return after - x > 2 * radii[layer] + ROOM_BESIDE * scale;
  });
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
  from: Place,
  to: Place,
  leave: { radius: number; square: boolean },
  arrive: number,
): [Place, Place] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const out = leave.square ? leave.radius / Math.max(Math.abs(dx), Math.abs(dy)) : leave.radius / length;
  const at = (share: number): Place => [from[0] + share * dx, from[1] + share * dy];
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
  places: () => Place[];
  axes: () => [Place, Place][];
  /** where it stands with a pre-activation; one out of sight stands at the edge */
  dotAt: (z: number) => Place;
  /** from a dot straight to both axes */
  feetOf: (dot: Place) => [Place, Place][];
  /** ends of the tangent at a dot, from the slope of the curve there */
  tangentAt: (dot: Place, slope: number) => [Place, Place];
}

export function curveOf(name: string, of: (z: number) => number, [x, y]: Place, radius: number): Curve {
  const range = RANGES[name];
  const [wide, high] = [SHARE.wide * radius, SHARE.high * radius];
  const floor = y + (range.middle / range.a) * high;
  function dotAt(z: number): Place {
    const inside = Math.min(range.z, Math.max(-range.z, z));
    return [x + (inside / range.z) * wide, y - ((of(inside) - range.middle) / range.a) * high];
  }
  return {
    places: () => Array.from({ length: POINTS + 1 }, (_, k) => dotAt(((2 * k) / POINTS - 1) * range.z)),
    axes: () => [
      [
        [x - wide, floor],
        [x + wide, floor],
      ],
      [
        [x, y - high],
        [x, y + high],
      ],
    ],
    dotAt,
    feetOf: (dot) => [
      [dot, [dot[0], floor]],
      [dot, [x, dot[1]]],
    ],
    tangentAt([left, top], slope) {
      const tilt = Math.atan2((slope / range.a) * high, wide / range.z);
      const [dx, dy] = [Math.cos(tilt) * SHARE.tangent * radius, -Math.sin(tilt) * SHARE.tangent * radius];
      return [
        [left - dx, top - dy],
        [left + dx, top + dy],
      ];
    },
  };
}

/** Layers count from 1, neurons from 0. */
export type NeuronAt = { layer: number; neuron: number };

/** @returns the quantity that it has at a substep, as a working names it */
export function neuronQuantity({ sizes }: NetworkShape, substep: Substep | null, { layer, neuron }: NeuronAt): string {
  if (substep?.pass === "backward") return `delta${layer}_${neuron + 1}`;
  return layer === sizes.length - 1 ? "y_hat" : `a${layer}_${neuron + 1}`;
}

/** @returns the neuron that a quantity is of */
export function neuronOf({ sizes }: NetworkShape, quantity: string | null): NeuronAt | null {
  if (quantity === "y_hat") return { layer: sizes.length - 1, neuron: 0 };
  const [, layer, neuron] = quantity?.match(/^(?:z|a|delta|local_derivative|from_above)(\d+)_(\d+)$/) ?? [];
  return layer === undefined ? null : { layer: Number(layer), neuron: Number(neuron) - 1 };
}

export const isPointedAt = (highlighted: NeuronAt | null, layer: number, neuron: number): boolean =>
  highlighted?.layer === layer && highlighted.neuron === neuron;

/** @returns whether the forward pass has come to a neuron */
export function isComputed(substep: Substep | null, layer: number, neuron: number): boolean {
  if (substep?.pass !== "forward") return true;
  return layer < substep.layer || (layer === substep.layer && neuron <= substep.neuron);
}

/** @returns whether a neuron is what the substep computes */
export function isAtWork(network: NetworkProblem, substep: Substep | null, layer: number, neuron: number): boolean {
  if (substep?.pass === "forward") return layer === substep.layer && neuron === substep.neuron;
  if (substep?.pass === "error") return layer === depthOf(network);
  return substep?.pass === "backward" && layer === substep.layer;
}

/**
 * @returns the way back where it has come to a layer, else null; in the update only where the changes are of this
 * sample alone
 */
export function backwardAt({ batch, backward }: NetworkStep, substep: Substep | null, layer: number): Backward | null {
  if (substep?.pass === "update") return batch.length === 1 ? backward : null;
  return substep?.pass === "backward" && layer >= substep.layer ? backward : null;
}

/** @returns whether the substep goes through the weight that leads to a neuron of a layer from one before */
export function isWeightAtWork(substep: Substep | null, layer: number, to: number): boolean {
  if (substep?.pass === "forward") return layer === substep.layer && to === substep.neuron;
  if (substep?.pass === "backward") return layer === substep.layer + 1;
  return substep === null || substep.pass === "update";
}
