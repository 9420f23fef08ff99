/**
 * What the two axes of the map are: the two parameters, or the only parameter and the loss. Everything else on the map
 * asks here and does not know which it is.
 */
import { fitsOneScale, viewOf } from "./view.js";
import { lossAt, lossRange } from "./profile.js";

/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("../../state/types.js").Window} Window */
/** @typedef {import("./view.js").Box} Box */
/** @typedef {import("./view.js").View} View */

/**
 * @typedef {object} Plane
 * @property {[string, string]} names  of the axes
 * @property {(scene: Scene, box: Box) => View} view
 * @property {(run: Run) => [ArrayLike<number>, ArrayLike<number>]} columns  of the run that the axes show
 * @property {(scene: Scene) => [number, number]} start
 * @property {(scene: Scene) => {x: number, y: number, loss: number}[]} minima
 * @property {(window: Window) => Window} window  as the state keeps it
 * @property {(x: number, y: number, scene: Scene) => number[]} point  of the parameters
 */

/** @type {Plane} */
const SURFACE = {
  names: ["x", "y"],
  view({ problem, window }, box) {
    const domain = /** @type {Window} */ (problem.domain);
    return viewOf(window ?? domain, box, fitsOneScale(domain, box));
  },
  columns: ({ columns }) => [columns.parameters[0], columns.parameters[1]],
  start: ({ start }) => [start[0], start[1]],
  minima: ({ problem }) => problem.minima.map(({ at, loss }) => ({ x: at[0], y: at[1], loss })),
  window: (window) => window,
  point: (x, y) => [x, y],
};

/** @type {Plane} */
const PROFILE = {
  names: ["x", "loss"],
  view({ problem, window, landscape }, box) {
    const [range] = window ?? problem.domain;
    return viewOf([range, lossRange(landscape, range)], box, false);
  },
  columns: ({ columns }) => [columns.parameters[0], columns.loss],
  start: ({ start, landscape }) => [start[0], landscape ? lossAt(landscape, start[0]) : NaN],
  minima: ({ problem }) => problem.minima.map(({ at, loss }) => ({ x: at[0], y: loss, loss })),
  window: ([range]) => [range],
  point: (x) => [x],
};

/** @param {Scene} scene @returns {Plane} */
export function planeOf({ problem: { parameters } }) {
  const plane = parameters.length === 1 ? PROFILE : SURFACE;
  return { ...plane, names: [parameters[0], parameters[1] ?? "loss"] };
}
