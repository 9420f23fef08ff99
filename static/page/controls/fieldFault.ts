/** What is wrong with what was typed, said at the field. One note serves the page, as one field is typed into. */
import { html } from "lit-html";
import { standing } from "../component.ts";

const GAP = 6;
/** Milliseconds that it stays where the field has been left, unless something else is done before. */
const READ = 6000;
/** Events that say so. */
const NEXT = ["pointerdown", "keydown", "input", "change"];

const template = () => html`<div id="field-fault" class="field-fault" popover="manual" role="alert"></div>`;
let bubble: HTMLElement | null = null;
let at: HTMLInputElement | null = null;
let timer = 0;
let left: AbortController | null = null;

/** Within the figure of its field, with which it goes. */
function madeFor(field: HTMLElement) {
  const figure = field.closest(".figure") ?? document.body;
  bubble ??= standing<void, HTMLElement>(template, undefined).root;
  if (bubble.parentElement !== figure) figure.append(bubble);
  return bubble;
}

/** Below its field, or above it where the window ends. */
function place(bubble: HTMLElement, from: DOMRect) {
  const { offsetWidth: width, offsetHeight: height } = bubble;
  const under = from.bottom + GAP + height < innerHeight;
  bubble.style.left = `${Math.round(Math.max(GAP, Math.min(from.left, innerWidth - width - GAP)))}px`;
  bubble.style.top = `${Math.round(under ? from.bottom + GAP : from.top - GAP - height)}px`;
}

/** @param value  empty: without it */
const mark = (field: Element, name: string, value: string) =>
  value ? field.setAttribute(name, value) : field.removeAttribute(name);

/** @param message  empty: nothing is wrong any more */
export function sayFault(field: HTMLInputElement, message: string) {
  mark(field, "aria-invalid", message && "true");
  if (message ? !field.isConnected : field !== at) return;
  clearTimeout(timer);
  left?.abort();
  at = message ? field : null;
  // A field may be gone when its fault ends; what was said of it goes all the same.
  if (!message) {
    mark(field, "aria-describedby", "");
    if (bubble?.matches(":popover-open")) bubble.hidePopover();
    return;
  }
  const slip = madeFor(field);
  if (slip.textContent !== message) slip.textContent = message;
  mark(field, "aria-describedby", slip.id);
  slip.showPopover();
  place(slip, field.getBoundingClientRect());
}

/** The field was left with its old value: what was wrong can be read for a while, or until the next thing is done. */
export function leaveFault(field: HTMLInputElement) {
  if (field !== at) return;
  mark(field, "aria-invalid", "");
  const end = () => sayFault(field, "");
  timer = window.setTimeout(end, READ);
  left = new AbortController();
  for (const type of NEXT) document.addEventListener(type, end, { capture: true, signal: left.signal });
}
