/** A playlist on the wall: item after item in the whole window, by a presenter's clicker alone. */

import { h, hasModifier } from "../dom.ts";
import { sameValue } from "../math/values.ts";
import { beatsOf } from "../state/beats.ts";
import { type OnWall, openChannel } from "./channel.ts";
import { createIframe, isLesson, type LedPage, openItem } from "./iframe.ts";
import type { PlaylistItem, PlaylistOffer } from "./items.ts";
import { shownIn } from "./mirror.ts";

/** Milliseconds after which who follows the wall learns what has changed. */
const TELL = 40;
const OPEN = ":popover-open, dialog[open]";

/**
 * It lasts until its page is left.
 * @param items  without those that are skipped
 * @param leave  back to the list
 * @param report  called, again and again, with what stands there
 * @returns a key of its page is pressed
 */
export function openWall(
  place: HTMLElement,
  items: PlaylistItem[],
  offered: PlaylistOffer,
  root: string,
  leave: () => void,
  report: (onWall: OnWall, item: PlaylistItem, page: Window | null, ledPage: LedPage | null) => void = () => {},
) {
  const began: number = history.state?.began ?? Date.now();
  let at = -1;
  let lastSent: OnWall | null = null;

  const late = h("p", { class: "wall-late", role: "status", hidden: true });
  const iframe = createIframe(place, {
    onLate(title) {
      late.hidden = title === null;
      late.textContent = `“${title}” has not come, and is asked for again. Page Down goes on without it.`;
    },
    onPage: (page) => page.addEventListener("keydown", leaveBy, { capture: true }),
    onBeyond: (by) => go(at + by, by < 0),
  });

  /** Past the last item it stays where it is. @param back  to its end */
  function go(to: number, back = false) {
    if (!items[to]) return;
    at = to;
    history.replaceState({ began }, "", `#${at + 1}`);
    openItem(iframe, items[at], offered, root, back);
  }

  /** What turns the wall black, while it does. */
  const dark = () => iframe.page()?.document.querySelector<HTMLElement>(".wall-dark:not([hidden])");

  /** Escape, where nothing is open that it closes. */
  function leaveBy(event: KeyboardEvent) {
    const opened = document.querySelector(OPEN) ?? iframe.page()?.document.querySelector(OPEN);
    if (event.key !== "Escape" || event.defaultPrevented || opened) return;
    event.stopImmediatePropagation();
    const cover = dark();
    if (cover) cover.click();
    else leave();
  }

  function currentOnWall(): OnWall {
    const [page, ledPage] = [iframe.page(), iframe.ledPage()];
    const frame = ledPage && !isLesson(ledPage) ? ledPage.frame() : null;
    const { preset } = frame?.state.exercise ?? {};
    const beats = preset && frame?.beat ? beatsOf(preset) : [];
    return {
      item: at,
      began,
      black: Boolean(dark()),
      size: [place.clientWidth, place.clientHeight],
      beats: beats.map(([, word]) => word),
      beat: beats.findIndex(([beat]) => beat === frame?.beat),
      shown: page && ledPage && shownIn(page, ledPage),
    };
  }

  const post = openChannel((message) => {
    if (message.to !== "wall") return;
    if (message.item !== undefined) go(message.item);
    else if (message.press) press(message.press);
    else lastSent = null;
  });

  /** Page Down and Page Up go on without an item that has not come. */
  function skip(key: string) {
    const by = { PageDown: 1, PageUp: -1 }[key];
    if (by && !late.hidden) go(at + by, by < 0);
  }

  /** A press in the presenter's window. */
  function press(key: string) {
    skip(key);
    for (const type of ["keydown", "keyup"]) iframe.pass({ type, key, repeat: false });
  }

  place.append(late);
  // Who has pressed beside the page has the keys out here.
  addEventListener("keydown", leaveBy);
  addEventListener("keydown", (event) => hasModifier(event) || skip(event.key));
  addEventListener("keydown", iframe.pass);
  addEventListener("keyup", iframe.pass);
  addEventListener("pagehide", () => post({ to: "presenter", onWall: null }));
  setInterval(() => {
    const shown = currentOnWall();
    if (!sameValue(shown, lastSent)) post({ to: "presenter", onWall: shown });
    lastSent = shown;
    report(shown, items[at], iframe.page(), iframe.ledPage());
  }, TELL);
  go(Math.min(items.length, Math.max(1, Number(location.hash.slice(1)) || 1)) - 1);
  return { press };
}
