/**
 * Keeps a visitor's choices in the browser's storage; where there is none, as in some frames, until the page is left.
 */

export const THEME = "fallline-theme";

const inMemory = new Map<string, string>();

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return inMemory.get(name) ?? null;
  }
}

export function remember(name: string, value: string) {
  try {
    localStorage.setItem(name, value);
  } catch {
    inMemory.set(name, value);
  }
}
