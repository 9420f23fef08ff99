/**
 * The places of the neurons of a network: a column for each layer, the inputs at the left, the target at the right; and
 * which of its values are computed at a substep.
 */

import { type Look, widthOf } from "../../marks/look.ts";
import type { Place } from "../../marks/mark.ts";
import type { Size } from "../../math/box.ts";
import { depthOf, type NetworkShape } from "../../math/forwardPass.ts";
import { clamped } from "../../math/ticks.ts";
import type { Backward, NetworkStep, Substep } from "../../state/networkStep.ts";
import type { NetworkProblem } from "../../state/types.ts";

/** In pixels. */
export interface Geometry {
  /** by layer, the inputs first */
  spots: Place[][];
  /** null where the target is given in words below the output */
  target: Place | null;
  /** by layer; unused for the inputs */
  radii: number[];
  /** the smallest radius, by which lines are scaled */
  radius: number;
  /** half the side of an input's square */
  side: number;
  /** whether inputs are so close that their names have room only at their left */
  namesBeside: boolean;
  /** whether neurons are so close that only those of the substep have numbers */
  crowded: boolean;
  /** by layer: whether there is room for an activation at the right of its neuron, else it stands above */
  beside: boolean[];
  /** by layer: whether there is room below a neuron for its name, and for the words above the next */
  named: boolean[];
}

/** In pixels at a scale of 1; the radius as a share of the space, for few and for many neurons in a column. */
const RADIUS = { most: 36, least: 7, ofSpace: { few: 0.36, many: 0.42 }, ofGap: 0.24 };
/** So many neurons in a column leave space for words between them. */
const FEW = 4;
const SIDE = { most: 25, least: 15, ofSpace: 0.3, besideNames: 0.42 };
/** The most that half the box of an input measures, with a number of five characters. */
export const INPUT_HALF = 24;
/** The distance between inputs from which a name has room above each. */
const SPACE_FOR_INPUT = 46;
export const TARGET_SIDE = 20;
/** Space above the first neuron and below the last, for names and numbers. */
const MARGIN = { top: 22, bottom: 26, edge: 4 };
/** Space below an output that stands alone, for its derivative, how that is made, and its target. */
const BELOW_OUTPUT = 62;
/** The largest distance between neurons. */
const MOST_PITCH = 176;
/** The space between two neurons from which words fit. */
const SPACE_FOR_WORDS = 21;
const SPACE_FOR_TWO_LINES = 44;
/** The space between two columns for a number. */
const SPACE_BESIDE = 62;
/** A narrower picture has no column for the target. */
const NARROW = 520;
/** The width of the target's column relative to the others. */
const TO_TARGET = 0.5;

/** @param names  of the inputs, which stand above them */
export function geometryOf(sizes: number[], names: string[], { width, height }: Size, look: Look): Geometry {
  const { scale } = look;
  const narrow = width < NARROW * scale;
  const space = height - (MARGIN.top + MARGIN.bottom) * scale;
  const wide = Math.max(0, ...names.map((name) => widthOf(look, name, { size: 13 })));
  const namesBeside = space / sizes[0] < SPACE_FOR_INPUT * scale;
  const left =
    (namesBeside ? wide + (6 + INPUT_HALF) * scale : Math.max(SIDE.most * scale, Math.min(wide / 2, 0.16 * width))) +
    MARGIN.edge;
  const right = (narrow ? RADIUS.most + 18 : TARGET_SIDE) * scale + MARGIN.edge;
  const columns = sizes.length - 1;
  const gap = (width - left - right) / (columns + (narrow ? 0 : TO_TARGET));
  const middle = MARGIN.top * scale + space / 2;
  const radii = sizes.map((count, layer) => {
    const share = (space / count) * (count > FEW ? RADIUS.ofSpace.many : RADIUS.ofSpace.few);
    const ofSpace = layer === columns && count === 1 ? Math.min(share, height - middle - BELOW_OUTPUT * scale) : share;
    return layer ? clamped(Math.min(ofSpace, gap * RADIUS.ofGap), RADIUS.least * scale, RADIUS.most * scale) : 0;
  });
  const radius = Math.min(...radii.slice(1));
  const sideOfSpace = (space / sizes[0]) * (namesBeside ? SIDE.besideNames : SIDE.ofSpace);
  const widest = clamped(1.3 * radius, SIDE.least * scale, SIDE.most * scale);
  const side = Math.max(9 * scale, Math.min(widest, sideOfSpace));
  const pitchOf = (count: number, half: number) =>
    count < 2 ? 0 : Math.min((space - 2 * half) / (count - 1), MOST_PITCH * scale);
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
    return after - x > 2 * radii[layer] + SPACE_BESIDE * scale;
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
        pitch === 0 || pitch >= 2 * radii[layer] + (beside[layer] ? SPACE_FOR_WORDS : SPACE_FOR_TWO_LINES) * scale,
    ),
    crowded: pitches.some(
      (pitch, layer) => layer > 0 && pitch > 0 && pitch < 2 * radii[layer] + SPACE_FOR_WORDS * scale,
    ),
  };
}

