/** What a network says, as a chart that follows the playhead. */

import { nearest } from "../../marks/hit.ts";
import type { Mark } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import { svgOf } from "../../marks/svgFile.ts";
import type { ChartExport, NetworkProblem } from "../../state/types.ts";
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

const TITLE = "What the network says";
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

export function createPredictionChart(root: HTMLElement, { onPoint, onChoose }: PredictionEvents) {
  const marksOf = createPredictionMarks();
  let drawing: PredictionDrawing | null = null;
  const chart = createPicture<Themed & { network: NetworkProblem }, PredictionLayout & { sides: Mark[] }, Prediction>(
    root,
    {
      least: { width: 120, height: 90 },
      layOut({ network, size, look }) {
        const layout = { ...predictionArea(network, size, look.scale), network, look };
        return { ...layout, sides: sidesOf(layout, size.width) };
      },
      marks(layout, moment) {
        drawing = { ...layout, ...moment };
        return marksOf(drawing, layout.sides);
      },
      onPoint: (_, left, top) => drawing && onPoint(sampleUnder(drawing, left, top)),
      onLeave: () => onPoint(null),
      onHold(_, left, top) {
        const sample = drawing && sampleUnder(drawing, left, top);
        if (sample !== null) onChoose(sample);
      },
    },
  );

  return {
    render: chart.render,
    /** @returns the chart as it stands, without what is pointed at */
    chartExports(): ChartExport[] {
      const picture = chart.shown();
      if (!picture || !drawing) return [];
      const marks = marksOf({ ...drawing, highlighted: null }, picture.layout.sides);
      return [{ name: "prediction", title: TITLE, svg: svgOf(TITLE, { ...picture, marks }) }];
    },
    destroy: chart.destroy,
  };
}
