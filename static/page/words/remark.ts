/** Names the side effects of an action: rates that were set, noise that was added. */

import { formatExact } from "../math/format.ts";
import { hyperparameterOf, isLineFit, labelOf, suggestedRates } from "../state/catalog.ts";
import { entryById } from "../state/state.ts";
import type { Entry, Remark, State } from "../state/types.ts";

type RemarkedChange = Remark["changes"][number];

/** @returns without a capital: "rate set to 0.1, as suggested here" */
function inWords(state: State, { optimizer }: Entry, { rate, noise, instead }: RemarkedChange): string[] {
  const value = hyperparameterOf(state.catalog, optimizer, "learning_rate");
  const label = labelOf(state.catalog, optimizer);
  const here = suggestedRates(state.catalog, state.problem)[optimizer.name ?? ""] === value;
  const added = formatExact(optimizer.noise ?? 0);
  const why = here ? `as suggested here` : `as ${label} usually has it`;
  return [
    ...(instead ? [`in place of ${instead}, as networks have no second derivatives here`] : []),
    ...(rate && value !== null ? [`rate set to ${formatExact(value)}, ${why}`] : []),
    ...(noise ? [`noise ${added} added to each gradient: there are no data for ${label} to draw from`] : []),
  ];
}

const isCurrent = ({ remark, entries }: State) => remark?.entries === entries;

/**
 * @returns the remark about one run, for its card, which shows the rate; empty once any run has changed since; short
 * where several were set alike
 */
export function remarkOnRun(state: State, entry: Entry): string {
  const change = isCurrent(state) && state.remark?.changes.find(({ id }) => id === entry.id);
  if (!change) return "";
  return setTogether(state) ? "rate as suggested" : inWords(state, entry, change).join("; ");
}

/**
 * @returns the number of rates set, where several were set to the suggested ones and nothing else was changed; each run
 * then has its own remark
 */
function setTogether(state: State): number {
  const changes = (isCurrent(state) && state.remark?.changes) || [];
  const suggested = suggestedRates(state.catalog, state.problem);
  const alike = changes.every(({ id, rate, noise, instead }) => {
    const optimizer = entryById(state, id)?.optimizer;
    return (
      optimizer &&
      rate &&
      !noise &&
      !instead &&
      suggested[optimizer.name ?? ""] === hyperparameterOf(state.catalog, optimizer, "learning_rate")
    );
  });
  return changes.length > 1 && alike ? changes.length : 0;
}

/** @returns what a visitor can do on a landscape that has just been chosen; empty: none has */
export function invitationWords(state: State): string {
  if (!isCurrent(state) || (state.edit.kind !== "problem" && !setTogether(state))) return "";
  const { problem } = state;
  const other = problem.network ? "press a neuron" : isLineFit(problem) ? "a point" : "the start";
  return `Drag a rate, or ${other}.`;
}

/** @param names  of the runs @returns the remarks about each run; where all say the same their runs say it */
export function remarksOnRuns(state: State, names: string[]): string {
  const removed = (isCurrent(state) && state.remark?.removed) || 0;
  const ofRuns = state.entries.flatMap((entry, k) => {
    const remark = setTogether(state) ? "" : remarkOnRun(state, entry);
    return remark ? [`${names[k]}: ${remark}.`] : [];
  });
  const [many, they, them] = removed > 1 ? [`${removed} runs`, "they", "them"] : ["One run", "it", "it"];
  const left = removed ? [`${many} left out: here ${they} would repeat another. Undo brings ${them} back.`] : [];
  return [...left, ...ofRuns].join(" ");
}
