/** Loss against step, all runs: its axis wears the tints of the map, so that height here and colour there are one thing. */
import { SHEETS, tints } from "../../math/palette.js";
import { fromOklab, toHex } from "../../math/colour.js";
import { markerPath } from "../../math/markers.js";
import { createLayer } from "../layer.js";
import { lossAxis, sampleAxis, stepAxis } from "./axes.js";
import { curve, lossAt, xOf, yOf } from "./curves.js";
import { createCover, placeNames, shortened } from "./names.js";

/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("../../state/types.js").Hit} Hit */
/** @typedef {import("../../state/types.js").Playhead} Playhead */
/** @typedef {import("./curves.js").Plot} Plot */
/** @typedef {import("../../math/palette.js").Sheet} Sheet */

const STRIP = 9;
const MARGIN = { left: 54, right: 12, top: 12, bottom: 24 };
/** Names may take this much of the width beside the curves. */
const NAMES = 0.36;

/**
 * @typedef {object} LossEvents
 * @property {(step: number) => void} onSeek
 * @property {(hit: Hit | null) => void} onHover
 */

/**
 * @typedef {object} Look
 * @property {Sheet} sheet
 * @property {string} family
 * @property {number} scale  of type and lines
 */

/**
 * @param {HTMLElement} root
 * @param {LossEvents} events
 */
export function createLoss(root, { onSeek, onHover }) {
  const ground = createLayer(root, "layer");
  const moving = createLayer(root, "layer");
  /** @type {Plot | null} */
  let plot = null;
  /** @type {Scene | null} */
  let drawn = null;
  let key = "";
  /** @type {Path2D[]} */
  let curves = [];
  let size = { width: 0, height: 0 };
  const leave = listen(root, () => (drawn && plot ? { scene: drawn, plot } : null), { onSeek, onHover });

  /** @param {Scene} scene @param {number[] | null} samples */
  function survey(scene, samples) {
    const resized = ground.fit(size.width, size.height);
    moving.fit(size.width, size.height);
    const wanted = samples ? samples.join() : "steps";
    if (!resized && scene === drawn && wanted === key) return;
    [drawn, key] = [scene, wanted];
    const look = lookOf(root, scene);
    plot = plotOf(scene, samples, size, look, ground.context);
    curves = scene.runs.map((run, k) => curve(/** @type {Plot} */ (plot), run, k));
    drawGround(ground, plot, scene, curves, look);
  }

  return {
    /** @param {Scene} scene @param {Playhead} playhead @param {Hit | null} hit @param {number[] | null} samples  a step of each run takes; null: steps count */
    render(scene, playhead, hit, samples) {
      if (!size.width) this.resize();
      if (size.width < 80 || size.height < 60) return;
      survey(scene, samples);
      drawMoving(moving, /** @type {Plot} */ (plot), scene, curves, playhead, hit, lookOf(root, scene));
    },
    resize() {
      size = { width: root.clientWidth, height: root.clientHeight };
    },
    destroy() {
      leave();
      root.replaceChildren();
    },
  };
}

/** @param {HTMLElement} root @param {Scene} scene @returns {Look} */
function lookOf(root, { theme, projector }) {
  return { sheet: SHEETS[theme], family: getComputedStyle(root).fontFamily, scale: projector ? 1.4 : 1 };
}

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {number} size @param {number} [weight] */
function setFont(context, { family, scale }, size, weight = 400) {
  context.font = `${weight} ${size * scale}px ${family}`;
}

/**
 * As much width for the curves as leaves every name its place beside the end of its line.
 * @param {Scene} scene @param {number[] | null} samples @param {{width: number, height: number}} size @param {Look} look
 * @param {CanvasRenderingContext2D} context
 * @returns {Plot}
 */
