/** The optimizers of which a run can be added, by family. */
import { html, nothing } from "lit-html";
import { loadStyle } from "../../service/style.ts";
import { addRun } from "../../state/actions.ts";
import { suggestedRates } from "../../state/catalog.ts";
import { addOwn } from "../../state/ownRule.ts";
import type { Store } from "../../state/store.ts";
import { isFor } from "../../state/suited.ts";
import type { Optimizer } from "../../state/types.ts";
import { byFamily, OWN_FAMILY } from "./families.ts";

/** @param close  once one is chosen */
export async function choices(store: Store, close: () => void) {
  await loadStyle("help");
  const choose = (name: string) => {
    close();
    store.update(addRun, name);
  };
  const chooseOwn = () => {
    close();
    store.update(addOwn);
  };
  const family = (name: string, members: unknown) => html`<div class="family"><h3>${name}</h3>${members}</div>`;
  const { catalog, problem } = store.get();
  /** An optimizer in the list, with a sentence below its name. */
  const offered = (label: string, words: string, press: () => void, disabled = false) =>
    html`<div><button type="button" class="choice" aria-description=${words} ?disabled=${disabled}
      @click=${press}>${label}</button><p class="note">${words}</p></div>`;
  const offer = (member: Optimizer) => {
    const { name, label, summary = "" } = member;
    const fits = isFor(problem, member);
    return offered(fits ? label : `${label}: not on networks`, summary, () => choose(name), !fits);
  };
  const suggests = Object.keys(suggestedRates(catalog, problem)).length > 0;
  return html`<div class="families wraps">${
    suggests ? html`<p class="note">Each begins at a learning rate that suits this landscape.</p>` : nothing
  }${byFamily(catalog?.optimizers ?? []).map(([name, members]) =>
    family(name, [
      members.map(offer),
      name === OWN_FAMILY ? offered("A rule of your own", "Its lines, as a textbook prints them.", chooseOwn) : nothing,
    ]),
  )}</div>`;
}
