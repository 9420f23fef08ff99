/** The weights as lines: their width is the size, dashes mean negative; the biases as short lines. */

import { type Look, widthOf } from "../../marks/look.ts";
import { HALO, type Ink, type LineMark, type Mark, type Place, path, shape, words } from "../../marks/mark.ts";
import { type Box, boxAround, overlap } from "../../math/box.ts";
import { fromHex, fromOklab, interpolated, toHex, toOklab } from "../../math/colour.ts";
import { biasAt, weightAt } from "../../math/forwardPass.ts";
import { outlinePath } from "../../math/markers.ts";
import { networkColours } from "../../math/networkColours.ts";
import { networkNumber } from "../../words/networkWords.ts";
import { isPointedAt, isWeightAtWork, type NeuronAt, visiblePart } from "./geometry.ts";
import type { NetworkDrawing, NetworkOutline } from "./index.ts";

/** Nominal pixels of a weight of 0, and for each further 1, beside neurons of full size. */
const WIDTH = { none: 1, each: 3.4, radius: 36 };
/** Nominal pixels of a line before it has a value. */
const UNSET = 1.2;
/** As a share of the radius: the greatest width of a weight, and length of a bias. */
const WIDEST = 0.5;
const STEM = { x: -1.36, y: -1.16 };
/** The share of colour of parameters outside of the substep, and of all while the whole step is shown. */
const REST = 0.4;
const WHOLE = 0.8;
/** Up to so many weights between two layers have a casing, an arrowhead and a number each. */
const FEW = 16;
/** Pixels between two layers from which a number has room. */
const NUMBER = 56;
/** The least height of a number, in pixels: closer to the next it is unclear to which line it belongs. */
const OWN = 20;
/** The place of a number along its line. */
const AT = 0.34;

type Inks = { positive: Ink; negative: Ink };

/** @param share  of their colour, 0 to 1 */
function inksOf(look: Look, share: number): Inks {
  const { positive, negative } = networkColours(look.colours);
  const faded = (colour: string) =>
    toHex(fromOklab(interpolated(toOklab(fromHex(look.colours.paper)), toOklab(fromHex(colour)), share))) as Ink;
  return share < 1 ? { positive: faded(positive), negative: faded(negative) } : { positive, negative };
}

/** The parts of a weight's or a bias's line that do not depend on its value. */
interface ParameterLine {
  layer: number;
  /** its index among the parameters */
  at: number;
  atWork: boolean;
  /** for a bias from its free end */
  ends: [Place, Place];
  line: LineMark;
  inks: Inks;
  cased: boolean;
  /** whether the backward pass goes through it */
  back: boolean;
}

/** @returns whether a weight leads to a neuron; backward, whether the neuron's delta comes through it */
const isOf = (
  neuron: NeuronAt,
  substep: NetworkDrawing["substep"],
  { layer, to, from }: { layer: number; to: number; from: number },
) =>
  substep?.pass === "backward" && neuron.layer <= substep.layer
    ? layer === neuron.layer + 1 && from === neuron.neuron
    : layer === neuron.layer && to === neuron.neuron;

function weightsOf({ network, geometry, substep, highlighted, look }: NetworkOutline): ParameterLine[] {
  const { spots, radii, side } = geometry;
  const [full, whole, rest] = [1, WHOLE, REST].map((share) => inksOf(look, share));
  return network.sizes.slice(1).flatMap((neurons, k) => {
    const [layer, before] = [k + 1, network.sizes[k]];
    const few = neurons * before <= FEW;
    const leave = layer === 1 ? { radius: side, square: true } : { radius: radii[k], square: false };
    const first = weightAt(network, layer, 0, 0);
    return Array.from({ length: neurons * before }, (_, n) => {
      const [to, from] = [Math.floor(n / before), n % before];
      const ends = visiblePart(spots[k][from], spots[layer][to], leave, radii[layer]);
      const atWork = highlighted ? isOf(highlighted, substep, { layer, to, from }) : isWeightAtWork(substep, layer, to);
      return {
        layer,
        at: first + n,
        atWork,
        ends,
        line: path(ends),
        inks: !substep && !highlighted ? whole : !atWork ? rest : few || highlighted ? full : whole,
        cased: few,
        back: substep?.pass === "backward" && layer === substep.layer + 1,
      };
    });
  });
}

function biasesOf({ network, geometry, substep, highlighted, look }: NetworkOutline): ParameterLine[] {
  const { spots, radii } = geometry;
  const [full, others] = [1, substep || highlighted ? REST : WHOLE].map((share) => inksOf(look, share));
  return spots.slice(1).flatMap((column, k) =>
    column.map(([x, y], neuron) => {
      const [layer, radius] = [k + 1, radii[k + 1]];
      const free: Place = [x + STEM.x * radius, y + STEM.y * radius];
      const ends = visiblePart(free, [x, y], { radius: 0, square: false }, radius);
      const reached = substep?.pass === "forward" && isWeightAtWork(substep, layer, neuron);
      const atWork = highlighted ? isPointedAt(highlighted, layer, neuron) : reached;
      const inks = atWork || substep?.pass === "update" ? full : others;
      const at = biasAt(network, layer, neuron);
      return { layer, at, atWork, ends, line: path(ends), inks, cased: false, back: false };
    }),
  );
}

/** All parameters: weights of the substep above the others, biases above all. */
export const parameterLines = (outline: NetworkOutline): ParameterLine[] => [
  ...weightsOf(outline).sort((a, b) => Number(a.atWork) - Number(b.atWork)),
  ...biasesOf(outline),
];

const ARROWHEAD = [
  [0, 0],
  [-1, 0.62],
  [-1, -0.62],
];

