/**
 * The size of an element at the last layout. Asking the element itself while a frame still changes the page would make
 * the browser lay out the page twice.
 */
import type { Size } from "./math/box.ts";

/**
 * Widths in pixels up to which panels are tabs, these stand below the map, there is no wall, or the layout of a phone;
 * style sheets have them, too.
 */
export const WIDTHS = { narrow: 1099, stacked: 899, small: 1023, phone: 720 };

export const screenUpTo = (width: keyof typeof WIDTHS) => matchMedia(`(max-width: ${WIDTHS[width]}px)`);

export const lessMotion = () => matchMedia("(prefers-reduced-motion: reduce)");

const sizes: WeakMap<Element, Size> = new WeakMap();
const listeners: Set<{ root: Element; act: () => void }> = new Set();
/** A hidden part that leaves the page is not reported: it is forgotten with its figure. */
const observed: Set<Element> = new Set();
let observer: ResizeObserver | null = null;

/** @returns whether it has changed */
function measure(part: Element): boolean {
  const before = sizes.get(part);
  const size = { width: part.clientWidth, height: part.clientHeight };
  sizes.set(part, size);
  return before?.width !== size.width || before.height !== size.height;
}

function forgetSize(part: Element) {
  observer?.unobserve(part);
  observed.delete(part);
  sizes.delete(part);
}

function remeasure(entries: { target: Element }[]) {
  const parts = entries.map(({ target }) => target);
  for (const part of parts) if (!part.isConnected) forgetSize(part);
  const changed = parts.filter((part) => part.isConnected && measure(part));
  for (const { root, act } of listeners) if (changed.some((part) => root.contains(part))) act();
}

/** @returns the size without borders */
export function sizeOf(part: Element): Size {
  if (!sizes.has(part)) {
    measure(part);
    observer ??= new ResizeObserver(remeasure);
    observer.observe(part);
    observed.add(part);
  }
  return sizes.get(part) as Size;
}

/** @param act  called when an element within, whose size was read, has another one @param ended  forgets these */
export function onSize(root: Element, act: () => void, ended: AbortSignal) {
  const listener = { root, act };
  listeners.add(listener);
  ended.addEventListener(
    "abort",
    () => {
      listeners.delete(listener);
      for (const part of observed) if (!part.isConnected || root.contains(part)) forgetSize(part);
    },
    { once: true },
  );
}
