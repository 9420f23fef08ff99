/** Lays a loss chart out at a size: its axes, its lines, and the names at their ends. */
import { chosen } from "../../math/format.js";
import { setFont } from "../chart/pen.js";
import { lossAxis, sampleAxis, stepAxis } from "./axes.js";
import { curve } from "./curves.js";
import { namesOf } from "./labels.js";
import { shortened } from "./names.js";

/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../math/tracing.js").Trace} Trace */
/** @typedef {import("./curves.js").Plot} Plot */
/** @typedef {import("./labels.js").Name} Name */
/** @typedef {import("../chart/pen.js").Look} Look */
/** @typedef {Plot & {scene: Scene, look: Look, curves: Trace[], names: Name[]}} Chart  a curve for each run */

const MARGIN = { left: 54, right: 12, top: 12, bottom: 24 };
/** Names may take this much of the width beside the curves. */
const NAMES = 0.42;

/**
 * @param {CanvasRenderingContext2D} context  that measures its words
 * @param {Scene} scene
 * @param {number[] | null} samples  a step of each run takes; null: steps count
 * @param {{width: number, height: number}} size
 * @param {Look} look
 * @returns {Chart}
 */
export function chartOf(context, scene, samples, size, look) {
  const plot = plotOf(context, scene, samples, size, look);
  const curves = scene.runs.map((run, k) => curve(plot, run, k));
  return { ...plot, scene, look, curves, names: namesOf(context, plot, scene, plot.names, look) };
}

/**
 * As much width for the curves as leaves every name its place beside the end of its line.
 * @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number[] | null} samples
 * @param {{width: number, height: number}} size @param {Look} look
 * @returns {Plot & {names: string[]}} with the names as they are written
 */
function plotOf(context, scene, samples, { width, height }, look) {
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

/** The width of the curves at which every name still ends within the chart. @param {Scene} scene @param {string[]} names @param {Plot["steps"]} steps @param {number} most @param {number} scale @param {CanvasRenderingContext2D} context */
function widthBesideNames({ runs }, names, steps, most, scale, context) {
  const room = most + MARGIN.right - 5 - 10 * scale;
  const widths = runs.map((run, k) => {
    const share = Math.max(steps.place(k, run.length - 1), 0.01);
    const shown = !run.hidden && run.length > 0 && names[k] !== "";
    return shown ? (room - context.measureText(names[k]).width - 14 * scale) / share : most;
  });
  return Math.min(most, ...widths);
}

/** @param {number} base  what losses are counted from */
export const titleOf = (base) => (base ? `Loss above ${chosen(base, 4)}` : "Loss");
