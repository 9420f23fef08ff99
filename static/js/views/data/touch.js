/** Points by hand: drag one to move it, press on free ground to add one, double-press one to remove it. */
import { pointAt, xOf, yOf } from "./index.js";

/** @typedef {import("./index.js").Frame} Frame */
/** @typedef {[number, number]} Point */

const REACH = 16;
/** A line needs two points. */
const FEWEST = 2;

/** @param {Frame} frame @param {Point[]} points @param {number} x @param {number} y @returns {number} index, -1 for none */
function pointUnder(frame, points, x, y) {
  const away = points.map((point) => Math.hypot(xOf(frame, point[0]) - x, yOf(frame, point[1]) - y));
  const least = Math.min(...away);
  return least <= REACH ? away.indexOf(least) : -1;
}

/**
 * @param {HTMLElement} root
 * @param {() => {frame: Frame, points: Point[]} | null} shown
 * @param {{onPoints: (points: Point[], moving: boolean) => void, onSettle: () => void}} events
 */
export function listen(root, shown, { onPoints, onSettle }) {
  const control = new AbortController();
  const { signal } = control;
  let held = -1;
  let moved = false;

  /** @param {PointerEvent | MouseEvent} event @returns {[number, number]} */
  function at(event) {
    const edge = root.getBoundingClientRect();
    return [event.clientX - edge.left, event.clientY - edge.top];
  }

  root.addEventListener("pointerdown", (event) => {
    const now = shown();
    if (!now || event.button !== 0) return;
    held = pointUnder(now.frame, now.points, ...at(event));
    moved = false;
    if (held >= 0) root.setPointerCapture(event.pointerId);
  }, { signal });
  root.addEventListener("pointermove", (event) => {
    const now = shown();
    if (!now) return;
    const [x, y] = at(event);
    root.classList.toggle("over-point", held >= 0 || pointUnder(now.frame, now.points, x, y) >= 0);
    if (held < 0) return;
    moved = true;
    onPoints(now.points.with(held, pointAt(now.frame, x, y)), true);
  }, { signal });
  root.addEventListener("pointerup", () => {
    if (held >= 0 && moved) onSettle();
    held = -1;
  }, { signal });
  root.addEventListener("pointercancel", () => {
    if (held >= 0) onSettle();
    held = -1;
  }, { signal });
  root.addEventListener("dblclick", (event) => {
    const now = shown();
    if (!now) return;
    const [x, y] = at(event);
    const under = pointUnder(now.frame, now.points, x, y);
    if (under < 0) onPoints([...now.points, pointAt(now.frame, x, y)], false);
    else if (now.points.length > FEWEST) onPoints(now.points.filter((_, k) => k !== under), false);
  }, { signal });
  return { holding: () => held >= 0, leave: () => control.abort() };
}
