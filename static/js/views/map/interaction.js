/**
 * Pointer, wheel and keys on the ground and on the start mark. Nothing is kept here but the gesture under way: what it
 * asks for goes out as an event, and comes back as the next scene.
 */
import { niceStep, round, snapped } from "../../math/scales.js";
import { dataX, dataY, panned, windowOf, zoomed } from "./view.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("../../state/types.js").Window} Window */
/** @typedef {import("../../state/types.js").Hit} Hit */

/**
 * What the gestures need to know and may ask for.
 * @typedef {object} Hands
 * @property {() => View | null} view
 * @property {() => [number, number] | null} start
 * @property {(x: number, y: number, reach: number) => Hit | null} hit
 * @property {(hit: Hit | null) => void} hover
 * @property {(hit: Hit) => void} seek
 * @property {(window: Window | null, moving: boolean) => void} window
 * @property {(x: number, y: number, moving: boolean) => void} moveStart
 */

const SLACK = 4;
const REACH = 12;
const REACH_TOUCH = 22;
const NEARER = 1.6;
const WHEEL = 0.0022;
const WHEEL_END = 160;
const DOUBLE = 350;

/** @typedef {{x: number, y: number}} Point */

/**
 * @param {HTMLElement} ground
 * @param {HTMLElement} start
 * @param {HTMLElement} root
 * @param {Hands} hands
 */
export function attach(ground, start, root, hands) {
  const controller = new AbortController();
  const options = { signal: controller.signal };
  const at = (/** @type {{clientX: number, clientY: number}} */ event) => {
    const { left, top } = root.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  attachGround(ground, hands, at, options);
  attachWheel(ground, hands, at, options);
  attachStart(start, hands, at, options);
  ground.addEventListener("keydown", (event) => groundKey(event, hands), options);
  start.addEventListener("keydown", (event) => startKey(event, hands), options);
  return () => controller.abort();
}

/** @typedef {(event: PointerEvent | WheelEvent) => Point} Locate */

/** @param {HTMLElement} ground @param {Hands} hands @param {Locate} at @param {AddEventListenerOptions} options */
function attachGround(ground, hands, at, options) {
  /** @type {Map<number, Point>} */
  const pointers = new Map();
  /** @type {{view: View, from: Point, spread: number, moved: boolean} | null} */
  let gesture = null;
  /** @type {{time: number, start: [number, number] | null, point: Point} | null} */
  let lastClick = null;

  const middle = () => {
    const all = [...pointers.values()];
    return { x: all.reduce((sum, p) => sum + p.x, 0) / all.length, y: all.reduce((sum, p) => sum + p.y, 0) / all.length };
  };
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const begin = (/** @type {boolean} */ moved) => {
    const view = hands.view();
    gesture = view && pointers.size ? { view, from: middle(), spread: spread(), moved } : null;
  };

  // A click leaves the keys to the page rather than to the map, but still ends what was being typed.
  ground.addEventListener("mousedown", (event) => {
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement && document.activeElement !== ground) document.activeElement.blur();
  }, options);

  ground.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    ground.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
    begin(pointers.size > 1);
    hands.hover(null);
  }, options);

  ground.addEventListener("pointermove", (event) => {
    const point = at(event);
    if (!pointers.has(event.pointerId)) {
      if (event.pointerType === "mouse") hands.hover(hands.hit(point.x, point.y, REACH));
      return;
    }
    pointers.set(event.pointerId, point);
    if (!gesture) return;
    const to = middle();
    const [dx, dy] = [to.x - gesture.from.x, to.y - gesture.from.y];
    if (!gesture.moved && Math.hypot(dx, dy) < SLACK) return;
    gesture.moved = true;
    ground.classList.add("map-ground-dragged");
    hands.window(moved(gesture, to, spread()), true);
  }, options);

  const end = (/** @type {PointerEvent} */ event, /** @type {boolean} */ done) => {
    if (!pointers.delete(event.pointerId)) return;
    const finished = gesture;
    begin(true);
    if (pointers.size || !finished) return;
    ground.classList.remove("map-ground-dragged");
    if (finished.moved) settle(hands);
    else if (done) click(at(event), event.timeStamp, event.pointerType === "mouse" ? REACH : REACH_TOUCH);
  };
  ground.addEventListener("pointerup", (event) => end(event, true), options);
  ground.addEventListener("pointercancel", (event) => end(event, false), options);
  ground.addEventListener("pointerleave", () => { if (!pointers.size) hands.hover(null); }, options);

  /** A second click at the same place takes the first one back. @param {Point} point @param {number} time @param {number} reach */
  function click(point, time, reach) {
    const before = lastClick;
    const twice = before && time - before.time < DOUBLE && Math.hypot(before.point.x - point.x, before.point.y - point.y) < 3 * SLACK;
    lastClick = twice ? null : { time, start: hands.start(), point };
    if (twice) return resetWindow(before.start);
    const hit = hands.hit(point.x, point.y, reach);
    if (hit) hands.seek(hit);
    else moveTo(hands, point.x, point.y, false);
    if (hit && lastClick) lastClick.start = null;
  }

  /** @param {[number, number] | null} start */
  function resetWindow(start) {
    if (start) hands.moveStart(start[0], start[1], false);
    hands.window(null, false);
  }
}

