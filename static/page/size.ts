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

const sizes: WeakMap<Element, Size> = new WeakMap();
const listeners: Set<() => void> = new Set();
const observed: Set<Element> = new Set();
let observer: ResizeObserver | null = null;

/** @returns whether it has changed */
function measure(part: Element): boolean {
  const before = sizes.get(part);
  const size = { width: part.clientWidth, height: part.clientHeight };
  sizes.set(part, size);
  return before?.width !== size.width || before.height !== size.height;
}

/** @returns the size without borders */
export function sizeOf(part: Element): Size {
  if (!sizes.has(part)) {
    measure(part);
    observer ??= new ResizeObserver((entries) => {
      if (entries.filter(({ target }) => measure(target)).length) for (const act of listeners) act();
    });
    observer.observe(part);
    observed.add(part);
  }
  return sizes.get(part) as Size;
}

/** @param act  called when an element whose size was read has another one @param ended  stops it */
export function onSize(act: () => void, ended?: AbortSignal) {
  listeners.add(act);
  ended?.addEventListener("abort", () => listeners.delete(act), { once: true });
}

/** @param act  that was to be told of parts within */
export function forgetSizes(within: Element, act: () => void) {
  listeners.delete(act);
  for (const part of observed) {
    if (part.isConnected && !within.contains(part)) continue;
    observer?.unobserve(part);
    observed.delete(part);
    sizes.delete(part);
  }
  if (observed.size) return;
  observer?.disconnect();
  observer = null;
}
