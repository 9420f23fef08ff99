/** One chart of quantities against step: still lines on one canvas, the playhead and its values on another. */
import { createLayer } from "../layer.ts";
import { stepAxis, valueAxis } from "../chart/axes.ts";
import { stepAt, traceOf, valueAt, yOf } from "../chart/curves.ts";
import { FIGURES } from "../chart/frame.ts";
import { drawMoving, drawStill, measureLabels, placeLabels } from "./drawing.ts";
import { listen } from "../chart/touch.ts";
import { sizeOf } from "../../size.ts";
import type { Axis } from "../chart/axes.ts";
import type { Look } from "../chart/pen.ts";
import type { Box } from "../chart/curves.ts";
import type { Letter } from "../../words/symbol.ts";
import type { Standing } from "../chart/plate.ts";
import type { Trace } from "../../math/tracing.ts";

export interface Line {
  /** the quantity */
  of: string;
  /** index */
  run: number;
  /** NaN where it is not a finite number */
  values: Float64Array;
  /** the step of its first value */
  first: number;
  /** of its run; null: in grey, for comparison only */
  slot: number | null;
  dash: number[];
  strong: boolean;
  /** beside its end, with its value and the marker of its run; empty: none */
  name: string;
  letter: Letter;
}

export interface Picture {
  /** the last is drawn on top */
  lines: Line[];
  /** in sight */
  steps: [number, number];
  look: Look;
}

/** read: the step whose values are written */
export type Moment = { at: number; read: number; lit: string | null; hovered: number | null };
export type Pointed = { of: string; run: number };

/** read: with the values at the playhead */
export interface Plot {
  box: Box;
  x: Axis;
  y: Axis;
  picture: Picture;
  size: { width: number; height: number };
  traces: Trace[];
  labels: { y: number }[];
  names: string[];
  read: boolean;
}

const MARGIN = { right: 18, top: 8 };
/** Pixels from a line within which it is meant. */
const NEAR = 14;

/** @param context  to measure with */
export function plotOf(context: CanvasRenderingContext2D, size: { width: number; height: number }, picture: Picture): Plot {
  const { look, lines, steps } = picture;
  const { scale } = look;
  const left = FIGURES.left * scale;
  const { names, read, width } = measureLabels(context, picture, size.width);
  const box = { left, top: MARGIN.top, width: size.width - left - Math.max(MARGIN.right, width), height: size.height - MARGIN.top - FIGURES.bottom * scale };
  const frame = { box, x: stepAxis(steps, box.width / scale), y: valueAxis(lines, steps, box.height / scale) };
  return { ...frame, picture, size, traces: lines.map((one) => traceOf(frame, one, steps)), labels: placeLabels(frame, picture), names, read };
}

/** @returns the line that is meant by a pixel */
function lineAt(plot: Plot, left: number, top: number): Pointed | null {
  const { lines, steps } = plot.picture;
  const step = stepAt(plot, left, steps);
  const away = lines.map((one) => Math.abs(yOf(plot, valueAt(one, step)) - top));
  const least = Math.min(...away.filter((value) => !Number.isNaN(value)));
  return least < NEAR ? lines[away.indexOf(least)] : null;
}

export function createChart(
  root: HTMLElement,
  { onSeek, onPoint }: { onSeek: (step: number) => void; onPoint: (line: Pointed | null, step: number) => void },
) {
  const still = createLayer(root, "layer");
  const moving = createLayer(root, "layer");
  let plot: Plot | null = null;
  let moment: Moment | null = null;
  let drawn = "";

  listen(root, {
    onHold: (left) => plot && onSeek(stepAt(plot, left, plot.picture.steps)),
    onPoint: (left, top) => plot && onPoint(lineAt(plot, left, top), stepAt(plot, left, plot.picture.steps)),
    onLeave: () => onPoint(null, 0),
  });

  return {
    render(picture: Picture, now: Moment) {
      const size = sizeOf(root);
      if (size.width < 80 || size.height < 50) return;
      const resized = still.fit(size.width, size.height);
      moving.fit(size.width, size.height);
      const anew = resized || plot?.picture !== picture;
      if (anew) plot = plotOf(still.context, size, picture);
      const shown = plot as Plot;
      const key = `${now.lit} ${now.hovered}`;
      if (anew || drawn !== key) {
        still.clear();
        drawStill(still.context, shown, now);
      }
      [drawn, moment] = [key, now];
      moving.clear();
      drawMoving(moving.context, shown, now);
    },
    /** @returns null before it is drawn */
    standing(): Standing | null {
      if (!plot || !moment) return null;
      const { size, picture } = plot;
      const at = moment;
      return {
        ...size, look: picture.look,
        draw(context) {
          const own = plotOf(context, size, picture);
          drawStill(context, own, at);
          drawMoving(context, own, at);
        },
      };
    },
  };
}
