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
 * @param create  makes the part of what was fetched, unless it has ended by then; by default that is the part
 * @param root  shows that reason for a part without a template
 */
export function lazy<L, T = L>(
  load: () => Promise<L>,
  { ended, redraw }: { ended: AbortSignal; redraw: () => void },
  create: (loaded: L) => T | Promise<T> = (loaded) => loaded as unknown as T,
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

  async function make() {
    const loaded = await load();
    ended.throwIfAborted();
    return create(loaded);
  }

  function resolve(made: T) {
    if (ended.aborted) return;
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
      retryWhileTransient(make, { signal: ended, onWait: say }).then(resolve, fail);
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
