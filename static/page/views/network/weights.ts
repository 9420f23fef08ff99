/** The weights as lines, as thick as they are large, dashed where negative; the biases as short lines of their own. */

import type { Box } from "../../math/box.ts";
import { fromHex, fromOklab, mix, toHex, toOklab } from "../../math/colour.ts";
import { biasAt, weightAt } from "../../math/network.ts";
import { networkNumber } from "../../words/networkWords.ts";
import type { Look, Moving } from "../chart/svg.ts";
import { movingTag, placed, short, widthOf, write } from "../chart/svg.ts";
import type { NeuronAt } from "./computed.ts";
import { isWeightAtWork } from "./computed.ts";
import type { NetworkDrawing } from "./drawing.ts";
import type { ScreenPoint } from "./geometry.ts";
import { between } from "./geometry.ts";

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
/** Pixels of height that are a number's own: closer to the next it cannot be told whose it is. */
const OWN = 20;
/** Of a line forward, where its number stands. */
const AT = 0.34;

type Style = { stroke: string; "stroke-width": number; "stroke-dasharray": string | null };

const mixed: Map<string, string> = new Map();

/** Hundreds of lines in each frame have one of a few colours. */
function faded(colour: string, paper: string, share: number): string {
  const key = `${colour} ${paper} ${share}`;
  const known = mixed.get(key) ?? toHex(fromOklab(mix(toOklab(fromHex(paper)), toOklab(fromHex(colour)), share)));
  mixed.set(key, known);
  return known;
}

/** @param share  of its colour, 0 to 1 */
export function styleOf(
  { geometry: { radius }, look: { colours, scale } }: Pick<NetworkDrawing, "geometry" | "look">,
  value: number,
  share: number,
): Style {
  const size = Math.max(0.5, radius / (WIDTH.radius * scale)) * scale;
  const width = Math.min((WIDTH.none + WIDTH.each * Math.abs(value)) * size, Math.max(2, MOST * radius));
  const colour = colours.runs[value < 0 ? SLOTS.negative : SLOTS.positive];
  const dash = value < 0 ? `${short(1.4 * width + 4.5 * size)} ${short(0.9 * width + 3 * size)}` : null;
  return {
    stroke: share < 1 ? faded(colour, colours.paper, share) : colour,
    "stroke-width": width,
    "stroke-dasharray": dash,
  };
}

/** @returns path data: a point of it at `to` */
function arrowhead(from: ScreenPoint, to: ScreenPoint, size: number): string {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const corner = (side: number, back: number) =>
    [
      short(to.x - back * Math.cos(angle) + side * Math.sin(angle)),
      short(to.y - back * Math.sin(angle) - side * Math.cos(angle)),
    ].join(" ");
  return `M${corner(0, 0)}L${corner(size * 0.62, size)}L${corner(-size * 0.62, size)}Z`;
}

interface Weight {
  layer: number;
  from: number;
  to: number;
  /** its place among the parameters */
  at: number;
  atWork: boolean;
}

/** @returns whether it leads to a neuron; going back, whether what comes from above comes through it */
const isOf = (
  neuron: NeuronAt,
  substep: NetworkDrawing["substep"],
  { layer, to, from }: Pick<Weight, "layer" | "to" | "from">,
) =>
  substep?.pass === "backward" && neuron.layer <= substep.layer
    ? layer === neuron.layer + 1 && from === neuron.neuron
    : layer === neuron.layer && to === neuron.neuron;

function weightsOf({ network, substep, highlighted }: NetworkDrawing): Weight[] {
  return network.sizes.slice(1).flatMap((neurons, k) =>
    Array.from({ length: neurons * network.sizes[k] }, (_, n) => {
      const [layer, to, from] = [k + 1, Math.floor(n / network.sizes[k]), n % network.sizes[k]];
      const at = weightAt(network, layer, to, from);
      const pointedAt = highlighted !== null && isOf(highlighted, substep, { layer, to, from });
      return {
        layer,
        to,
        from,
        at,
        atWork: pointedAt || (highlighted === null && isWeightAtWork(substep, layer, to)),
      };
    }),
  );
}

const isBack = ({ substep }: NetworkDrawing, { layer }: Weight) =>
  substep?.pass === "backward" && layer === substep.layer + 1;

function ends({ geometry: { spots, radii, side } }: NetworkDrawing, { layer, from, to }: Weight) {
  return between(
    spots[layer - 1][from],
    spots[layer][to],
    layer === 1 ? { radius: side, square: true } : { radius: radii[layer - 1], square: false },
    radii[layer],
  );
}

