/** The quantities of runs, put together into charts. */

import { DASHES as RUN_DASHES } from "../../math/palette.ts";
import { withNaN } from "../../math/series.ts";
import type { WireQuantities } from "../../resources/quantities.ts";
import type { Run } from "../../state/types.ts";
import { latexParameter } from "../../words/gradientLatex.ts";
import { asWritten, letterOf } from "../../words/symbol.ts";
import type { ChartLine } from "../chart/lineChart.ts";

export interface QuantitySeries {
  /** the quantity */
  of: string;
  latex: string;
  /** the step of its first value */
  first: number;
  /** NaN where it is not a finite number */
  values: Float64Array;
  /** for comparison only */
  faint: boolean;
  /** of an effective rate: how it is made, as LaTeX */
  made?: string | null;
  /** index */
  run: number;
}

export interface Group {
  key: string;
  /** words before the letters; empty where they say it all */
  title: string;
  latex: string | null;
  /** the quantity, where there is one */
  of: string;
  series: QuantitySeries[];
}

/** a run and what its rule holds */
export type RunQuantities = { index: number; run: Run; wire: WireQuantities };

/** The gradient stands beside what is made of it in the same unit. */
const BESIDE_GRADIENT = "m";
/** More parameters than this would be more charts than anyone reads: only the chosen one's rate is drawn. */
const PAIR = 2;

export const RATE = "effective rate";
const GRADIENT = "gradient";

/** A quantity in words. */
export const spoken = ({ title, of }: { title?: string; of: string }) =>
  asWritten(title === RATE ? of.replace("rate", RATE) : (title ?? "")) || of.replace(/_/g, " ");

/** @param name  "m_hat" @returns "m" */
const stem = (name: string): string => name.replace(/_.*$/, "");

/**
 * As far as the run goes that is shown.
 * @param first  0 where the values belong to rows, 1 where they belong to steps
 */
const shownOf = (column: (number | null)[], { length }: Run, first: number) =>
  withNaN(column.slice(0, Math.max(0, length - first)));

function named({ wire, run, index }: RunQuantities, parameter: string): QuantitySeries[] {
  const of = (group: Record<string, Record<string, (number | null)[]>>, first: number) =>
    Object.entries(group).map(([name, columns]) => ({
      of: name,
      latex: wire.latex[name] ?? name,
      first,
      values: shownOf(columns[parameter], run, first),
      faint: false,
      run: index,
    }));
  return [...of(wire.states, 0), ...of(wire.values, 1)];
}

/** @param parameter  index @returns none while the gradients have not come */
function gradientOf(
  {
    run: {
      columns: { gradient },
      length,
    },
    index,
  }: RunQuantities,
  parameter: number,
  faint: boolean,
): QuantitySeries[] {
  if (!gradient || length < 2) return [];
  return [{ of: "g", latex: "g", first: 1, values: gradient[parameter].subarray(0, length - 1), faint, run: index }];
}

/** @param name  of a parameter */
const rateIn = ({ wire: { rate }, run, index }: RunQuantities, name: string): QuantitySeries[] =>
  rate
    ? [
        {
          of: `rate of ${name}`,
          latex: latexParameter(name),
          first: 1,
          values: shownOf(rate.values[name], run, 1),
          faint: false,
          run: index,
          made: rate.latex,
        },
      ]
    : [];

/**
 * The charts of one run: what shares a letter shares a chart, `m` and `m_hat` stand beside `g`, and the rates of all
 * parameters share one.
 * @param parameters  names
 * @param parameter  index of the one whose quantities are shown
 */
export function groupsOf(quantities: RunQuantities, parameters: string[], parameter: number): Group[] {
  const groups: Map<string, QuantitySeries[]> = new Map();
  for (const one of named(quantities, parameters[parameter]))
    groups.set(stem(one.of), [...(groups.get(stem(one.of)) ?? []), one]);
  const gradient = gradientOf(quantities, parameter, true);
  if (gradient.length) groups.set(BESIDE_GRADIENT, [...gradient, ...(groups.get(BESIDE_GRADIENT) ?? [])]);
  const order = [...groups].sort(([a], [b]) => Number(b === BESIDE_GRADIENT) - Number(a === BESIDE_GRADIENT));
  const rates = parameters.flatMap((name) => rateIn(quantities, name));
  const rate = rates.length
    ? [{ key: "rate", title: RATE, latex: quantities.wire.rate?.latex ?? null, of: "", series: rates }]
    : [];
  return [...order.map(([key, series]) => ({ key, title: "", latex: null, of: "", series })), ...rate];
}

