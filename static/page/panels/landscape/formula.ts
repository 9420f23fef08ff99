/** A formula of one's own: it runs as it is typed; what cannot be read is marked where it stands. */
import { setExpression, settle } from "../../state/actions.ts";
import { surfaceOf } from "../../state/catalog.ts";
import { problemKey } from "../../state/state.ts";
import { icon } from "../../controls/icons.ts";
import { inShort } from "../../words/refusal.ts";
import { h, setAttribute, setText } from "../../dom.ts";
import type { Refusal, State } from "../../state/types.ts";
import type { Figure } from "../../figure/figure.ts";

/** Shown where nothing is typed, for its form. */
const SUCH_AS = "x**2 + 3*y**2";
const EMPTY = "Nothing is typed: the map keeps what it shows.";
const GENERAL = "In x and y, or in x alone. Signs + − * / ^ (or **), and functions such as sqrt, exp, log, sin, cos, abs, max, where.";
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

export function createFormula({ store, id, after, cancel }: Figure) {
  const field = h("textarea", { id: id("formula"), class: "formula-field", rows: 2, spellcheck: "false", autocapitalize: "off", autocomplete: "off", placeholder: SUCH_AS, "aria-describedby": `${id("formula-message")} ${id("formula-help")}`, oninput: typed, onkeydown: key, onblur: () => show(store.get()), onscroll: () => (mirror.scrollTop = field.scrollTop) });
  const mirror = h("div", { class: "formula-mirror", "aria-hidden": "true" });
  const message = h("p", { id: id("formula-message"), class: "warning", role: "alert", hidden: true }, icon("warn"), h("span"));
  const name = h("em", {}, "f(x, y)");
  const help = h("p", { id: id("formula-help"), class: "note" }, GENERAL);
  const root = h("div", { class: "formula" }, h("label", { for: id("formula") }, name, " = "),
    h("div", { class: "formula-box" }, mirror, field), message,
    help);
  let timer = 0;

  function typed() {
    cancel(timer);
    mark(wrongWith(store.get()));
    timer = after(() => {
      if (!field.value.trim() || field.value === store.get().problem.expression) return;
      store.update(setExpression, field.value, true);
      timer = after(() => store.update(settle), REST);
    }, PAUSE);
  }

  function key(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    cancel(timer);
    if (field.value.trim()) store.update(setExpression, field.value, false);
  }

  function mark(wrong: Refusal | null) {
    if (!field.value.trim()) wrong = null;
    setAttribute(field, "aria-invalid", wrong ? "true" : null);
    message.hidden = !wrong;
    setText(message.lastElementChild as Element, wrong ? inShort(wrong) : "");
    setText(help, field.value.trim() || document.activeElement !== field ? GENERAL : EMPTY);
    if (!wrong?.ctx.column) return mirror.replaceChildren();
    const [from, to] = wordAt(field.value, wrong.ctx.column);
    mirror.replaceChildren(field.value.slice(0, from), h("span", { class: "wavy" }, field.value.slice(from, to) || "\u00a0"), field.value.slice(to));
  }

  /** While nobody types here, the formula of what the map shows: it can be begun from. */
  function show(state: State) {
    const { expression, surface } = state.problem;
    const shown = expression ?? surfaceOf(state.catalog, surface)?.expression ?? "";
    if (document.activeElement !== field && field.value !== shown) field.value = shown;
    setText(name, /\by\b/.test(field.value) || !field.value ? "f(x, y)" : "f(x)");
    mark(wrongWith(state));
  }

  return { root, render: show };
}
