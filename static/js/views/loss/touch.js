/** The loss chart under the pointer: point at a line, drag the playhead. */
import { yOf } from "./curves.js";

/** @typedef {import("../../state/types.js").Hit} Hit */
/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("./curves.js").Plot} Plot */
/** @typedef {import("./index.js").LossEvents} LossEvents */

/** A line is pointed at from so many pixels away. */
const REACH = 24;

/** The run whose line passes nearest. @param {Scene} scene @param {Plot} plot @param {number} x @param {number} y @returns {Hit | null} */
function nearestRun({ runs }, plot, x, y) {
  const share = (x - plot.box.left) / plot.box.width;
  /** @type {Hit | null} */
  let best = null;
  let least = REACH;
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
 * @param {() => import("./plot.js").Chart | null} shown
 * @param {LossEvents} events
 * @returns {() => void} stops listening
 */
export function listen(root, shown, { onSeek, onHover }) {
  const control = new AbortController();
  const { signal } = control;
  let held = false;

  /** @param {PointerEvent} event */
  function move(event) {
    const now = shown();
    if (!now) return;
    const edge = root.getBoundingClientRect();
    const [x, y] = [event.clientX - edge.left, event.clientY - edge.top];
    const share = Math.min(1, Math.max(0, (x - now.box.left) / now.box.width));
    if (held) onSeek(Math.round(now.steps.stepAt(now.scene.selected ?? 0, share)));
    else onHover(nearestRun(now.scene, now, x, y));
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
