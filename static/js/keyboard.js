/** Keys for the whole page: they move the playhead wherever nothing else wants them. */

/** Things that have a use of their own for arrows. */
const OWN_ARROWS = ".rule, .words, .map, [role=radiogroup], [role=tablist]";
/** Things one types into or chooses from. */
const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select, [popover], dialog";
/** Things that take letters. */
const WRITING = "input:not([type=range]):not([type=checkbox]), textarea, [popover], dialog";
/** Things that Space presses. */
const PRESSED = "button, summary, a, input[type=checkbox]";

/** @param {string} key */
const isLetter = (key) => key.length === 1 && key !== " ";

/** @param {KeyboardEvent} event @returns {boolean} whether the key belongs to the element it went to */
function isTaken({ key, target, ctrlKey, metaKey, altKey }) {
  const at = /** @type {Element} */ (target);
  if (ctrlKey || metaKey || altKey) return true;
  if (isLetter(key)) return at.closest(WRITING) !== null;
  if (at.closest(TYPING)) return true;
  return at.closest(key === " " ? PRESSED : OWN_ARROWS) !== null;
}

const LETTERS = "fallline-letters";

/** Whether single letters and signs are keys: who speaks to the machine, or brushes against it, can do without. */
export const lettersOn = () => localStorage.getItem(LETTERS) !== "off";

/** @param {boolean} on */
export const setLetters = (on) => localStorage.setItem(LETTERS, on ? "on" : "off");

/** @param {(key: string) => boolean} press  returns whether the key meant something */
export function listenToKeys(press) {
  document.addEventListener("keydown", (event) => {
    if (isTaken(event) || (isLetter(event.key) && !lettersOn())) return;
    if (press(event.key)) event.preventDefault();
  });
}
