/** The neurons of a network: each is its activation curve, with a dot where it stands on it. */
import { activationOf, depthOf } from "../../math/network.ts";
import type { NetworkStep } from "../../state/networkStep.ts";
import { shownValue } from "../../words/latexValue.ts";
import { inputLetter, networkNumber } from "../../words/networkWords.ts";
import type { Attributes, Moving } from "../chart/svg.ts";
import { letterSpans, line, movingTag, placed, rect, tag, widthOf, write } from "../chart/svg.ts";
import { backwardAt, isAtWork, isComputed } from "./computed.ts";
import type { NetworkDrawing } from "./drawing.ts";
import type { Curve, ScreenPoint } from "./geometry.ts";
import { curveOf, INPUT_HALF, TARGET_SIDE } from "./geometry.ts";

/** So much larger is the one at work. */
const LARGER = 1.12;
/** Type, in pixels at a scale of 1. */
const SIZE = { name: 13, value: 13, large: 16, inside: 17, least: 12 };
/** Inside a smaller circle no number is legible. */
const ROOM = 20;
/** In a smaller one a curve is thin, and stands alone. */
const SMALL = 14;

const circle = ({ x, y }: ScreenPoint, r: number, more: Record<string, string | number | null>) =>
  tag("circle", { cx: x, cy: y, r, ...more });

/** @returns whether a neuron is to have its numbers written beside it */
function isTold(
  { network, geometry: { crowded }, substep, highlighted }: NetworkDrawing,
  layer: number,
  neuron: number,
): boolean {
  if (highlighted) return highlighted.layer === layer && highlighted.neuron === neuron;
  return !crowded || isAtWork(network, substep, layer, neuron) || layer === depthOf(network);
}

/** The value stands inside where the output is a number and no curve. */
const isPlain = ({ network, geometry: { radii }, look }: NetworkDrawing, layer: number) =>
  layer === depthOf(network) && network.output === "linear" && radii[layer] >= ROOM * look.scale;

/** Of the circle: larger where the forward pass is. */
function radiusOf({ network, geometry: { radii }, substep }: NetworkDrawing, layer: number, neuron: number): number {
  const isNow = substep?.pass === "forward" && layer < depthOf(network) && isAtWork(network, substep, layer, neuron);
  return radii[layer] * (isNow ? LARGER : 1);
}

function curveIn(drawing: NetworkDrawing, layer: number, neuron: number): Curve {
  const {
    network,
    geometry: { spots },
  } = drawing;
  const name = layer === depthOf(network) ? network.output : network.activation;
  return curveOf(name, activationOf(network, layer), spots[layer][neuron], radiusOf(drawing, layer, neuron));
}

/** A circle with the curve in it. It reads nothing that changes from step to step. */
function shape(drawing: NetworkDrawing, layer: number, neuron: number): string {
  const {
    network,
    geometry: { spots },
    substep,
    highlighted,
    look: { colours, scale },
  } = drawing;
  const [spot, radius] = [spots[layer][neuron], radiusOf(drawing, layer, neuron)];
  const computed = isComputed(substep, layer, neuron);
  const strong =
    isAtWork(network, substep, layer, neuron) || (highlighted?.layer === layer && highlighted.neuron === neuron);
  const ring =
    circle(spot, radius, {
      fill: colours.casing,
      stroke: colours.ink,
      "stroke-width": (strong ? 2.6 : 1.4) * scale,
      "stroke-dasharray": computed ? null : `${3 * scale} ${3 * scale}`,
    }) + (computed ? "" : circle(spot, radius, { fill: colours.ink, "fill-opacity": 0.05 }));
  if (isPlain(drawing, layer)) return ring;
  const { cross, path } = curveIn(drawing, layer, neuron);
  return (
    ring +
    tag("path", { d: cross(), stroke: colours.ink, "stroke-opacity": 0.16, "stroke-width": 1.2 * scale }) +
    tag("path", {
      d: path(),
      fill: "none",
      stroke: computed ? colours.ink2 : colours.ink3,
      "stroke-width": (radius > SMALL * scale ? 1.6 : 1.2) * scale,
    })
  );
}

