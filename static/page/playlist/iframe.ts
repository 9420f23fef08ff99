/** The page of an item, in an iframe: the playground with a preset, or a lesson on the wall. */
import { h } from "../dom.ts";
import type { FigureHandle } from "../figure/figure.ts";
import type { LedLesson } from "../lesson/open.ts";
import { readAddress } from "../state/address.ts";
import { showPanel } from "../state/explain.ts";
import type { PageAddress } from "../state/types.ts";
import type { PlaylistItem, PlaylistOffer } from "./items.ts";

/** What a page hands over to whoever frames it. */
export type LedPage = FigureHandle | LedLesson;

export const isLesson = (ledPage: LedPage): ledPage is LedLesson => "figures" in ledPage;

/** A key of a keyboard, or of a clicker, which has no modifiers. */
type PressedKey = Pick<KeyboardEvent, "type" | "key" | "repeat"> &
  Partial<Pick<KeyboardEvent, "altKey" | "ctrlKey" | "metaKey" | "shiftKey">>;

/** Milliseconds until a page that did not come is asked for again. */
const AGAIN = 2000;

/** A step beyond the last, at which runs stand at their ends. */
const STEP_AT_END = 100_000;

/** @returns the same with its runs at their ends, unless it says a step or asks first */
export function playedAddress(address: PageAddress): PageAddress {
  const { display } = address;
  const step = display.hides ? display.step : (display.step ?? STEP_AT_END);
  return { ...address, display: { ...display, step } };
}

const fragmentOf = (flags: string, back: boolean) =>
  `projector=true&${back ? `step=${STEP_AT_END}` : "reveal=true"}${flags}`;

/** @param root  the path below which the site is @param back  it is entered from behind: at its end */
export function pageOf(item: PlaylistItem, { presets, lessons }: PlaylistOffer, root: string, back = false): string {
  if (item.kind === "lesson")
    return `${root}/lessons/${lessons[item.number - 1].name}?present=${item.sections}${back ? "#end" : ""}`;
  const { query, flags } = presets[item.number - 1];
  return `${root}/?${query}#${fragmentOf(flags, back)}`;
}

/**
 * @param ports.onPage  a page runs in it, and has no keys of its own yet
 * @param ports.onBeyond  its page was gone through to its end, or back to its beginning
 * @param ports.onLate  its page did not come and is asked for again; null: it has come, or another one is asked for
 * @param ports.inert  it is looked at alone
 * @param ports.mayBeUnled  its page may be one that nobody leads
 */
export function createIframe(
  place: HTMLElement,
  ports: {
    onPage?: (page: Window, ledPage: LedPage) => void;
    onBeyond?: (by: 1 | -1) => void;
    onLate?: (title: string | null) => void;
    inert?: boolean;
    mayBeUnled?: boolean;
  } = {},
) {
  let iframe: HTMLIFrameElement | null = null;
  let ledPage: LedPage | null = null;
  let isLate = false;

  function setLate(title: string | null) {
    isLate = title !== null;
    ports.onLate?.(title);
  }

  return {
    ledPage: () => ledPage,
    page: () => iframe?.contentWindow ?? null,
    /** @param onLed  once it can be led */
    load(address: string, title: string, onLed: (ledPage: LedPage) => void = () => {}) {
      const made = h("iframe", { class: "part-frame is-coming", title, inert: ports.inert, allow: "fullscreen" });
      const sheet = () => made.contentWindow as Window;
      [iframe, ledPage] = [made, null];
      setLate(null);
      made.addEventListener("led", (event) => {
        const detail = (event as CustomEvent<LedPage>).detail;
        if (made !== iframe) return;
        ledPage = detail;
        onLed(detail);
        ports.onPage?.(sheet(), detail);
      });
      made.addEventListener("beyond", (event) => {
        event.preventDefault();
        // A press on the page before does nothing while the next one comes, unless that may never come.
        if (made === iframe || isLate) ports.onBeyond?.((event as CustomEvent<1 | -1>).detail);
      });
      // The page before stays until the next can be seen; if the server cannot be reached, it is asked again.
      made.addEventListener("load", () => {
        if (made !== iframe) return made.remove();
        if (!ledPage && !ports.mayBeUnled) {
          setLate(title);
          return setTimeout(() => made === iframe && made.setAttribute("src", made.src), AGAIN);
        }
        setLate(null);
        for (const other of place.querySelectorAll("iframe")) if (other !== made) other.remove();
        made.classList.remove("is-coming");
        if (!ports.inert) sheet().focus();
      });
      made.src = address;
      place.append(made);
    },
    /** Hands a key on to the page. */
    pass({ type, key, repeat, altKey, ctrlKey, metaKey, shiftKey }: PressedKey) {
      const body = iframe?.contentDocument?.body;
      const pressed = { key, repeat, altKey, ctrlKey, metaKey, shiftKey };
      body?.dispatchEvent(new KeyboardEvent(type, { ...pressed, bubbles: true, cancelable: true }));
    },
  };
}

/** From preset to preset in one page, which each lesson has for itself. @param back  it is entered from behind */
export function openItem(
  iframe: ReturnType<typeof createIframe>,
  item: PlaylistItem,
  offered: PlaylistOffer,
  root: string,
  back = false,
) {
  const page = pageOf(item, offered, root, back);
  if (item.kind === "lesson") return iframe.load(page, offered.lessons[item.number - 1].title);
  const { title, query, flags, look_at } = offered.presets[item.number - 1];
  const forward = (ledPage: LedPage) => void (!isLesson(ledPage) && ledPage.act(showPanel, look_at));
  const ledPage = iframe.ledPage();
  if (!ledPage || isLesson(ledPage)) return iframe.load(page, title, forward);
  ledPage.open(readAddress(query, fragmentOf(flags, back)).address);
  forward(ledPage);
}
