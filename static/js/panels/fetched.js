/** A part of the page that is fetched when it is first wanted. */

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {{render: (state: State, scene: Scene, moment: import("./explain.js").Moment) => void, plates?: () => import("../state/types.js").Plate[], apart?: () => boolean}} Part  apart: shows what belongs to no parameter */

/** Milliseconds until what could not be fetched is tried again. */
const AGAIN = 2000;

/**
 * @template [T=Part]
 * @param {() => Promise<T>} create
 * @param {() => void} onReady
 * @returns {() => T | null} null until it is there
 */
export function fetched(create, onReady) {
  /** @type {T | null} */
  let part = null;
  let coming = false;

  async function fetch() {
    coming = true;
    part = await create().catch(forgive);
    if (!part) setTimeout(again, AGAIN);
    onReady();
  }

  /** @param {unknown} error @returns {null} */
  function forgive(error) {
    console.warn("a part of the page could not be opened:", error);
    return null;
  }

  function again() {
    coming = false;
    onReady();
  }

  return () => {
    if (!part && !coming) void fetch();
    return part;
  };
}
