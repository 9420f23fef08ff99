/** Finds what a slider sets of a run, by its name: a hyperparameter, a value of the schedule, or the batch size. */
import type { Figure } from "../../figure/figure.ts";
import { setValue } from "../../state/actions.ts";
import { countOfPoints, hyperparameterOf, optimizerOf, scheduleOf } from "../../state/catalog.ts";
import { setSchedule } from "../../state/settingActions.ts";
import type { Entry, OptimizerSpec, Param, State } from "../../state/types.ts";

const OF_SCHEDULE = "schedule.";

/** The batch size, as a hyperparameter of every run on data, though no optimizer declares it. */
function batchSize(state: State, { batch_size, name }: OptimizerSpec): { param: Param; value: number } {
  const all = countOfPoints(state) || 1;
  const usual = optimizerOf(state.catalog, name)?.batch_size ?? null;
  const value = (batch_size === undefined ? usual : batch_size) ?? all;
  return {
    value,
    param: { name: "batch_size", default: usual ?? all, min: 1, max: all, scale: "log", help: "", whole: true },
  };
}

/** @returns the hyperparameter, its value and the action that sets it; undefined: the run has no such value */
export function settingOf(state: State, { id, optimizer }: Entry, name: string, act: Figure["act"]) {
  const { catalog } = state;
  const { schedule } = optimizer;
  const ofSchedule = name.startsWith(OF_SCHEDULE) ? name.slice(OF_SCHEDULE.length) : null;
  if (ofSchedule && schedule) {
    const param = scheduleOf(catalog, schedule.name)?.params.find((candidate) => candidate.name === ofSchedule);
    const set = (value: number, dragging: boolean) =>
      act(setSchedule, id, { ...schedule, [ofSchedule]: value }, dragging);
    return param && { param, value: Number(schedule[ofSchedule] ?? param.default), set };
  }
  const set = (value: number, dragging: boolean) => act(setValue, id, name, value, dragging);
  if (name === "batch_size") return { ...batchSize(state, optimizer), set };
  const param = optimizerOf(catalog, optimizer.name)?.params.find((candidate) => candidate.name === name);
  return param && { param, value: hyperparameterOf(catalog, optimizer, name) ?? param.default, set };
}