/** Width and dashes show the values. Where a run has diverged there are no lines. */
export function lineMarks({ geometry, look: { scale } }: NetworkDrawing, lines: ParameterLine[], w: number[]): Mark[] {
  const radius = geometry.radius / scale;
  const size = Math.max(0.5, radius / WIDTH.radius);
  return lines.flatMap(({ at, atWork, ends, line, inks, cased, back }): Mark[] => {
    const value = w[at];
    if (Number.isNaN(value)) return [];
    const width = Math.min((WIDTH.none + WIDTH.each * Math.abs(value)) * size, WIDEST * radius);
    const drawn: Mark = {
      ...line,
      stroke: value < 0 ? inks.negative : inks.positive,
      width,
      dash: value < 0 ? [1.4 * width + 4.5 * size, 0.9 * width + 3 * size] : [],
      casing: cased ? { stroke: "paper", width: width + 3 } : undefined,
    };
    if (!back || !atWork || !cased) return [drawn];
    const [[x, y], from] = ends;
    const turn = Math.atan2(y - from[1], x - from[0]);
    return [
      drawn,
      shape([x, y], outlinePath(ARROWHEAD, Math.max(11, 1.4 * width)), { turn, fill: "ink", of: "arrow" }),
    ];
  });
}

/** Connections that have no weights yet. */
export const unsetLines = (outline: NetworkOutline): Mark[] =>
  weightsOf(outline).map(({ line }) => ({ ...line, stroke: "ink3", width: UNSET }));

/** @returns pixels between a layer and the one before */
const spaceBefore = ({ geometry: { spots, radii, side } }: NetworkDrawing, layer: number) =>
  spots[layer][0][0] - radii[layer] - spots[layer - 1][0][0] - (layer === 1 ? side : radii[layer - 1]);

interface WeightNumber {
  text: string;
  at: Place;
  atWork: boolean;
  box: Box;
}

/** The number of a weight, in a gap of its line; at the update the change of the weight. */
function numberOf(drawing: NetworkDrawing, { layer, at, atWork, ends, back }: ParameterLine): WeightNumber[] {
  const { printed, substep, look } = drawing;
  const { w, after } = printed;
  const updates = substep?.pass === "update";
  if (spaceBefore(drawing, layer) < NUMBER * look.scale || (updates && !after)) return [];
  const [[x0, y0], [x1, y1]] = ends;
  const share = back ? 0.5 : AT;
  const place: Place = [x0 + share * (x1 - x0), y0 + share * (y1 - y0)];
  const text = updates && after ? signed(after[at] - w[at]) : networkNumber(w[at]);
  const half = widthOf(look, text, TYPE) / 2;
  return [{ text, at: place, atWork, box: boxAround(...place, half, (OWN * look.scale) / 2) }];
}

const TYPE = { size: 13, weight: 600 };
const typeOf = (atWork: boolean) => ({ size: 13, weight: atWork ? 600 : 400, fill: atWork ? "ink" : "ink2" }) as const;

const anyCovered = (numbers: WeightNumber[]) =>
  numbers.some((weightNumber, k) => numbers.slice(k + 1).some((other) => overlap(weightNumber.box, other.box)));

/**
 * The numbers of the weights of the substep and, paler, of their whole layer. Where these would overlap: only those of
 * the substep, or none.
 */
export function weightNumbers(drawing: NetworkDrawing): Mark[] {
  const { substep, highlighted } = drawing;
  if (substep === null && highlighted === null) return [];
  const all = weightsOf(drawing);
  const layers = [...new Set(all.filter(({ atWork }) => atWork).map(({ layer }) => layer))];
  return layers.flatMap((layer) => {
    const layerWeights = all.filter((weight) => weight.layer === layer);
    const legible = [layerWeights, layerWeights.filter(({ atWork }) => atWork)]
      .map((weights) => weights.flatMap((weight) => numberOf(drawing, weight)))
      .find((numbers) => !anyCovered(numbers));
    return (legible ?? []).map(({ text, at, atWork }) =>
      words(at, text, { ...typeOf(atWork), anchor: "middle", halo: { ...HALO, width: 7 } }),
    );
  });
}

const signed = (change: number) => (change > 0 ? `+${networkNumber(change)}` : networkNumber(change));

/** @returns whether the number of a bias has room at its free end, beside the numbers of the weights */
function hasSpace(drawing: NetworkDrawing, layer: number, text: string): boolean {
  const { network, printed, geometry, look } = drawing;
  const first = weightAt(network, layer, 0, 0);
  const layerWeights = printed.w.slice(first, first + network.sizes[layer] * network.sizes[layer - 1]);
  const widest = Math.max(...layerWeights.map((value) => widthOf(look, networkNumber(value), TYPE)));
  const space = spaceBefore(drawing, layer);
  const free = space + (1 + STEM.x) * geometry.radii[layer] - 4 * look.scale;
  return AT * space + widest / 2 < free - widthOf(look, text, TYPE);
}

/** The numbers of the biases of the substep's layer. */
export function biasNumbers(drawing: NetworkDrawing): Mark[] {
  const { printed, geometry, substep, highlighted } = drawing;
  const layerAtWork = !highlighted && substep?.pass === "forward" && !geometry.crowded ? substep.layer : null;
  const style = { anchor: "end", halo: { ...HALO, width: 4 }, shift: [-4, -3] } as const;
  return biasesOf(drawing).flatMap(({ at, atWork, layer, ends: [free] }) => {
    const text = networkNumber(printed.w[at]);
    if (!(atWork || layer === layerAtWork) || !hasSpace(drawing, layer, text)) return [];
    return [words(free, text, { ...typeOf(atWork), ...style })];
  });
}
