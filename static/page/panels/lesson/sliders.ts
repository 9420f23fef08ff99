/** The sliders of a figure of a lesson, and the way back to the runs as they were. */
import { html, nothing } from "lit-html";
import { sample } from "../../controls/choice.ts";
import { createPanel } from "../../figure/panel.ts";
import { setValue } from "../../state/actions.ts";
import { labelOf, optimizerOf, valueOf } from "../../state/catalog.ts";
import { paramRow } from "../shared/paramRow.ts";
import type { Figure } from "../../figure/figure.ts";

/** Index of a run, and a hyperparameter of it. */
export type Control = [number, string];

/** @param onBack  to the runs of the lesson */
export const createSliders = (controls: Control[], onBack: () => void) => (figure: Figure) => {
  const { act, invalidate } = figure;
  let first: unknown = null;

  return createPanel(invalidate, figure.found("sliders") as HTMLElement, ({ state, scene }) => {
    const { catalog, entries, problem, start } = state;
    if (!catalog || entries.length === 0) return nothing;
    const now = JSON.stringify([problem, start, entries.map(({ optimizer }) => optimizer)]);
    if (state.edit.kind === "open") first = now;
    const several = new Set(controls.map(([run]) => run)).size > 1 || entries.length > 1;
    return html`${controls.map(([run, name]) => {
      const { id, slot, optimizer } = entries[run];
      const param = optimizerOf(catalog, optimizer.name)?.params.find((one) => one.name === name);
      if (!param) return nothing;
      const set = (value: number, moving: boolean) => act(setValue, id, name, value, moving);
      return html`<div class="lesson-slider slot-${slot}">${several ? html`<p>${sample(slot)} ${labelOf(catalog, optimizer)}</p>` : nothing}${
        paramRow(param, valueOf(catalog, optimizer, name) ?? param.default, slot, act, set, scene.runs[run].name)}</div>`;
    })}<button type="button" class="quiet underlined lesson-back" ?data-idle=${now === first} ?disabled=${now === first} @click=${onBack}>As it was</button>`;
  });
};