function plotOf(scene, samples, { width, height }, look, context) {
  const { scale } = look;
  const box = { left: MARGIN.left * scale, top: MARGIN.top, width: width - MARGIN.left * scale - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom * scale };
  const loss = lossAxis(scene, box.height / scale);
  const room = Math.max(2, Math.floor(box.width / (56 * scale)));
  const steps = samples ? sampleAxis(scene, samples, room) : stepAxis(scene, room);
  setFont(context, look, 13);
  const whole = box.width;
  const names = shortened(scene.runs.map(({ name }) => name));
  for (const [k, run] of scene.runs.entries()) {
    if (run.hidden || !run.length || !names[k]) continue;
    const end = steps.place(k, run.length - 1);
    const free = whole + MARGIN.right - 5 - 10 * scale - context.measureText(names[k]).width;
    box.width = Math.min(box.width, Math.max(whole * (1 - NAMES), free / Math.max(end, 0.01)));
  }
  return { box, loss, steps };
}

/** @param {import("../layer.js").Layer} layer @param {Plot} plot @param {Scene} scene @param {Path2D[]} curves @param {Look} look */
function drawGround(layer, plot, scene, curves, look) {
  layer.clear();
  const { context } = layer;
  drawAxes(context, plot, look);
  drawStrip(context, plot, scene, look);
  clipped(context, plot, plot.box.left + plot.box.width + 2, () => {
    scene.runs.forEach((run, k) => run.hidden || strokeCurve(context, curves[k], look.sheet.runs[run.slot], 1 * look.scale, 0.55));
  });
  drawEnds(context, plot, scene, look);
}

/** @param {CanvasRenderingContext2D} context @param {Path2D} path @param {string} colour @param {number} width @param {number} alpha */
function strokeCurve(context, path, colour, width, alpha) {
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.stroke(path);
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {number} right @param {() => void} draw */
function clipped(context, { box }, right, draw) {
  context.save();
  context.beginPath();
  context.rect(box.left - 1, box.top - 3, right - box.left + 1, box.height + 5);
  context.clip();
  draw();
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Look} look */
function drawAxes(context, { box, loss, steps }, look) {
  const { sheet, scale } = look;
  setFont(context, look, 12);
  context.fillStyle = sheet.ink2;
  context.strokeStyle = sheet.ink;
  context.globalAlpha = 0.14;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  const heights = loss.ticks.map(({ value }) => Math.round(box.top + (1 - (value - loss.low) / (loss.high - loss.low)) * box.height) + 0.5);
  for (const y of heights) line(context, box.left, y, box.left + box.width, y);
  context.globalAlpha = 1;
  loss.ticks.forEach(({ text }, k) => context.fillText(text, box.left - STRIP - 7, heights[k]));
  context.textBaseline = "alphabetic";
  context.textAlign = "center";
  const bottom = box.top + box.height;
  context.strokeStyle = sheet.ink2;
  line(context, box.left, bottom + 0.5, box.left + box.width, bottom + 0.5);
  for (const { value, text } of steps.ticks) {
    const x = Math.round(box.left + value * box.width) + 0.5;
    line(context, x, bottom, x, bottom + 4);
    context.fillText(text, x, bottom + 17 * scale);
  }
  stepTitle(context, box, steps, look, bottom + 17 * scale);
}

/** The axis is named where it leaves room. @param {CanvasRenderingContext2D} context @param {Plot["box"]} box @param {Plot["steps"]} steps @param {Look} look @param {number} y */
function stepTitle(context, box, { title, ticks }, look, y) {
  const last = ticks[ticks.length - 1];
  const taken = box.left + (last?.value ?? 0) * box.width + (context.measureText(last?.text ?? "").width) / 2 + 8;
  setFont(context, look, 12, 600);
  const right = box.left + box.width + MARGIN.right;
  const start = Math.max(taken, right - context.measureText(title).width);
  context.textAlign = "left";
  context.fillStyle = look.sheet.ink;
  if (start + context.measureText(title).width <= context.canvas.clientWidth) context.fillText(title, start, y);
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** The tints of the map beside the axis. @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Scene} scene @param {Look} look */
function drawStrip(context, plot, { levels, theme }, { sheet }) {
  const { box } = plot;
  const left = box.left - STRIP;
  if (levels) {
    const colours = tints(theme, levels.values.length + 1).map((tint) => toHex(fromOklab(tint)));
    const edges = [-Infinity, ...levels.values, Infinity].map((value) => Math.min(box.top + box.height, Math.max(box.top, yOf(plot, value))));
    colours.forEach((colour, band) => {
      context.fillStyle = colour;
      context.fillRect(left, edges[band + 1], STRIP, edges[band] - edges[band + 1]);
    });
  }
  context.strokeStyle = sheet.ink2;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, box.top + 0.5, STRIP, box.height);
}