type Dot = {
  curve: Curve;
  layer: number;
  neuron: number;
  name: string;
  radius: number;
  feet: boolean;
  slope: number | null;
  atWork: boolean;
};

/**
 * What stands on the curve of a neuron: forward also its place on both axes, going back the tangent, which shows the
 * slope. Null: nothing.
 */
function dotOf(drawing: NetworkDrawing, layer: number, neuron: number): Dot | null {
  const {
    network,
    read,
    substep,
    look: { scale },
  } = drawing;
  if (isPlain(drawing, layer) || !isComputed(substep, layer, neuron)) return null;
  const radius = radiusOf(drawing, layer, neuron);
  const atWork = isAtWork(network, substep, layer, neuron);
  return {
    curve: curveIn(drawing, layer, neuron),
    layer,
    neuron,
    name: `${layer} ${neuron}`,
    radius,
    atWork,
    feet: substep?.pass === "forward" && atWork && radius > SMALL * scale,
    slope: substep?.pass === "backward" ? (backwardAt(read, substep, layer)?.local[layer][neuron] ?? null) : null,
  };
}

function dot(drawing: NetworkDrawing, layer: number, neuron: number, moving: Moving): string {
  const {
    look: {
      colours: { ink, warn },
      scale,
    },
  } = drawing;
  const given = dotOf(drawing, layer, neuron);
  if (!given) return "";
  const { name, radius, feet, slope, atWork } = given;
  const foot = (axis: string) =>
    movingTag(`foot ${axis} ${name}`, "line", moving, {
      stroke: ink,
      "stroke-width": 1.4 * scale,
      "stroke-dasharray": `${2.5 * scale} ${2.5 * scale}`,
    });
  return (
    (feet ? foot("z") + foot("a") : "") +
    (slope !== null
      ? movingTag(`tangent ${name}`, "line", moving, {
          stroke: warn,
          "stroke-width": 3 * scale,
          "stroke-opacity": atWork ? null : 0.5,
        })
      : "") +
    movingTag(`dot ${name}`, "circle", moving, {
      r: Math.max(2.4 * scale, Math.min(4.6 * scale, radius * 0.14)),
      fill: ink,
    })
  );
}

/** Where the dots stand, with what goes along with them; nowhere where a run has left. */
export function dotsMover(drawing: NetworkDrawing): (drawn: NetworkStep) => Moving {
  const all = drawing.geometry.spots
    .slice(1)
    .flatMap((spots, k) => spots.flatMap((_, neuron) => dotOf(drawing, k + 1, neuron) ?? []));
  return ({ forward }) => {
    const moving: Moving = {};
    for (const { curve, layer, neuron, name, feet, slope } of all) {
      const z = forward.z[layer][neuron];
      const there = Number.isFinite(z);
      const at = curve.dotAt(z);
      const put = (of: string, attributes: Attributes) => {
        moving[`${of} ${name}`] = there ? { ...attributes, visibility: null } : { visibility: "hidden" };
      };
      put("dot", { cx: at.x, cy: at.y });
      if (feet) for (const [k, foot] of curve.feetOf(at).entries()) put(k ? "foot a" : "foot z", placed([at, foot]));
      if (slope !== null) put("tangent", placed(curve.tangentAt(at, slope)));
    }
    return moving;
  };
}

const ofAll = (drawing: NetworkDrawing, draw: (drawing: NetworkDrawing, layer: number, neuron: number) => string) =>
  drawing.geometry.spots
    .slice(1)
    .flatMap((spots, k) => spots.map((_, neuron) => draw(drawing, k + 1, neuron)))
    .join("");

export const neurons = (drawing: NetworkDrawing): string => ofAll(drawing, shape);

export const neuronDots = (drawing: NetworkDrawing, moving: Moving): string =>
  ofAll(drawing, (_, layer, neuron) => dot(drawing, layer, neuron, moving));

/** A longer number is shortened in a square. */
const LONG = 5;

/** @returns of the type, so that a text has room in a circle or a square @param half  of its width */
const insideSize = (text: string, half: number) =>
  Math.max(SIZE.least, Math.min(SIZE.inside, (3.3 * half) / Math.max(2, text.length)));

