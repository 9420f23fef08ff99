/** What a network says, as a chart that follows the playhead. */

import { nearest } from "../../marks/hit.ts";
import type { Mark } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import type { NetworkProblem } from "../../state/types.ts";
import { xOf, yOf } from "../chart/lines.ts";
import {
  createPredictionMarks,
  type Prediction,
  type PredictionDrawing,
  type PredictionLayout,
  predictionArea,
  sidesOf,
} from "./drawing.ts";
import { samplePlace } from "./samples.ts";

interface PredictionEvents {
  /** index of a sample; null: none */
  onPoint: (sample: number | null) => void;
  onChoose: (sample: number) => void;
}

/** Pixels from which a sample is pointed at. */
const NEAR = 16;

/** @returns index; null: none is near */
export function sampleUnder(drawing: PredictionDrawing, left: number, top: number): number | null {
  const { box, network } = drawing;
  const away = network.samples.map((_, k) => {
    const [x, y] = samplePlace(drawing, k);
    return Math.hypot(xOf(drawing, x) - left, Math.min(Math.max(yOf(drawing, y), box.top), box.top + box.height) - top);
  });
  const index = nearest(away, NEAR);
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
    /** @returns without what is pointed at */
    chartExports: () =>
      chart.chartExports({ title: "What the network says", name: "prediction" }, { highlighted: null }),
  };
}
