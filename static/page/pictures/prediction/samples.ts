/**
 * The samples as dots in the colours of their labels, full where it is 1; ringed in the batch, larger for the one that
 * goes through the network.
 */

import { widthOf } from "../../marks/look.ts";
import { dot, HALO, inPixels, line, type Mark, type Place, segment, verticals, words } from "../../marks/mark.ts";
import { inRow } from "../../marks/row.ts";
import { screenPlace } from "../../marks/scales.ts";
import { outputsAt } from "../../math/forwardPass.ts";
import { networkColours } from "../../math/networkColours.ts";
import { inputName, networkNumber } from "../../words/networkWords.ts";
import { endsOf, exitArrow } from "../chart/plot.ts";
import type { PredictionDrawing } from "./index.ts";

/** Up to so many samples have room around them, and numbers beside them. */
export const FEW = 8;
/** Radii: of a dot with a label inside; and, among many, of a sample in the batch and of the others. */
const RADIUS = { labelled: 10, seen: 4.4, other: 3 };
/** Opacity of samples that are not in the batch, among many. */
const REST = 0.55;
const NUMBER = { size: 13, weight: 600, anchor: "middle" } as const;

/** The place of a sample: over its inputs, over input and target, or over target and output. */
export function samplePlace({ network, outputs }: Pick<PredictionDrawing, "network" | "outputs">, k: number): Place {
  const { inputs, target } = network.samples[k];
  if (inputs.length === 2) return [inputs[0], inputs[1]];
  return inputs.length === 1 ? [inputs[0], target] : [target, outputs[k]];
}

const ring = (at: Place, radius: number, width: number): Mark =>
  dot(at, radius, { stroke: "ink", width, casing: { stroke: "paper", width: width + 2.4 } });

export function sampleMarks(drawing: Omit<PredictionDrawing, "w" | "fine">): Mark[] {
  const { network, batch, shown, highlighted, outputs, y } = drawing;
  const { samples: all, kind, inputs } = network;
  /** The label is printed in the dot, and the output above it. */
  const labelled = inputs.length === 2 && all.length <= FEW;
  const placed = { network, outputs };
  const { labels } = networkColours(drawing.look.colours);
  const order = [...all.keys()].sort((a, b) => Number(a === shown) - Number(b === shown));
  return order.flatMap((k): Mark[] => {
    const at = samplePlace(placed, k);
    const height = y.place(at[1]);
    // An arrow at the top or bottom, where the sample is beyond the chart.
    if (height < 0 || height > 1) return [exitArrow(drawing, at[0], height > 1, "ink")];
    const inBatch = !batch || batch.includes(k);
    const radius = labelled ? RADIUS.labelled : inBatch ? RADIUS.seen : RADIUS.other;
    const isOne = all[k].target > 0.5;
    const full = kind === "regression" || isOne;
    const chosen = k === shown || k === highlighted;
    const shift = [0, -radius - (chosen ? 15 : 11)] as const;
    const output = { ...NUMBER, fill: "ink", halo: { ...HALO, width: 4 }, shift, of: "output" } as const;
    const ink = kind === "regression" ? "ink" : labels[isOne ? 1 : 0];
    const [fill, stroke] = full ? ([ink, "paper"] as const) : (["paper", ink] as const);
    const rim = full ? 1.3 : 2;
    return [
      ...(chosen ? [ring(at, radius + 4, 2.2)] : labelled && batch?.includes(k) ? [ring(at, radius + 3, 1.2)] : []),
      dot(at, radius, { fill, stroke, width: rim, opacity: labelled || inBatch || chosen ? 1 : REST, of: "sample" }),
      ...(labelled ? [words(at, networkNumber(all[k].target), { ...NUMBER, fill: full ? "paper" : "ink" })] : []),
      ...(labelled || k === highlighted ? [words(at, networkNumber(outputs[k]), output)] : []),
    ];
  });
}

const ALONG = 161;

export function alongInput({ network, outputs, shown, w, x }: PredictionDrawing): { below: Mark[]; above: Mark[] } {
  const [low, high] = endsOf(x);
  const at = Float64Array.from({ length: ALONG }, (_, k) => low + ((high - low) * k) / (ALONG - 1));
  const { inputs, target } = network.samples[shown];
  const below = [
    line(at, outputsAt(network, w, at), { stroke: "ink", width: 2.2, of: "curve" }),
    verticals([[inputs[0], target, outputs[shown]]], { stroke: "warn", width: 2 }),
  ];
  return { below, above: [] };
}

/** The distance of each output from its target, and the names of a few samples. */
export function againstTarget(drawing: PredictionDrawing): { below: Mark[]; above: Mark[] } {
  const { network, outputs, shown, x } = drawing;
  const [low, high] = endsOf(x);
  const missOf = (k: number) => {
    const { target } = network.samples[k];
    return [target, target, outputs[k]] as const;
  };
  const others = [...network.samples.keys()].filter((k) => k !== shown);
  const below = [
    segment([low, low], [high, high], { stroke: "ink2", width: 1.2, dash: [4, 4] }),
    verticals(others.map(missOf), { stroke: "ink3", width: 1.2 }),
    verticals([missOf(shown)], { stroke: "warn", width: 2 }),
  ];
  return { below, above: [inPixels(names(drawing))] };
}

/** The place of a name, right or left of its sample. */
interface Name {
  text: string;
  x: number;
  y: number;
  right: boolean;
}

/** The distance of names below each other, in nominal pixels. */
const LINE = 15;

/** The names of a few samples: the categories that are 1. */
function namesOf(drawing: PredictionDrawing): Name[] {
  const { network, outputs, box, look } = drawing;
  const { scale } = look;
  if (network.samples.length > FEW) return [];
  const isCategory = network.inputs.map((_, column) =>
    network.samples.every(({ inputs }) => inputs[column] === 0 || inputs[column] === 1),
  );
  return network.samples.flatMap(({ inputs, target }, k) => {
    const category = inputs.findIndex((value, column) => value === 1 && isCategory[column]);
    const [x, y] = screenPlace(drawing, target, outputs[k]);
    const right = x < box.left + 0.7 * box.width;
    if (category < 0 || y < box.top || y > box.top + box.height) return [];
    return [{ text: inputName(network, category), x: x + (right ? 10 : -10) * scale, y: y + 3 * scale, right }];
  });
}

/** The names; those of samples with almost the same target stand below each other. */
function names(drawing: PredictionDrawing): Mark[] {
  const { box, look } = drawing;
  const all = namesOf(drawing);
  const wide = Math.max(0, ...all.map(({ text }) => widthOf(look, text)));
  const columns: Name[][] = [];
  for (const name of [...all].sort((a, b) => a.x - b.x)) {
    const column = columns.find(([{ x, right }]) => right === name.right && name.x - x < wide);
    if (column) column.push(name);
    else columns.push([name]);
  }
  return columns.flatMap((column) => {
    const heights = column.map(({ y }) => y);
    const middles = inRow(heights, LINE * look.scale, box.top, box.top + box.height);
    return column.map(({ text, x, right }, k) =>
      words([x, middles[k]], text, { anchor: right ? "start" : "end", fill: "ink", halo: HALO }),
    );
  });
}
