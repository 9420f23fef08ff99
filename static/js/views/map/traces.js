/** The traces of the scene's runs, made again only for what has changed. */
import { traceOf } from "./trace.js";
import { screenX, screenY } from "./view.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./view.js").Box} Box */
/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../state/types.js").Run} Run */

/** @typedef {{trace: Trace, x: ArrayLike<number>, y: ArrayLike<number>, view: View}} Entry */

/** @param {Trace} trace @param {Run} run @param {number} index */
function same({ run: old, index: at, length }, run, index) {
  return at === index && length === run.length && old.slot === run.slot && old.name === run.name && old.end === run.end
    && old.columns.gradient === run.columns.gradient;
}

/** Where the view of the whole domain lies on the screen of another view. @param {View} whole @param {View} view @returns {Box} */
function sheetBox({ x0, x1, y0, y1 }, view) {
  const [left, top] = [screenX(view, x0), screenY(view, y1)];
  return { left, top, width: screenX(view, x1) - left, height: screenY(view, y0) - top };
}

export function createTraces() {
  /** @type {Entry[]} */
  let entries = [];
  /** @type {Trace[]} */
  let list = [];

  /** @param {Run} run @param {number} index @param {import("./plane.js").Plane} plane @param {View} view @param {Box} sheet @returns {Entry} */
  function entryOf(run, index, plane, view, sheet) {
    const [x, y] = plane.columns(run);
    const known = entries.find((entry) => entry.x === x && entry.y === y && entry.view === view && same(entry.trace, run, index));
    return known ?? { trace: traceOf(run, index, x, y, view, sheet), x, y, view };
  }

  /**
   * @param {Scene} scene
   * @param {import("./plane.js").Plane} plane
   * @param {View} view
   * @returns {Trace[]} of the runs not hidden; the same array as before if nothing changed
   */
  return function tracesOf(scene, plane, view) {
    const sheet = sheetBox(plane.view({ ...scene, window: null }, view.box), view);
    entries = scene.runs.flatMap((run, index) => (run.hidden || !run.length ? [] : [entryOf(run, index, plane, view, sheet)]));
    const next = entries.map((entry) => entry.trace);
    if (next.length !== list.length || next.some((trace, k) => trace !== list[k])) list = next;
    return list;
  };
}
