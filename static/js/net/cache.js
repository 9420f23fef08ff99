/** The most recent answers, by what was asked. */

/**
 * @template T
 * @param {number} size  entries kept
 */
export function createCache(size) {
  /** @type {Map<string, T>} */
  const kept = new Map();
  return {
    /** @param {string} key @returns {T | undefined} */
    get(key) {
      const value = kept.get(key);
      if (value !== undefined) this.set(key, value);
      return value;
    },
    /** @param {string} key @param {T} value */
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      if (kept.size > size) kept.delete(/** @type {string} */ (kept.keys().next().value));
    },
  };
}
