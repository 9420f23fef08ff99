/** The quantities of runs, put together into charts. */

import { FIRST_STEP, withNaN } from "../../math/series.ts";
import type { Run, Wire } from "../../state/types.ts";
import { latexParameter } from "../../words/gradientLatex.ts";
import { asWritten, type Letter, letterOf } from "../../words/symbol.ts";
import { type ChartLine, dashOf } from "../chart/plot.ts";

/** Its values are NaN where they are no finite number. */
export interface QuantitySeries extends ChartLine {
  latex: string;
  letter: Letter;
  /** as it is read out */
  spoken: string;
  /** of an effective rate: how it is made, as LaTeX */
  made?: string | null;
}

export interface Group {
  key: string;
  /** words before the letters; empty where they say it all */
  title: string;
  /** as it is read out */
  spoken: string;
  latex: string | null;
  series: QuantitySeries[];
}

/** a run and what its rule holds */
export type RunQuantities = { index: number; run: Run; wire: Wire["RuleQuantities"] };

/** The gradient shares a chart with the state that has its unit. */
const BESIDE_GRADIENT = "m";
const GRADIENT = "g";
/** With more parameters than this only the rate of the chosen one is drawn. */
const PAIR = 2;

const RATE = "effective rate";

export const isOfRates = ({ series }: Group) => series[0]?.made !== undefined;

const isStill = ({ values }: QuantitySeries) => values.every((value) => value === values[0]);

/** Whether all rates are one number at all steps: it stands at the slider, and no chart is drawn. */
const isOneValue = (rates: QuantitySeries[]) =>
  rates.every((rate) => isStill(rate) && rate.values[0] === rates[0].values[0]);

export const isOfChangingRates = (group: Group) => isOfRates(group) && !group.series.every(isStill);

/** @param name  "m_hat" @returns "m" */
const stem = (name: string): string => name.replace(/_.*$/, "");

function byName(all: QuantitySeries[], short = (name: string) => name): Map<string, QuantitySeries[]> {
  const groups: Map<string, QuantitySeries[]> = new Map();
  for (const quantitySeries of all)
    groups.set(short(quantitySeries.quantity), [...(groups.get(short(quantitySeries.quantity)) ?? []), quantitySeries]);
  return groups;
}

const quantity = (
  { run: { slot, name }, index }: RunQuantities,
  quantity: string,
  first: number,
  values: Float64Array,
) => ({
  quantity,
  first,
  values,
  run: index,
  slot,
  name,
  latex: quantity,
  letter: letterOf(quantity),
  spoken: quantity.replace(/_/g, " "),
});

/** As far as the run goes that is shown. */
const asFarAs = (column: (number | null)[], { run: { length } }: RunQuantities, first: number) =>
  withNaN(column.slice(0, Math.max(0, length - first)));

function named(quantities: RunQuantities, parameter: string): QuantitySeries[] {
  const { states, values, latex } = quantities.wire;
  const seriesOf = (group: typeof states, first: number) =>
    Object.entries(group).map(([name, columns]) => ({
      ...quantity(quantities, name, first, asFarAs(columns[parameter], quantities, first)),
      latex: latex[name] ?? name,
    }));
  return [...seriesOf(states, FIRST_STEP.ofRows), ...seriesOf(values, FIRST_STEP.ofSteps)];
}

/** @param parameter  index @returns none while the gradients have not come */
function gradientOf(quantities: RunQuantities, parameter: number): QuantitySeries[] {
  const { columns, length } = quantities.run;
  if (!columns.gradient || length < 2) return [];
  return [quantity(quantities, GRADIENT, FIRST_STEP.ofSteps, columns.gradient[parameter].subarray(0, length - 1))];
}

/** @param name  of a parameter */
function rateIn(quantities: RunQuantities, name: string): QuantitySeries[] {
  const { rate } = quantities.wire;
  if (!rate) return [];
  const { ofSteps } = FIRST_STEP;
  const series = quantity(quantities, `rate of ${name}`, ofSteps, asFarAs(rate.values[name], quantities, ofSteps));
  const [latex, letter] = [latexParameter(name), letterOf(name)];
  return [{ ...series, latex, letter, spoken: `${RATE} of ${asWritten(name)}`, made: rate.latex }];
}

/** @returns as far as each run is shown */
export const upToRuns = (group: Group, runs: Run[]): Group => ({
  ...group,
  series: group.series.map((quantitySeries) => ({
    ...quantitySeries,
    values: quantitySeries.values.subarray(
      0,
      Math.max(0, runs[quantitySeries.run].length - (quantitySeries.first ?? 0)),
    ),
  })),
});

/**
 * The charts of one run: what shares a letter shares a chart, `m` and `m_hat` stand beside `g`, and the rates of all
 * parameters share one, unless they are one number at all steps.
 * @param parameters  names
 * @param parameter  index of the one whose quantities are shown
 */
