/** Keys for the whole page: they move the playhead wherever nothing else wants them. */

/** Things that have a use of their own for arrows. */
const OWN_ARROWS = ".rule, .words, .map, [role=radiogroup], [role=tablist]";
/** Things one types into or chooses from. */
const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select, [popover], dialog";
/** Things that take letters. */
const WRITING = "input:not([type=range]):not([type=checkbox]), textarea, [popover], dialog";
/** Things that Space presses. */
const PRESSED = "button, summary, a, input[type=checkbox]";

const isLetter = (key: string) => key.length === 1 && key !== " ";

/** @returns whether the key belongs to the element it went to */
function isTaken({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const at = target as Element;
  if (ctrlKey || metaKey || altKey) return true;
  if (isLetter(key)) return at.closest(WRITING) !== null;
  if (at.closest(TYPING)) return true;
  return at.closest(key === " " ? PRESSED : OWN_ARROWS) !== null;
}

const LETTERS = "fallline-letters";

/** Whether single letters and signs are keys: who speaks to the machine, or brushes against it, can do without. */
export const lettersOn = () => localStorage.getItem(LETTERS) !== "off";

export const setLetters = (on: boolean) => localStorage.setItem(LETTERS, on ? "on" : "off");

/** @param press  returns whether the key meant something */
export function listenToKeys(press: (key: string) => boolean) {
  document.addEventListener("keydown", (event) => {
    if (isTaken(event) || (isLetter(event.key) && !lettersOn())) return;
    if (press(event.key)) event.preventDefault();
  });
}
