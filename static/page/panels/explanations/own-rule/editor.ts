/**
 * A small editor of a rule: numbered lines, each with its formula beside it, and what cannot be read marked where it
 * stands.
 */
import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Ref } from "lit-html/directives/ref.js";
import { icon } from "../../../controls/icons.ts";
import { markedText } from "../../../controls/markedText.ts";
import type { Refusal } from "../../../state/types.ts";
import { inShort } from "../../../words/refusal.ts";

/** Lines in sight at the least: there is always one more to write. */
const FEWEST = 4;

/** Numbers of the lines; the one with the fault stands out. */
const numbers = (count: number, wrong: Refusal | null) =>
  html`<div class="own-numbers" aria-hidden="true">${Array.from(
    { length: count },
    (_, k) => html`<span ?data-wrong=${wrong && k + 1 === (wrong.ctx.line ?? 1)}>${k + 1}</span>`,
  )}</div>`;

interface Editor {
  /** of an element, by its name */
  id: (name: string) => string;
  field: Ref<HTMLTextAreaElement>;
  text: string;
  wrong: Refusal | null;
  /** stands beside the text, line by line */
  reading: unknown;
  onType: () => void;
  /** the hand has left it */
  onRest: () => void;
}

/**
 * Tab goes on to the next control, as everywhere; Escape gives the keys back to the playhead, from the head of the
 * explanation.
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
