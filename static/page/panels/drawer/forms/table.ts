/** The forms of an optimizer, column beside column: against the one in force, what differs is marked where it stands. */
import { createFormula } from "../../../views/formula.ts";
import { difference } from "../../../words/difference.ts";
import { formRows } from "../../../words/formRows.ts";
import { h, setAttribute } from "../../../dom.ts";
import type { Form } from "../../../state/types.ts";
import type { Setter } from "../../../service/katex.ts";

function createCell(set: Setter, latex: string | null) {
  const formula = createFormula(set);
  const root = h("div", { class: "form-cell" }, formula.root);
  return {
    root,
    /** @param now  the line of the form in force */
    render(now: string | null, chosen: boolean) {
      const compared = latex !== null && now !== null ? difference(now, latex) : null;
      if (latex !== null) formula.render(compared?.right ?? latex);
      setAttribute(root, "data-chosen", chosen);
      setAttribute(root, "data-other", !chosen && (compared ? compared.differs : latex !== now));
      setAttribute(root, "data-alone", !chosen && latex !== null && now === null);
      setAttribute(root, "data-none", latex === null);
    },
  };
}

/** The arrow keys go from form to form. */
function walk(event: KeyboardEvent, heads: HTMLElement[]) {
  const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const at = heads.indexOf(event.target as HTMLElement);
  if (!move || at < 0) return;
  event.preventDefault();
  const next = heads[(at + move + heads.length) % heads.length];
  next.click();
  next.focus();
}

export function createTable(set: Setter, forms: Form[], onChoose: (name: string) => void) {
  const heads = forms.map(({ name, label, whose }) => h("button", { type: "button", role: "radio", "aria-label": label, "aria-description": whose, class: "form-head", onclick: () => onChoose(name) }, label, whose && h("span", { class: "form-whose" }, whose)));
  const rows = formRows(forms).map(({ lines }) => ({ lines, cells: lines.map((latex) => createCell(set, latex)) }));
  const notes = forms.map(({ summary }) => h("p", { class: "note form-note" }, summary ?? ""));
  const root = h("div", { class: "forms-table", role: "radiogroup", "aria-label": "Form", onkeydown: (event: KeyboardEvent) => walk(event, heads) }, ...heads, ...rows.flatMap(({ cells }) => cells.map((cell) => cell.root)), ...notes);
  root.style.gridTemplateColumns = `repeat(${forms.length}, minmax(max-content, 1fr))`;
  let shown = -1;
  return {
    root,
    /** @param now  the form in force */
    render(now: number) {
      if (shown === now) return;
      shown = now;
      heads.forEach((head, k) => {
        setAttribute(head, "aria-checked", String(k === now));
        head.tabIndex = k === now ? 0 : -1;
      });
      for (const { lines, cells } of rows) cells.forEach((cell, k) => cell.render(lines[now], k === now));
    },
  };
}
