/** Parts of the page that are fetched when they are first needed: modules, words, style sheets. */
import { nothing } from "lit-html";
import { retryWhileTransient } from "./retry.ts";

export interface Lazy<T> {
  /** @returns the part; null until it has come. The first call fetches it */
  (): T | null;
  /** @returns the part; null until it has come. Fetches nothing */
  loaded: () => T | null;
  /** why it has not come yet, for the template that it will stand in */
  note: () => Element | typeof nothing;
  /** @returns what is made of the part, for a template; until it has come, why it has not. The first call fetches it */
  show: (make: (part: T) => unknown) => unknown;
}

function createLine() {
  const line = document.createElement("p");
  line.className = "note waits";
  line.setAttribute("role", "status");
  return line;
}

/**
 * @param ports.ended  aborts the fetch
 * @param ports.redraw  called when it has come, or when there is another reason why it has not
 * @param root  shows that reason for a part without a template
 */
export function lazy<T>(
  load: () => Promise<T>,
  { ended, redraw }: { ended: AbortSignal; redraw: () => void },
  root?: () => Element,
): Lazy<T> {
  let [part, requested] = [null as T | null, false];
  let line: Element | null = null;

  /** Does not repeat the same words to a screen reader. */
  function say(words: string) {
    line ??= createLine();
    if (line.textContent !== words) line.textContent = words;
    if (root && !line.isConnected) root().append(line);
    redraw();
  }

  function resolve(made: T) {
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
    if (!requested && !ended.aborted) {
      requested = true;
      retryWhileTransient(load, { signal: ended, onWait: say }).then(resolve, fail);
    }
    return part;
  };
  const note = () => line ?? nothing;
  const show = (make: (part: T) => unknown) => {
    const loaded = get();
    return loaded === null ? note() : make(loaded);
  };
  return Object.assign(get, { loaded: () => part, note, show });
}