/** The part of the line between two spots that lies outside of a square and a circle, or of two circles. */
export function visiblePart(
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

/** Ranges of pre-activations and activations that the circle shows from edge to edge, and the value in its middle. */
const RANGES: Record<string, { z: number; a: number; middle: number }> = {
  tanh: { z: 3, a: 1, middle: 0 },
  sigmoid: { z: 6, a: 0.5, middle: 0.5 },
  relu: { z: 3, a: 3, middle: 0 },
  linear: { z: 3, a: 3, middle: 0 },
};
/** Shares of the radius: half the width and half the height of the curve, and half a tangent. */
const SHARE = { wide: 0.76, high: 0.5, tangent: 0.48 };
const POINTS = 24;

/** The activation curve of a neuron in its circle. */
export interface Curve {
  places: () => Place[];
  axes: () => [Place, Place][];
  /** the place on the curve at a pre-activation; one out of range stands at the edge */
  dotAt: (z: number) => Place;
  /** vertical and horizontal lines from a dot to both axes */
  feetOf: (dot: Place) => [Place, Place][];
  /** the ends of the tangent at a dot, for the slope of the curve there */
  tangentAt: (dot: Place, slope: number) => [Place, Place];
}

export function curveOf(name: string, activation: (z: number) => number, [x, y]: Place, radius: number): Curve {
  const range = RANGES[name];
  const [wide, high] = [SHARE.wide * radius, SHARE.high * radius];
  const floor = y + (range.middle / range.a) * high;
  function dotAt(z: number): Place {
    const inside = Math.min(range.z, Math.max(-range.z, z));
    return [x + (inside / range.z) * wide, y - ((activation(inside) - range.middle) / range.a) * high];
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

/** @returns the quantity of a neuron at a substep, by its name in a working */
export function neuronQuantity({ sizes }: NetworkShape, substep: Substep | null, { layer, neuron }: NeuronAt): string {
  if (substep?.pass === "backward") return `delta${layer}_${neuron + 1}`;
  return layer === sizes.length - 1 ? "y_hat" : `a${layer}_${neuron + 1}`;
}

/** @returns the neuron that a quantity belongs to */
export function neuronOf({ sizes }: NetworkShape, quantity: string | null): NeuronAt | null {
  if (quantity === "y_hat") return { layer: sizes.length - 1, neuron: 0 };
  const [, layer, neuron] = quantity?.match(/^(?:z|a|delta|local_derivative|from_above)(\d+)_(\d+)$/) ?? [];
  return layer === undefined ? null : { layer: Number(layer), neuron: Number(neuron) - 1 };
}

export const isPointedAt = (highlighted: NeuronAt | null, layer: number, neuron: number): boolean =>
  highlighted?.layer === layer && highlighted.neuron === neuron;

/** @returns whether the forward pass has reached a neuron */
export function isComputed(substep: Substep | null, layer: number, neuron: number): boolean {
  if (substep?.pass !== "forward") return true;
  return layer < substep.layer || (layer === substep.layer && neuron <= substep.neuron);
}

/** @returns whether the substep computes a neuron */
export function isAtWork(network: NetworkProblem, substep: Substep | null, layer: number, neuron: number): boolean {
  if (substep?.pass === "forward") return layer === substep.layer && neuron === substep.neuron;
  if (substep?.pass === "error") return layer === depthOf(network);
  return substep?.pass === "backward" && layer === substep.layer;
}

/**
 * @returns the backward pass where it has reached a layer, else null; in the update only where the changes are of this
 * sample alone
 */
export function backwardAt({ batch, backward }: NetworkStep, substep: Substep | null, layer: number): Backward | null {
  if (substep?.pass === "update") return batch.length === 1 ? backward : null;
  return substep?.pass === "backward" && layer >= substep.layer ? backward : null;
}

/** @returns whether the substep uses the weight from a neuron to one of the next layer */
export function isWeightAtWork(substep: Substep | null, layer: number, to: number): boolean {
  if (substep?.pass === "forward") return layer === substep.layer && to === substep.neuron;
  if (substep?.pass === "backward") return layer === substep.layer + 1;
  return substep === null || substep.pass === "update";
}
