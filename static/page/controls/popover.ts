/** What opens beside its button: closed by Escape, by a click elsewhere, or by what is chosen in it. */
import { h } from "../dom.ts";

const GAP = 6;

/** Below its button, or above it where there is more room; it scrolls where there is too little. */
function place(popover: HTMLElement, button: HTMLElement) {
  const from = button.getBoundingClientRect();
  const [above, below] = [from.top - 2 * GAP, innerHeight - from.bottom - 2 * GAP];
  popover.style.maxHeight = "none";
  const { offsetWidth: width, offsetHeight: height } = popover;
  const under = height <= below || below >= above;
  popover.style.maxHeight = `${Math.floor(under ? below : above)}px`;
  popover.style.top = `${Math.round(under ? from.bottom + GAP : Math.max(GAP, from.top - GAP - height))}px`;
  popover.style.left = `${Math.round(Math.max(GAP, Math.min(from.left, innerWidth - width - GAP)))}px`;
}

/** @returns what the tabulator stops at */
const stopsIn = (popover: HTMLElement): HTMLElement[] => [...popover.querySelectorAll("button, input, select, textarea, summary, a[href]") as NodeListOf<HTMLElement>]
  .filter((stop) => stop.tabIndex >= 0 && stop.checkVisibility());

/** @param how.fill  made anew each time it opens */
export function createPopover({ button, label, className = "", fill }: { button: HTMLButtonElement; label: string; className?: string; fill: (close: () => void) => Node | Promise<Node> }) {
  const popover = h("div", { class: `popover ${className}`, popover: "auto", role: "dialog", "aria-label": label });
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  const close = () => popover.hidePopover();
  popover.addEventListener("toggle", (event) => {
    const open = (event as ToggleEvent).newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (!open) popover.replaceChildren();
  });
  /** A press of the pointer that finds it open closes it, being a press elsewhere, before the click comes. */
  let pressedOpen = false;
  button.addEventListener("pointerdown", () => (pressedOpen = popover.matches(":popover-open")));

  async function open() {
    const content = Promise.resolve(fill(close)).catch(() => h("p", { class: "note" }, "This could not be fetched: the server does not answer."));
    popover.replaceChildren(await content);
    // Among what has the look of its figure, and goes with it.
    if (!popover.isConnected) (button.closest(".figure") ?? document.body).append(popover);
    if (popover.matches(":popover-open")) return;
    popover.showPopover();
    place(popover, button);
    const first = (popover.querySelector("[autofocus]") ?? popover.querySelector("button, input, select, a[href]")) as HTMLElement | null;
    first?.focus();
  }

  /** It stands at the end of the page, and belongs after its button: there the tabulator comes from it, either way. */
  popover.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = stopsIn(popover);
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
