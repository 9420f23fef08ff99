/**
 * A small editor of a rule: numbered lines, each with its formula beside it, and what cannot be read marked where it
 * stands.
 */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { icon } from "../../../controls/icons.ts";
import { inShort } from "../../../words/refusal.ts";
import type { Ref } from "lit-html/directives/ref.js";
import type { Refusal } from "../../../state/types.ts";

/** Lines in sight at the least: there is always one more to write. */
const FEWEST = 4;

/**
 * Where a refusal points in a text.
 * @returns from, to
 */
export function refusedSpan(text: string, { ctx: { line, column, word } }: Refusal): [number, number] | null {
  if (column === undefined) return null;
  const before = text.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const from = Math.min(before + column - 1, text.length);
  const length = word?.length || (text.slice(from).match(/^\w+|^./)?.[0].length ?? 1);
  return [from, from + length];
}

/** Numbers of the lines; the one with the fault stands out. */
const numbers = (count: number, wrong: Refusal | null) => html`<div class="own-numbers" aria-hidden="true">${
  Array.from({ length: count }, (_, k) =>
    html`<span ?data-wrong=${wrong && k + 1 === (wrong.ctx.line ?? 1)}>${k + 1}</span>`)}</div>`;

/** Under the text: the same again, of which only the mark on what is wrong is seen. */
function mirrored(text: string, wrong: Refusal | null) {
  const place = wrong && refusedSpan(text, wrong);
  if (!place) return nothing;
  const [from, to] = place;
  return html`${text.slice(0, from)}<span class="wavy">${text.slice(from, to) || "\u00a0"}</span>${text.slice(to)}`;
}

interface Editor {
  /** of an element, by its name */
  id: (name: string) => string;
  field: Ref<HTMLTextAreaElement>;
  mirror: Ref<HTMLElement>;
  text: string;
  wrong: Refusal | null;
  /** stands beside the text, line by line */
  reading: unknown;
  onType: () => void;
  /** the hand has left it */
  onRest: () => void;
  onScroll: () => void;
}

/**
 * Tab goes on to the next control, as everywhere; Escape gives the keys back to the playhead, from the head of the
 * drawer.
 */
function leave(event: KeyboardEvent) {
  if (event.key !== "Escape") return;
  event.preventDefault();
  const field = event.target as HTMLElement;
  const head = field.closest(".drawer")?.querySelector<HTMLElement>("[role=radio][aria-checked=true]");
  if (head) head.focus();
  else field.blur();
}

export function ruleEditor({ id, field, mirror, text, wrong, reading, onType, onRest, onScroll }: Editor) {
  const count = Math.max(FEWEST, text.split("\n").length);
  return html`<div><div class="own-box">${numbers(count, wrong)}<div class="own-text"><div class="own-mirror"
    aria-hidden="true" ${ref(mirror)}>${mirrored(text, wrong)}</div><textarea id=${id("own-rule")} class="own-field"
    rows=${count} spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off"
    aria-label="Rule, a line for each quantity" aria-describedby="${id("own-rule-message")} ${id("own-rule-help")}"
    aria-invalid=${wrong ? "true" : nothing} .value=${live(text)} @input=${onType} @blur=${onRest} @scroll=${onScroll}
    @keydown=${leave} ${ref(field)}></textarea></div>${reading}</div><p id=${id("own-rule-message")} class="warning"
    role="alert" ?hidden=${!wrong}>${icon("warn")}<span>${wrong ? inShort(wrong) : ""}</span></p></div>`;
}
