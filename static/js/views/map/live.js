/** What moves: the routes' last steps, heads, arrows, the start and the runs that have left. */
import { chosen } from "../../math/format.js";
import { angleAlong, arrowUnder, directionsAt, drawArrows } from "./arrows.js";
import { drawExits, exitOf } from "./exits.js";
import { drawGathered } from "./gathered.js";
import { drawStart, nameMinima } from "./marks.js";
import { drawHead } from "./pen.js";
import { redrawIn, stretchBox } from "./region.js";
import { FAINT } from "./routes.js";
import { placeAt } from "./trace.js";
import { inside, screenX, screenY } from "./view.js";

/** @typedef {import("./index.js").Setting} Setting */
/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./view.js").Box} Box */
/** @typedef {import("./exits.js").Exit} Exit */
/** @typedef {import("./gathered.js").Place} Place */
/** @typedef {import("./occupancy.js").Occupancy} Occupancy */
/** @typedef {import("../../state/types.js").Hit} Hit */

/**
 * What a frame is made from besides the setting.
 * @typedef {object} Around
 * @property {Hit | null} hit  what the pointer is on
 * @property {Occupancy} occupancy  what the sheet has drawn
 * @property {import("./marks.js").Sink[]} sinks  minima, to be named
 * @property {Box[]} taken  what stands in its margin
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ReturnType<typeof import("./routes.js").createRoutes>} routes
 */
export function createLive(context, routes) {
  /** What the last frame was drawn from, apart from the playhead. */
  let known = "";
  /** @type {unknown[]} */
  let shown = [];
  /** The words beside the start. @type {Box | null} */
  let startName = null;

  /** @param {Setting} setting @param {Around} around @param {Exit[]} exits @param {Place[]} places @returns {boolean} whether only heads and routes have moved on */
  function onlyMoved({ scene, picture, playhead }, { hit, occupancy, taken }, exits, places) {
    const key = JSON.stringify([playhead.lit, playhead.along, scene.selected, scene.start, taken, exits.map(({ trace, x, y }) => [trace.index, x, y]), places]);
    const now = [picture, hit, occupancy];
    const same = key === known && now.every((value, k) => value === shown[k]);
    known = key;
    shown = now;
    return same;
  }

  /** @param {Setting} setting @param {number | null} from @returns {Box[]} */
  function changed({ traces, scene, look, playhead }, from) {
    if (from === null) return [{ left: 0, top: 0, width: look.width, height: look.height }];
    return traces.map((trace) => stretchBox(trace, from, playhead.step, look, trace.index === scene.selected)).filter((box) => box !== null);
  }

  return {
    startName: () => startName,
    /** @param {Setting} setting @param {Around} around */
    draw(setting, around) {
      const { look, traces, picture, playhead: { step } } = setting;
      const exits = traces.map((trace) => exitOf(trace, step, look.box)).filter((exit) => exit !== null);
      const places = resting(setting);
      const from = routes.lay(picture, step);
      const boxes = changed(setting, onlyMoved(setting, around, exits, places) ? from : null);
      if (boxes.length) {
        redrawIn(context, look, boxes, () => {
          routes.draw(context, picture, step);
          startName = startMark(context, setting, around.occupancy);
          drawMarks(context, setting, around, places);
          drawExits(context, look, exits, around.taken);
        });
      }
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {Setting} setting @param {Around} around @param {Place[]} places */
function drawMarks(context, setting, { hit, occupancy, sinks }, places) {
  const { look, traces, picture } = setting;
  nameMinima(context, look, sinks);
  arrows(context, setting);
  const upwards = [...traces].sort((a, b) => Number(a.index === picture.focus) - Number(b.index === picture.focus));
  for (const trace of upwards) head(context, setting, trace);
  drawGathered(context, look, places, occupancy);
  if (hit) ring(context, setting, hit);
}

/** @param {CanvasRenderingContext2D} context @param {Setting} setting @param {Occupancy} occupancy @returns {Box | null} of its words, where it is in sight */
function startMark(context, { scene, plane, view, look }, occupancy) {
  const [x, y] = plane.start(scene);
  const [px, py] = [screenX(view, x), screenY(view, y)];
  if (!inside(view.box, px, py)) return null;
  return drawStart(context, look, px, py, scene.start.map((value) => chosen(value, 4)).join(", "), occupancy);
}

/** @param {CanvasRenderingContext2D} context @param {Setting} setting */
function arrows(context, { scene, traces, view, look, playhead }) {
  const trace = traces.find(({ index }) => index === scene.selected);
  if (!trace) return;
  const [x, y] = placeAt(trace, playhead.step);
  if (!inside(view.box, x, y)) return;
  const row = Math.min(Math.floor(playhead.step), trace.length - 1);
  const along = playhead.along ? angleAlong(playhead.along, view) : null;
  drawArrows(context, look, x, y, directionsAt(trace, row, view), look.sheet.runs[trace.run.slot], playhead.lit ?? null, along);
}

/** The quantity whose arrow lies at a place of the map. @param {Setting} setting @param {number} px @param {number} py @returns {string | null} */
export function arrowAt({ scene, traces, view, look, playhead }, px, py) {
  const trace = traces.find(({ index }) => index === scene.selected);
  if (!trace) return null;
  const [x, y] = placeAt(trace, playhead.step);
  const row = Math.min(Math.floor(playhead.step), trace.length - 1);
  return inside(view.box, x, y) ? arrowUnder(directionsAt(trace, row, view), px - x, py - y, look.scale) : null;
}

/** @param {Trace} trace @param {number} step @returns {boolean} */
const stopped = ({ run, length }, step) => run.end !== null && step >= length - 1;

/** @param {CanvasRenderingContext2D} context @param {Setting} setting @param {Trace} trace */
function head(context, { scene, picture, view, look, playhead: { step } }, trace) {
  const [x, y] = placeAt(trace, step);
  if (!inside(view.box, x, y)) return;
  context.globalAlpha = picture.hovering && trace.index !== picture.focus ? FAINT : 1;
  drawHead(context, look, trace.run.slot, x, y, { stopped: stopped(trace, step), selected: trace.index === scene.selected });
  context.globalAlpha = 1;
}

/** @param {Setting} setting @returns {Place[]} */
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