const isAmongFew = ({ network: { sizes } }: NetworkDrawing, layer: number) => sizes[layer] * sizes[layer - 1] <= FEW;

const hasArrow = (drawing: NetworkDrawing, weight: Weight) =>
  weight.atWork && isAmongFew(drawing, weight.layer) && isBack(drawing, weight);

/** The lines, those at work above the others. */
export function weights(drawing: NetworkDrawing, moving: Moving): string {
  const {
    look: { colours },
  } = drawing;
  const all = weightsOf(drawing);
  const draw = (weight: Weight) => {
    const place = placed(ends(drawing, weight));
    const casing = isAmongFew(drawing, weight.layer)
      ? movingTag(`casing ${weight.at}`, "line", moving, { ...place, stroke: colours.paper })
      : "";
    const arrow = hasArrow(drawing, weight)
      ? movingTag(`arrow ${weight.at}`, "path", moving, { fill: colours.ink })
      : "";
    return casing + movingTag(`weight ${weight.at}`, "line", moving, place) + arrow;
  };
  return [...all.filter(({ atWork }) => !atWork), ...all.filter(({ atWork }) => atWork)].map(draw).join("");
}

const HIDDEN = { visibility: "hidden" };
const SEEN = { visibility: null };

/** Thickness and dashes of what stands for weights. Where a run has left, it has none. */
export function weightsMover(drawing: NetworkDrawing): (w: number[]) => Moving {
  const {
    substep,
    highlighted,
    look: { scale },
  } = drawing;
  const others = substep === null && highlighted === null ? WHOLE : REST;
  const still = weightsOf(drawing).map((weight) => {
    const few = isAmongFew(drawing, weight.layer);
    const working = others === WHOLE ? others : few || highlighted !== null ? 1 : WHOLE;
    return {
      at: weight.at,
      few,
      share: weight.atWork ? working : others,
      arrow: hasArrow(drawing, weight) ? ends(drawing, weight) : null,
    };
  });
  return (w) => {
    const moving: Moving = {};
    for (const { at, few, share, arrow } of still) {
      const style = styleOf(drawing, w[at], share);
      const width = style["stroke-width"];
      const there = Number.isFinite(width);
      moving[`weight ${at}`] = there ? { ...style, ...SEEN } : HIDDEN;
      if (few) moving[`casing ${at}`] = there ? { "stroke-width": width + 3 * scale, ...SEEN } : HIDDEN;
      if (arrow)
        moving[`arrow ${at}`] = there
          ? { d: arrowhead(arrow[1], arrow[0], Math.max(11 * scale, 1.4 * width)), ...SEEN }
          : HIDDEN;
    }
    return moving;
  };
}

/** @returns pixels between a layer and the one before */
const roomBefore = ({ geometry: { spots, radii, side } }: NetworkDrawing, layer: number) =>
  spots[layer][0].x - radii[layer] - spots[layer - 1][0].x - (layer === 1 ? side : radii[layer - 1]);

interface WeightNumber {
  text: string;
  x: number;
  y: number;
  atWork: boolean;
  box: Box;
}

/** In a gap of its line; at the update by how much it changes. */
function numberOf(drawing: NetworkDrawing, weight: Weight): WeightNumber | null {
  const {
    read: { w, after },
    substep,
    look,
  } = drawing;
  if (roomBefore(drawing, weight.layer) < NUMBER * look.scale || (substep?.pass === "update" && !after)) return null;
  const [from, to] = ends(drawing, weight);
  const share = isBack(drawing, weight) ? 0.5 : AT;
  const [x, y] = [from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)];
  const text =
    substep?.pass === "update" && after ? signed(after[weight.at] - w[weight.at]) : networkNumber(w[weight.at]);
  const [width, height] = [widthOf(look, text, TYPE), OWN * look.scale];
  return { text, x, y, atWork: weight.atWork, box: { left: x - width / 2, top: y - height / 2, width, height } };
}

const TYPE = { size: 13, weight: 600 };
const typeOf = (atWork: boolean) => (atWork ? TYPE : { ...TYPE, weight: 400 });
const inkOf = ({ colours: { ink, ink2 } }: Look, atWork: boolean) => (atWork ? ink : ink2);

const overlap = (a: Box, b: Box) =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

const anyCovered = (numbers: WeightNumber[]) =>
  numbers.some((one, k) => numbers.slice(k + 1).some((other) => overlap(one.box, other.box)));

