/** A text field that marks what cannot be read: a copy of the text lies under it, of which only the mark is visible. */
import { html, nothing } from "lit-html";
import { type Ref, ref } from "lit-html/directives/ref.js";
import type { Refusal } from "../state/types.ts";

function mirrored(text: string, wrong: Refusal | null) {
  const place = wrong && refusedSpan(text, wrong);
  if (!place) return nothing;
  const [from, to] = place;
  return html`${text.slice(0, from)}<span class="wavy">${text.slice(from, to) || "\u00a0"}</span>${text.slice(to)}`;
}

/** Scrolls the copy with the text. */
export function followScroll(field: Element | undefined) {
  const mirror = field?.previousElementSibling;
  if (field && mirror) [mirror.scrollLeft, mirror.scrollTop] = [field.scrollLeft, field.scrollTop];
}

interface MarkedText {
  id: string;
  /** prefix of the classes of its two layers */
  name: string;
  field: Ref<HTMLTextAreaElement>;
  text: string;
  /** the text, unless it is being edited */
  value: unknown;
  wrong: Refusal | null;
  rows: number;
  /** ids */
  describedBy: string;
  /** the accessible name, if there is no label */
  label?: string;
  placeholder?: string;
  /** whether lines do not wrap */
  unbroken?: boolean;
  onType: (event: Event) => void;
  onKey: (event: KeyboardEvent) => void;
  onFocus?: () => void;
  onBlur: () => void;
}

export const markedText = ({
  id,
  name,
  field,
  text,
  value,
  wrong,
  rows,
  describedBy,
  label,
  placeholder,
  unbroken,
  onType,
  onKey,
  onFocus,
  onBlur,
}: MarkedText) => html`<div class="${name}-mirror" aria-hidden="true">${mirrored(text, wrong)}</div><textarea id=${id}
  class="${name}-field" rows=${rows} spellcheck="false" autocapitalize="off" autocomplete="off"
  wrap=${unbroken ? "off" : nothing} placeholder=${placeholder ?? nothing} aria-label=${label ?? nothing}
  aria-describedby=${describedBy} aria-invalid=${wrong ? "true" : nothing} .value=${value} @input=${onType}
  @keydown=${onKey} @focus=${onFocus} @blur=${onBlur} @scroll=${({ target }: Event) => followScroll(target as Element)}
  ${ref(field)}></textarea>`;

/**
 * The part of a text that a refusal concerns.
 * @returns from, to
 */
export function refusedSpan(text: string, { ctx: { line = 1, column, word } }: Refusal): [number, number] | null {
  if (column === undefined) return null;
  const before = text
    .split("\n")
    .slice(0, line - 1)
    .reduce((sum, line) => sum + line.length + 1, 0);
  const from = Math.min(before + Math.max(0, column - 1), text.length);
  // For a call only the name of the function is marked.
  const length = word?.match(/^\w+/)?.[0].length ?? text.slice(from).match(/^\w+|^./)?.[0].length ?? 1;
  return [from, from + length];
}
