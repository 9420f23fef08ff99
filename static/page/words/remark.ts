/** What an action has done besides what it was asked for: rates that were set, noise that was added. */

import { formatExact } from "../math/format.ts";
import { hyperparameterOf, labelOf, suggestedRates } from "../state/catalog.ts";
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

const isOf = ({ remark, entries }: State) => remark?.entries === entries;

/** @returns of one run, for its card; empty once anything of the runs has changed since */
export function remarkOn(state: State, entry: Entry): string {
  const change = isOf(state) && state.remark?.changes.find(({ id }) => id === entry.id);
  return change ? inWords(state, entry, change).join("; ") : "";
}

/**
 * @returns how many rates were set, where there are several, each to the suggested one and nothing else was set; each
 * run then says its own
 */
function setTogether(state: State): number {
  const changes = (isOf(state) && state.remark?.changes) || [];
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

/** @param names  of the runs @returns of all of them, as sentences, or in one that is short */
export function remarks(state: State, names: string[]): string {
  const together = setTogether(state);
  if (together) return `${together} rates set as suggested here.`;
  return state.entries
    .map((entry, k) => {
      const said = remarkOn(state, entry);
      return said && `${names[k]}: ${said}.`;
    })
    .filter(Boolean)
    .join(" ");
}
