/**
 * A small editor of a rule: numbered lines, each with its formula beside it, and a mark on any part that cannot be
 * read.
 */
import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Ref } from "lit-html/directives/ref.js";
import { icon } from "../../../controls/icons.ts";
import { markedText } from "../../../controls/markedText.ts";
import type { Refusal } from "../../../state/types.ts";
import { inShort } from "../../../words/refusal.ts";

/** The least number of lines in sight: there is always an empty one. */
const FEWEST = 4;

/** The numbers of the lines; the one with the fault stands out. */
const numbers = (count: number, wrong: Refusal | null) =>
  html`<div class="own-numbers" aria-hidden="true">${Array.from(
    { length: count },
    (_, k) => html`<span ?data-wrong=${wrong && k + 1 === (wrong.ctx.line ?? 1)}>${k + 1}</span>`,
  )}</div>`;

interface Editor {
  /** the id of an element, by its name */
  id: (name: string) => string;
  field: Ref<HTMLTextAreaElement>;
  text: string;
  wrong: Refusal | null;
  /** shown beside the text, line by line */
  reading: unknown;
  onType: () => void;
  /** the field has lost the focus */
  onRest: () => void;
}

/**
 * Tab moves to the next control, as in other fields; Escape moves the focus to the head of the explanation, so that
 * keys move the playhead.
 */
function leave(event: KeyboardEvent) {
  if (event.key !== "Escape") return;
  event.preventDefault();
  const field = event.target as HTMLElement;
  field.closest(".explanation")?.querySelector("h2")?.focus();
}

export function ruleEditor({ id, field, text, wrong, reading, onType, onRest }: Editor) {
  const count = Math.max(FEWEST, text.split("\n").length);
  return html`<div><div class="own-box">${numbers(count, wrong)}<div class="own-text">${markedText({
    id: id("own-rule"),
    name: "own",
    field,
    text,
    value: live(text),
    wrong,
    rows: count,
    unbroken: true,
    label: "Rule, a line for each quantity",
    describedBy: `${id("own-rule-message")} ${id("own-rule-help")}`,
    onType,
    onKey: leave,
    onBlur: onRest,
  })}</div>${reading}</div><p id=${id("own-rule-message")} class="warning"
    role="alert" ?hidden=${!wrong}>${icon("warn")}<span>${wrong ? inShort(wrong) : ""}</span></p></div>`;
}
