/** What stands on the wall, small: its page in an iframe that is as large as the window there, and drawn smaller. */
import { h } from "../dom.ts";
import type { OnWall } from "./channel.ts";
import { createIframe, type LedPage, openPart, pageOf } from "./iframe.ts";
import { show } from "./mirror.ts";
import type { PlaylistOffer, PlayPart } from "./parts.ts";

/** @param shown  told, again and again, what shows here */
export function createSmallWall(
  parts: PlayPart[],
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
    const part = current && parts[current.part];
    if (!part) return;
    const page = part.kind === "preset" ? "preset" : pageOf(part, offered, root);
    if (page !== mirrored) openPart(iframe, part, offered, root);
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
