/** Of more inputs than can be drawn: each sample by its target and by what the network says. On the diagonal they are the same. */
import { inputName } from "../../words/networkWords.ts";
import { endsOf } from "../chart/axes.ts";
import { xOf, yOf } from "../chart/lines.ts";
import { stepSide, valueSide } from "../chart/sides.ts";
import { clipped, line, write } from "../chart/svg.ts";
import { FEW } from "./drawing.ts";
import { samples } from "./samples.ts";
import type { PredictionDrawing } from "./drawing.ts";

const sides = ({ area, look, size }: PredictionDrawing) =>
  valueSide(area, look) + stepSide(area, look, "target", size.width) + write(look, "output", 4, area.box.top - 10 * look.scale);

function diagonal({ area, look: { colours: { ink2 }, scale } }: PredictionDrawing): string {
  const [low, high] = endsOf(area.x);
  return clipped(area.box, line(xOf(area, low), yOf(area, low), xOf(area, high), yOf(area, high), ink2, { "stroke-width": 1.2 * scale, "stroke-dasharray": `${4 * scale} ${4 * scale}` }));
}

/** How far each output is from its target. */
function misses({ network: { samples: all }, outputs, shown, area, look: { colours: { warn, ink3 }, scale } }: PredictionDrawing): string {
  return clipped(area.box, all.map(({ target }, k) => line(xOf(area, target), yOf(area, target), xOf(area, target), yOf(area, outputs[k]), k === shown ? warn : ink3, { "stroke-width": (k === shown ? 2 : 1.2) * scale })).join(""));
}

const dots = (drawing: PredictionDrawing) => samples(drawing, (k) => drawing.outputs[k], (k) => drawing.network.samples[k].target, false);

/** A few samples are named by the category that is 1. */
function names({ network, outputs, area, look }: PredictionDrawing): string {
  if (network.samples.length > FEW) return "";
  const isCategory = network.inputs.map((_, column) => network.samples.every(({ inputs }) => inputs[column] === 0 || inputs[column] === 1));
  return network.samples.map(({ inputs, target }, k) => {
    const category = inputs.findIndex((value, column) => value === 1 && isCategory[column]);
    const right = xOf(area, target) < area.box.left + 0.7 * area.box.width;
    const y = yOf(area, outputs[k]);
    return category < 0 || y < area.box.top || y > area.box.top + area.box.height ? ""
      : write(look, inputName(network, category), xOf(area, target) + (right ? 10 : -10) * look.scale, y + 3 * look.scale, { anchor: right ? undefined : "end", halo: 3, fill: look.colours.ink });
  }).join("");
}

export const againstTarget = [sides, diagonal, misses, dots, names];
