/** The sliders of a figure of a lesson, and the way back to the runs as they were. */
import { html, nothing } from "lit-html";
import { runSample } from "../../controls/choice.ts";
import { createPanel } from "../../figure/panel.ts";
import type { View } from "../../figure/part.ts";
import { sameValue } from "../../math/values.ts";
import { limitOf } from "../../state/evidence.ts";
import { specOf } from "../../state/state.ts";
import type { PageAddress, Spec } from "../../state/types.ts";
import { paramRow } from "../shared/paramRow.ts";
import { settingOf } from "../shared/setting.ts";

/** Index of a run, and a hyperparameter of it or, as "schedule.decay", of its schedule. */
export type Control = [number, string];

const runsIn = ({ problem, start, optimizers }: Spec) => ({ problem, start, optimizers });

export const hasSameRuns = (spec: Spec, other: Spec): boolean => sameValue(runsIn(spec), runsIn(other));

/** @param address  the runs of the lesson */
export const slidersView = (controls: Control[], address: PageAddress): View => ({
  name: "sliders",
  place: { within: "root", attributes: { class: "sliders" } },
  create: (root, figure) =>
    createPanel(figure, root, ({ state, scene }) => {
      const { act, open } = figure;
      const { catalog, entries } = state;
      if (!catalog || entries.length === 0) return nothing;
      const idle = hasSameRuns(specOf(state), address.spec);
      const several = new Set(controls.map(([run]) => run)).size > 1 || entries.length > 1;
      return html`${controls.map(([run, name]) => {
        // A check may show fewer runs than the figure has.
        if (!entries[run]) return nothing;
        const { slot } = entries[run];
        const setting = settingOf(state, entries[run], name, act);
        if (!setting) return nothing;
        const whose = several ? html`<p class="row">${runSample(slot)} ${scene.shownRuns[run].name}</p>` : nothing;
        return html`<div class="lesson-slider slot-${slot}">${whose}${paramRow(
          setting.param,
          setting.value,
          slot,
          setting.set,
          scene.shownRuns[run].name,
          name === "learning_rate" ? { limit: limitOf(scene.shownEvidence, run) } : {},
        )}</div>`;
      })}<button type="button" class="quiet underlined lesson-back" ?data-waiting=${idle} ?disabled=${idle}
      @click=${() => open(address)}>Put it back</button>`;
    }),
});
