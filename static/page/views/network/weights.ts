/** The weights of a network as lines, as thick as they are large, dashed where negative; and the biases as short ones of their own. */
import { biasAt, weightAt } from "../../math/network.ts";
import { fromHex, fromOklab, mix, toHex, toOklab } from "../../math/colour.ts";
import { networkNumber } from "../../words/networkWords.ts";
import { line, short, tag, widthOf, write } from "../chart/svg.ts";
import { isWeightAtWork } from "./computed.ts";
import { between } from "./geometry.ts";
import type { NetworkDrawing } from "./drawing.ts";
import type { NeuronAt } from "./computed.ts";
import type { Box } from "../../math/box.ts";
import type { Spot } from "./geometry.ts";

/** Colours of the runs that no network has beside it in one chart. */
const SLOTS = { positive: 6, negative: 3 };
/** Pixels of a weight of 0, and for each 1 more, beside neurons of full size. */
const WIDTH = { none: 1, each: 3.4, radius: 36 };
/** Of the radius: no weight is drawn thicker, nor a bias longer. */
const MOST = 0.5;
const STEM = { x: -1.36, y: -1.16 };
/** How much colour is left of what is not at work, and of all while the whole step is shown. */
const REST = 0.4;
const WHOLE = 0.8;
/** With so many weights between two layers each is cased in paper, has an arrowhead and its number. */
const FEW = 16;
/** Pixels between two layers from which a number has room there. */
const NUMBER = 56;
/** The same for that of a bias beside those of the weights. */
const BOTH = 110;

type Style = { stroke: string; width: number; "stroke-dasharray": string | null };

const mixed: Map<string, string> = new Map();

/** Hundreds of lines in each frame have one of a few colours. */
function faded(colour: string, paper: string, share: number): string {
  const key = `${colour} ${paper} ${share}`;
  const known = mixed.get(key) ?? toHex(fromOklab(mix(toOklab(fromHex(paper)), toOklab(fromHex(colour)), share)));
  mixed.set(key, known);
  return known;
}

/** @param share  of its colour, 0 to 1 */
export function styleOf({ geometry: { radius }, look: { colours, scale } }: Pick<NetworkDrawing, "geometry" | "look">, value: number, share: number): Style {
  const size = Math.max(0.5, radius / (WIDTH.radius * scale)) * scale;
  const width = Math.min((WIDTH.none + WIDTH.each * Math.abs(value)) * size, Math.max(2, MOST * radius));
  const colour = colours.runs[value < 0 ? SLOTS.negative : SLOTS.positive];
  const dash = value < 0 ? `${short(1.4 * width + 4.5 * size)} ${short(0.9 * width + 3 * size)}` : null;
  return { stroke: share < 1 ? faded(colour, colours.paper, share) : colour, width, "stroke-dasharray": dash };
}

function stroke(from: Spot, to: Spot, { stroke: colour, width, ...dash }: Style): string {
  return Number.isFinite(width) ? line(from.x, from.y, to.x, to.y, colour, { "stroke-width": width, ...dash }) : "";
}

/** A point of it at `to`. */
function arrowhead(from: Spot, to: Spot, size: number, fill: string): string {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const corner = (side: number, back: number) => `${short(to.x - back * Math.cos(angle) + side * Math.sin(angle))} ${short(to.y - back * Math.sin(angle) - side * Math.cos(angle))}`;
  return tag("path", { d: `M${corner(0, 0)}L${corner(size * 0.62, size)}L${corner(-size * 0.62, size)}Z`, fill });
}

interface Weight {
  layer: number;
  from: number;
  to: number;
  value: number;
  /** its place among the parameters */
  at: number;
  atWork: boolean;
}

/** @returns whether it leads to a neuron; going back, whether what comes from above comes through it */
const isOf = (neuron: NeuronAt, substep: NetworkDrawing["substep"], { layer, to, from }: Pick<Weight, "layer" | "to" | "from">) =>
  (substep?.pass === "backward" && neuron.layer <= substep.layer ? layer === neuron.layer + 1 && from === neuron.neuron : layer === neuron.layer && to === neuron.neuron);

function weightsOf({ drawn: { network, w }, substep, highlighted }: NetworkDrawing): Weight[] {
  return network.sizes.slice(1).flatMap((neurons, k) => Array.from({ length: neurons * network.sizes[k] }, (_, n) => {
    const [layer, to, from] = [k + 1, Math.floor(n / network.sizes[k]), n % network.sizes[k]];
    const at = weightAt(network, layer, to, from);
    const pointedAt = highlighted !== null && isOf(highlighted, substep, { layer, to, from });
    return { layer, to, from, at, value: w[at], atWork: pointedAt || (highlighted === null && isWeightAtWork(network, substep, layer, to)) };
  }));
}

const isBack = ({ substep }: NetworkDrawing, { layer }: Weight) => substep?.pass === "backward" && layer === substep.layer + 1;

