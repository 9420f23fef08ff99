/** Computes the phases of a run: one from row 0, and one from each change of its optimizer on the way. */
import { sameValue } from "../math/values.ts";
import { hyperparameterOf, isMethod, labelOf, optimizerOf, refuses } from "./catalog.ts";
import type { Catalog, Entry, OptimizerSpec, Phase, Refusable } from "./types.ts";

/** Fields that another optimizer inherits from the one it follows. */
const INHERITED_FIELDS = ["batch_size", "sampling", "noise"];

/** @param formula  of the next w @returns whether it is plain gradient descent, `w - lr*g` */
export const isPlainStep = (formula: string): boolean => formula.replace(/\s/g, "") === "w-lr*g";

function isPlain(catalog: Catalog | null, { name, rule }: OptimizerSpec): boolean {
  const [next, ...more] = (rule ?? optimizerOf(catalog, name)?.rule ?? "").trim().split("\n");
  return more.length === 0 && isPlainStep(next.replace(/^\s*w\s*=/, ""));
}

/** @returns the optimizer in force after a change */
export function optimizerAfterChange(before: OptimizerSpec, { at: _, ...change }: OptimizerSpec): OptimizerSpec {
  if (change.name === undefined && change.rule === undefined) return { ...before, ...change };
  return {
    ...Object.fromEntries(
      INHERITED_FIELDS.filter((name) => before[name] !== undefined).map((name) => [name, before[name]]),
    ),
    ...change,
  };
}

/** @returns the optimizer of each phase in order, the first without its `changes` */
export function optimizersOf({ changes = [], ...first }: OptimizerSpec): OptimizerSpec[] {
  const all: OptimizerSpec[] = [first];
  for (const change of changes) all.push(optimizerAfterChange(all[all.length - 1], change));
  return all;
}

/** @returns whether a phase of a run steps by a method that is not a rule, such as Newton's */
export const hasMethod = (catalog: Catalog | null, optimizer: OptimizerSpec): boolean =>
  optimizersOf(optimizer).some((spec) => isMethod(catalog, spec));

/** @returns whether the optimizer of any phase cannot be combined with a field or feature */
export const runRefuses = (catalog: Catalog | null, optimizer: OptimizerSpec, what: Refusable): boolean =>
  optimizersOf(optimizer).some((spec) => refuses(catalog, spec, what));

/** @param before  the optimizer it follows @returns whether a change sets another optimizer or another value */
function changesAnything(catalog: Catalog | null, before: OptimizerSpec, { at: _, ...change }: OptimizerSpec): boolean {
  if (change.name !== undefined || change.rule !== undefined) return true;
  return Object.entries(change).some(
    ([key, value]) => !sameValue(value, before[key] ?? hyperparameterOf(catalog, before, key)),
  );
}

/** @returns what a change sets, in a few words: "Adam, rate 0.1" */
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
  const formAndSchedule = [
    ...(change.form ? [String(change.form)] : []),
    ...(change.schedule ? [change.schedule.name.replace(/_/g, " ")] : []),
  ];
  const rate = other && change.learning_rate === undefined ? hyperparameterOf(catalog, change, "learning_rate") : null;
  return [
    ...(other ? [labelOf(catalog, change)] : []),
    ...values,
    ...(rate === null ? [] : [`rate ${print(rate)}`]),
    ...formAndSchedule,
  ].join(", ");
}

/** @returns the changes on the way, without those that set only what is in force already */
export function effectiveChanges(catalog: Catalog | null, optimizer: OptimizerSpec): OptimizerSpec[] {
  const all = optimizersOf(optimizer);
  return (optimizer.changes ?? []).filter((change, k) => changesAnything(catalog, all[k], change));
}

/** @param print  formats a number */
export function phasesOf(catalog: Catalog | null, optimizer: OptimizerSpec, print: (value: number) => string): Phase[] {
  const changes = effectiveChanges(catalog, optimizer);
  return optimizersOf({ ...optimizer, changes }).map((spec, k) => ({
    from: k ? Number(changes[k - 1].at) : 0,
    words: k ? changeWords(catalog, changes[k - 1], print) : "",
    plain: isPlain(catalog, spec),
    noisy: Boolean(spec.noise),
  }));
}

/** @returns the phase that the step after a row belongs to */
export const phaseOfRow = (phases: Phase[], row: number): Phase =>
  phases.findLast(({ from }) => from <= row) ?? phases[0];

/** @returns an entry without its last change on the way, as its ghost runs; null: it has no change */
export function withoutLastChange(entry: Entry): Entry | null {
  const { changes, ...rest } = entry.optimizer;
  if (!changes?.length) return null;
  return { ...entry, optimizer: changes.length > 1 ? { ...rest, changes: changes.slice(0, -1) } : rest };
}
