/** The neurons of a network: each is its activation curve, with a dot at its value. */

import { spansOf } from "../../marks/letters.ts";
import { type Look, widthOf } from "../../marks/look.ts";
import {
  dot,
  HALO,
  type Mark,
  type Place,
  path,
  rectangle,
  segment,
  segments,
  type WordsMark,
  type WordsStyle,
  words,
} from "../../marks/mark.ts";
import { boxAround } from "../../math/box.ts";
import { activationOf, depthOf, type Forward, type Sample } from "../../math/forwardPass.ts";
import { roundedText } from "../../words/latexValue.ts";
import { inputLetter, networkNumber } from "../../words/networkWords.ts";
import {
  backwardAt,
  type Curve,
  curveOf,
  INPUT_HALF,
  isAtWork,
  isComputed,
  isPointedAt,
  type NeuronAt,
  TARGET_SIDE,
} from "./geometry.ts";
import type { NetworkDrawing, NetworkOutline } from "./index.ts";

/** The neuron of the substep is larger by this factor. */
const LARGER = 1.12;
/** Sizes of type, in nominal pixels. */
const SIZE = { name: 13, value: 13, large: 16, inside: 17, least: 12 };
/** A smaller circle has no number inside. */
const SPACE = 20;
/** A smaller circle has a thin curve, without axes. */
const SMALL = 14;

const WIDE: WordsStyle = { halo: { ...HALO, width: 4 } };

/** The style of a name above or below its neuron. */
const NAME: WordsStyle = { size: SIZE.name, anchor: "middle", halo: HALO };

interface Neuron extends NeuronAt {
  spot: Place;
  /** the radius of its circle; larger at the forward pass */
  radius: number;
  isLast: boolean;
  /** whether its value is printed inside, as for an output that is a number */
  plain: boolean;
  computed: boolean;
  atWork: boolean;
  /** whether the substep computes it, or it is pointed at */
  strong: boolean;
}

function neuronsOf({ network, geometry: { spots, radii }, substep, highlighted, look }: NetworkOutline): Neuron[] {
  return spots.slice(1).flatMap((column, k) =>
    column.map((spot, neuron) => {
      const [layer, isLast] = [k + 1, k + 1 === depthOf(network)];
      const atWork = isAtWork(network, substep, layer, neuron);
      return {
        layer,
        neuron,
        spot,
        radius: radii[layer] * (substep?.pass === "forward" && !isLast && atWork ? LARGER : 1),
        isLast,
        plain: isLast && network.output === "linear" && radii[layer] >= SPACE * look.scale,
        computed: isComputed(substep, layer, neuron),
        atWork,
        strong: atWork || isPointedAt(highlighted, layer, neuron),
      };
    }),
  );
}

const curveIn = ({ network }: NetworkOutline, { layer, isLast, spot, radius }: Neuron): Curve =>
  curveOf(isLast ? network.output : network.activation, activationOf(network, layer), spot, radius);

/** Circles with curves. They read nothing that changes from step to step. */
export const neurons = (drawing: NetworkOutline): Mark[] =>
  neuronsOf(drawing).flatMap((neuron) => {
    const { spot, plain, computed, strong } = neuron;
    const radius = neuron.radius / drawing.look.scale;
    const ring = { fill: "casing", stroke: "ink", width: strong ? 2.6 : 1.4, of: "neuron" } as const;
    const circle = computed
      ? [dot(spot, radius, ring)]
      : [dot(spot, radius, { ...ring, dash: [3, 3] }), dot(spot, radius, { fill: "ink", fillOpacity: 0.05 })];
    if (plain) return circle;
    const curve = curveIn(drawing, neuron);
    return [
      ...circle,
      segments(curve.axes(), { stroke: "ink", strokeOpacity: 0.16, width: 1.2 }),
      path(curve.places(), { stroke: computed ? "ink2" : "ink3", width: radius > SMALL ? 1.6 : 1.2 }),
    ];
  });

