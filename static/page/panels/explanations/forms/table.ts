/** The forms of an optimizer side by side; parts that differ from the form in force are marked. */
import { html, nothing } from "lit-html";
import { styles } from "../../../component.ts";
import { rove } from "../../../roving.ts";
import type { Form } from "../../../state/types.ts";
import { difference } from "../../../words/difference.ts";
import { formRows } from "../../../words/formRows.ts";
import type { Formulas } from "../../working/formulas.ts";

/** @param now  the line of the form in force */
function cell(formula: Formulas, latex: string | null, now: string | null, chosen: boolean) {
  const compared = latex !== null && now !== null ? difference(now, latex) : null;
  const other = !chosen && (compared ? compared.differs : latex !== now);
  return html`<div class="form-cell row" ?data-chosen=${chosen} ?data-other=${other} ?data-none=${latex === null}
    ?data-alone=${!chosen && latex !== null && now === null}>${
      latex === null ? nothing : formula(compared?.right ?? latex)
    }</div>`;
}

function walk(event: KeyboardEvent) {
  const heads = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>(".form-head")];
  const at = heads.indexOf(event.target as HTMLElement);
  rove(event, { at, count: heads.length }, (next) => {
    heads[next].click();
    heads[next].focus();
  });
}

/** @param now  index of the form in force */
export function formsTable(formula: Formulas, forms: Form[], now: number, onChoose: (name: string) => void) {
  const by = (whose: string) => html`<span class="note">${whose}</span>`;
  const head = (
    { name, label, whose }: Form,
    k: number,
  ) => html`<button type="button" role="radio" class="word form-head column"
    aria-label=${label} aria-description=${whose ?? nothing} aria-checked=${k === now} tabindex=${k === now ? 0 : -1}
    @click=${() => onChoose(name)}>${label}${whose ? by(whose) : nothing}</button>`;
  const columns = { "grid-template-columns": `repeat(${forms.length}, minmax(max-content, 1fr))` };
  return html`<div class="forms-table" role="radiogroup" aria-label="Form" @keydown=${walk}
    ${styles(columns)}>${forms.map(head)}${formRows(forms).map(({ lines }) =>
      lines.map((latex, k) => cell(formula, latex, lines[now], k === now)),
    )}${forms.map(({ summary }) => html`<p class="note form-note">${summary ?? ""}</p>`)}</div>`;
}
