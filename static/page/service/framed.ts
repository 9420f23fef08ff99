/** A page in a playlist's frame, which says what comes before and after it and leads it; alone, it tells itself. */

/** @returns whether who frames the page has taken it up */
const tell = (name: string, detail: unknown) =>
  (globalThis.frameElement ?? document).dispatchEvent(new CustomEvent(name, { detail, cancelable: true })) === false;

/** Past the end of the page, or before its beginning. @returns whether a playlist goes on from there */
export const goBeyond = (by: 1 | -1): boolean => tell("beyond", by);

/** @param led  by which whoever frames the page leads it */
export const handOver = (led: unknown) => void tell("led", led);