export function groupsOf(quantities: RunQuantities, parameters: string[], parameter: number): Group[] {
  const gradient = gradientOf(quantities, parameter).map((quantitySeries) => ({ ...quantitySeries, slot: null }));
  const all = [...gradient, ...named(quantities, parameters[parameter])];
  const groups = byName(all, (name) => (name === GRADIENT ? BESIDE_GRADIENT : stem(name)));
  const order = [...groups].sort(([a], [b]) => Number(b === BESIDE_GRADIENT) - Number(a === BESIDE_GRADIENT));
  const rates = parameters.flatMap((name) => rateIn(quantities, name));
  const hasRate = rates.length > 0 && !(groups.size && isOneValue(rates));
  const rate = hasRate
    ? [{ key: "rate", title: RATE, spoken: RATE, latex: quantities.wire.rate?.latex ?? null, series: rates }]
    : [];
  const wordsOf = (series: QuantitySeries[]) => series.map(({ spoken }) => spoken).join(", ");
  return [...order.map(([key, series]) => ({ key, title: "", spoken: wordsOf(series), latex: null, series })), ...rate];
}

/**
 * The charts of several runs: one for each quantity, with a line for each run that has it. The rates come first, then
 * the gradient, then the names of the rules, those of one letter together. Rates that never change stand at the
 * sliders, and are drawn only where nothing else is.
 * @param parameters  names
 * @param parameter  index of the one whose quantities are shown; of two, its rates come first
 */
export function togetherOf(all: RunQuantities[], parameters: string[], parameter: number): Group[] {
  const chosen = parameters[parameter];
  const rated = parameters.length > PAIR ? [chosen] : [chosen, ...parameters.filter((name) => name !== chosen)];
  const rates = rated.flatMap((name) =>
    groupFrom(
      `${RATE} of`,
      all.flatMap((quantities) => rateIn(quantities, name)),
    ),
  );
  const spoken = `gradient in ${asWritten(parameters[parameter])}`;
  const gradients = all.flatMap((quantities) =>
    gradientOf(quantities, parameter).map((quantitySeries) => ({ ...quantitySeries, spoken })),
  );
  const others = byName(all.flatMap((quantities) => named(quantities, parameters[parameter])));
  const stems = [...new Set([...others.keys()].map(stem))];
  const order = [...others].sort(([a], [b]) => stems.indexOf(stem(a)) - stems.indexOf(stem(b)));
  const [still, changing] = [true, false].map((is) => rates.filter(({ series }) => series.every(isStill) === is));
  const groups = [
    ...changing,
    ...groupFrom(`${spoken},`, gradients),
    ...order.flatMap(([, series]) => groupFrom("", series)),
  ];
  return groups.length ? groups : still;
}

/** @param series  of one quantity @returns none where there is no line */
const groupFrom = (title: string, series: QuantitySeries[]): Group[] =>
  series.slice(0, 1).map(({ quantity, spoken, latex }) => ({ key: quantity, title, spoken, latex, series }));

/** A line has arrived once this share of its way is left. */
const LEFT = 0.1;

/** @returns the step from which on it stays near its last value; NaN where it never moved */
function settledAt({ values, first }: QuantitySeries): number {
  const last = values[values.length - 1];
  const distances = Array.from(values, (value) => Math.abs(value - last));
  const far = Math.max(...distances.filter(Number.isFinite));
  return far > 0 ? first + distances.findLastIndex((value) => value > LEFT * far) + 1 : NaN;
}

/** Whether some rate changes within the first steps alone. @param first  steps */
export const isEarly = (groups: Group[], first: number, longest: number) =>
  longest > 2 * first &&
  groups.some(
    (group) => isOfRates(group) && group.series.some((quantitySeries) => settledAt(quantitySeries) <= first / 2),
  );

/** What is looked at first: a quantity that the selected run has. @param selected  index */
export const openOf = (groups: Group[], chosen: string | null, selected: number | null) =>
  chosen ?? groups.find(({ series }) => series.some(({ run }) => run === selected))?.key ?? null;

/** The chosen quantity and those after it, as many as have room. */
export function shownOf(groups: Group[], chosen: string | null, most: number): Group[] {
  const at = Math.max(
    0,
    groups.findIndex(({ key }) => key === chosen),
  );
  const first = Math.max(0, Math.min(at, groups.length - most));
  const inSight = groups.slice(first, first + most);
  return [groups[at], ...inSight.filter((group) => group !== groups[at])];
}

/** Dashes that tell the lines of one run apart, the first drawn solid. */
const DASHES: number[][] = [[], [5, 3], [1.5, 3], [8, 3, 1.5, 3]];
/** Of one run, the last drawn solid, as it is what the rule goes on with; what is compared with is as well. */
export const linesAlone = (all: QuantitySeries[]) =>
  all.map((quantitySeries, k) => ({
    ...quantitySeries,
    dash: quantitySeries.slot === null ? [] : DASHES[(all.length - 1 - k) % DASHES.length],
    name: "",
  }));

/** Of one quantity. @returns the selected run's last */
export const linesTogether = (all: QuantitySeries[], selected: number | null) =>
  all
    .map((quantitySeries) => ({
      ...quantitySeries,
      dash: dashOf(quantitySeries.slot ?? 0),
      strong: quantitySeries.run === selected,
    }))
    .sort((a, b) => Number(a.strong) - Number(b.strong));
