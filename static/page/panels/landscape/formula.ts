/** A formula of one's own: it runs as it is typed; what cannot be read is marked where it stands. */
import { html, noChange, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { createRef, ref } from "lit-html/directives/ref.js";
import { component } from "../../component.ts";
import { setExpression, settle } from "../../state/actions.ts";
import { surfaceOf } from "../../state/catalog.ts";
import { problemKey } from "../../state/state.ts";
import { icon } from "../../controls/icons.ts";
import { inShort } from "../../words/refusal.ts";
import type { Refusal, State } from "../../state/types.ts";
import type { Figure } from "../../figure/figure.ts";

/** Shown where nothing is typed, for its form. */
const SUCH_AS = "x**2 + 3*y**2";
const EMPTY = "Nothing is typed: the map keeps what it shows.";
const GENERAL = `In x and y, or in x alone. Signs + − * / ^ (or **), and functions such as sqrt, exp, log, sin, cos, \
abs, max, where.`;
/** Milliseconds without a key until the formula is taken as it stands. */
const PAUSE = 120;
const REST = 600;

/** The word at a column. @param column  from 1 */
export function wordAt(text: string, column: number): [number, number] {
  const from = Math.min(Math.max(0, column - 1), Math.max(0, text.length - 1));
  const word = text.slice(from).match(/^(\w+|.)/);
  return [from, from + (word ? word[0].length : 1)];
}

/** @returns what is wrong with the formula now in the field */
function wrongWith(state: State): Refusal | null {
  if (state.fault?.kind !== "refused" || state.fault.problemKey !== problemKey(state)) return null;
  return state.fault.errors.find(({ loc }) => loc.includes("expression") || loc.includes("problem")) ?? null;
}

/** @returns the text with the word at a column underlined */
function marked(text: string, column: number) {
  const [from, to] = wordAt(text, column);
  const word = html`<span class="wavy">${text.slice(from, to) || "\u00a0"}</span>`;
  return html`${text.slice(0, from)}${word}${text.slice(to)}`;
}

/** While nobody types here, the formula of what the map shows: it can be begun from. */
export const formulaField = component<{ state: State; figure: Figure }>((again) => {
  const field = createRef<HTMLTextAreaElement>();
  let timer = 0;

  return ({ state, figure: { store, act, id, after, cancel } }) => {
    const { expression, surface } = state.problem;
    const known = expression ?? surfaceOf(state.catalog, surface)?.expression ?? "";
    const focused = field.value !== undefined && field.value === document.activeElement;
    const text = focused ? field.value?.value ?? "" : known;
    const wrong = text.trim() ? wrongWith(state) : null;

    function typed({ target }: Event) {
      const now = (target as HTMLTextAreaElement).value;
      cancel(timer);
      again();
      timer = after(() => {
        if (!now.trim() || now === store.get().problem.expression) return;
        act(setExpression, now, true);
        timer = after(() => act(settle), REST);
      }, PAUSE);
    }

    function key(event: KeyboardEvent) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      cancel(timer);
      if (text.trim()) act(setExpression, text, false);
    }

    function scroll({ target }: Event) {
      const { previousElementSibling: mirror, scrollTop } = target as Element;
      if (mirror) mirror.scrollTop = scrollTop;
    }

    const [own, message, help] = [id("formula"), id("formula-message"), id("formula-help")];
    return html`<div class="formula">
      <label for=${own}><em>${/\by\b/.test(text) || !text ? "f(x, y)" : "f(x)"}</em> = </label>
      <div class="formula-box"><div class="formula-mirror" aria-hidden="true">${
        wrong?.ctx.column ? marked(text, wrong.ctx.column) : nothing}</div><textarea id=${own} class="formula-field"
        rows="2" spellcheck="false" autocapitalize="off" autocomplete="off" placeholder=${SUCH_AS}
        .value=${focused ? noChange : live(known)} aria-invalid=${wrong ? "true" : nothing}
        aria-describedby="${message} ${help}" @input=${typed} @keydown=${key} @focus=${again} @blur=${again}
        @scroll=${scroll} ${ref(field)}></textarea></div>
      <div class="formula-said"><p id=${help} class="note">${text.trim() || !focused ? GENERAL : EMPTY}</p>
        <p id=${message} class="warning" role="alert" ?hidden=${!wrong}>${icon("warn")}<span>${
        wrong ? inShort(wrong) : ""}</span></p></div></div>`;
  };
});
