/** Keeps choices of a visitor in a storage of the browser, or on the page where that is denied or full. */

export const THEME = "fallline-theme";

type StorageName = "localStorage" | "sessionStorage";

const inMemory = new Map<string, string>();

/** @param storage  that of the browser, or of the tab */
export function remembered(name: string, storage: StorageName = "localStorage"): string | null {
  try {
    return inMemory.get(name) ?? self[storage].getItem(name);
  } catch {
    return null;
  }
}

/** @returns whether the browser keeps it, and not only this page */
export function remember(name: string, value: string, storage: StorageName = "localStorage"): boolean {
  try {
    self[storage].setItem(name, value);
    inMemory.delete(name);
    return true;
  } catch {
    inMemory.set(name, value);
    return false;
  }
}

export function forget(name: string, storage: StorageName) {
  inMemory.delete(name);
  try {
    self[storage].removeItem(name);
  } catch {
    // Nothing is kept there.
  }
}
