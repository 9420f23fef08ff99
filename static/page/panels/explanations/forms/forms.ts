/** The forms of an optimizer side by side, and other rules that give the same path. */
import { html } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { keyed } from "lit-html/directives/keyed.js";
import { createPanel } from "../../../figure/panel.ts";
import { setValue } from "../../../state/actions.ts";
import { optimizerOf } from "../../../state/catalog.ts";
import { formulas } from "../../working/formulas.ts";
import type { ExplanationPorts } from "../all.ts";
import { equalRuns } from "./equal.ts";
import { otherOptimizers } from "./otherOptimizers.ts";
import { formsTable } from "./table.ts";

export default async function createForms(root: HTMLElement, figure: ExplanationPorts) {
  const { act } = figure;
  const formula = await formulas();
  return createPanel(figure, root, ({ state, scene }) => {
    const index = scene.chosen;
    const entry = index === null ? null : state.entries[index];
    const known = entry && optimizerOf(state.catalog, entry.optimizer.name);
    if (index === null || !entry || !known || known.forms.length < 2) return otherOptimizers(act, state, scene, index);
    const { id, slot, optimizer } = entry;
    const now = Math.max(
      0,
      known.forms.findIndex(({ name }) => name === (optimizer.form ?? "standard")),
    );
    const choose = (name: string) => act(setValue, id, "form", name === "standard" ? undefined : name, false);
    return html`${equalRuns(act, state, scene, index, known.forms[now].equals ?? [])}<div
      class="forms slot-${slot}">${keyed(
        known.name,
        guard([known, id, now], () => formsTable(formula, known.forms, now, choose)),
      )}</div>`;
  });
}
