/** A small editor of a rule: numbered lines, each with its formula beside it, and what cannot be read marked where it stands. */
import { icon } from "../../../controls/icons.ts";
import { inShort } from "../../../words/refusal.ts";
import { h, setAttribute, setText } from "../../../dom.ts";
import type { Refusal } from "../../../state/types.ts";

/** Lines in sight at the least: there is always one more to write. */
const FEWEST = 4;

/**
 * Where a refusal points in a text.
 * @returns from, to
 */
export function placeOf(text: string, { ctx: { line, column, word } }: Refusal): [number, number] | null {
  if (column === undefined) return null;
  const before = text.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const from = Math.min(before + column - 1, text.length);
  const length = word?.length || (text.slice(from).match(/^\w+|^./)?.[0].length ?? 1);
  return [from, from + length];
}

/** Numbers of the lines; the one with the fault stands out. */
function createNumbers() {
  const root = h("div", { class: "own-numbers", "aria-hidden": "true" });
  return {
    root,
    /** @param wrong  from 1 */
    render(count: number, wrong: number | null) {
      while (root.children.length > count) root.lastElementChild?.remove();
      while (root.children.length < count) root.append(h("span", {}, String(root.children.length + 1)));
      [...root.children].forEach((number, k) => setAttribute(number, "data-wrong", k + 1 === wrong));
    },
  };
}

/**
 * @param id  of an element, by its name
 * @param onRest  the hand has left it
 * @param reading  stands beside the text, line by line
 */
export function createEditor(id: (name: string) => string, onType: (text: string) => void, onRest: () => void, reading: HTMLElement) {
  const field = h("textarea", {
    id: id("own-rule"), class: "own-field", rows: FEWEST, spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", "aria-label": "Rule, a line for each quantity",
    "aria-describedby": `${id("own-rule-message")} ${id("own-rule-help")}`, oninput: () => type(), onblur: onRest, onscroll: () => follow(),
    // Tab goes on to the next control, as everywhere on the page; Escape gives the keys back to the playhead, from the head of the drawer.
    onkeydown: (event: KeyboardEvent) => event.key === "Escape" && leave(event),
  });
  const mirror = h("div", { class: "own-mirror", "aria-hidden": "true" });
  const numbers = createNumbers();
  const message = h("p", { id: id("own-rule-message"), class: "warning", role: "alert", hidden: true }, icon("warn"), h("span"));
  const root = h("div", {}, h("div", { class: "own-box" }, numbers.root, h("div", { class: "own-text" }, mirror, field), reading), message);
  let of = "";
  let shown = "";

  function leave(event: KeyboardEvent) {
    event.preventDefault();
    const head = (field.closest(".drawer")?.querySelector("[role=radio][aria-checked=true]") ?? null) as HTMLElement | null;
    if (head) head.focus();
    else field.blur();
  }

  function type() {
    shown = field.value;
    mark(null);
    onType(field.value);
  }

  function follow() {
    mirror.scrollLeft = field.scrollLeft;
  }

  function mark(wrong: Refusal | null) {
    const count = Math.max(FEWEST, field.value.split("\n").length);
    if (field.rows !== count) field.rows = count;
    numbers.render(count, wrong ? (wrong.ctx.line ?? 1) : null);
    setAttribute(field, "aria-invalid", wrong ? "true" : null);
    message.hidden = !wrong;
    setText(message.lastElementChild as Element, wrong ? inShort(wrong) : "");
    const place = wrong && placeOf(field.value, wrong);
    if (!place) return mirror.replaceChildren();
    const [from, to] = place;
    mirror.replaceChildren(field.value.slice(0, from), h("span", { class: "wavy" }, field.value.slice(from, to) || "\u00a0"), field.value.slice(to));
    follow();
  }

  return {
    root,
    /** @returns what stands there */
    text: (): string => field.value,
    /** @param text  whatever stands there now */
    set: (text: string) => void (shown = text),
    /** @param key  of the run whose rule it is */
    render(key: string, text: string, wrong: Refusal | null) {
      const another = key !== of && shown !== text;
      if ((another || document.activeElement !== field) && field.value !== text) field.value = shown = text;
      of = key;
      mark(wrong);
    },
  };
}
