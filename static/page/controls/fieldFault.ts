/** What is wrong with what was typed, said at the very field. One slip serves the page: one field is typed into at a time. */
import { h, setAttribute, setText } from "../dom.ts";

const GAP = 6;
/** Milliseconds that it stays where the field has been left. */
const READ = 6000;

let slip: HTMLElement | null = null;
let at: HTMLInputElement | null = null;
let timer = 0;

/** Within the figure of its field, with which it goes. */
function madeFor(field: HTMLElement) {
  const figure = field.closest(".figure") ?? document.body;
  slip ??= h("div", { id: "field-fault", class: "field-fault", popover: "manual", role: "alert" });
  if (slip.parentElement !== figure) figure.append(slip);
  return slip;
}

/** Below its field, or above it where the window ends. */
function place(bubble: HTMLElement, from: DOMRect) {
  const { offsetWidth: width, offsetHeight: height } = bubble;
  const under = from.bottom + GAP + height < innerHeight;
  bubble.style.left = `${Math.round(Math.max(GAP, Math.min(from.left, innerWidth - width - GAP)))}px`;
  bubble.style.top = `${Math.round(under ? from.bottom + GAP : from.top - GAP - height)}px`;
}

/** @param message  empty: nothing is wrong any more */
export function sayFault(field: HTMLInputElement, message: string) {
  setAttribute(field, "aria-invalid", message ? "true" : null);
  if ((!message && field !== at) || !field.isConnected) return;
  clearTimeout(timer);
  const bubble = madeFor(field);
  setText(bubble, message);
  at = message ? field : null;
  setAttribute(field, "aria-describedby", message ? bubble.id : null);
  if (!message) return bubble.hidePopover();
  bubble.showPopover();
  place(bubble, field.getBoundingClientRect());
}

/** The field has been left with its old value: what was wrong stays to be read for a while. */
export function leaveFault(field: HTMLInputElement) {
  if (field !== at) return;
  setAttribute(field, "aria-invalid", null);
  timer = window.setTimeout(() => sayFault(field, ""), READ);
}
