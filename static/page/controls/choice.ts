/** Small controls used in many places: a choice between words, a list to choose from, the line of a run. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { MARKER_NAMES, markerPath } from "../math/markers.ts";
import { DASHES } from "../math/palette.ts";
import { rove } from "../roving.ts";

interface WordChoice<T> {
  label: string;
  /** value, word, and a tooltip */
  options: [T, string, string?][];
  value: T;
  onChoose: (value: T) => void;
}

/** A row of words of which one is chosen; the arrow keys move to the next. */
export function wordChoice<T extends string | boolean>({ label, options, value, onChoose }: WordChoice<T>) {
  function key(event: KeyboardEvent) {
    const words = (event.currentTarget as Element).children;
    rove(event, { at: options.findIndex(([option]) => option === value), count: options.length }, (next) => {
      onChoose(options[next][0]);
      (words[next] as HTMLElement).focus();
    });
  }

  return html`<div class="words" role="radiogroup" aria-label=${label} @keydown=${key}>${options.map(
    ([option, word, title]) => html`<button
    type="button" role="radio" title=${title ?? nothing} class="word" aria-checked=${option === value}
    tabindex=${option === value ? 0 : -1}
    @click=${() => onChoose(option)}>${word}</button>`,
  )}</div>`;
}

interface Select {
  label: string;
  options: { name: string; label: string }[];
  value: string;
  onChoose: (value: string) => void;
  className?: string;
}

export const select = ({ label, options, value, onChoose, className = "" }: Select) => html`<select
  class="select ${className}" aria-label=${label}
  @change=${({ target }: Event) => onChoose((target as HTMLSelectElement).value)}>${options.map(
    (option) => html`<option value=${option.name} .selected=${live(option.name === value)}>${option.label}</option>`,
  )}</select>`;

/** The line of a run as on the map: colour, dash and marker. */
export const runSample = (
  slot: number,
) => html`<svg class="sample" width="40" height="16" viewBox="0 0 40 16" aria-hidden="true"><path
  class="sample-line" d="M2 8H28"
  stroke-dasharray=${DASHES[slot].map((part) => part * 0.8).join(" ") || nothing}></path><path
  class="sample-mark" transform="translate(32 8)" d=${markerPath(slot, 4.6)}></path></svg>`;

/** The marker of a run alone. */
export const marker = (
  slot: number,
  hollow: boolean,
) => html`<svg class="mark-picture slot-${slot}" width="16" height="16" role="img"
  aria-label=${MARKER_NAMES[slot]}><path
  class=${hollow ? "mark hollow" : "mark"} transform="translate(8 8)" d=${markerPath(slot, 4.6)}></path></svg>`;