/** Between two neurons, where the delta of one and the name of the next have room and are not taken for one. */
const ROOM_FOR_BOTH = 44;

/** Between the circles of a layer. */
const gapOf = ({ geometry: { spots, radii } }: NetworkDrawing, layer: number) =>
  spots[layer].length > 1 ? spots[layer][1].y - spots[layer][0].y - 2 * radii[layer] : Infinity;

/** What stands beside a neuron: its name, its activation; going back its slope and its delta. */
function neuronWords(drawing: NetworkDrawing, layer: number, neuron: number): string {
  const {
    read: { network, forward },
    geometry: { spots, radii, crowded, named },
    substep,
    highlighted,
    look,
  } = drawing;
  const {
    colours: { ink, ink2, warn },
    scale,
  } = look;
  const radius = radii[layer];
  const { x, y } = spots[layer][neuron];
  const told = isTold(drawing, layer, neuron);
  const atWork =
    isAtWork(network, substep, layer, neuron) || (highlighted?.layer === layer && highlighted.neuron === neuron);
  const computed = isComputed(substep, layer, neuron);
  const [isLast, plain] = [layer === depthOf(network), isPlain(drawing, layer)];
  const below = y + radius + 13 * scale;
  const words: string[] = [];
  if (plain)
    words.push(
      write(look, computed ? networkNumber(forward.output) : "ŷ", x, y, {
        size: insideSize(networkNumber(forward.output), radius / scale),
        weight: computed ? 600 : 400,
        anchor: "middle",
        fill: computed ? ink : ink2,
      }),
    );
  else if (computed && told && !backwardAt(drawing.read, substep, depthOf(network)))
    words.push(activationWords(drawing, layer, neuron, atWork && substep?.pass === "forward"));
  if (isLast)
    words.push(
      write(look, "output", x, y - radius - (plain ? 13 : 28) * scale, { size: SIZE.name, anchor: "middle", halo: 3 }),
    );
  const backward = backwardAt(drawing.read, substep, layer);
  if (backward && told) {
    const delta = `δ = ${networkNumber(backward.delta[layer][neuron])}`;
    const beside = crowded && !isLast;
    if (!isLast && !beside && gapOf(drawing, layer) >= ROOM_FOR_BOTH * scale)
      words.push(
        write(look, `neuron ${neuron + 1}`, x, y - radius - 9 * scale, {
          size: SIZE.name,
          anchor: "middle",
          fill: ink2,
          halo: 3,
        }),
      );
    words.push(
      write(look, delta, beside ? x - radius - 8 * scale : x, beside ? y : below, {
        size: SIZE.value,
        weight: 600,
        anchor: beside ? "end" : "middle",
        fill: ink,
        halo: 4,
      }),
    );
    if (!beside && !isLast && substep?.pass === "backward" && layer === substep.layer) {
      words.push(
        write(look, `slope ${networkNumber(backward.local[layer][neuron])}`, x - radius - 8 * scale, y, {
          size: SIZE.value,
          anchor: "end",
          fill: warn,
          halo: 4,
        }),
      );
    }
  } else if (!isLast && !crowded && named[layer]) {
    words.push(
      write(look, `neuron ${neuron + 1}`, x, below + (atWork ? 3 * scale : 0), {
        size: SIZE.name,
        weight: atWork ? 600 : 400,
        anchor: "middle",
        fill: atWork ? ink : ink2,
        halo: 3,
      }),
    );
  }
  return words.join("");
}

/** At the upper right of its circle where there is room before the next layer, else above it. */
function activationWords(
  { read: { forward }, geometry: { spots, radii, beside }, look }: NetworkDrawing,
  layer: number,
  neuron: number,
  large: boolean,
): string {
  const [{ x, y }, radius] = [spots[layer][neuron], radii[layer]];
  const {
    scale,
    colours: { ink },
  } = look;
  const style = { size: large ? SIZE.large : SIZE.value, weight: 600, fill: ink, halo: 4 };
  const text = networkNumber(forward.a[layer][neuron]);
  const far = radius * (large ? LARGER : 1);
  if (beside[layer]) return write(look, text, x + far * 0.9 + 8 * scale, y - far * 0.62, style);
  return write(look, text, x, y - far - 11 * scale, { ...style, anchor: "middle" });
}

