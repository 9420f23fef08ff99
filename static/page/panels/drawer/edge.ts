/** The upper edge of the drawer: pulled, it gives the drawer more of the stage, or the map. */
import { html } from "lit-html";
import { component } from "../../component.ts";

/** Pixels of the drawer, at the least, and what the map keeps with all that stands around it. */
const LEAST = 216;
const KEPT = 354;
/** One press of an arrow key. */
const PACE = 24;

const within = (height: number) => Math.round(Math.max(LEAST, Math.min(window.innerHeight - KEPT, height)));

interface DrawerHeight {
  height: () => number;
  /** null: as high as at first */
  onPut: (height: number | null) => void;
}

export const drawerEdge = component<DrawerHeight>((again) => {
  let given: DrawerHeight;
  /** From where it is being pulled, and how high it was. */
  let pulled: { y: number; height: number } | null = null;

  function put(height: number | null) {
    given.onPut(height && within(height));
    again();
  }

  function begin({ currentTarget, pointerId, clientY }: PointerEvent) {
    pulled = { y: clientY, height: given.height() };
    (currentTarget as Element).setPointerCapture(pointerId);
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
    put(given.height() + move);
  }

  return (next) => {
    given = next;
    return html`<div class="drawer-edge" role="separator" tabindex="0" aria-orientation="horizontal"
      aria-label="Height of the drawer" aria-valuemin=${LEAST} aria-valuemax=${within(Infinity)}
      aria-valuenow=${Math.round(next.height())} title="Pull to make room; twice for as it was"
      @pointerdown=${begin} @pointermove=${pull} @pointerup=${end} @pointercancel=${end}
      @dblclick=${() => put(null)} @keydown=${key} @focus=${again}></div>`;
  };
});
