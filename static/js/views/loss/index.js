/** Loss against step, all runs: its axis wears the tints of the map, so that height here and colour there are one thing. */
import { SHEETS } from "../../math/palette.js";
import { createLayer } from "../layer.js";
import { drawGround } from "./ground.js";
import { drawMoving } from "./moving.js";
import { chartOf, titleOf } from "./plot.js";
import { listen } from "./touch.js";

/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../state/types.js").Hit} Hit */
/** @typedef {import("../../state/types.js").Plate} Plate */
/** @typedef {import("../../state/types.js").Playhead} Playhead */
/** @typedef {import("./plot.js").Chart} Chart */
/** @typedef {import("../chart/pen.js").Look} Look */

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
  /** @type {Chart | null} */
  let chart = null;
  let key = "";
  let size = { width: 0, height: 0 };
  /** What was to be drawn last, whether there was room for it or not. @type {import("./slide.js").Shown | null} */
  let shown = null;
  const leave = listen(root, () => chart, { onSeek, onHover });

  /** @param {Scene} scene @param {number[] | null} samples @returns {Chart} the same one while nothing but the playhead has changed */
  function survey(scene, samples) {
    const resized = ground.fit(size.width, size.height);
    moving.fit(size.width, size.height);
    const wanted = samples ? samples.join() : "steps";
    if (chart && !resized && scene === chart.scene && wanted === key) return chart;
    key = wanted;
    const anew = chartOf(ground.context, scene, samples, size, lookOf(root, scene, scene.projector ? 1.4 : 1));
    ground.clear();
    drawGround(ground.context, anew);
    return anew;
  }

  return {
    /** @param {Scene} scene @param {Playhead} playhead @param {Hit | null} hit @param {number[] | null} samples  a step of each run takes; null: steps count */
    render(scene, playhead, hit, samples) {
      if (!size.width) this.resize();
      shown = { scene, playhead, samples };
      if (size.width < 80 || size.height < 60) return;
      chart = survey(scene, samples);
      moving.clear();
      drawMoving(moving.context, chart, playhead, hit);
    },
    /** @returns {string} what the chart shows: losses, or what they have above the least there is where that is below 0 */
    title: () => titleOf(chart?.loss.base ?? 0),
    /** Drawn for a slide, by what is fetched when it is first wanted. @returns {Promise<Plate[]>} */
    async plates() {
      const { SCALE, slideOf } = await import("./slide.js");
      return shown ? slideOf(shown, lookOf(root, shown.scene, SCALE)) : [];
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

/** @param {HTMLElement} root @param {Scene} scene @param {number} scale @returns {Look} */
function lookOf(root, { theme }, scale) {
  return { sheet: SHEETS[theme], family: getComputedStyle(root).fontFamily, scale };
}