function ends({ geometry: { spots, radii, side } }: NetworkDrawing, { layer, from, to }: Weight) {
  return between(spots[layer - 1][from], spots[layer][to], layer === 1 ? { radius: side, square: true } : { radius: radii[layer - 1], square: false }, radii[layer]);
}

export function weights(drawing: NetworkDrawing): string {
  const { drawn: { network: { sizes } }, substep, highlighted, look: { colours, scale } } = drawing;
  const all = weightsOf(drawing);
  const others = substep === null && highlighted === null ? WHOLE : REST;
  const few = (layer: number) => sizes[layer] * sizes[layer - 1] <= FEW;
  const draw = (weight: Weight) => {
    const [from, to] = ends(drawing, weight);
    const working = few(weight.layer) || highlighted !== null ? 1 : WHOLE;
    const style = styleOf(drawing, weight.value, weight.atWork && others === REST ? working : others);
    const back = isBack(drawing, weight) && few(weight.layer) && weight.atWork;
    const casing = few(weight.layer) ? line(from.x, from.y, to.x, to.y, colours.paper, { "stroke-width": style.width + 3 * scale }) : "";
    return casing + stroke(from, to, style) + (back ? arrowhead(to, from, Math.max(11 * scale, 1.4 * style.width), colours.ink) : "");
  };
  return [...all.filter(({ atWork }) => !atWork), ...all.filter(({ atWork }) => atWork)].map(draw).join("");
}

/** @returns pixels between a layer and the one before */
const roomBefore = ({ geometry: { spots, radii, side } }: NetworkDrawing, layer: number) =>
  spots[layer][0].x - radii[layer] - spots[layer - 1][0].x - (layer === 1 ? side : radii[layer - 1]);

interface WeightNumber {
  text: string;
  x: number;
  y: number;
  box: Box;
}

/** In a gap of its line; at the update by how much it changes. */
function numberOf(drawing: NetworkDrawing, weight: Weight): WeightNumber | null {
  const { read: { w, after }, substep, look } = drawing;
  if (roomBefore(drawing, weight.layer) < NUMBER * look.scale || (substep?.pass === "update" && !after)) return null;
  const [from, to] = ends(drawing, weight);
  const share = isBack(drawing, weight) ? 0.5 : 0.34;
  const [x, y] = [from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)];
  const text = substep?.pass === "update" && after ? signed(after[weight.at] - w[weight.at]) : networkNumber(w[weight.at]);
  const [width, height] = [widthOf(look, text, TYPE), 15 * look.scale];
  return { text, x, y, box: { left: x - width / 2, top: y - height / 2, width, height } };
}

const TYPE = { size: 13, weight: 600 };

const overlap = (a: Box, b: Box) => a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

/** The numbers of the weights at work; of a whole layer where none covers another, else of the neuron that is pointed at. */
export function weightNumbers(drawing: NetworkDrawing): string {
  const { substep, highlighted, look } = drawing;
  if (substep === null && highlighted === null) return "";
  const atWork = weightsOf(drawing).filter((weight) => weight.atWork);
  const layers = [...new Set(atWork.map(({ layer }) => layer))];
  return layers.map((layer) => {
    const numbers = atWork.filter((weight) => weight.layer === layer).flatMap((weight) => numberOf(drawing, weight) ?? []);
    const covered = numbers.some((one, k) => numbers.slice(k + 1).some((other) => overlap(one.box, other.box)));
    return covered ? "" : numbers.map(({ text, x, y }) => write(look, text, x, y, { ...TYPE, anchor: "middle", fill: look.colours.ink, halo: 7 })).join("");
  }).join("");
}

const signed = (change: number) => (change > 0 ? `+${networkNumber(change)}` : networkNumber(change));

/** @returns the bias of each neuron, from its free end */
export function biases(drawing: NetworkDrawing): string {
  const { drawn: { network, w }, read, geometry: { spots, radii }, substep, highlighted, look } = drawing;
  return network.sizes.slice(1).flatMap((neurons, k) => Array.from({ length: neurons }, (_, neuron) => {
    const layer = k + 1;
    const [spot, radius] = [spots[layer][neuron], radii[layer]];
    const atWork = highlighted ? highlighted.layer === layer && highlighted.neuron === neuron : substep?.pass === "forward" && isWeightAtWork(network, substep, layer, neuron);
    const free = { x: spot.x + STEM.x * radius, y: spot.y + STEM.y * radius };
    const [, end] = between(free, spot, { radius: 0, square: false }, radius);
    const share = atWork || substep?.pass === "update" ? 1 : substep === null && highlighted === null ? WHOLE : REST;
    const at = biasAt(network, layer, neuron);
    const text = atWork && roomBefore(drawing, layer) >= BOTH * look.scale ? write(look, networkNumber(read.w[at]), free.x - 4 * look.scale, free.y - 3 * look.scale, { size: 13, weight: 600, anchor: "end", fill: look.colours.ink, halo: 4 }) : "";
    return stroke(free, end, styleOf(drawing, w[at], share)) + text;
  })).join("");
}
