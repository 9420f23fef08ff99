/** What stands on the wall, small: its page in an iframe that is as large as the window there, and drawn smaller. */
import { h } from "../dom.ts";
import type { OnWall } from "./channel.ts";
import { createIframe, type LedPage, openItem, pageOf } from "./iframe.ts";
import type { PlaylistItem, PlaylistOffer } from "./items.ts";
import { show } from "./mirror.ts";

/** @param shown  told, again and again, what shows here */
export function createSmallWall(
  items: PlaylistItem[],
  offered: PlaylistOffer,
  root: string,
  shown: (page: Window, ledPage: LedPage) => void,
) {
  let current: OnWall | null = null;
  let mirrored = "";
  const box = h("div", { class: "presenter-wall" });
  const iframe = createIframe(box, { inert: true, onPage: follow });

  function fit() {
    const [width, height] = current?.size ?? [16, 9];
    box.style.setProperty("--wall-ratio", String(width / height));
    box.style.setProperty("--wall-width", `${width}px`);
    box.style.setProperty("--wall-height", `${height}px`);
    box.style.setProperty("--small", String(box.clientWidth / width));
  }

  function follow() {
    const on = show(iframe, current?.shown ?? null);
    if (on) shown(on.page, on.ledPage);
  }

  /** A lesson has a page of its own, all presets have one. */
  function mirror() {
    const item = current && items[current.item];
    if (!item) return;
    const page = item.kind === "preset" ? "preset" : pageOf(item, offered, root);
    if (page !== mirrored) openItem(iframe, item, offered, root);
    else follow();
    mirrored = page;
  }

  new ResizeObserver(fit).observe(box);
  return {
    box,
    follow,
    /** @param next  null: the wall is closed */
    update(next: OnWall | null) {
      current = next;
      fit();
      mirror();
    },
  };
}
