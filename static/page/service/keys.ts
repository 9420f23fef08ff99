/** Keys move the playhead of a figure where nothing else wants them: of the one in focus, else the one used last. */
import { remember, remembered } from "./remember.ts";

/** Things that have a use of their own for arrows. */
const OWN_ARROWS = ".slider, .words, .map, [role=radiogroup], [role=tablist]";
/** Things that have one for page up and down. */
const OWN_PAGES = ".slider, .map";
/** Things one types into or chooses from. */
const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select, [popover], dialog";
/** Things that take letters. */
const WRITING = "input:not([type=range]):not([type=checkbox]), textarea, [popover], dialog";
/** Things that Space presses. */
const PRESSED = "button, summary, a, input[type=checkbox]";

/** @returns what is asked for of the edits; not while the text is being typed that the keys are in */
function editOf({ key, target, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): "undo" | "redo" | null {
  const letter = key.toLowerCase();
  if (altKey || ctrlKey === metaKey || !(letter === "z" || (letter === "y" && !shiftKey))) return null;
  const field = (target as Element).closest<HTMLInputElement>(WRITING);
  if (field && !(field.matches("input") && field.value === field.defaultValue)) return null;
  return letter === "y" || shiftKey ? "redo" : "undo";
}

const isLetter = (key: string) => key.length === 1 && key !== " ";

/** @returns whether the key belongs to the element it went to */
function isTaken({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const at = target as Element;
  if (ctrlKey || metaKey || altKey) return true;
  if (isLetter(key)) return at.closest(WRITING) !== null;
  if (at.closest(TYPING)) return true;
  const own = key === " " ? PRESSED : key.startsWith("Page") ? OWN_PAGES : OWN_ARROWS;
  return at.closest(own) !== null;
}

const LETTERS = "fallline-letters";

/** Whether single letters and signs are keys: who speaks to the machine, or brushes against it, can do without. */
export const lettersOn = () => remembered(LETTERS) !== "off";

export const setLetters = (on: boolean) => remember(LETTERS, on ? "on" : "off");

/** press: returns whether the key meant something */
interface KeyListener {
  root: HTMLElement;
  undo: () => void;
  redo: () => void;
  press: (key: string) => boolean;
}

export function createKeys() {
  let listeners: KeyListener[] = [];
  let last: KeyListener | null = null;

  const holding = (target: EventTarget | null) =>
    listeners.find(({ root }) => target instanceof Node && root.contains(target)) ?? null;

  function used({ target }: Event) {
    last = holding(target) ?? last;
  }

  function press(event: KeyboardEvent) {
    const meant = holding(event.target) ?? last ?? (listeners.length === 1 ? listeners[0] : null);
    const edit = meant && editOf(event);
    if (edit) {
      event.preventDefault();
      return meant[edit]();
    }
    if (!meant || isTaken(event) || (isLetter(event.key) && !lettersOn())) return;
    if (meant.press(event.key)) event.preventDefault();
  }

  const on: [string, EventListener][] = [
    ["keydown", press as EventListener],
    ["pointerdown", used],
    ["focusin", used],
  ];

  return {
    /** @returns lets go */
    listen(listener: KeyListener): () => void {
      if (!listeners.length) for (const [type, act] of on) document.addEventListener(type, act);
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((one) => one !== listener);
        if (last === listener) last = null;
        if (!listeners.length) for (const [type, act] of on) document.removeEventListener(type, act);
      };
    },
  };
}
