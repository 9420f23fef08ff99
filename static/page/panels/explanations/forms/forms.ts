/** The forms of an optimizer side by side, and other rules that give the same path. */
import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { keyed } from "lit-html/directives/keyed.js";
import { styles } from "../../../component.ts";
import { wordButton } from "../../../controls/choice.ts";
import { createPanel } from "../../../figure/panel.ts";
import { rove } from "../../../roving.ts";
import { addRun, selectRun, setValue } from "../../../state/actions.ts";
import { isMethod, optimizerOf } from "../../../state/catalog.ts";
import { changeOptimizer } from "../../../state/settingActions.ts";
import type { Act } from "../../../state/store.ts";
import type { Form, Optimizer, Scene, State } from "../../../state/types.ts";
import { difference } from "../../../words/difference.ts";
import { formRows } from "../../../words/formRows.ts";
import { createFormulas, type Formulas } from "../../working/formulas.ts";
import type { ExplanationPorts } from "../loaders.ts";
import { equalRules } from "./equal.ts";

/** @param currentLatex  the line of the form in force */
function cell(formula: Formulas, latex: string | null, currentLatex: string | null, chosen: boolean) {
  const compared = latex !== null && currentLatex !== null ? difference(currentLatex, latex) : null;
  const other = !chosen && (compared ? compared.differs : latex !== currentLatex);
  return html`<div class="form-cell row" ?data-chosen=${chosen} ?data-other=${other} ?data-none=${latex === null}
    ?data-alone=${!chosen && latex !== null && currentLatex === null}>${
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

/** @param current  index of the form in force */
function formsTable(formula: Formulas, forms: Form[], current: number, onChoose: (name: string) => void) {
  const by = (whose: string) => html`<span class="note">${whose}</span>`;
  const head = (
    { name, label, whose }: Form,
    k: number,
  ) => html`<button type="button" role="radio" class="word form-head column"
    aria-label=${label} aria-description=${whose ?? nothing} aria-checked=${k === current}
    tabindex=${k === current ? 0 : -1} @click=${() => onChoose(name)}>${label}${whose ? by(whose) : nothing}</button>`;
  const columns = { "grid-template-columns": `repeat(${forms.length}, minmax(max-content, 1fr))` };
  return html`<div class="forms-table" role="radiogroup" aria-label="Form" @keydown=${walk}
    ${styles(columns)}>${forms.map(head)}${formRows(forms).map(({ lines }) =>
      lines.map((latex, k) => cell(formula, latex, lines[current], k === current)),
    )}${forms.map(({ summary }) => html`<p class="note form-note">${summary ?? ""}</p>`)}</div>`;
}

/** @param runId  the id of a run with this optimizer @param id  of the explained run */
function addRunButton(act: Act, { name, label, forms }: Optimizer, runId: number | null, id: number | null) {
  const others = forms.slice(1).map((form) => form.label.charAt(0).toLowerCase() + form.label.slice(1));
  const ways =
    runId !== null
      ? wordButton("Select its run", () => act(selectRun, runId))
      : html`${wordButton("Add it", () => act(addRun, name))}${
          id === null ? nothing : wordButton("Turn this run into it", () => act(changeOptimizer, id, name))
        }`;
  return html`<li class="form-offer"><strong>${label}</strong><span
    class="form-offer-forms">${others.join(" · ")}</span><span class="row">${ways}</span></li>`;
}

/** @param index  of the explained run */
function otherOptimizers(act: Act, { catalog, entries }: State, { shownRuns }: Scene, index: number | null) {
  const isOwnRule = index !== null && !optimizerOf(catalog, entries[index].optimizer.name);
  const why =
    index === null
      ? "There is no run to look at."
      : isOwnRule
        ? `${shownRuns[index].name} is a rule of your own, written the way you write it.`
        : `${shownRuns[index].name} is ${
            isMethod(catalog, entries[index].optimizer)
              ? "no rule, which others could write in other lines"
              : "written in one way only"
          }.`;
  const several = (catalog?.optimizers ?? []).filter(({ forms }) => forms.length > 1);
  const thereOf = ({ name }: Optimizer) => entries.find(({ optimizer }) => optimizer.name === name)?.id ?? null;
  return html`<div><p class="note">${why} These are written in several:</p><ul class="form-offers">${several.map(
    (optimizer) => addRunButton(act, optimizer, thereOf(optimizer), index === null ? null : entries[index].id),
  )}</ul></div>`;
}

export default async function createForms(root: HTMLElement, figure: ExplanationPorts) {
  const { act } = figure;
  const formula = await createFormulas();
  return createPanel(figure, root, ({ state, scene, chosen: index }) => {
    const entry = index === null ? null : state.entries[index];
    const inCatalog = entry && optimizerOf(state.catalog, entry.optimizer.name);
    if (index === null || !entry || !inCatalog || inCatalog.forms.length < 2)
      return otherOptimizers(act, state, scene, index);
    const { id, slot, optimizer } = entry;
    const current = Math.max(
      0,
      inCatalog.forms.findIndex(({ name }) => name === (optimizer.form ?? "standard")),
    );
    const choose = (name: string) => act(setValue, id, "form", name === "standard" ? undefined : name, false);
    return html`${equalRules(act, state, scene, index, inCatalog.forms[current].equals ?? [])}<div
      class="forms slot-${slot}">${keyed(
        inCatalog.name,
        guard([inCatalog, id, current], () => formsTable(formula, inCatalog.forms, current, choose)),
      )}</div>`;
  });
}
