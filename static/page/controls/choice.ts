/** Small controls used in many places: words and lists to choose from, a word to press, the line of a run. */
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

/** name, label: of each option */
type Options = { name: string; label: string }[];

interface Select {
  label: string;
  /** a list, or groups, each with its name; one without options is left out */
  options: Options | [string, Options][];
  value: string;
  onChoose: (value: string) => void;
  className?: string;
}

const isGroup = (option: Options[number] | [string, Options]): option is [string, Options] => Array.isArray(option);

export function select({ label, options, value, onChoose, className = "" }: Select) {
  const item = (option: Options[number] | [string, Options]): unknown =>
    !isGroup(option)
      ? html`<option value=${option.name} .selected=${live(option.name === value)}>${option.label}</option>`
      : option[1].length
        ? html`<optgroup label=${option[0]}>${option[1].map(item)}</optgroup>`
        : nothing;
  return html`<select class="select ${className}" aria-label=${label}
    @change=${({ target }: Event) => onChoose((target as HTMLSelectElement).value)}>${options.map(item)}</select>`;
}

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

/** A button that is a word. */
export const wordButton = (word: string, click: () => void, className: string = "quiet strong") =>
  html`<button type="button" class=${className} @click=${click}>${word}</button>`;
