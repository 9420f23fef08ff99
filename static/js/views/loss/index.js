/** Loss against step, all runs: its axis wears the tints of the map, so that height here and colour there are one thing. */
import { SHEETS } from "../../math/palette.js";
import { createLayer } from "../layer.js";
import { lossAxis, sampleAxis, stepAxis } from "./axes.js";
import { curve } from "./curves.js";
import { drawGround } from "./ground.js";
import { drawMoving } from "./moving.js";
import { shortened } from "./names.js";
import { setFont } from "./pen.js";
import { listen } from "./touch.js";

/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../state/types.js").Hit} Hit */
/** @typedef {import("../../state/types.js").Playhead} Playhead */
/** @typedef {import("./curves.js").Plot} Plot */
/** @typedef {import("./pen.js").Look} Look */

const MARGIN = { left: 54, right: 12, top: 12, bottom: 24 };
/** Names may take this much of the width beside the curves. */
const NAMES = 0.36;

/**
 * @typedef {object} LossEvents
 * @property {(step: number) => void} onSeek
 * @property {(hit: Hit | null) => void} onHover
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
    /** @returns {number} what the chart counts losses from: 0, or the least there is where that is below 0 */
    base: () => plot?.loss.base ?? 0,
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
  box.width = Math.max(box.width * (1 - NAMES), widthBesideNames(scene, steps, box.width, scale, context));
  return { box, loss, steps };
}

/** The width of the curves at which every name still ends within the chart. @param {Scene} scene @param {Plot["steps"]} steps @param {number} most @param {number} scale @param {CanvasRenderingContext2D} context */
function widthBesideNames({ runs }, steps, most, scale, context) {
  const names = shortened(runs.map(({ name }) => name));
  const room = most + MARGIN.right - 5 - 10 * scale;
  const widths = runs.map((run, k) => {
    const share = Math.max(steps.place(k, run.length - 1), 0.01);
    const shown = !run.hidden && run.length > 0 && names[k] !== "";
    return shown ? (room - context.measureText(names[k]).width) / share : most;
  });
  return Math.min(most, ...widths);
}
