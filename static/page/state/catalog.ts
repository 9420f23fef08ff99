/** Looks things up in the catalog. Before it has come, names stand in place of labels. */

import { capitalized, symbol } from "../math/text.ts";
import labels from "./labels.json" with { type: "json" };
import type { Catalog, Entry, OptimizerSpec, ProblemSpec, Refusable, State } from "./types.ts";

/** @param name  in snake_case @returns readable */
export function fromSnake(name: string): string {
  return capitalized(name.replace(/_/g, " "));
}

export const optimizerOf = (catalog: Catalog | null, name: string | undefined) =>
  catalog?.optimizers.find((candidate) => candidate.name === name) ?? null;

/** @returns whether something does not go with an optimizer, as it is without its changes on the way */
export const refuses = (catalog: Catalog | null, { name }: OptimizerSpec, what: Refusable): boolean =>
  optimizerOf(catalog, name)?.refuses?.includes(what) ?? false;

/** @returns whether an optimizer steps by a method that is no rule, such as Newton's */
export const isMethod = (catalog: Catalog | null, optimizer: OptimizerSpec): boolean =>
  refuses(catalog, optimizer, "program");

/** @returns whether there is a learning rate to be set; code of one's own and recorded paths may have none */
export function hasRate(catalog: Catalog | null, { name }: OptimizerSpec): boolean {
  const rate = optimizerOf(catalog, name)?.params.find((param) => param.name === "learning_rate");
  return !rate || rate.min < rate.max;
}

export const surfaceOf = (catalog: Catalog | null, name: string | undefined) =>
  catalog?.surfaces.find((candidate) => candidate.name === name) ?? null;

export const datasetOf = (catalog: Catalog | null, name: string | undefined) =>
  catalog?.datasets.find((candidate) => candidate.name === name) ?? null;

/** @returns what the targets of samples are, where it is not said */
const kindOfTargets = (points: number[][]) =>
  points.every((point) => [0, 1].includes(point[point.length - 1])) ? "classification" : "regression";

export function networkDatasetOf(catalog: Catalog | null, { network }: ProblemSpec) {
  const { points: rows, kind = rows && kindOfTargets(rows) } = network ?? {};
  const { datasets, own } = catalog?.networks ?? {};
  if (!rows) return datasets?.find(({ name }) => name === network?.dataset) ?? null;
  const suits = own?.find((dataset) => dataset.kind === kind);
  return suits ? { ...suits, inputs: rows[0].slice(1).map((_, k) => `x${k + 1}`), rows } : null;
}

export const scheduleOf = (catalog: Catalog | null, name: string | undefined) =>
  catalog?.schedules.find((candidate) => candidate.name === name) ?? null;

/** @returns without what tells it from another run of the same optimizer */
export function labelOf(catalog: Catalog | null, optimizer: OptimizerSpec): string {
  if (optimizer.label) return optimizer.label;
  if (optimizer.rule) return "Own rule";
  const { name = "" } = optimizer;
  return optimizerOf(catalog, name)?.label ?? (labels as Record<string, string>)[name] ?? fromSnake(name);
}

/**
 * The value in force of a hyperparameter.
 * @returns null where neither says one
 */
export function hyperparameterOf(catalog: Catalog | null, optimizer: OptimizerSpec, name: string): number | null {
  const specified = optimizer[name];
  if (typeof specified === "number") return specified;
  return optimizerOf(catalog, optimizer.name)?.params.find((param) => param.name === name)?.default ?? null;
}

export const isLineFit = (problem: ProblemSpec): boolean =>
  problem.dataset !== undefined || problem.points !== undefined;

/** @returns whether the loss is over data, of which a step may see a batch */
export const hasData = (problem: ProblemSpec): boolean => isLineFit(problem) || problem.network !== undefined;

/** @returns "point", or what a network is given: "sample" */
export const pointWord = ({ network }: ProblemSpec, count: number): string =>
  `${network ? "sample" : "point"}${count === 1 ? "" : "s"}`;

/** @returns the name of the loss of a line fit */
export const lossOf = ({ loss = "ssr" }: ProblemSpec): string => loss;

/** @returns of a line fit as given, not standardised */
export function pointsOf({ catalog, problem }: State): [number, number][] {
  return problem.points ?? datasetOf(catalog, problem.dataset)?.points ?? [];
}

/** @returns how many points, or samples of a network, the loss is over; 0 where that is not known yet */
export function countOfPoints(state: State): number {
  const { catalog, problem, problemOnMap } = state;
  const { network } = problem;
  if (!network) return pointsOf(state).length;
  const described = problemOnMap?.problem.network;
  const rows = network.points ?? (described?.dataset === network.dataset ? described?.samples : null);
  return (rows ?? networkDatasetOf(catalog, problem)?.rows ?? []).length;
}

/** @returns what goes into a network, and its target, as samples of one's own call it */
export function columnNames({ problem: { network }, columns }: Pick<State, "problem" | "columns">) {
  const fits = columns && columns.length === network?.points?.[0].length;
  return fits ? { inputs: columns.slice(0, -1), target: columns[columns.length - 1] } : {};
}