export const words = (drawing: NetworkDrawing): string => ofAll(drawing, neuronWords);

/** The inputs of the sample, with their names above, or at the left where they stand close; boxes fit their numbers. */
export function inputs({
  read: { network, sample },
  geometry: { spots, side, namesBeside },
  look,
}: NetworkDrawing): string {
  const {
    colours: { ink, casing },
    scale,
  } = look;
  return spots[0]
    .map(({ x, y }, k) => {
      const exact = networkNumber(sample.inputs[k]);
      // The sample is said in full above the picture.
      const text = exact.length > LONG ? shownValue(sample.inputs[k], 2) : exact;
      const type = { size: insideSize(text, side / scale), weight: 600 };
      const half = Math.max(side, widthOf(look, text, type) / 2 + 4 * scale);
      const box = rect(
        { left: x - half, top: y - side, width: 2 * half, height: 2 * side },
        { fill: casing, stroke: ink, "stroke-width": 1.4 * scale },
      );
      const letter = inputLetter(network, k);
      const name = { size: SIZE.name, spans: letterSpans(look, letter, SIZE.name) };
      return (
        box +
        write(look, text, x, y, { ...type, anchor: "middle", fill: ink }) +
        (namesBeside
          ? write(look, "", x - INPUT_HALF * scale - 6 * scale, y, { ...name, anchor: "end" })
          : write(look, "", x, y - side - (letter.below ? 12 : 9) * scale, { ...name, anchor: "middle" }))
      );
    })
    .join("");
}

/** Beside the output, or in words under it; at the error with what it makes of both. */
export function target({
  read,
  geometry: { spots, target: at, radii },
  substep,
  highlighted,
  look,
}: NetworkDrawing): string {
  const { network, sample, forward } = read;
  const {
    colours: { ink, ink2, ink3, casing },
    scale,
  } = look;
  const output = spots[depthOf(network)][0];
  const radius = radii[depthOf(network)];
  const text = networkNumber(sample.target);
  const less = sample.target < 0 ? `(${text})` : text;
  const atError = substep?.pass === "error";
  const lines = [...(at ? [] : [`target ${text}`]), ...(atError ? [`loss ${networkNumber(forward.loss)}`] : [])];
  const back =
    backwardAt(read, substep, depthOf(network)) && (!highlighted || highlighted.layer === depthOf(network))
      ? network.loss === "mse"
        ? `2 · (${networkNumber(forward.output)} − ${less})`
        : `${networkNumber(forward.output)} − ${less}`
      : "";
  const under = output.y + radius + (back ? 30 : 14) * scale;
  const derived = back ? write(look, back, output.x, under, { size: 12, anchor: "middle", fill: ink2, halo: 3 }) : "";
  const told = lines
    .map((words, k) =>
      write(
        look,
        words,
        at ? at.x + TARGET_SIDE * scale : output.x,
        (at ? at.y + (TARGET_SIDE + 14) * scale : under + (back ? 17 * scale : 0)) + 17 * k * scale,
        {
          size: SIZE.name,
          weight: atError && k === lines.length - 1 ? 600 : 400,
          anchor: at ? "end" : "middle",
          fill: ink2,
          halo: 3,
        },
      ),
    )
    .join("");
  if (!at) return derived + told;
  const side = TARGET_SIDE * scale;
  return (
    line(output.x + radius, output.y, at.x - side, at.y, atError ? ink : ink3, {
      "stroke-width": (atError ? 2 : 1.2) * scale,
      "stroke-dasharray": atError ? null : `${3.5 * scale} ${3.5 * scale}`,
    }) +
    rect(
      { left: at.x - side, top: at.y - side, width: 2 * side, height: 2 * side },
      { fill: casing, stroke: ink, "stroke-width": (atError ? 2.2 : 1.4) * scale },
    ) +
    write(look, text, at.x, at.y, { size: insideSize(text, TARGET_SIDE), weight: 600, anchor: "middle", fill: ink }) +
    write(look, "target", at.x, at.y - side - 12 * scale, { size: SIZE.name, anchor: "middle", halo: 3 }) +
    derived +
    told
  );
}
