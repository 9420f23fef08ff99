/** The sliders of a figure of a lesson, and the way back to the runs as they were. */
import { html, nothing } from "lit-html";
import { sample } from "../../controls/choice.ts";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { View } from "../../figure/part.ts";
import { setSchedule, setValue } from "../../state/actions.ts";
import { countOfPoints, hyperparameterOf, optimizerOf, scheduleOf } from "../../state/catalog.ts";
import { specOf } from "../../state/state.ts";
import type { Entry, OptimizerSpec, PageAddress, Param, Spec, State } from "../../state/types.ts";
import { paramRow } from "../shared/paramRow.ts";

/** Index of a run, and a hyperparameter of it or, as "schedule.decay", of its schedule. */
export type Control = [number, string];

const OF_SCHEDULE = "schedule.";

const runsKey = ({ problem, start, optimizers }: Spec) => JSON.stringify([problem, start, optimizers]);

/** Points a step: a hyperparameter of every run on data, though no optimizer declares it. */
function batchSize(state: State, { batch_size, name }: OptimizerSpec): { param: Param; value: number } {
  const all = countOfPoints(state) || 1;
  const usual = optimizerOf(state.catalog, name)?.batch_size ?? null;
  const value = (batch_size === undefined ? usual : batch_size) ?? all;
  return {
    value,
    param: { name: "batch_size", default: usual ?? all, min: 1, max: all, scale: "log", help: "", whole: true },
  };
}

/** What a slider sets, and its value; undefined where the run has no such thing. */
function settingOf(state: State, { id, optimizer }: Entry, name: string, act: Figure["act"]) {
  const { catalog } = state;
  const { schedule } = optimizer;
  const ofSchedule = name.startsWith(OF_SCHEDULE) ? name.slice(OF_SCHEDULE.length) : null;
  if (ofSchedule && schedule) {
    const param = scheduleOf(catalog, schedule.name)?.params.find((one) => one.name === ofSchedule);
    const set = (value: number, moving: boolean) => act(setSchedule, id, { ...schedule, [ofSchedule]: value }, moving);
    return param && { param, value: Number(schedule[ofSchedule] ?? param.default), set };
  }
  const set = (value: number, moving: boolean) => act(setValue, id, name, value, moving);
  if (name === "batch_size") return { ...batchSize(state, optimizer), set };
  const param = optimizerOf(catalog, optimizer.name)?.params.find((one) => one.name === name);
  return param && { param, value: hyperparameterOf(catalog, optimizer, name) ?? param.default, set };
}

/** @param own  the runs of the lesson */
export const slidersView = (controls: Control[], own: PageAddress): View => ({
  name: "sliders",
  place: { within: "root", attributes: { class: "sliders" } },
  create: (root, { act, open, invalidate }) =>
    createPanel(invalidate, root, ({ state, scene }) => {
      const { catalog, entries } = state;
      if (!catalog || entries.length === 0) return nothing;
      const idle = runsKey(specOf(state)) === runsKey(own.spec);
      const several = new Set(controls.map(([run]) => run)).size > 1 || entries.length > 1;
      return html`${controls.map(([run, name]) => {
        // What a check shows may be of fewer runs.
        if (!entries[run]) return nothing;
        const { slot } = entries[run];
        const setting = settingOf(state, entries[run], name, act);
        if (!setting) return nothing;
        const whose = several ? html`<p>${sample(slot)} ${scene.runs[run].name}</p>` : nothing;
        return html`<div class="lesson-slider slot-${slot}">${whose}${paramRow(
          setting.param,
          setting.value,
          slot,
          act,
          setting.set,
          scene.runs[run].name,
        )}</div>`;
      })}<button type="button" class="quiet underlined lesson-back" ?data-waiting=${idle} ?disabled=${idle}
      @click=${() => open(own)}>As it was</button>`;
    }),
});
