/** When the ground in sight has not been sampled, or too coarsely, and what to ask for. */
import { windowOf } from "./view.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("../../state/types.js").Window} Window */
/** @typedef {import("../../state/types.js").Landscape} Landscape */
/** @typedef {import("../../state/types.js").Scene} Scene */

/** Asked for beyond the frame on every side, as a share of the view, so that contours run off it and a drag shows some. */
const PAD = 0.04;
/** Samples may lie this many times further apart than those asked for before the ground is sampled again. */
const COARSE = 1.7;
const QUIET = 120;

/** @param {View} view @param {number} ratio @returns {number} samples along each axis */
export function resolutionFor({ box }, ratio) {
  const pixels = Math.max(box.width, box.height) * Math.min(ratio, 2);
  return pixels > 500 ? 160 : 128;
}

/** @param {View} view @param {boolean} profile  one parameter @returns {Window} */
export function wantedWindow(view, profile) {
  const padded = windowOf(view).map(([low, high]) => {
    const pad = PAD * (high - low);
    return /** @type {[number, number]} */ ([low - pad, high + pad]);
  });
  return profile ? [padded[0]] : padded;
}

/**
 * @param {Landscape} landscape
 * @param {View} view
 * @param {number} resolution
 * @returns {boolean}
 */
export function serves({ x, y }, view, resolution) {
  const axis = (/** @type {Float64Array} */ at, /** @type {number} */ low, /** @type {number} */ high) => {
    const slack = (high - low) * 1e-6;
    const apart = (at[at.length - 1] - at[0]) / (at.length - 1);
    return at[0] <= low + slack && at[at.length - 1] >= high - slack && apart < (COARSE * (high - low)) / resolution;
  };
  return axis(x, view.x0, view.x1) && (!y || axis(y, view.y0, view.y1));
}

/** @param {(window: Window, resolution: number) => void} ask */
export function createNeeds(ask) {
  /** @type {{domain: Window, window: Window} | null} */
  let asked = null;
  let timer = 0;
  return {
    /** @param {Scene} scene @param {View} view @param {number} ratio @returns {boolean} whether there is no need */
    check(scene, view, ratio) {
      const resolution = resolutionFor(view, ratio);
      const { landscape, problem: { domain, parameters } } = scene;
      if (landscape && serves(landscape, view, resolution)) {
        asked = null;
        clearTimeout(timer);
        return true;
      }
      const window = wantedWindow(view, parameters.length === 1);
      if (asked && asked.domain === domain && String(asked.window) === String(window)) return false;
      const first = !landscape || asked?.domain !== domain;
      asked = { domain, window };
      clearTimeout(timer);
      timer = self.setTimeout(() => ask(window, resolution), first ? 0 : QUIET);
      return false;
    },
    destroy: () => clearTimeout(timer),
  };
}
