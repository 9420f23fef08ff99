/** What a network says, as a chart that follows the playhead. */
import { h } from "../../dom.ts";
import type { Size } from "../../math/box.ts";
import { memo } from "../../reads.ts";
import type { ChartExport, NetworkProblem } from "../../state/types.ts";
import type { Themed } from "../chart/drawing.ts";
import { createChart, svgOf } from "../chart/drawing.ts";
import type { PlotArea } from "../chart/lines.ts";
import { xOf, yOf } from "../chart/lines.ts";
import type { Look, Moving } from "../chart/svg.ts";
import { tag } from "../chart/svg.ts";
import type { Prediction, PredictionDrawing, PredictionMoment } from "./drawing.ts";
import { piecesOf, predictionArea, predictionMarkup, predictionMoving } from "./drawing.ts";
import type { OutputGrid } from "./overInputs.ts";
import { bandTints, createGrid, tintPixels } from "./overInputs.ts";

interface PredictionEvents {
  /** index of a sample; null: none */
  onPoint: (sample: number | null) => void;
  onChoose: (sample: number) => void;
}

/** Where it stands, perhaps between two rows; fine: it rests there, and is drawn as finely as is to be seen. */
type Playhead = Pick<PredictionMoment, "w"> & { fine: boolean };

const TITLE = "What the network says";
/** Pixels from which a sample is pointed at. */
const NEAR = 16;

/** Where a sample stands: over its inputs, over its input and target, or over target and output. */
function spotOf({ network: { samples, inputs }, outputs, area }: PredictionDrawing, k: number): [number, number] {
  const { inputs: given, target } = samples[k];
  if (inputs.length === 2) return [xOf(area, given[0]), yOf(area, given[1])];
  return inputs.length === 1
    ? [xOf(area, given[0]), yOf(area, target)]
    : [xOf(area, target), Math.min(Math.max(yOf(area, outputs[k]), area.box.top), area.box.top + area.box.height)];
}

/** @returns index; null: none is near */
export function sampleUnder(drawing: PredictionDrawing, left: number, top: number): number | null {
  const away = drawing.network.samples.map((_, k) => {
    const [x, y] = spotOf(drawing, k);
    return Math.hypot(x - left, y - top);
  });
  const least = Math.min(...away);
  return least <= NEAR ? away.indexOf(least) : null;
}

export function createPredictionChart(root: HTMLElement, { onPoint, onChoose }: PredictionEvents) {
  const canvas = h("canvas", { class: "prediction-tints", "aria-hidden": "true" });
  root.append(canvas);
  const area = memo(({ network, size, scale }: { network: NetworkProblem; size: Size; scale: number }) =>
    predictionArea(network, size, scale),
  );
  const grid = createGrid();
  const most = 5;
  const momentOf = ({ network, area }: PredictionDrawing, { w, fine }: Playhead): PredictionMoment => ({
    w,
    grid: network.inputs.length === 2 ? grid({ network, area, w, fine }) : null,
  });
  const chart = createChart<Themed & Prediction, PredictionDrawing, Playhead>(root, {
    least: { width: 120, height: 90 },
    layOut: ({ network, outputs, batch, shown, highlighted, size, look }) => ({
      network,
      area: area({ network, size, scale: look.scale }),
      outputs,
      batch,
      shown,
      highlighted,
      size,
      look,
    }),
    // As many as any kind has: which they are is the network's.
    pieces: Array.from(
      { length: most },
      (_, k) => (drawing: PredictionDrawing, moving: Moving) => piecesOf(drawing.network)[k]?.(drawing, moving) ?? "",
    ),
    movingOf: (drawing, playhead) => predictionMoving(drawing, momentOf(drawing, playhead)),
    onPoint: (drawing, left, top) => onPoint(sampleUnder(drawing, left, top)),
    onLeave: () => onPoint(null),
    onHold(drawing, left, top) {
      const sample = sampleUnder(drawing, left, top);
      if (sample !== null) onChoose(sample);
    },
  });
  const tints = memo(({ look }: { look: Look }) => bandTints(look));

  /** A pixel of the canvas is one of the page: the lines over it are as fine as the screen. */
  const paint = memo(({ area: { box }, outputs, look }: { area: PlotArea; outputs: OutputGrid | null; look: Look }) => {
    canvas.hidden = !outputs;
    if (!outputs) return;
    const [width, height] = [Math.round(box.width), Math.round(box.height)];
    Object.assign(canvas.style, {
      left: `${box.left}px`,
      top: `${box.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
    });
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const pixels = tintPixels(outputs, tints({ look }), width, height);
    canvas
      .getContext("2d")
      ?.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer as ArrayBuffer), width, height), 0, 0);
  });

  let now: Playhead | null = null;

  return {
    render(content: Themed & Prediction, playhead: Playhead) {
      now = playhead;
      if (!chart.render(content, playhead)) return;
      const drawing = chart.shown()?.layout as PredictionDrawing;
      paint({ area: drawing.area, look: drawing.look, outputs: momentOf(drawing, playhead).grid });
    },
    /** @returns the chart as it stands, without what is pointed at; its tints as a picture below it */
    chartExports(): ChartExport[] {
      const drawing = chart.shown()?.layout;
      if (!drawing || !now) return [];
      const { box } = drawing.area;
      const below = canvas.hidden
        ? ""
        : tag("image", {
            x: box.left,
            y: box.top,
            width: box.width,
            height: box.height,
            preserveAspectRatio: "none",
            href: canvas.toDataURL(),
          });
      return [
        {
          name: "prediction",
          title: TITLE,
          svg: svgOf(
            TITLE,
            drawing.size,
            drawing.look,
            below + predictionMarkup({ ...drawing, highlighted: null }, momentOf(drawing, now)),
          ),
        },
      ];
    },
    destroy: chart.destroy,
  };
}
