/** What is wrong with what was typed, said at the very field. One slip serves the page: one field is typed into at a time. */
import { html } from "lit-html";
import { standing } from "../component.ts";

const GAP = 6;
/** Milliseconds that it stays where the field has been left. */
const READ = 6000;

const template = () => html`<div id="field-fault" class="field-fault" popover="manual" role="alert"></div>`;
let bubble: HTMLElement | null = null;
let at: HTMLInputElement | null = null;
let timer = 0;

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
const mark = (field: Element, name: string, value: string) => (value ? field.setAttribute(name, value) : field.removeAttribute(name));

/** @param message  empty: nothing is wrong any more */
export function sayFault(field: HTMLInputElement, message: string) {
  mark(field, "aria-invalid", message && "true");
  if ((!message && field !== at) || !field.isConnected) return;
  clearTimeout(timer);
  const bubble = madeFor(field);
  if (bubble.textContent !== message) bubble.textContent = message;
  at = message ? field : null;
  mark(field, "aria-describedby", message && bubble.id);
  if (!message) return bubble.hidePopover();
  bubble.showPopover();
  place(bubble, field.getBoundingClientRect());
}

/** The field has been left with its old value: what was wrong stays to be read for a while. */
export function leaveFault(field: HTMLInputElement) {
  if (field !== at) return;
  mark(field, "aria-invalid", "");
  timer = window.setTimeout(() => sayFault(field, ""), READ);
}
