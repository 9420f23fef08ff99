/** The phases of a run: what it goes on with from row 0, and from each change on the way. */
import { sameValue } from "../math/values.ts";
import { hyperparameterOf, isMethod, labelOf, optimizerOf, refuses } from "./catalog.ts";
import type { Catalog, Entry, OptimizerSpec, Phase, Refusable } from "./types.ts";

/** Fields that an optimizer takes over from the one before. */
const KEPT = ["batch_size", "sampling", "noise"];

/** @returns whether a step is the rate times the gradient, and nothing else. @param formula  the next value of w */
export const isPlainStep = (formula: string): boolean => formula.replace(/\s/g, "") === "w-lr*g";

function isPlain(catalog: Catalog | null, { name, rule }: OptimizerSpec): boolean {
  const [next, ...more] = (rule ?? optimizerOf(catalog, name)?.rule ?? "").trim().split("\n");
  return more.length === 0 && isPlainStep(next.replace(/^\s*w\s*=/, ""));
}

/** @returns the optimizer of the phase that a change begins */
export function changedTo(before: OptimizerSpec, { at: _, ...change }: OptimizerSpec): OptimizerSpec {
  if (change.name === undefined && change.rule === undefined) return { ...before, ...change };
  return {
    ...Object.fromEntries(KEPT.filter((name) => before[name] !== undefined).map((name) => [name, before[name]])),
    ...change,
  };
}

/** @returns the optimizer of each phase, the first one first, without its changes */
export function optimizersOf({ changes = [], ...first }: OptimizerSpec): OptimizerSpec[] {
  const all: OptimizerSpec[] = [first];
  for (const change of changes) all.push(changedTo(all[all.length - 1], change));
  return all;
}

/** @returns whether a run goes on by a method at any time, which is no rule */
export const hasMethod = (catalog: Catalog | null, optimizer: OptimizerSpec): boolean =>
  optimizersOf(optimizer).some((spec) => isMethod(catalog, spec));

/** @returns whether something does not go with a run, be it with what it changes to on the way */
export const runRefuses = (catalog: Catalog | null, optimizer: OptimizerSpec, what: Refusable): boolean =>
  optimizersOf(optimizer).some((spec) => refuses(catalog, spec, what));

/** @param before  the optimizer that it follows @returns whether a change sets anything that was not so before */
function changesAnything(catalog: Catalog | null, before: OptimizerSpec, { at: _, ...change }: OptimizerSpec): boolean {
  if (change.name !== undefined || change.rule !== undefined) return true;
  return Object.entries(change).some(
    ([key, value]) => !sameValue(value, before[key] ?? hyperparameterOf(catalog, before, key)),
  );
}

/** What a change sets, in a few words. */
function changeWords(
  catalog: Catalog | null,
  { at: _, ...change }: OptimizerSpec,
  print: (value: number) => string,
): string {
  const other = change.name !== undefined || change.rule !== undefined;
  const isUsed = (key: string) =>
    !["name", "rule", "schedule", "form"].includes(key) &&
    !refuses(catalog, change, (key === "sampling" ? "batch_size" : key) as Refusable);
  const values = Object.entries(change)
    .filter(([key]) => isUsed(key))
    .map(([key, value]) => {
      const name = key === "learning_rate" ? "rate" : key.replace(/_/g, " ");
      return `${name} ${typeof value === "number" ? print(value) : String(value)}`;
    });
  const rest = [
    ...(change.form ? [String(change.form)] : []),
    ...(change.schedule ? [change.schedule.name.replace(/_/g, " ")] : []),
  ];
  const rate = other && change.learning_rate === undefined ? hyperparameterOf(catalog, change, "learning_rate") : null;
  return [
    ...(other ? [labelOf(catalog, change)] : []),
    ...values,
    ...(rate === null ? [] : [`rate ${print(rate)}`]),
    ...rest,
  ].join(", ");
}

/** @returns the changes that change something */
export function changesOf(catalog: Catalog | null, optimizer: OptimizerSpec): OptimizerSpec[] {
  const all = optimizersOf(optimizer);
  return (optimizer.changes ?? []).filter((change, k) => changesAnything(catalog, all[k], change));
}

/** @param print  of a number */
export function phasesOf(catalog: Catalog | null, optimizer: OptimizerSpec, print: (value: number) => string): Phase[] {
  const changes = changesOf(catalog, optimizer);
  return optimizersOf({ ...optimizer, changes }).map((spec, k) => ({
    from: k ? Number(changes[k - 1].at) : 0,
    words: k ? changeWords(catalog, changes[k - 1], print) : "",
    plain: isPlain(catalog, spec),
    noisy: Boolean(spec.noise),
  }));
}

/** @returns the phase of the step that leads on from a row */
export const phaseOfRow = (phases: Phase[], row: number): Phase =>
  phases.findLast(({ from }) => from <= row) ?? phases[0];

/** @returns the run as it would have gone on without its last change; null: it has none */
export function withoutLast(entry: Entry): Entry | null {
  const { changes, ...rest } = entry.optimizer;
  if (!changes?.length) return null;
  return { ...entry, optimizer: changes.length > 1 ? { ...rest, changes: changes.slice(0, -1) } : rest };
}