/**
 * The numbers of the weights at work and, weaker, of their whole layer. Where one would cover another: of those at work
 * alone, or of none.
 */
export function weightNumbers(drawing: NetworkDrawing): string {
  const { substep, highlighted, look } = drawing;
  if (substep === null && highlighted === null) return "";
  const all = weightsOf(drawing);
  const layers = [...new Set(all.filter(({ atWork }) => atWork).map(({ layer }) => layer))];
  const numbersOf = (weights: Weight[]) => weights.flatMap((weight) => numberOf(drawing, weight) ?? []);
  return layers
    .map((layer) => {
      const own = all.filter((weight) => weight.layer === layer);
      const shown =
        [own, own.filter(({ atWork }) => atWork)].map(numbersOf).find((numbers) => !anyCovered(numbers)) ?? [];
      return shown
        .map(({ text, x, y, atWork }) =>
          write(look, text, x, y, { ...typeOf(atWork), anchor: "middle", fill: inkOf(look, atWork), halo: 7 }),
        )
        .join("");
    })
    .join("");
}

const signed = (change: number) => (change > 0 ? `+${networkNumber(change)}` : networkNumber(change));

/** @returns whether the number of a bias has room at its free end, beside those of the weights of its layer */
function hasRoom(drawing: NetworkDrawing, layer: number, text: string): boolean {
  const {
    network,
    read,
    geometry: { radii },
    look,
  } = drawing;
  const first = weightAt(network, layer, 0, 0);
  const own = read.w.slice(first, first + network.sizes[layer] * network.sizes[layer - 1]);
  const widest = Math.max(...own.map((value) => widthOf(look, networkNumber(value), TYPE)));
  const room = roomBefore(drawing, layer);
  return AT * room + widest / 2 < room + (1 + STEM.x) * radii[layer] - 4 * look.scale - widthOf(look, text, TYPE);
}

interface Bias {
  /** its place among the parameters */
  at: number;
  atWork: boolean;
  /** of its line, from the end that is free */
  ends: [ScreenPoint, ScreenPoint];
  layer: number;
}

function biasesOf({ network, geometry: { spots, radii }, substep, highlighted }: NetworkDrawing): Bias[] {
  return network.sizes.slice(1).flatMap((neurons, k) =>
    Array.from({ length: neurons }, (_, neuron) => {
      const layer = k + 1;
      const [spot, radius] = [spots[layer][neuron], radii[layer]];
      const free = { x: spot.x + STEM.x * radius, y: spot.y + STEM.y * radius };
      const [, end] = between(free, spot, { radius: 0, square: false }, radius);
      const atWork = highlighted
        ? highlighted.layer === layer && highlighted.neuron === neuron
        : substep?.pass === "forward" && isWeightAtWork(substep, layer, neuron);
      return { at: biasAt(network, layer, neuron), atWork, layer, ends: [free, end] };
    }),
  );
}

/** The bias of each neuron, with its number where its layer is at work. */
export function biases(drawing: NetworkDrawing, moving: Moving): string {
  const {
    read,
    look,
    geometry: { crowded },
    substep,
    highlighted,
  } = drawing;
  return biasesOf(drawing)
    .map(({ at, atWork, layer, ends: [free, end] }) => {
      const bias = networkNumber(read.w[at]);
      const told =
        (atWork || (!highlighted && substep?.pass === "forward" && substep.layer === layer && !crowded)) &&
        hasRoom(drawing, layer, bias);
      const text = told
        ? write(look, bias, free.x - 4 * look.scale, free.y - 3 * look.scale, {
            ...typeOf(atWork),
            anchor: "end",
            fill: inkOf(look, atWork),
            halo: 4,
          })
        : "";
      return movingTag(`bias ${at}`, "line", moving, placed([free, end])) + text;
    })
    .join("");
}

export function biasesMover(drawing: NetworkDrawing): (w: number[]) => Moving {
  const { substep, highlighted } = drawing;
  const all = biasesOf(drawing);
  const others = substep === null && highlighted === null ? WHOLE : REST;
  return (w) =>
    Object.fromEntries(
      all.map(({ at, atWork }) => {
        const style = styleOf(drawing, w[at], atWork || substep?.pass === "update" ? 1 : others);
        return [`bias ${at}`, Number.isFinite(style["stroke-width"]) ? { ...style, ...SEEN } : HIDDEN];
      }),
    );
}
