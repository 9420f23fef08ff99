/** Keeps choices of a visitor in a storage of the browser; where there is none, as in some frames, on the page. */

export const THEME = "fallline-theme";

type StorageName = "localStorage" | "sessionStorage";

const inMemory = new Map<string, string>();

/** @param storage  that of the browser, or of the tab */
export function remembered(name: string, storage: StorageName = "localStorage"): string | null {
  try {
    return self[storage].getItem(name);
  } catch {
    return inMemory.get(name) ?? null;
  }
}

export function remember(name: string, value: string, storage: StorageName = "localStorage") {
  try {
    self[storage].setItem(name, value);
  } catch {
    inMemory.set(name, value);
  }
}