/**
 * The charts of several runs: one for each quantity, with a line for each run that has it. The rates come first, then
 * the gradient, then the names of the rules, those of one letter together; rates that never change come last.
 * @param parameters  names
 * @param parameter  index of the one whose quantities are shown
 */
export function togetherOf(all: RunQuantities[], parameters: string[], parameter: number): Group[] {
  const rated = parameters.length > PAIR ? [parameters[parameter]] : parameters;
  const rates = rated.map((name) =>
    groupFrom(
      RATE,
      all.flatMap((quantities) => rateIn(quantities, name)),
    ),
  );
  const gradients = groupFrom(
    `${GRADIENT} in ${asWritten(parameters[parameter])}`,
    all.flatMap((quantities) => gradientOf(quantities, parameter, false)),
  );
  const others: Map<string, QuantitySeries[]> = new Map();
  for (const one of all.flatMap((quantities) => named(quantities, parameters[parameter])))
    others.set(one.of, [...(others.get(one.of) ?? []), one]);
  const stems = [...new Set([...others.keys()].map(stem))];
  const order = [...others.keys()].sort((a, b) => stems.indexOf(stem(a)) - stems.indexOf(stem(b)));
  const [still, changing] = [true, false].map((is) =>
    rates.filter(({ series }) => series.every(({ values }) => values.every((value) => value === values[0])) === is),
  );
  return [...changing, gradients, ...order.map((name) => groupFrom("", others.get(name) ?? [])), ...still].filter(
    ({ series }) => series.length > 0,
  );
}

/** @param series  of one quantity */
const groupFrom = (title: string, series: QuantitySeries[]): Group => ({
  key: series[0]?.of ?? title,
  title,
  latex: series[0]?.latex ?? null,
  of: series[0]?.of ?? "",
  series,
});

/** Of the way that a line goes, what is left of it once it has as good as arrived. */
const LEFT = 0.1;

/** @returns the step from which on it stays near its last value; NaN where it never moved */
export function settledAt({ values, first }: QuantitySeries): number {
  const last = values[values.length - 1];
  const away = Array.from(values, (value) => Math.abs(value - last));
  const far = Math.max(...away.filter(Number.isFinite));
  return far > 0 ? first + away.findLastIndex((value) => value > LEFT * far) + 1 : NaN;
}

/** Whether some rate does all it does within the first steps. @param first  steps */
export function isEarly(groups: Group[], first: number, longest: number) {
  return (
    longest > 2 * first &&
    groups.some(({ title, series }) => title === RATE && series.some((one) => settledAt(one) <= first / 2))
  );
}

/** Dashes that tell the lines of one run apart, the first drawn solid. */
const DASHES: number[][] = [[], [5, 3], [1.5, 3], [8, 3, 1.5, 3]];
/** A chart's lines are thinner than a route on the map, and so are their dashes shorter. */
const SHORTER = 0.62;

/** The last is drawn solid, as it is what the rule goes on with. */
export const dashOf = (all: QuantitySeries[], k: number) =>
  all[k].faint ? [] : DASHES[(all.length - 1 - k) % DASHES.length];

/** @param slot  of its run */
const common = (
  { of, run, values, first, faint }: QuantitySeries,
  slot: number,
): Omit<ChartLine, "dash" | "strong" | "name"> => ({
  of,
  run,
  values,
  first,
  slot: faint ? null : slot,
  letter: letterOf(of.replace(/^rate of /, "")),
});

/** @param all  of one run */
export const linesAlone = (all: QuantitySeries[], slot: number): ChartLine[] =>
  all.map((one, k) => ({ ...common(one, slot), dash: dashOf(all, k), strong: false, name: "" }));

/** @param all  of one quantity @returns the selected run's last */
export function linesTogether(all: QuantitySeries[], runs: Run[], selected: number | null): ChartLine[] {
  const lines = all.map((one) => {
    const { slot, name } = runs[one.run];
    return {
      ...common(one, slot),
      dash: RUN_DASHES[slot].map((part) => part * SHORTER),
      strong: one.run === selected,
      name,
    };
  });
  return lines.sort((a, b) => Number(a.strong) - Number(b.strong));
}
