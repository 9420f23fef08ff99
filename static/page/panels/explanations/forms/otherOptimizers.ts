/** Offers optimizers that have several forms, where the optimizer of the run has only one. */
import { html, nothing } from "lit-html";
import { wordButton } from "../../../controls/wordButton.ts";
import { addRun, selectRun } from "../../../state/actions.ts";
import { isMethod, optimizerOf } from "../../../state/catalog.ts";
import { changeOptimizer } from "../../../state/settingActions.ts";
import type { Act } from "../../../state/store.ts";
import type { Optimizer, Scene, State } from "../../../state/types.ts";

/** @param there  the id of a run with this optimizer @param id  of the explained run */
function offer(act: Act, { name, label, forms }: Optimizer, there: number | null, id: number | null) {
  const others = forms.slice(1).map((form) => form.label.charAt(0).toLowerCase() + form.label.slice(1));
  const ways =
    there !== null
      ? wordButton("Select its run", () => act(selectRun, there))
      : html`${wordButton("Add it", () => act(addRun, name))}${
          id === null ? nothing : wordButton("Turn this run into it", () => act(changeOptimizer, id, name))
        }`;
  return html`<li class="form-offer"><strong>${label}</strong><span
    class="form-offer-forms">${others.join(" · ")}</span><span class="row">${ways}</span></li>`;
}

/** @param index  of the explained run */
export function otherOptimizers(act: Act, { catalog, entries }: State, { runs }: Scene, index: number | null) {
  const own = index !== null && !optimizerOf(catalog, entries[index].optimizer.name);
  const why =
    index === null
      ? "There is no run to look at."
      : own
        ? `${runs[index].name} is a rule of your own, written the way you write it.`
        : `${runs[index].name} is ${
            isMethod(catalog, entries[index].optimizer)
              ? "no rule, which others could write in other lines"
              : "written in one way only"
          }.`;
  const several = (catalog?.optimizers ?? []).filter(({ forms }) => forms.length > 1);
  const thereOf = ({ name }: Optimizer) => entries.find(({ optimizer }) => optimizer.name === name)?.id ?? null;
  return html`<div><p class="note">${why} These are written in several:</p><ul class="form-offers">${several.map(
    (one) => offer(act, one, thereOf(one), index === null ? null : entries[index].id),
  )}</ul></div>`;
}
