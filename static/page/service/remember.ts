/** What a browser keeps of a visitor's choices; without storage, as in a frame of another site, until it is left. */

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
