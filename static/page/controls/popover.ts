/** A sheet that opens beside its button: closed by Escape, by a click elsewhere, or by what is chosen in it. */
import { h } from "../dom.ts";

const GAP = 6;

/** Below its button, or above it where there is more room; it scrolls where there is too little. */
function place(sheet: HTMLElement, button: HTMLElement) {
  const from = button.getBoundingClientRect();
  const [above, below] = [from.top - 2 * GAP, innerHeight - from.bottom - 2 * GAP];
  sheet.style.maxHeight = "none";
  const { offsetWidth: width, offsetHeight: height } = sheet;
  const under = height <= below || below >= above;
  sheet.style.maxHeight = `${Math.floor(under ? below : above)}px`;
  sheet.style.top = `${Math.round(under ? from.bottom + GAP : Math.max(GAP, from.top - GAP - height))}px`;
  sheet.style.left = `${Math.round(Math.max(GAP, Math.min(from.left, innerWidth - width - GAP)))}px`;
}

/** @returns what the tabulator stops at */
const stopsIn = (sheet: HTMLElement): HTMLElement[] => [...sheet.querySelectorAll("button, input, select, textarea, summary, a[href]") as NodeListOf<HTMLElement>]
  .filter((stop) => stop.tabIndex >= 0 && stop.checkVisibility());

/** @param how.fill  made anew each time it opens */
export function createPopover({ button, label, className = "", fill }: { button: HTMLButtonElement; label: string; className?: string; fill: (close: () => void) => Node | Promise<Node> }) {
  const sheet = h("div", { class: `popover ${className}`, popover: "auto", role: "dialog", "aria-label": label });
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  const close = () => sheet.hidePopover();
  sheet.addEventListener("toggle", (event) => {
    const open = (event as ToggleEvent).newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (!open) sheet.replaceChildren();
  });
  /** A press of the pointer that finds it open closes it, being a press elsewhere, before the click comes. */
  let pressedOpen = false;
  button.addEventListener("pointerdown", () => (pressedOpen = sheet.matches(":popover-open")));

  async function open() {
    const content = Promise.resolve(fill(close)).catch(() => h("p", { class: "note" }, "This could not be fetched: the server does not answer."));
    sheet.replaceChildren(await content);
    // Among what has the look of its figure, and goes with it.
    if (!sheet.isConnected) (button.closest(".figure") ?? document.body).append(sheet);
    if (sheet.matches(":popover-open")) return;
    sheet.showPopover();
    place(sheet, button);
    const first = (sheet.querySelector("[autofocus]") ?? sheet.querySelector("button, input, select, a[href]")) as HTMLElement | null;
    first?.focus();
  }

  /** It stands at the end of the page, and belongs after its button: there the tabulator comes from it, either way. */
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = stopsIn(sheet);
    if (document.activeElement !== stops.at(event.shiftKey ? 0 : -1)) return;
    if (event.shiftKey) event.preventDefault();
    close();
    button.focus();
  });

  button.addEventListener("click", ({ detail }) => {
    if (detail === 0 || !pressedOpen) void open();
  });
  return { open, close };
}
