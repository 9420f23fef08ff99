/** Looks things up in the catalog. Until it is loaded, labels are made from names. */

import { capitalized, symbol } from "../math/text.ts";
import labels from "./labels.json" with { type: "json" };
import type { Catalog, Entry, OptimizerSpec, ProblemSpec, Refusable, State } from "./types.ts";

/** @returns a snake_case name in words: "heavy_ball" becomes "Heavy ball" */
export function fromSnake(name: string): string {
  return capitalized(name.replace(/_/g, " "));
}

export const optimizerOf = (catalog: Catalog | null, name: string | undefined) =>
  catalog?.optimizers.find((candidate) => candidate.name === name) ?? null;

/** @returns whether an optimizer cannot be combined with a field or feature, not counting its changes on the way */
export const refuses = (catalog: Catalog | null, { name }: OptimizerSpec, what: Refusable): boolean =>
  optimizerOf(catalog, name)?.refuses?.includes(what) ?? false;

/** @returns whether an optimizer steps by a method that is no rule, such as Newton's */
export const isMethod = (catalog: Catalog | null, optimizer: OptimizerSpec): boolean =>
  refuses(catalog, optimizer, "program");

/** @returns whether it has a learning rate that can be set; code of one's own and recorded paths may have none */
export function hasRate(catalog: Catalog | null, { name }: OptimizerSpec): boolean {
  const rate = optimizerOf(catalog, name)?.params.find((param) => param.name === "learning_rate");
  return !rate || rate.min < rate.max;
}

export const surfaceOf = (catalog: Catalog | null, name: string | undefined) =>
  catalog?.surfaces.find((candidate) => candidate.name === name) ?? null;

export const datasetOf = (catalog: Catalog | null, name: string | undefined) =>
  catalog?.datasets.find((candidate) => candidate.name === name) ?? null;

/** Targets that are all 0 or 1 are taken for labels. */
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

/** @returns the label of the optimizer alone; `namesOf` adds what distinguishes runs with the same label */
export function labelOf(catalog: Catalog | null, optimizer: OptimizerSpec): string {
  if (optimizer.label) return optimizer.label;
  if (optimizer.rule) return "Own rule";
  const { name = "" } = optimizer;
  return optimizerOf(catalog, name)?.label ?? (labels as Record<string, string>)[name] ?? fromSnake(name);
}

/** @returns the value of a hyperparameter: as set, else its default; null: the optimizer has no such number */
export function hyperparameterOf(catalog: Catalog | null, optimizer: OptimizerSpec, name: string): number | null {
  const specified = optimizer[name];
  if (typeof specified === "number") return specified;
  return optimizerOf(catalog, optimizer.name)?.params.find((param) => param.name === name)?.default ?? null;
}

export const isLineFit = (problem: ProblemSpec): boolean =>
  problem.dataset !== undefined || problem.points !== undefined;

/** @returns whether the loss is over data, of which a step may see a batch */
export const hasData = (problem: ProblemSpec): boolean => isLineFit(problem) || problem.network !== undefined;

/** @returns "point" or, for a network, "sample"; in the plural unless the count is 1 */
export const pointWord = ({ network }: ProblemSpec, count: number): string =>
  `${network ? "sample" : "point"}${count === 1 ? "" : "s"}`;

/** @returns the name of the loss of a line fit */
export const lossOf = ({ loss = "ssr" }: ProblemSpec): string => loss;

/** @returns the points of a line fit in their own units, not standardised; empty for other problems */
export function pointsOf({ catalog, problem }: State): [number, number][] {
  return problem.points ?? datasetOf(catalog, problem.dataset)?.points ?? [];
}

/** @returns the number of points, or samples of a network, that the loss sums over; 0 until it is known */
export function countOfPoints(state: State): number {
  const { catalog, problem, problemOnMap } = state;
  const { network } = problem;
  if (!network) return pointsOf(state).length;
  const described = problemOnMap?.problem.network;
  const rows = network.points ?? (described?.dataset === network.dataset ? described?.samples : null);
  return (rows ?? networkDatasetOf(catalog, problem)?.rows ?? []).length;
}

/** @returns the names of inputs and target that samples of one's own give; empty if they name none */
export function columnNames({ problem: { network }, columns }: Pick<State, "problem" | "columns">) {
  const fits = columns && columns.length === network?.points?.[0].length;
  return fits ? { inputs: columns.slice(0, -1), target: columns[columns.length - 1] } : {};
}