/**
 * The dots on the curves: forward with lines to both axes, backward with the tangent, which shows the slope. Empty
 * where a run has diverged.
 */
export const neuronDots = (drawing: NetworkDrawing, { z }: Forward): Mark[] =>
  neuronsOf(drawing).flatMap((drawnNeuron) => {
    const { layer, neuron, plain, computed, atWork } = drawnNeuron;
    if (plain || !computed || !Number.isFinite(z[layer][neuron])) return [];
    const { printed, substep, look } = drawing;
    const radius = drawnNeuron.radius / look.scale;
    const curve = curveIn(drawing, drawnNeuron);
    const at = curve.dotAt(z[layer][neuron]);
    const marks: Mark[] = [dot(at, Math.max(2.4, Math.min(4.6, radius * 0.14)), { fill: "ink", of: "dot" })];
    const slope = substep?.pass === "backward" && backwardAt(printed, substep, layer)?.local[layer][neuron];
    if (typeof slope === "number") {
      const strokeOpacity = atWork ? undefined : 0.5;
      marks.unshift(path(curve.tangentAt(at, slope), { stroke: "warn", width: 3, strokeOpacity, of: "tangent" }));
    }
    if (substep?.pass === "forward" && atWork && radius > SMALL)
      marks.unshift(segments(curve.feetOf(at), { stroke: "ink", width: 1.4, dash: [2.5, 2.5] }));
    return marks;
  });

/** A number of more characters is shortened inside a square. */
const LONG = 5;

/** @returns the size of type with which a text fits a circle or a square @param half  of its width, nominal */
const insideSize = (text: string, half: number) =>
  Math.max(SIZE.least, Math.min(SIZE.inside, (3.3 * half) / Math.max(2, text.length)));

/** Nominal pixels between two neurons from which the delta of one and the name of the next both have room. */
const SPACE_FOR_BOTH = 44;

/** The gap between the circles of a layer. */
const gapOf = ({ geometry: { spots, radii } }: NetworkDrawing, layer: number) =>
  spots[layer].length > 1 ? spots[layer][1][1] - spots[layer][0][1] - 2 * radii[layer] : Infinity;

/** Nominal pixels between words of two columns. */
const APART = 6;

/** A number with its letter or word, or alone where there is no room for both. @param space  pixels */
function numbered(look: Look, [name, number]: [string, string], space: number) {
  const whole = `${name} ${number}`;
  return widthOf(look, whole, { size: SIZE.value, weight: 600 }) + APART * look.scale <= space ? whole : number;
}

const outputName = ([x, y]: Place, radius: number, plain: boolean): Mark =>
  words([x, y - radius], "output", { ...NAME, shift: [0, plain ? -13 : -28] });

function nameBelow({ layer, neuron, spot: [x, y], strong }: Neuron, { radii }: NetworkOutline["geometry"]): Mark {
  const type: WordsStyle = strong ? { weight: 600, fill: "ink", shift: [0, 16] } : { shift: [0, 13] };
  return words([x, y + radii[layer]], `neuron ${neuron + 1}`, { ...NAME, ...type });
}

/** The names of the neurons, as long as nothing is computed. */
export const neuronNames = (outline: NetworkOutline): Mark[] =>
  neuronsOf(outline).flatMap((neuron) => {
    const { layer, spot, isLast, plain } = neuron;
    const { crowded, named, radii } = outline.geometry;
    if (!isLast) return crowded || !named[layer] ? [] : [nameBelow(neuron, outline.geometry)];
    const name = outputName(spot, radii[layer], true);
    return plain ? [name, words(spot, "ŷ", { size: SIZE.inside, anchor: "middle" })] : [name];
  });

