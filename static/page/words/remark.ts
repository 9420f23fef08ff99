/** What an action has done besides what it was asked for: rates that were set, noise that was added. */
import { formatExact } from "../math/format.ts";
import { labelOf, suggestedRates, valueOf } from "../state/catalog.ts";
import type { Entry, Remark, State } from "../state/types.ts";

type RemarkedChange = Remark["changes"][number];

/** @returns without a capital: "rate set to 0.1, as suggested for Adam here" */
function inWords(state: State, { optimizer }: Entry, { rate, noise }: RemarkedChange): string[] {
  const value = valueOf(state.catalog, optimizer, "learning_rate");
  const label = labelOf(state.catalog, optimizer);
  const here = suggestedRates(state.catalog, state.problem)[optimizer.name ?? ""] === value;
  const why = here ? `as suggested for ${label} here` : `as ${label} usually has it`;
  return [
    ...(rate && value !== null ? [`rate set to ${formatExact(value)}, ${why}`] : []),
    ...(noise ? [`noise ${formatExact(optimizer.noise ?? 0)} added to each gradient: there are no data for ${label} to draw from`] : []),
  ];
}

const isOf = ({ remark, entries }: State) => remark?.entries === entries;

/** @returns of one run, for its card; empty once anything of the runs has changed since */
export function remarkOn(state: State, entry: Entry): string {
  const change = isOf(state) && state.remark?.changes.find(({ id }) => id === entry.id);
  return change ? inWords(state, entry, change).join("; ") : "";
}

/** @param names  of the runs @returns of all of them, as sentences */
export function remarks(state: State, names: string[]): string {
  return state.entries.map((entry, k) => {
    const said = remarkOn(state, entry);
    return said && `${names[k]}: ${said}.`;
  }).filter(Boolean).join(" ");
}
