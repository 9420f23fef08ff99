/** The upper edge of the drawer: pulled, it gives the drawer more of the stage, or the map. */
import { h, setAttribute } from "../dom.js";

/** Pixels of what the drawer holds, at the least, and what the map keeps with all that stands around it. */
const LEAST = 170;
const KEPT = 400;
/** One press of an arrow key. */
const PACE = 24;

/** @param {number} height */
const within = (height) => Math.round(Math.max(LEAST, Math.min(window.innerHeight - KEPT, height)));

/**
 * @param {HTMLElement} drawer
 * @param {() => number} heightNow  of what it holds
 * @param {() => void} onChange
 */
export function createEdge(drawer, heightNow, onChange) {
  /** From where it is being pulled, and how high it was. @type {{y: number, height: number} | null} */
  let pulled = null;
  const root = h("div", {
    class: "drawer-edge", role: "separator", tabindex: 0, "aria-orientation": "horizontal", "aria-label": "Height of the drawer", "aria-valuemin": LEAST, title: "Pull to make room; twice for as it was",
    onpointerdown: begin, onpointermove: pull, onpointerup: end, onpointercancel: end, ondblclick: () => put(null), onkeydown: key, onfocus: describe,
  });

  /** @param {number | null} height  null: as it was at first */
  function put(height) {
    if (height === null) drawer.style.removeProperty("--drawer-height");
    else drawer.style.setProperty("--drawer-height", `${within(height)}px`);
    describe();
    onChange();
  }

  function describe() {
    setAttribute(root, "aria-valuemax", within(Infinity));
    setAttribute(root, "aria-valuenow", Math.round(heightNow()));
  }

  /** @param {PointerEvent} event */
  function begin(event) {
    pulled = { y: event.clientY, height: heightNow() };
    root.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  function pull({ clientY }) {
    if (pulled) put(pulled.height + pulled.y - clientY);
  }

  function end() {
    pulled = null;
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const move = { ArrowUp: PACE, ArrowDown: -PACE }[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    put(heightNow() + move);
  }

  return { root, describe };
}
