/**
 * The size of a part of the page as it was last laid out. To ask the part itself lays out the page at once, in the
 * midst of a frame that goes on changing it, and then once more.
 */

/** @typedef {{width: number, height: number}} Size  in CSS pixels, without borders */

/** @type {WeakMap<Element, Size>} */
const known = new WeakMap();
/** @type {Set<() => void>} */
const told = new Set();
/** @type {ResizeObserver | null} */
let observer = null;

/** @param {Element} part @returns {boolean} whether it has changed */
function measure(part) {
  const before = known.get(part);
  const size = { width: part.clientWidth, height: part.clientHeight };
  known.set(part, size);
  return before?.width !== size.width || before.height !== size.height;
}

/** @param {Element} part @returns {Size} */
export function sizeOf(part) {
  if (!known.has(part)) {
    measure(part);
    observer ??= new ResizeObserver((entries) => entries.filter(({ target }) => measure(target)).length && told.forEach((act) => act()));
    observer.observe(part);
  }
  return /** @type {Size} */ (known.get(part));
}

/** @param {() => void} act  once a part that was asked for has another size */
export const onSize = (act) => void told.add(act);
