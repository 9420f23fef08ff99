/** The keys of a presenter's clicker: on, back, either of them held down, and black. */
import { lettersOn, PRESSED } from "../../service/keys.ts";

const KEYS: Record<string, 1 | -1> = {
  PageDown: 1,
  ArrowRight: 1,
  ArrowDown: 1,
  " ": 1,
  PageUp: -1,
  ArrowLeft: -1,
  ArrowUp: -1,
};
/** Elements that keep the arrow keys while they have the focus by keyboard. */
const OWN = ".slider, .map, .chart, [role=radiogroup], [role=tablist]";
const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select";

function isTaken({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const at = target as Element;
  if (ctrlKey || metaKey || altKey || at.closest(TYPING) || document.querySelector(":popover-open, dialog[open]"))
    return true;
  return at.matches(":focus-visible") && at.closest(key === " " ? PRESSED : OWN) !== null;
}

interface ClickerPorts {
  signal?: AbortSignal;
  active: () => boolean;
  /** the keys that turn the wall black, with Caps Lock too */
  dark: () => string;
  /** whether Space is for the playhead now */
  playing: () => boolean;
  turn: (by: 1 | -1) => void;
  hold?: () => void;
}

/** Listens to a clicker. A press counts when the key is let go, as until then it may be one that is held down. */
export function listenToClicker({ signal, active, dark, playing, turn, hold = () => {} }: ClickerPorts) {
  const cover = document.createElement("div");
  cover.className = "wall-dark";
  cover.hidden = true;
  document.body.append(cover);
  signal?.addEventListener("abort", () => cover.remove());
  const uncover = () => (cover.hidden = true);
  cover.addEventListener("click", uncover);
  let [down, held] = ["", false];

  function press(event: KeyboardEvent) {
    const { key, repeat } = event;
    const isDark = !cover.hidden;
    if (!active() || (!isDark && isTaken(event))) return;
    const darkens = dark().includes(key.toLowerCase()) && lettersOn();
    if (!isDark && !darkens && (!KEYS[key] || (key === " " && playing()))) return;
    event.preventDefault();
    event.stopPropagation();
    if (repeat) {
      if (key === down && !held) {
        held = true;
        hold();
      }
    } else if (isDark) uncover();
    else if (darkens) cover.hidden = false;
    else [down, held] = [key, false];
  }

  function release({ key }: KeyboardEvent) {
    if (key !== down) return;
    down = "";
    if (!held) turn(KEYS[key]);
  }

  addEventListener("keydown", press, { capture: true, signal });
  addEventListener("keyup", release, { capture: true, signal });
  return { darken: () => (cover.hidden = false) };
}