/** @param {CanvasRenderingContext2D} context @param {number} slot @param {number} x @param {number} y @param {number} radius @param {string} colour @param {string} casing @param {boolean} hollow */
function drawMark(context, slot, x, y, radius, colour, casing, hollow) {
  context.save();
  context.translate(x, y);
  const path = new Path2D(markerPath(slot, radius));
  context.lineJoin = "round";
  context.strokeStyle = hollow ? colour : casing;
  context.fillStyle = hollow ? casing : colour;
  context.lineWidth = hollow ? 1.4 : 2.4;
  if (!hollow) context.stroke(path);
  context.fill(path);
  if (hollow) context.stroke(path);
  context.restore();
}

/** @param {Scene} scene @param {Plot} plot @returns {{run: Run, name: string, x: number, y: number, off: boolean}[]} */
function endsOf({ runs }, plot) {
  const names = shortened(runs.map(({ name }) => name));
  return runs.flatMap((run, k) => {
    if (run.hidden || run.length === 0) return [];
    const { box } = plot;
    const off = plot.loss.place(run.columns.loss[run.length - 1]) > 1.02;
    const row = off ? firstOff(run, plot) : run.length - 1;
    const x = xOf(plot, k, row);
    return [{ run, name: names[k], x, y: off ? box.top : Math.min(box.top + box.height, yOf(plot, run.columns.loss[row])), off }];
  });
}

/** @param {Run} run @param {Plot} plot @returns {number} where its line leaves the chart for good */
function firstOff({ columns: { loss }, length }, plot) {
  let row = length - 1;
  while (row > 0 && plot.loss.place(loss[row - 1]) > 1) row--;
  return row;
}

/** End shapes and names. @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Scene} scene @param {Look} look */
function drawEnds(context, plot, scene, look) {
  const { sheet, scale } = look;
  const ends = endsOf(scene, plot);
  setFont(context, look, 13);
  context.textBaseline = "middle";
  context.textAlign = "left";
  const { clientWidth: width } = context.canvas;
  const room = { left: plot.box.left + 2, top: 0, width: width - plot.box.left - 3, height: plot.box.top + plot.box.height - 2 };
  const cover = coverOf(scene, plot, width);
  const names = placeNames(ends.map(({ name, x, y }) => ({ x, y, width: context.measureText(name).width })), cover, room, 7 * scale);
  ends.forEach(({ run, name, x, y, off }, k) => {
    const colour = sheet.runs[run.slot];
    if (off) drawExit(context, x, plot.box.top, colour, sheet.casing, scale);
    else if (run.end) drawMark(context, run.slot, x, y, 3.4 * scale, colour, sheet.paper, true);
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = sheet.paper;
    context.strokeText(name, names[k].x, names[k].y);
    context.fillStyle = sheet.ink;
    context.fillText(name, names[k].x, names[k].y);
  });
}

/** What the lines and their ends cover. @param {Scene} scene @param {Plot} plot @param {number} width */
function coverOf(scene, plot, width) {
  const cover = createCover(width, plot.box.top + plot.box.height + 20);
  scene.runs.forEach((run, k) => {
    if (run.hidden) return;
    const every = Math.max(1, Math.floor(run.length / (2 * plot.box.width)));
    for (let row = 0; row < run.length; row += every) cover.addPoint(xOf(plot, k, row), yOf(plot, run.columns.loss[row]));
  });
  for (const { x, y } of endsOf(scene, plot)) cover.addLabel({ x: x - 5, y, width: 10 }, 5);
  return cover;
}

/** An arrowhead out of the top. @param {CanvasRenderingContext2D} context @param {number} x @param {number} top @param {string} colour @param {string} casing @param {number} scale */
function drawExit(context, x, top, colour, casing, scale) {
  const path = new Path2D(`M${x} ${top - 9 * scale}L${x + 5 * scale} ${top + 1}L${x - 5 * scale} ${top + 1}Z`);
  context.lineWidth = 2;
  context.strokeStyle = casing;
  context.stroke(path);
  context.fillStyle = colour;
  context.fill(path);
}

