/** The most recent answers, by what was asked. */

/** @param size  entries kept */
export function createCache<T>(size: number) {
  const kept: Map<string, T> = new Map();
  return {
    get(key: string): T | undefined {
      const value = kept.get(key);
      if (value !== undefined) this.set(key, value);
      return value;
    },
    set(key: string, value: T) {
      kept.delete(key);
      kept.set(key, value);
      if (kept.size > size) kept.delete(kept.keys().next().value as string);
    },
  };
}
