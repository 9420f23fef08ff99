/** A part of the page that is fetched when it is first wanted. */
import { nothing } from "lit-html";
import type { Figure } from "../../figure/figure.ts";
import { persist } from "../../service/persist.ts";

type Needed = Pick<Figure, "invalidate" | "after" | "cancel" | "ended">;

interface Fetched<T> {
  /** @returns null until it is there */
  (): T | null;
  /** why it is not there yet, for the template it is to stand in */
  note: () => Element | typeof nothing;
}

function createLine() {
  const line = document.createElement("p");
  line.className = "note waits";
  line.setAttribute("role", "status");
  return line;
}

/** @param root  where that is said of a part that stands in no template */
export function fetched<T>(
  create: () => Promise<T>,
  { invalidate, after, cancel, ended }: Needed,
  root?: () => Element,
): Fetched<T> {
  let [part, asked] = [null as T | null, false];
  let line: Element | null = null;

  /** The same words are not read out again. */
  function say(words: string) {
    line ??= createLine();
    if (line.textContent !== words) line.textContent = words;
    if (root && !line.isConnected) root().append(line);
    invalidate();
  }

  function come(made: T) {
    part = made;
    line?.remove();
    line = null;
    invalidate();
  }

  function fail(error: unknown) {
    if (ended.aborted) return;
    console.warn("a part of the page could not be opened:", error);
    say("This part of the page could not be opened.");
  }

  const get = () => {
    if (!asked && !ended.aborted) {
      asked = true;
      persist(create, { signal: ended, onWait: say, clock: { after, cancel } }).then(come, fail);
    }
    return part;
  };
  return Object.assign(get, { note: () => line ?? nothing });
}
