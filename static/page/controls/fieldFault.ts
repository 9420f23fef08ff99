/**
 * Shows at a field what is wrong with its text. One note serves the page, as only one field is typed into at a time.
 */
import { html } from "lit-html";
import { renderDetached } from "../component.ts";

const GAP = 6;
/** Milliseconds that the note stays once the field is left, unless the reader does something else before. */
const READ = 6000;
/** Events that end the note early. */
const NEXT = ["pointerdown", "keydown", "input", "change"];

const template = () => html`<div id="field-fault" class="field-fault" popover="manual" role="alert"></div>`;
let bubble: HTMLElement | null = null;
let at: HTMLInputElement | null = null;
let timer = 0;
let left: AbortController | null = null;

/** The note, in the figure of its field, with which it is removed. */
function madeFor(field: HTMLElement) {
  const figure = field.closest(".figure") ?? document.body;
  bubble ??= renderDetached<void, HTMLElement>(template, undefined).root;
  if (bubble.parentElement !== figure) figure.append(bubble);
  return bubble;
}

/** Places the note below its field, or above it near the foot of the window. */
function place(bubble: HTMLElement, from: DOMRect) {
  const { offsetWidth: width, offsetHeight: height } = bubble;
  const under = from.bottom + GAP + height < innerHeight;
  bubble.style.left = `${Math.round(Math.max(GAP, Math.min(from.left, innerWidth - width - GAP)))}px`;
  bubble.style.top = `${Math.round(under ? from.bottom + GAP : from.top - GAP - height)}px`;
}

/** @param value  empty: the attribute is removed */
const mark = (field: Element, name: string, value: string) =>
  value ? field.setAttribute(name, value) : field.removeAttribute(name);

/** @param message  empty: nothing is wrong any more */
export function sayFault(field: HTMLInputElement, message: string) {
  mark(field, "aria-invalid", message && "true");
  if (message ? !field.isConnected : field !== at) return;
  clearTimeout(timer);
  left?.abort();
  at = message ? field : null;
  // The note is removed even if its field is gone by now.
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

/** Keeps the note for a while once the field is left with its old value, so that it can be read. */
export function leaveFault(field: HTMLInputElement) {
  if (field !== at) return;
  mark(field, "aria-invalid", "");
  const end = () => sayFault(field, "");
  timer = window.setTimeout(end, READ);
  left = new AbortController();
  for (const type of NEXT) document.addEventListener(type, end, { capture: true, signal: left.signal });
}
