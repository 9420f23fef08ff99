/** What is fetched when it is first wanted: a part of the page, words, a style sheet. */
import { nothing } from "lit-html";
import { persist } from "./persist.ts";

export interface Lazy<T> {
  /** @returns null until it is there; asked for with the first call */
  (): T | null;
  /** @returns null until it is there; asks for nothing */
  now: () => T | null;
  /** why it is not there yet, for the template it is to stand in */
  note: () => Element | typeof nothing;
}

function createLine() {
  const line = document.createElement("p");
  line.className = "note waits";
  line.setAttribute("role", "status");
  return line;
}

/**
 * @param ports.ended  nothing more comes after it
 * @param ports.redraw  it has come, or there is another reason why it has not
 * @param root  where that is said of a part that stands in no template
 */
export function lazy<T>(
  load: () => Promise<T>,
  { ended, redraw }: { ended: AbortSignal; redraw: () => void },
  root?: () => Element,
): Lazy<T> {
  let [part, asked] = [null as T | null, false];
  let line: Element | null = null;

  /** The same words are not read out again. */
  function say(words: string) {
    line ??= createLine();
    if (line.textContent !== words) line.textContent = words;
    if (root && !line.isConnected) root().append(line);
    redraw();
  }

  function come(made: T) {
    part = made;
    line?.remove();
    line = null;
    redraw();
  }

  function fail(error: unknown) {
    if (ended.aborted) return;
    console.warn("a part of the page could not be opened:", error);
    say("This part of the page could not be opened.");
  }

  const get = () => {
    if (!asked && !ended.aborted) {
      asked = true;
      persist(load, { signal: ended, onWait: say }).then(come, fail);
    }
    return part;
  };
  return Object.assign(get, { now: () => part, note: () => line ?? nothing });
}
