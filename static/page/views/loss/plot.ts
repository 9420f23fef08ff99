/** Lays a loss chart out at a size: its axes, its lines, and the names at their ends. */
import { chosen } from "../../math/format.ts";
import { setFont } from "../chart/pen.ts";
import { lossAxis, sampleAxis, stepAxis } from "./axes.ts";
import { curve } from "./curves.ts";
import { namesOf } from "./labels.ts";
import { shortened } from "./names.ts";
import type { Scene } from "../../state/types.ts";
import type { Trace } from "../../math/tracing.ts";
import type { Plot } from "./curves.ts";
import type { Name } from "./labels.ts";
import type { Look } from "../chart/pen.ts";

/** a curve for each run */
export type Chart = Plot & { scene: Scene; look: Look; curves: Trace[]; names: Name[] };

const MARGIN = { left: 54, right: 12, top: 12, bottom: 24 };
/** Names may take this much of the width beside the curves. */
const NAMES = 0.42;

/**
 * @param context  that measures its words
 * @param samples  a step of each run takes; null: steps count
 */
export function chartOf(
  context: CanvasRenderingContext2D,
  scene: Scene,
  samples: number[] | null,
  size: { width: number; height: number },
  look: Look,
): Chart {
  const plot = plotOf(context, scene, samples, size, look);
  const curves = scene.runs.map((run, k) => curve(plot, run, k));
  return { ...plot, scene, look, curves, names: namesOf(context, plot, scene, plot.names, look) };
}

/**
 * As much width for the curves as leaves every name its place beside the end of its line.
 * @returns with the names as they are written
 */
function plotOf(
  context: CanvasRenderingContext2D,
  scene: Scene,
  samples: number[] | null,
  { width, height }: { width: number; height: number },
  look: Look,
): Plot & { names: string[] } {
  const { scale } = look;
  const box = { left: MARGIN.left * scale, top: MARGIN.top * scale, width: width - MARGIN.left * scale - MARGIN.right, height: height - (MARGIN.top + MARGIN.bottom) * scale };
  const loss = lossAxis(scene, box.height / scale);
  const room = Math.max(2, Math.floor(box.width / (56 * scale)));
  const steps = samples ? sampleAxis(scene, samples, room) : stepAxis(scene, room);
  setFont(context, look, 13);
  const names = shortened(scene.runs.map(({ name }) => name), (name) => context.measureText(name).width + 24 * scale < NAMES * box.width);
  box.width = Math.max(box.width * (1 - NAMES), widthBesideNames(scene, names, steps, box.width, scale, context));
  return { width, box, loss, steps, names };
}

/** The width of the curves at which every name still ends within the chart. */
function widthBesideNames({ runs }: Scene, names: string[], steps: Plot["steps"], most: number, scale: number, context: CanvasRenderingContext2D) {
  const room = most + MARGIN.right - 5 - 10 * scale;
  const widths = runs.map((run, k) => {
    const share = Math.max(steps.place(k, run.length - 1), 0.01);
    const shown = !run.hidden && run.length > 0 && names[k] !== "";
    return shown ? (room - context.measureText(names[k]).width - 14 * scale) / share : most;
  });
  return Math.min(most, ...widths);
}

/** @param base  what losses are counted from */
export const titleOf = (base: number) => (base ? `Loss above ${chosen(base, 4)}` : "Loss");