/** @param {{view: View, from: Point, spread: number}} gesture @param {Point} to @param {number} spread @returns {Window} */
function moved({ view, from, spread: before }, to, spread) {
  const dragged = panned(view, to.x - from.x, to.y - from.y);
  if (!before || !spread) return dragged;
  const [[x0, x1], [y0, y1]] = dragged;
  return zoomed({ ...view, x0, x1, y0, y1 }, to.x, to.y, spread / before);
}

/** Says where the window came to rest. @param {Hands} hands */
function settle(hands) {
  const view = hands.view();
  if (view) hands.window(windowOf(view), false);
}

/** @param {HTMLElement} ground @param {Hands} hands @param {Locate} at @param {AddEventListenerOptions} options */
function attachWheel(ground, hands, at, options) {
  let timer = 0;
  ground.addEventListener("wheel", (event) => {
    const view = hands.view();
    if (!view) return;
    event.preventDefault();
    const { x, y } = at(event);
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1) * (event.ctrlKey ? 4 : 1);
    hands.window(zoomed(view, x, y, 2 ** (-pixels * WHEEL)), true);
    clearTimeout(timer);
    timer = window.setTimeout(() => settle(hands), WHEEL_END);
  }, { ...options, passive: false });
}

/** @param {HTMLElement} start @param {Hands} hands @param {Locate} at @param {AddEventListenerOptions} options */
function attachStart(start, hands, at, options) {
  /** @type {Point | null} how far the pointer is from the mark's centre */
  let grip = null;
  start.addEventListener("pointerdown", (event) => {
    const [view, place] = [hands.view(), hands.start()];
    if (event.button !== 0 || !view || !place) return;
    start.setPointerCapture(event.pointerId);
    const { x, y } = at(event);
    grip = { x: x - (view.box.left + (place[0] - view.x0) * view.kx), y: y - (view.box.top + (view.y1 - place[1]) * view.ky) };
  }, options);
  const move = (/** @type {PointerEvent} */ event, /** @type {boolean} */ moving) => {
    if (!grip) return;
    const { x, y } = at(event);
    moveTo(hands, x - grip.x, y - grip.y, moving);
  };
  start.addEventListener("pointermove", (event) => move(event, true), options);
  start.addEventListener("pointerup", (event) => { move(event, false); grip = null; }, options);
  start.addEventListener("pointercancel", () => { grip = null; }, options);
}

/** @param {Hands} hands @param {number} px @param {number} py @param {boolean} moving */
function moveTo(hands, px, py, moving) {
  const view = hands.view();
  if (view) hands.moveStart(snapped(dataX(view, px), 1 / view.kx), snapped(dataY(view, py), 1 / view.ky), moving);
}

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {KeyboardEvent} event */
function taken(event) {
  event.preventDefault();
  event.stopPropagation();
}

/** @param {KeyboardEvent} event @param {Hands} hands */
function groundKey(event, hands) {
  const view = hands.view();
  if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = ARROWS[event.key];
  if (arrow) {
    const share = event.shiftKey ? 0.5 : 0.1;
    hands.window(panned(view, -arrow[0] * share * view.box.width, arrow[1] * share * view.box.height), false);
  } else if (event.key === "+" || event.key === "=") zoomAtCentre(hands, NEARER);
  else if (event.key === "-") zoomAtCentre(hands, 1 / NEARER);
  else if (event.key === "0") hands.window(null, false);
  else return;
  taken(event);
}

/** @param {KeyboardEvent} event @param {Hands} hands */
function startKey(event, hands) {
  const [view, place, arrow] = [hands.view(), hands.start(), ARROWS[event.key]];
  if (!view || !place || !arrow || event.ctrlKey || event.metaKey || event.altKey) return;
  const many = event.shiftKey ? 10 : 1;
  const [stepX, stepY] = [niceStep(5 / view.kx), niceStep(5 / view.ky)];
  hands.moveStart(round(place[0] + arrow[0] * stepX * many, stepX / 10), round(place[1] + arrow[1] * stepY * many, stepY / 10), false);
  taken(event);
}

/** @param {Hands} hands @param {number} factor  above 1 goes nearer */
export function zoomAtCentre(hands, factor) {
  const view = hands.view();
  if (!view) return;
  const { left, top, width, height } = view.box;
  hands.window(zoomed(view, left + width / 2, top + height / 2, factor), false);
}

export { NEARER };