/**
 * @param {import("../layer.js").Layer} layer @param {Plot} plot @param {Scene} scene @param {Path2D[]} curves
 * @param {Playhead} playhead @param {Hit | null} hit @param {Look} look
 */
function drawMoving(layer, plot, scene, curves, { step }, hit, look) {
  layer.clear();
  const { context } = layer;
  const { sheet, scale } = look;
  const { box } = plot;
  scene.runs.forEach((run, k) => {
    if (run.hidden || run.length === 0) return;
    const alpha = hit && hit.run !== k ? 0.32 : 1;
    clipped(context, plot, xOf(plot, k, Math.min(step, run.length - 1)), () => strokeCurve(context, curves[k], sheet.runs[run.slot], 1.8 * scale, alpha));
  });
  const x = xOf(plot, scene.selected ?? 0, Math.min(step, plot.steps.longest));
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  line(context, Math.round(x) + 0.5, box.top - 6, Math.round(x) + 0.5, box.top + box.height);
  scene.runs.forEach((run, k) => drawHead(context, plot, run, k, step, look));
  if (hit) drawRing(context, plot, scene.runs[hit.run], hit, look);
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Run} run @param {number} index @param {number} step @param {Look} look */
function drawHead(context, plot, run, index, step, { sheet, scale }) {
  if (run.hidden || run.length === 0 || step >= run.length - 1) return;
  const y = yOf(plot, lossAt(run, step));
  if (y < plot.box.top - 1) return;
  drawMark(context, run.slot, xOf(plot, index, step), Math.min(y, plot.box.top + plot.box.height), 4 * scale, sheet.runs[run.slot], sheet.casing, false);
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Run | undefined} run @param {Hit} hit @param {Look} look */
function drawRing(context, plot, run, hit, { sheet, scale }) {
  if (!run || hit.step >= run.length) return;
  context.beginPath();
  context.arc(xOf(plot, hit.run, hit.step), yOf(plot, run.columns.loss[hit.step]), 7 * scale, 0, 2 * Math.PI);
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1.5;
  context.stroke();
}

/** The run whose line passes nearest. @param {Scene} scene @param {Plot} plot @param {number} x @param {number} y @returns {Hit | null} */
function nearestRun({ runs }, plot, x, y) {
  const share = (x - plot.box.left) / plot.box.width;
  /** @type {Hit | null} */
  let best = null;
  let least = 24;
  runs.forEach((run, k) => {
    if (run.hidden || run.length === 0) return;
    const step = Math.round(plot.steps.stepAt(k, share));
    if (step < 0 || step >= run.length) return;
    const away = Math.abs(yOf(plot, run.columns.loss[step]) - y);
    if (away < least) [best, least] = [{ run: k, step }, away];
  });
  return best;
}

/**
 * @param {HTMLElement} root
 * @param {() => {scene: Scene, plot: Plot} | null} shown
 * @param {LossEvents} events
 * @returns {() => void} stops listening
 */
function listen(root, shown, { onSeek, onHover }) {
  const control = new AbortController();
  const { signal } = control;
  let held = false;

  /** @param {PointerEvent} event */
  function move(event) {
    const now = shown();
    if (!now) return;
    const edge = root.getBoundingClientRect();
    const [x, y] = [event.clientX - edge.left, event.clientY - edge.top];
    const share = Math.min(1, Math.max(0, (x - now.plot.box.left) / now.plot.box.width));
    if (held) onSeek(Math.round(now.plot.steps.stepAt(now.scene.selected ?? 0, share)));
    else onHover(nearestRun(now.scene, now.plot, x, y));
  }

  root.addEventListener("pointerdown", (event) => {
    held = event.button === 0;
    if (held) root.setPointerCapture(event.pointerId);
    move(event);
  }, { signal });
  root.addEventListener("pointermove", move, { signal });
  root.addEventListener("pointerup", () => (held = false), { signal });
  root.addEventListener("pointercancel", () => (held = false), { signal });
  root.addEventListener("pointerleave", () => onHover(null), { signal });
  return () => control.abort();
}
