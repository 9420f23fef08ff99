/** The field for a formula that a visitor types: it runs while it is typed, and a part with a fault is marked. */
import { html, noChange } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { createRef } from "lit-html/directives/ref.js";
import { component } from "../../component.ts";
import { icon } from "../../controls/icons.ts";
import { markedText } from "../../controls/markedText.ts";
import type { Figure } from "../../figure/figure.ts";
import { endDrag } from "../../state/actions.ts";
import { surfaceOf } from "../../state/catalog.ts";
import { setExpression } from "../../state/expression.ts";
import { problemKey } from "../../state/state.ts";
import type { Refusal, State } from "../../state/types.ts";
import { shortRefusal } from "../../words/refusal.ts";

/** An example, shown in the empty field. */
const SUCH_AS = "x^2 + 3*y^2";
const EMPTY = "Nothing is typed: the map keeps what it shows.";
const GENERAL = `In x and y, or in x alone. Signs + − * / ^ (or **), and functions such as sqrt, exp, log, sin, cos, \
abs, max, where.`;
/** Milliseconds without a key after which the formula runs. */
const PAUSE = 120;
const REST = 600;

/** @returns why the server refuses the formula in the field; null: it does not */
function formulaFault(state: State): Refusal | null {
  if (state.fault?.kind !== "refused" || state.fault.problemKey !== problemKey(state)) return null;
  return state.fault.errors.find(({ loc }) => loc.includes("expression") || loc.includes("problem")) ?? null;
}

/** The field. Until someone types, it shows the formula of the map, to begin with. */
export const formulaField = (state: State, figure: Figure) => {
  const { expression, surface } = state.problem;
  const current = expression ?? surfaceOf(state.catalog, surface)?.expression?.replaceAll("**", "^") ?? "";
  return field({ current, wrong: formulaFault(state), figure });
};

const field = component<{ current: string; wrong: Refusal | null; figure: Figure }>((redraw) => {
  const input = createRef<HTMLTextAreaElement>();
  let timer = 0;

  return ({ current, wrong: refusal, figure: { store, act, id, after, cancel } }) => {
    const focused = input.value !== undefined && input.value === document.activeElement;
    const text = focused ? (input.value?.value ?? "") : current;
    const wrong = text.trim() ? refusal : null;

    function typed({ target }: Event) {
      const typedText = (target as HTMLTextAreaElement).value;
      cancel(timer);
      redraw();
      timer = after(() => {
        if (!typedText.trim() || typedText === store.get().problem.expression) return;
        act(setExpression, typedText, true);
        timer = after(() => act(endDrag), REST);
      }, PAUSE);
    }

    function key(event: KeyboardEvent) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      cancel(timer);
      if (text.trim()) act(setExpression, text, false);
    }

    const [fieldId, message, help] = [id("formula"), id("formula-message"), id("formula-help")];
    return html`<div class="formula">
      <label for=${fieldId}><em>${/y/.test(text) || !text ? "f(x, y)" : "f(x)"}</em> = </label>
      <div class="formula-box">${markedText({
        id: fieldId,
        name: "formula",
        field: input,
        text,
        value: focused ? noChange : live(current),
        wrong,
        rows: 2,
        describedBy: `${message} ${help}`,
        placeholder: SUCH_AS,
        onType: typed,
        onKey: key,
        onFocus: redraw,
        onBlur: redraw,
      })}</div>
      <div class="formula-said"><p id=${help} class="note">${text.trim() || !focused ? GENERAL : EMPTY}</p>
        <p id=${message} class="warning" role="alert" ?hidden=${!wrong}>${icon("warn")}<span>${
          wrong ? shortRefusal(wrong) : ""
        }</span></p></div></div>`;
  };
});
