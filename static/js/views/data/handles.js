/**
 * A handle on each point: for fingers, which may scroll the page beside it, for the keyboard, and for readers. All of
 * them are one stop of the tabulator.
 */
import { snapped } from "../../math/scales.js";
import { h, setAttribute } from "../../dom.js";
import { xOf, yOf } from "./frame.js";

/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./frame.js").Point} Point */

/** Share of an axis that an arrow key moves a point by; with Shift ten of them. */
const NUDGE = 1 / 100;
/** A line needs two points. */
const FEWEST = 2;

const MOVES = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });

/** @param {Frame} frame @param {Point} point @param {[number, number]} by  nudges */
function nudged({ x, y, box }, point, [dx, dy]) {
  const [wide, high] = [x[1] - x[0], y[1] - y[0]];
  return /** @type {Point} */ ([snapped(point[0] + dx * NUDGE * wide, wide / box.width), snapped(point[1] + dy * NUDGE * high, high / box.height)]);
}

/** From left to right, where the keys go on from a point. @param {Point[]} points @param {number} from @param {string} key @returns {number | null} */
function goneTo(points, from, key) {
  const order = [...points.keys()].sort((one, other) => points[one][0] - points[other][0]);
  const at = order.indexOf(from);
  const to = { PageUp: at - 1, PageDown: at + 1, Home: 0, End: order.length - 1 }[key];
  return to === undefined ? null : order[Math.min(order.length - 1, Math.max(0, to))];
}

/**
 * @param {HTMLElement} root
 * @param {() => {frame: Frame, points: Point[]} | null} shown
 * @param {import("./touch.js").DataEvents} events
 */
export function createHandles(root, shown, { onPoints, onSettle, onPoint }) {
  const how = h("p", { id: "data-how", class: "reader-only" }, "Arrow keys move the point, with Shift further. Page Up and Page Down go to the next one. Delete takes it away.");
  const group = h("div", { class: "data-handles", role: "group", "aria-label": "Points", "aria-describedby": "data-how" });
  root.append(how, group);
  let current = 0;
  let held = false;
  /** What the handles were placed for. @type {[Frame, Point[]] | null} */
  let placed = null;

  /** @param {number} point */
  function focus(point) {
    current = point;
    placed = null;
    [...group.children].forEach((handle, k) => setAttribute(handle, "tabindex", k === point ? 0 : -1));
    /** @type {HTMLElement | undefined} */ (group.children[point])?.focus();
  }

  /** @param {KeyboardEvent} event @param {number} point @returns {boolean} whether the key means something here */
  function press({ key, shiftKey }, point) {
    const now = shown();
    if (!now) return false;
    const next = goneTo(now.points, point, key);
    if (next !== null) focus(next);
    else if (MOVES[key]) move(now, point, /** @type {[number, number]} */ (MOVES[key].map((by) => (shiftKey ? 10 * by : by))));
    else if (key === "Delete" && now.points.length > FEWEST) remove(now.points, point);
    else return false;
    return true;
  }

  /** @param {{frame: Frame, points: Point[]}} now @param {number} point @param {[number, number]} by */
  function move({ frame, points }, point, by) {
    held = true;
    onPoint(point);
    onPoints(points.with(point, nudged(frame, points[point], by)), true);
  }

  /** @param {Point[]} points @param {number} point */
  function remove(points, point) {
    onPoints(points.filter((_, k) => k !== point), false);
    focus(Math.max(0, point - 1));
  }

  function settle() {
    if (held) onSettle();
    held = false;
  }

  group.addEventListener("keydown", (event) => {
    const point = [...group.children].indexOf(/** @type {Element} */ (event.target));
    if (point < 0 || event.ctrlKey || event.metaKey || event.altKey || !press(event, point)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  group.addEventListener("keyup", settle);
  group.addEventListener("focusin", ({ target }) => {
    const point = [...group.children].indexOf(/** @type {Element} */ (target));
    focus(point);
    if (/** @type {Element} */ (target).matches(":focus-visible")) onPoint(point);
  });
  group.addEventListener("focusout", () => {
    settle();
    onPoint(null);
  });

  /** @param {number} count */
  function fill(count) {
    while (group.children.length > count) group.lastElementChild?.remove();
    while (group.children.length < count) group.append(h("button", { type: "button", class: "data-handle", tabindex: -1 }));
    current = Math.min(current, Math.max(0, count - 1));
    group.children[current]?.setAttribute("tabindex", "0");
  }

  /** @param {Frame} frame @param {Point[]} points @param {(point: number) => string} nameOf */
  function place(frame, points, nameOf) {
    if (group.children.length !== points.length) fill(points.length);
    points.forEach((point, k) => {
      const handle = /** @type {HTMLElement} */ (group.children[k]);
      handle.style.transform = `translate(${Math.round(xOf(frame, point[0]))}px, ${Math.round(yOf(frame, point[1]))}px)`;
      setAttribute(handle, "aria-label", nameOf(k));
    });
  }

  return {
    holding: () => held,
    /**
     * @param {Frame} frame @param {Point[]} points
     * @param {(point: number) => string} nameOf  each point, whatever the runs do
     * @param {(point: number) => string} wordsOf  the one that the keys have, at this very step
     */
    render(frame, points, nameOf, wordsOf) {
      if (placed?.[0] !== frame || placed[1] !== points) place(frame, points, nameOf);
      placed = [frame, points];
      if (points[current]) setAttribute(group.children[current], "aria-label", wordsOf(current));
    },
  };
}
