/** What is drawn anew in every frame: the routes' last steps, heads, arrows, the start and the runs that have left. */
import { chosen } from "../../math/format.js";
import { directionsAt, drawArrows } from "./arrows.js";
import { drawExits, exitOf } from "./exits.js";
import { drawGathered } from "./gathered.js";
import { drawStart } from "./marks.js";
import { drawHead } from "./pen.js";
import { wipe } from "./routes.js";
import { placeAt } from "./trace.js";
import { inside, screenX, screenY } from "./view.js";

/** @typedef {import("./index.js").Setting} Setting */
/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./occupancy.js").Occupancy} Occupancy */
/** @typedef {import("../../state/types.js").Hit} Hit */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ReturnType<typeof import("./routes.js").createRoutes>} routes
 * @param {Setting} setting
 * @param {{hit: Hit | null, occupancy: Occupancy, taken: import("./view.js").Box[]}} around  what the pointer is on, what
 *   the sheet has drawn, and what stands in its margin
 */
export function drawLive(context, routes, setting, { hit, occupancy, taken }) {
  const { look, traces, picture, playhead } = setting;
  wipe(context, look);
  routes.draw(picture, playhead.step);
  startMark(context, setting, occupancy);
  const onTop = [...traces].sort((a, b) => Number(a.index === picture.focus) - Number(b.index === picture.focus));
  arrows(context, setting);
  for (const trace of onTop) head(context, setting, trace);
  drawGathered(context, look, resting(setting), occupancy);
  const exits = traces.map((trace) => exitOf(trace, playhead.step, look.box)).filter((exit) => exit !== null);
  drawExits(context, look, exits, taken);
  if (hit) ring(context, setting, hit);
}

/** @param {CanvasRenderingContext2D} context @param {Setting} setting @param {Occupancy} occupancy */
function startMark(context, { scene, plane, view, look }, occupancy) {
  const [x, y] = plane.start(scene);
  const [px, py] = [screenX(view, x), screenY(view, y)];
  if (!inside(view.box, px, py)) return;
  drawStart(context, look, px, py, scene.start.map((value) => chosen(value, 4)).join(", "), occupancy);
}

/** @param {CanvasRenderingContext2D} context @param {Setting} setting */
function arrows(context, { scene, traces, view, look, playhead }) {
  const trace = traces.find(({ index }) => index === scene.selected);
  if (!trace) return;
  const [x, y] = placeAt(trace, playhead.step);
  if (!inside(view.box, x, y)) return;
  const row = Math.min(Math.floor(playhead.step), trace.length - 1);
  drawArrows(context, look, x, y, directionsAt(trace, row, view), look.sheet.runs[trace.run.slot]);
}

/** @param {Trace} trace @param {number} step @returns {boolean} */
const stopped = ({ run, length }, step) => run.end !== null && step >= length - 1;

/** @param {CanvasRenderingContext2D} context @param {Setting} setting @param {Trace} trace */
function head(context, { scene, picture, view, look, playhead: { step } }, trace) {
  const [x, y] = placeAt(trace, step);
  if (!inside(view.box, x, y)) return;
  context.globalAlpha = picture.hovering && trace.index !== picture.focus ? 0.32 : 1;
  drawHead(context, look, trace.run.slot, x, y, { stopped: stopped(trace, step), selected: trace.index === scene.selected });
  context.globalAlpha = 1;
}

/** @param {Setting} setting @returns {import("./gathered.js").Place[]} */
function resting({ traces, view, playhead: { step } }) {
  return traces.filter((trace) => stopped(trace, step)).flatMap((trace) => {
    const [x, y] = placeAt(trace, step);
    return inside(view.box, x, y) ? [{ slot: trace.run.slot, x, y }] : [];
  });
}

/** @param {CanvasRenderingContext2D} context @param {Setting} setting @param {Hit} hit */
function ring(context, { traces, look }, { run, step }) {
  const trace = traces.find(({ index }) => index === run);
  if (!trace) return;
  context.beginPath();
  context.arc(trace.xs[step], trace.ys[step], 7 * look.scale, 0, 2 * Math.PI);
  for (const [width, colour] of /** @type {[number, string][]} */ ([[5, look.sheet.casing], [2, look.sheet.ink]])) {
    context.lineWidth = width * look.scale;
    context.strokeStyle = colour;
    context.stroke();
  }
}
