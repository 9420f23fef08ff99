/**
 * The size of a part of the page as it was last laid out. To ask the part itself lays out the page at once, in the
 * midst of a frame that goes on changing it, and then once more.
 */
import type { Size } from "./math/box.ts";

/** One column alone has room: the style sheets have the same width. */
export const narrowScreen = () => matchMedia("(max-width: 1099px)");

const known: WeakMap<Element, Size> = new WeakMap();
const listeners: Set<() => void> = new Set();
const observed: Set<Element> = new Set();
let observer: ResizeObserver | null = null;

/** @returns whether it has changed */
function measure(part: Element): boolean {
  const before = known.get(part);
  const size = { width: part.clientWidth, height: part.clientHeight };
  known.set(part, size);
  return before?.width !== size.width || before.height !== size.height;
}

/** @returns without borders */
export function sizeOf(part: Element): Size {
  if (!known.has(part)) {
    measure(part);
    observer ??= new ResizeObserver((entries) => {
      if (entries.filter(({ target }) => measure(target)).length) for (const act of listeners) act();
    });
    observer.observe(part);
    observed.add(part);
  }
  return known.get(part) as Size;
}

/** @param act  once a part that was asked for has another size @param ended  from when on it is not to be told */
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
  }
  if (observed.size) return;
  observer?.disconnect();
  observer = null;
}