/** The words beside the neurons: names, activations; backward slopes and deltas. */
export const neuronWords = (drawing: NetworkDrawing): Mark[] =>
  neuronsOf(drawing).flatMap((drawnNeuron) => {
    const { layer, neuron, spot, isLast, plain, computed, atWork, strong } = drawnNeuron;
    const { printed, geometry, substep, highlighted, look } = drawing;
    const { spots, radii, side, crowded, named } = geometry;
    const { scale } = look;
    const { network, forward } = printed;
    const [[x, y], radius] = [spot, radii[layer]];
    const hasNumbers = highlighted ? isPointedAt(highlighted, layer, neuron) : !crowded || atWork || isLast;
    const all: Mark[] = [];
    if (plain) {
      const size = insideSize(networkNumber(forward.output), radius / scale);
      const type: WordsStyle = computed ? { weight: 600, fill: "ink" } : {};
      all.push(words(spot, computed ? networkNumber(forward.output) : "ŷ", { size, anchor: "middle", ...type }));
    } else if (computed && hasNumbers && !backwardAt(printed, substep, depthOf(network)))
      all.push(activationWords(drawing, layer, neuron, strong && substep?.pass === "forward"));
    if (isLast) all.push(outputName(spot, radius, plain));
    const backward = backwardAt(printed, substep, layer);
    if (backward && hasNumbers) {
      const before = x - spots[layer - 1][0][0];
      const delta = numbered(look, ["δ =", networkNumber(backward.delta[layer][neuron])], before);
      const type: WordsStyle = { size: SIZE.value, weight: 600, fill: "ink", ...WIDE };
      const left: WordsStyle = { anchor: "end", shift: [-8, 0] };
      if (crowded && !isLast) all.push(words([x - radius, y], delta, { ...type, ...left }));
      else {
        if (!isLast && gapOf(drawing, layer) >= SPACE_FOR_BOTH * scale)
          all.push(words([x, y - radius], `neuron ${neuron + 1}`, { ...NAME, shift: [0, -9] }));
        all.push(words([x, y + radius], delta, { ...type, anchor: "middle", shift: [0, 13] }));
        if (!isLast && substep?.pass === "backward" && layer === substep.layer) {
          const space = before - radius - 8 * scale - (layer > 1 ? radii[layer - 1] : side);
          const slope = numbered(look, ["slope", networkNumber(backward.local[layer][neuron])], space);
          all.push(words([x - radius, y], slope, { size: SIZE.value, fill: "warn", ...WIDE, ...left }));
        }
      }
    } else if (!isLast && !crowded && named[layer]) all.push(nameBelow(drawnNeuron, geometry));
    return all;
  });

/** @returns how many lines to the next layer run through words at the right of a neuron, from `near` to `far` */
const crossings = (next: Place[], [x, y]: Place, { near, far, top, bottom }: Record<string, number>) =>
  next.filter(([nextX, nextY]) => {
    const heights = [near, far].map((distance) => ((nextY - y) * distance) / (nextX - x));
    return Math.max(...heights) >= top && Math.min(...heights) <= bottom;
  }).length;

/**
 * The activation, where there is room before the next layer at the upper right of its circle, or at the lower right
 * where fewer lines run through it; else above.
 */
function activationWords(
  { printed, geometry, look }: NetworkDrawing,
  layer: number,
  neuron: number,
  large: boolean,
): WordsMark {
  const { spots, radii, beside } = geometry;
  const [[x, y], far] = [spots[layer][neuron], radii[layer] * (large ? LARGER : 1)];
  const style: WordsStyle = { size: large ? SIZE.large : SIZE.value, weight: 600, fill: "ink", ...WIDE };
  const text = networkNumber(printed.forward.a[layer][neuron]);
  const near = far * 0.9 + 8 * look.scale;
  const half = (style.size as number) * 0.6 * look.scale;
  const [up, down] = [-1, 1].map((way) => {
    const [top, bottom] = [way * far * 0.62 - half, way * far * 0.62 + half];
    const box = { near, far: near + widthOf(look, text, style), top, bottom };
    return crossings(spots[layer + 1] ?? [], [x, y], box);
  });
  return beside[layer]
    ? words([x + far * 0.9, y + (down < up ? 1 : -1) * far * 0.62], text, { ...style, shift: [8, 0] })
    : words([x, y - far], text, { ...style, shift: [0, -11], anchor: "middle" });
}

