/** Keys that move the playhead, where nothing else uses them: of the figure in focus, else of the one used last. */
import { remember, remembered } from "./remember.ts";

/** Elements that use the arrow keys themselves. */
const OWN_ARROWS = ".slider, .words, .map, [role=radiogroup], [role=tablist]";
/** Elements that use page up and down themselves. */
const OWN_PAGES = ".slider, .map";
/** Elements in which one types or chooses. */
const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select, :popover-open, dialog";
/** Elements that take letters. */
const WRITING = "input:not([type=range]):not([type=checkbox]), textarea, :popover-open, dialog";
/** Elements that Space presses. */
export const PRESSED = "button, summary, a, input[type=checkbox]";

/** @returns whether the key undoes or redoes an edit; not in a text field, which has its own undo */
function editOf({ key, target, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): "undo" | "redo" | null {
  const letter = key.toLowerCase();
  if (altKey || ctrlKey === metaKey || !(letter === "z" || (letter === "y" && !shiftKey))) return null;
  const field = (target as Element).closest<HTMLInputElement>(WRITING);
  if (field && !(field.matches("input") && field.value === field.defaultValue)) return null;
  return letter === "y" || shiftKey ? "redo" : "undo";
}

const isLetter = (key: string) => key.length === 1 && key !== " ";

/** @returns whether the element in focus uses the key itself */
function isTaken({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const at = target as Element;
  if (ctrlKey || metaKey || altKey) return true;
  if (isLetter(key)) return at.closest(WRITING) !== null;
  if (at.closest(TYPING)) return true;
  const selector = key === " " ? PRESSED : key.startsWith("Page") ? OWN_PAGES : OWN_ARROWS;
  return at.closest(selector) !== null;
}

const LETTERS = "fallline-letters";

/** Whether single letters are shortcuts: users of speech input can turn them off. */
export const lettersOn = () => remembered(LETTERS) !== "off";

export const setLetters = (areOn: boolean) => remember(LETTERS, areOn ? "on" : "off");

/** press: returns whether the key had an effect; a letter comes small, as with Caps Lock it may not be */
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
    const target = holding(event.target) ?? last ?? (listeners.length === 1 ? listeners[0] : null);
    const edit = target && editOf(event);
    if (edit) {
      event.preventDefault();
      return target[edit]();
    }
    if (!target || isTaken(event) || (isLetter(event.key) && !lettersOn())) return;
    if (target.press(isLetter(event.key) ? event.key.toLowerCase() : event.key)) event.preventDefault();
  }

  const on: [string, EventListener][] = [
    ["keydown", press as EventListener],
    ["pointerdown", used],
    ["focusin", used],
  ];

  return {
    /** @returns a function that stops listening */
    listen(listener: KeyListener): () => void {
      if (!listeners.length) for (const [type, act] of on) document.addEventListener(type, act);
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((other) => other !== listener);
        if (last === listener) last = null;
        if (!listeners.length) for (const [type, act] of on) document.removeEventListener(type, act);
      };
    },
  };
}
