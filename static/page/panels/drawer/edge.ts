/** The upper edge of the drawer: pulled, it gives the drawer more of the stage, or the map. */
import { h, setAttribute } from "../../dom.ts";

/** Pixels of what the drawer holds, at the least, and what the map keeps with all that stands around it. */
const LEAST = 170;
const KEPT = 400;
/** One press of an arrow key. */
const PACE = 24;

const within = (height: number) => Math.round(Math.max(LEAST, Math.min(window.innerHeight - KEPT, height)));

/** @param heightNow  of what it holds */
export function createEdge(drawer: HTMLElement, heightNow: () => number, onChange: () => void) {
  /** From where it is being pulled, and how high it was. */
  let pulled: { y: number; height: number } | null = null;
  const root = h("div", {
    class: "drawer-edge", role: "separator", tabindex: 0, "aria-orientation": "horizontal", "aria-label": "Height of the drawer", "aria-valuemin": LEAST, title: "Pull to make room; twice for as it was",
    onpointerdown: begin, onpointermove: pull, onpointerup: end, onpointercancel: end, ondblclick: () => put(null), onkeydown: key, onfocus: describe,
  });

  /** @param height  null: as it was at first */
  function put(height: number | null) {
    if (height === null) drawer.style.removeProperty("--drawer-height");
    else drawer.style.setProperty("--drawer-height", `${within(height)}px`);
    describe();
    onChange();
  }

  function describe() {
    setAttribute(root, "aria-valuemax", within(Infinity));
    setAttribute(root, "aria-valuenow", Math.round(heightNow()));
  }

  function begin(event: PointerEvent) {
    pulled = { y: event.clientY, height: heightNow() };
    root.setPointerCapture(event.pointerId);
  }

  function pull({ clientY }: PointerEvent) {
    if (pulled) put(pulled.height + pulled.y - clientY);
  }

  function end() {
    pulled = null;
  }

  function key(event: KeyboardEvent) {
    const move = { ArrowUp: PACE, ArrowDown: -PACE }[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    put(heightNow() + move);
  }

  return { root, describe };
}
