/** The optimizers that a run can be added of, by family. */
import { html, nothing } from "lit-html";
import { persist } from "../../service/persist.ts";
import { addRun } from "../../state/actions.ts";
import { fromSnake, suggestedRates } from "../../state/catalog.ts";
import { isOwn } from "../../state/ownCode.ts";
import type { Store } from "../../state/store.ts";
import { isFor } from "../../state/suited.ts";
import type { Optimizer } from "../../state/types.ts";

/** @returns by family, in the order of the catalog */
function byFamily(optimizers: Optimizer[]): [string, Optimizer[]][] {
  const families: Map<string, Optimizer[]> = new Map();
  for (const optimizer of optimizers) {
    const family = optimizer.family ?? "optimizers";
    families.set(family, [...(families.get(family) ?? []), optimizer]);
  }
  return [...families];
}

/** @param close  once one is chosen */
export function choices(store: Store, close: () => void) {
  const choose = (name: string) => {
    close();
    store.update(addRun, name);
  };
  const chooseOwn = () => {
    close();
    void addOwnRule(store);
  };
  const family = (name: string, members: unknown) => html`<div class="family"><h3>${name}</h3>${members}</div>`;
  const buttons = (members: Optimizer[]) =>
    members.map(
      (member) =>
        html`<button type="button" class="choice" title=${member.summary ?? nothing}
          ?disabled=${!isFor(store.get().problem, member)} @click=${() => choose(member.name)}>${member.label}${
            isFor(store.get().problem, member) ? "" : ": not on networks"
          }</button>`,
    );
  const all = store.get().catalog?.optimizers ?? [];
  const suggests = Object.keys(suggestedRates(store.get().catalog, store.get().problem)).length > 0;
  const builtIn = all.filter(({ name }) => !isOwn(name));
  return html`<div class="families wraps">${
    suggests ? html`<p class="note">Each begins at a learning rate that suits this landscape.</p>` : nothing
  }${byFamily(builtIn).map(([name, members]) => family(fromSnake(name), buttons(members)))}${family(
    "Yours",
    html`${buttons(all.filter(({ name }) => isOwn(name)))}<button type="button" class="choice"
      @click=${chooseOwn}>A rule of your own</button>`,
  )}</div>`;
}

async function addOwnRule(store: Store) {
  const { addOwn } = await persist(() => import("../../state/ownRule.ts"));
  store.update(addOwn);
}
