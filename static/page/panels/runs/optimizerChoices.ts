/** The optimizers of which a run can be added, by family. */
import { html, nothing } from "lit-html";
import { loadStyle } from "../../service/style.ts";
import { addRun } from "../../state/actions.ts";
import { suggestedRates } from "../../state/catalog.ts";
import { addOwnRule } from "../../state/ownRule.ts";
import { suitsProblem } from "../../state/refusedFields.ts";
import type { Store } from "../../state/store.ts";
import type { Optimizer } from "../../state/types.ts";
import { byFamily, OWN_FAMILY } from "./families.ts";

/** @param close  called once an optimizer is chosen */
export async function createOptimizerChoices(store: Store, close: () => void) {
  await loadStyle("help");
  const choose = (name: string) => {
    close();
    store.update(addRun, name);
  };
  const chooseOwn = () => {
    close();
    store.update(addOwnRule);
  };
  const { catalog, problem } = store.get();
  const suggests = Object.keys(suggestedRates(catalog, problem)).length > 0;
  /** Shows below the names the summary of the optimizer that is pointed at or focused. */
  function showSummary({ target, currentTarget }: Event) {
    const choice = (target as Element).closest(".choice");
    const line = (currentTarget as Element).querySelector(".choice-words");
    if (choice && line) line.textContent = choice.getAttribute("aria-description");
  }
  const offered = (label: string, words: string, press: () => void, disabled = false) =>
    html`<button type="button" class="choice" aria-description=${words} ?disabled=${disabled}
      @click=${press}>${label}</button>`;
  const offer = (member: Optimizer) => {
    const { name, label, summary = "" } = member;
    const fits = suitsProblem(problem, member);
    return offered(fits ? label : `${label}: not on networks`, summary, () => choose(name), !fits);
  };
  return html`<div class="families" @pointerover=${showSummary} @focusin=${showSummary}>${byFamily(
    catalog?.optimizers ?? [],
  ).map(
    ([name, members]) =>
      html`<div class="family"><h3>${name}</h3><p class="row wraps">${[
        members.map(offer),
        name === OWN_FAMILY
          ? offered("A rule of your own", "Its lines, as a textbook prints them.", chooseOwn)
          : nothing,
      ]}</p></div>`,
  )}<p class="note choice-words" aria-hidden="true"></p>${
    suggests ? html`<p class="note">Each begins at a learning rate that suits this landscape.</p>` : nothing
  }</div>`;
}
