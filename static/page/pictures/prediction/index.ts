/** A chart of what a network predicts, at the playhead. */

import type { Look } from "../../marks/look.ts";
import { group, inPixels, type Mark, words } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import { boxWithin, indexOfNearest, type Size } from "../../math/box.ts";
import { memo } from "../../memo.ts";
import type { Interval, NetworkProblem } from "../../state/types.ts";
import { inputLetter } from "../../words/networkWords.ts";
import { evenAxis, NUMBERS, type PlotArea, stepSide, valueSide, xOf, yOf } from "../chart/plot.ts";
import { createSurface, inputSides } from "./overInputs.ts";
import { againstTarget, alongInput, FEW, sampleMarks, samplePlace } from "./samples.ts";

/** What does not change with the weights. */
export interface PredictionLayout extends PlotArea {
  network: NetworkProblem;
  look: Look;
}

interface Prediction {
  /** the output for each sample, for numbers that are printed */
  outputs: number[];
  /** indices of the samples of the step; null: all */
  batch: number[] | null;
  /** index of the sample that goes through the network */
  shown: number;
  /** index of the sample that is pointed at */
  highlighted: number | null;
  /** weights and biases at the playhead, perhaps between two rows */
  w: number[];
  /** whether the playhead rests, and the surface is drawn finely */
  fine: boolean;
}

export type PredictionDrawing = PredictionLayout & Prediction;

/** The margin around the samples, as a share of their range. */
const AROUND = { few: 0.45, many: 0.15 };
const MARGIN = { top: 18, right: 14, bottom: NUMBERS.bottom, left: 38 };

function padded(values: number[], share: number): Interval {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low || 1) * share;
  return [low - margin, high + margin];
}

/** @returns an interval of a given width around the same middle */
function widened([low, high]: Interval, wide: number): Interval {
  const middle = (low + high) / 2;
  return [middle - wide / 2, middle + wide / 2];
}

/**
 * The ranges of the axes. They do not depend on the weights, so that they stay while these change. Two inputs have the
 * same scale on both sides, of a square.
 */
function spansOf({ inputs, samples }: NetworkProblem): { x: Interval; y: Interval } {
  const share = samples.length <= FEW ? AROUND.few : AROUND.many;
  const targets = samples.map(({ target }) => target);
  const inputValues = (k: number) => samples.map((sample) => sample.inputs[k]);
  if (inputs.length === 1) return { x: padded(inputValues(0), 0.04), y: padded(targets, 0.25) };
  if (inputs.length > 2) return { x: padded(targets, 0.2), y: padded(targets, 0.35) };
  const [x, y] = [padded(inputValues(0), share), padded(inputValues(1), share)];
  const wide = Math.max(x[1] - x[0], y[1] - y[0]);
  return { x: widened(x, wide), y: widened(y, wide) };
}

export function predictionArea(network: NetworkProblem, { width, height }: Size, scale: number): PlotArea {
  const inner = boxWithin({ width, height }, MARGIN, scale);
  const space = { width: Math.max(1, inner.width), height: Math.max(1, inner.height) };
  const side = Math.min(space.width, space.height);
  const box = { ...inner, ...(network.inputs.length === 2 ? { width: side, height: side } : space) };
  const { x, y } = spansOf(network);
  return {
    box,
    x: evenAxis(x, Math.max(3, box.width / (56 * scale))),
    y: evenAxis(y, Math.max(3, box.height / (34 * scale))),
  };
}

/** @param width  of the picture, in pixels */
export function sidesOf(layout: PredictionLayout, width: number): Mark[] {
  const { network, look, box } = layout;
  if (network.inputs.length === 2) return inputSides(layout);
  const { stem, below } = inputLetter(network, 0);
  const [across, up] = network.inputs.length === 1 ? [stem + below, network.target] : ["target", "output"];
  return [
    valueSide(layout, look),
    stepSide(layout, look, across, width),
    inPixels([words([4, box.top], up, { shift: [0, -10] })]),
  ];
}

/**
 * @param sides  of its layout
 * @returns makes the marks; the surface and the samples again only when they have changed
 */
export function createPredictionMarks(): (drawing: PredictionDrawing, sides: Mark[]) => Mark[] {
  const [surface, dots] = [createSurface(), memo(sampleMarks)];
  return (drawing, sides) => {
    const count = drawing.network.inputs.length;
    const { w: _, fine: __, ...still } = drawing;
    if (count === 2) return [surface(drawing), ...sides, ...dots(still)];
    const { below, above } = count === 1 ? alongInput(drawing) : againstTarget(drawing);
    return [...sides, group(below, { clip: drawing.box }), ...dots(still), ...above];
  };
}

interface PredictionEvents {
  /** index of a sample; null: none */
  onPoint: (sample: number | null) => void;
  onChoose: (sample: number) => void;
}

/** A sample is pointed at within so many pixels. */
const HIT_RADIUS = 16;

/** @returns the index of a sample; null: none is near */
export function sampleUnder(drawing: PredictionDrawing, left: number, top: number): number | null {
  const { box, network } = drawing;
  const distances = network.samples.map((_, k) => {
    const [x, y] = samplePlace(drawing, k);
    return Math.hypot(xOf(drawing, x) - left, Math.min(Math.max(yOf(drawing, y), box.top), box.top + box.height) - top);
  });
  const index = indexOfNearest(distances, HIT_RADIUS);
  return index < 0 ? null : index;
}

export function createPredictionChart({ onPoint, onChoose }: PredictionEvents) {
  const marksOf = createPredictionMarks();
  const under = (layout: PredictionLayout, left: number, top: number, moment: Prediction) =>
    sampleUnder({ ...layout, ...moment }, left, top);
  const chart = createPicture<Themed & { network: NetworkProblem }, PredictionLayout & { sides: Mark[] }, Prediction>({
    least: { width: 120, height: 90 },
    layOut({ network, size, look }) {
      const layout = { ...predictionArea(network, size, look.scale), network, look };
      return { ...layout, sides: sidesOf(layout, size.width) };
    },
    marks: (layout, moment) => marksOf({ ...layout, ...moment }, layout.sides),
    onPoint: (...at) => onPoint(under(...at)),
    onLeave: () => onPoint(null),
    onHold(...at) {
      const sample = under(...at);
      if (sample !== null) onChoose(sample);
    },
  });
  return {
    ...chart,
    /** @returns the chart without highlights */
    chartExports: () =>
      chart.chartExports({ title: "What the network says", name: "prediction" }, { highlighted: null }),
  };
}
