/** A playlist on the wall: part after part in the whole window, by a presenter's clicker alone. */
import { type OnWall, openChannel } from "./channel.ts";
import { createFrame } from "./frame.ts";
import { shownIn } from "./mirror.ts";
import type { Offered, PlayPart } from "./parts.ts";

/** Milliseconds after which the presenter's view learns what has changed. */
const TELL = 150;
const TO_BLACK = ["b", "B", "."];
const OF_CLICKER = ["PageDown", "PageUp"];
const WITH_KEYS = "input, textarea, select, [popover], dialog";
const OPEN = ":popover-open, dialog[open]";

/** @param parts  without those that are skipped @param leave  back to the list */
export function openWall(place: HTMLElement, parts: PlayPart[], offered: Offered, root: string, leave: () => void) {
  const began: number = history.state?.began ?? Date.now();
  let at = -1;
  let black = false;
  let told = "";

  const frame = createFrame(place, offered, root, {
    onPage: (page) => page.addEventListener("keydown", own, { capture: true }),
    onBeyond: (by) => go(at + by, by < 0),
  });

  /** Past the last part it stays where it is. @param back  to its end */
  function go(to: number, back = false) {
    if (!parts[to]) return;
    at = to;
    history.replaceState({ began }, "", `#${at + 1}`);
    frame.open(parts[at], back);
  }

  function turnBlack(to: boolean) {
    black = to;
    place.classList.toggle("is-black", black);
  }

  /** Keys that mean the same whatever stands on the wall. */
  function own(event: KeyboardEvent) {
    const { key, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    const target = event.target as Element | null;
    if (defaultPrevented || ctrlKey || metaKey || altKey || target?.closest?.(WITH_KEYS)) return;
    // Within the step of a network, "." goes on.
    const turns = TO_BLACK.includes(key) && !(key === "." && frame.page()?.document.querySelector(".shows-network"));
    if (turns || (black && OF_CLICKER.includes(key))) turnBlack(turns && !black);
    else if (key === "Escape" && !frame.page()?.document.querySelector(OPEN)) leave();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function now(): OnWall {
    const [page, led] = [frame.page(), frame.led()];
    const beats = [...(page?.document.querySelectorAll(".beats .beat:not([hidden])") ?? [])];
    return {
      part: at,
      began,
      black,
      size: [innerWidth, innerHeight],
      beats: beats.map(({ textContent }) => textContent),
      beat: beats.findIndex((one) => one.hasAttribute("aria-current")),
      shown: page && led && shownIn(page, led),
    };
  }

  const post = openChannel((message) => {
    if (message.to !== "wall") return;
    if (message.part !== undefined) go(message.part);
    else if (message.press) press(message.press);
    else told = "";
  });

  /** A press in the presenter's window. */
  function press(key: string) {
    const event = new KeyboardEvent("keydown", { key, cancelable: true });
    own(event);
    if (!event.defaultPrevented) for (const type of ["keydown", "keyup"]) frame.pass({ type, key, repeat: false });
  }

  /** Who has pressed beside the page has the keys out here. */
  function pass(event: KeyboardEvent) {
    if (event.type === "keydown") own(event);
    if (!event.defaultPrevented) frame.pass(event);
  }

  addEventListener("keydown", pass);
  addEventListener("keyup", pass);
  addEventListener("pagehide", () => post({ to: "presenter", now: null }));
  setInterval(() => {
    const shown = now();
    const text = JSON.stringify(shown);
    if (text !== told) post({ to: "presenter", now: shown });
    told = text;
  }, TELL);
  go(Math.min(parts.length, Math.max(1, Number(location.hash.slice(1)) || 1)) - 1);
}