export const inputMarks = (drawing: NetworkDrawing): Mark[] => inputBoxes(drawing, drawing.printed.sample);

/**
 * The inputs, with names above, or at the left where they are close; boxes fit their numbers.
 * @param sample  null: none goes through the network
 */
export function inputBoxes({ network, geometry, look }: NetworkOutline, sample: Sample | null): Mark[] {
  const { spots, side, namesBeside } = geometry;
  return spots[0].flatMap(([x, y], k) => {
    const exact = sample ? networkNumber(sample.inputs[k]) : "";
    // The numbers of the sample are given in full above the picture.
    const text = sample && exact.length > LONG ? roundedText(sample.inputs[k], 2) : exact;
    const type = { size: insideSize(text, side / look.scale), weight: 600 };
    const half = Math.max(side, widthOf(look, text, type) / 2 + 4 * look.scale);
    const letter = inputLetter(network, k);
    const name: WordsStyle = namesBeside
      ? { anchor: "end", shift: [-INPUT_HALF - 6, 0] }
      : { anchor: "middle", shift: [0, letter.below ? -12 : -9] };
    return [
      rectangle(boxAround(x, y, half, side), { fill: "casing", stroke: "ink", width: 1.4, of: "input" }),
      ...(text ? [words([x, y], text, { ...type, anchor: "middle", fill: "ink" })] : []),
      words([x, namesBeside ? y : y - side], spansOf(letter), { size: SIZE.name, ...name }),
    ];
  });
}

/** The target, beside the output or in words below it; at the error substep with the error. */
export function targetMarks({ printed, geometry, substep, highlighted, look: { scale } }: NetworkDrawing): Mark[] {
  const { network, sample, forward } = printed;
  const { spots, target: at, radii } = geometry;
  const depth = depthOf(network);
  const [[x, y], radius] = [spots[depth][0], radii[depth]];
  const text = networkNumber(sample.target);
  const atError = substep?.pass === "error";
  const lines = [...(at ? [] : [`target ${text}`]), ...(atError ? [`loss ${networkNumber(forward.loss)}`] : [])];
  const goesBack = backwardAt(printed, substep, depth) && (!highlighted || highlighted.layer === depth);
  const difference = `${networkNumber(forward.output)} − ${sample.target < 0 ? `(${text})` : text}`;
  const made = network.loss === "mse" ? `2 · (${difference})` : difference;
  const side = TARGET_SIDE * scale;
  const top = at ? 14 : goesBack ? 47 : 14;
  const place: Place = at ? [at[0] + side, at[1] + side] : [x, y + radius];
  const lineMarks = lines.map((line, k) => {
    const weight = atError && k === lines.length - 1 ? 600 : 400;
    return words(place, line, { ...NAME, weight, anchor: at ? "end" : "middle", shift: [0, top + 17 * k] });
  });
  if (goesBack) lineMarks.unshift(words([x, y + radius], made, { ...NAME, size: 12, shift: [0, 30] }));
  if (!at) return lineMarks;
  const way = atError
    ? ({ stroke: "ink", width: 2 } as const)
    : ({ stroke: "ink3", width: 1.2, dash: [3.5, 3.5] } as const);
  return [
    segment([x + radius, y], [at[0] - side, at[1]], way),
    rectangle(boxAround(...at, side), { fill: "casing", stroke: "ink", width: atError ? 2.2 : 1.4 }),
    words(at, text, { size: insideSize(text, TARGET_SIDE), weight: 600, anchor: "middle", fill: "ink" }),
    words([at[0], at[1] - side], "target", { ...NAME, shift: [0, -12] }),
    ...lineMarks,
  ];
}