/** @returns 1 for a formula of x alone, else 2; a product may be written without *, as in 3y and 2xy */
export const variableCount = (expression: string): number => (/(?<![a-z_])x*y[xy]*\b/.test(expression) ? 2 : 1);

/** @returns the title of the problem's map */
export function titleOf(catalog: Catalog | null, problem: ProblemSpec): string {
  const { surface, dataset, network, points = network?.points } = problem;
  if (points) return `${points.length} ${pointWord(problem, points.length)}`;
  if (surface) return surfaceOf(catalog, surface)?.label ?? fromSnake(surface);
  if (network?.dataset) return networkDatasetOf(catalog, problem)?.label ?? fromSnake(network.dataset);
  if (dataset) return datasetOf(catalog, dataset)?.label ?? fromSnake(dataset);
  return variableCount(problem.expression ?? "") > 1 ? "Function of x and y" : "Function of x";
}

/** @returns the learning rate suggested for each optimizer on a problem, by its name; empty if none are known */
export function suggestedRates(catalog: Catalog | null, problem: ProblemSpec): Record<string, number> {
  if (problem.network) return networkDatasetOf(catalog, problem)?.suggested ?? {};
  return (
    surfaceOf(catalog, problem.surface)?.suggested ??
    fitDefaultsOf(catalog, problem)?.suggested?.[lossOf(problem)] ??
    {}
  );
}

export function suggestedRateOf(state: State, name: string | undefined): number | undefined {
  return suggestedRates(state.catalog, state.problem)[name ?? ""] ?? undefined;
}

/** @returns the start and the learning rates suggested for a line fit, in the units that are fitted */
export function fitDefaultsOf(catalog: Catalog | null, { dataset: name, points, standardize }: ProblemSpec) {
  const dataset = points
    ? catalog?.datasets.find((candidate) => standardize && candidate.points.length >= points.length)
    : datasetOf(catalog, name);
  return (standardize ? dataset?.standardized : dataset?.raw) ?? null;
}

/** The name of a run, "Gradient descent 0.3", and a short one for narrow places, "rate 0.3". */
type RunName = { name: string; short: string };

/** @returns a distinct name for each run: to equal labels the values in which their runs differ are added */
export function namesOf(catalog: Catalog | null, entries: Entry[], print: (value: number) => string): RunName[] {
  const labels = entries.map(({ optimizer }) => labelsOf(catalog, optimizer).join(", then "));
  const added = entries.map((entry, k) => {
    const alike = entries.filter((_, other) => labels[other] === labels[k]);
    return alike.length > 1 ? differenceWithin(catalog, entry, alike, print) : "";
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
 * @returns the labels of an optimizer and of those it is changed to on the way
 * @param write  applied to labels from the catalog, not to those that a visitor gave
 */
const labelsOf = (catalog: Catalog | null, optimizer: OptimizerSpec, write = (label: string) => label) =>
  [optimizer, ...(optimizer.changes ?? []).filter(({ name, rule }) => name ?? rule)].map((spec) =>
    spec.label ? spec.label : write(labelOf(catalog, spec)),
  );

/** @returns "Momentum" for "Momentum (averaged)", "Descent" for "Gradient descent" */
export const shortLabel = (label: string): string =>
  capitalized(label.replace(/ \([^)]*\)/, "").replace(/gradient descent/i, "descent"));

/** Labels with more letters are shortened in narrow columns. */
const LONG = 20;

/** @returns the label as a narrow column shows it: shortened if it has more than 20 letters */
export const labelInColumn = (label: string): string => (label.length > LONG ? shortLabel(label) : label);

/** @returns in what runs of one optimizer can differ besides hyperparameters: form, schedule, changes on the way */
const kindOf = ({ form, schedule, changes }: OptimizerSpec): string =>
  [form, schedule?.name, changes?.length && `changed at ${changes.map(({ at }) => at).join(", ")}`]
    .filter(Boolean)
    .join(", ")
    .replace(/_/g, " ");

/**
 * @returns the values of a run in which any of the runs with its label differ: always the same hyperparameters for all
 *   of them, so that their order stays when one value changes
 * @param labelled  all runs with its label
 */
function differenceWithin(
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