/** @returns the title of its map */
export function titleOf(catalog: Catalog | null, problem: ProblemSpec): string {
  const { surface, dataset, network, points = network?.points } = problem;
  if (points) return `${points.length} ${pointWord(problem, points.length)}`;
  if (surface) return surfaceOf(catalog, surface)?.label ?? fromSnake(surface);
  if (network?.dataset) return networkDatasetOf(catalog, problem)?.label ?? fromSnake(network.dataset);
  if (dataset) return datasetOf(catalog, dataset)?.label ?? fromSnake(dataset);
  return /\by\b/.test(problem.expression ?? "") ? "Function of x and y" : "Function of x";
}

/**
 * Learning rates that go well on a problem.
 * @returns by the name of the optimizer; empty where none are known
 */
export function suggestedRates(catalog: Catalog | null, problem: ProblemSpec): Record<string, number> {
  if (problem.network) return networkDatasetOf(catalog, problem)?.suggested ?? {};
  return (
    surfaceOf(catalog, problem.surface)?.suggested ??
    fitDefaultsOf(catalog, problem)?.suggested?.[lossOf(problem)] ??
    {}
  );
}

/** The start and rates from which a line fit is best looked at, in its units. */
export function fitDefaultsOf(catalog: Catalog | null, { dataset: name, points, standardize }: ProblemSpec) {
  const dataset = points
    ? catalog?.datasets.find((candidate) => standardize && candidate.points.length >= points.length)
    : datasetOf(catalog, name);
  return (standardize ? dataset?.standardized : dataset?.raw) ?? null;
}

/** What a run is called, and the same where there is little room: "Gradient descent 0.3", "rate 0.3". */
type RunName = { name: string; short: string };

/** Names that tell the runs apart: where some are called the same, all that they differ in is added. */
export function namesOf(catalog: Catalog | null, entries: Entry[], print: (value: number) => string): RunName[] {
  const labels = entries.map(({ optimizer }) => labelsOf(catalog, optimizer).join(", then "));
  const added = entries.map((entry, k) => {
    const alike = entries.filter((_, other) => labels[other] === labels[k]);
    return alike.length > 1 ? difference(catalog, entry, alike, print) : "";
  });
  const names = labels.map((label, k) => [label, added[k]].filter(Boolean).join(" "));
  const isShared = added.every(Boolean) && new Set(labels).size === 1;
  const shorts = entries.map(({ optimizer }, k) =>
    isShared
      ? added[k].replace(/^(?=[\d.])/, "rate ")
      : [labelsOf(catalog, optimizer, shortLabel).join(", then "), added[k]].filter(Boolean).join(" "),
  );
  const areApart = new Set(shorts).size === new Set(names).size;
  return names.map((name, k) => ({ name, short: areApart ? shorts[k] : name }));
}

/**
 * The labels of an optimizer and of those that it is changed to on the way.
 * @param write  of one that has no label of its own
 */
const labelsOf = (catalog: Catalog | null, optimizer: OptimizerSpec, write = (label: string) => label) =>
  [optimizer, ...(optimizer.changes ?? []).filter(({ name, rule }) => name ?? rule)].map((spec) =>
    spec.label ? spec.label : write(labelOf(catalog, spec)),
  );

/** @returns "Momentum" for "Momentum (averaged)", "Descent" for "Gradient descent" */
export const shortLabel = (label: string): string =>
  capitalized(label.replace(/ \([^)]*\)/, "").replace(/gradient descent/i, "descent"));

/** Letters of an optimizer that is called by its short name. */
const LONG = 20;

/** @returns what it is called where a column is narrow */
export const shownLabel = (label: string): string => (label.length > LONG ? shortLabel(label) : label);

/** What tells two runs of one optimizer apart besides their hyperparameters. */
const kindOf = ({ form, schedule, changes }: OptimizerSpec): string =>
  [form, schedule?.name, changes?.length && `changed at ${changes.map(({ at }) => at).join(", ")}`]
    .filter(Boolean)
    .join(", ")
    .replace(/_/g, " ");

/**
 * What tells a run from others of its label: every value in which any of them differ, so that the order of the values
 * stays when one changes.
 * @param labelled  all runs with its label
 */
function difference(
  catalog: Catalog | null,
  { optimizer }: Entry,
  labelled: Entry[],
  print: (value: number) => string,
) {
  const kind = kindOf(optimizer);
  const alike = labelled.map((entry) => entry.optimizer).filter((other) => kindOf(other) === kind);
  if (alike.length === 1) return kind;
  const values = (key: string) => alike.map((other) => hyperparameterOf(catalog, other, key));
  const keys = new Set(["learning_rate", ...alike.flatMap((other) => Object.keys(other))]);
  const differing = [...keys].filter((key) => new Set(values(key)).size > 1);
  const texts = (differing.length ? differing : ["learning_rate"]).flatMap((key) => {
    const value = hyperparameterOf(catalog, optimizer, key);
    if (value === null) return [];
    return key === "learning_rate" ? print(value) : `${symbol(key)} ${print(value)}`;
  });
  return [...texts, kind].filter(Boolean).join(", ");
}

/** @param name  of an optimizer or a surface @returns whether it is code of one's own, which this server alone has */
export const isOwn = (name: string | undefined): boolean => name?.startsWith("own.") === true;
