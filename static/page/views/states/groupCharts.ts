/** A chart of quantities with what is written above it. */

import { h, s, setAttribute, setText } from "../../dom.ts";
import { formatMeasured } from "../../math/format.ts";
import { markerPath } from "../../math/markers.ts";
import type { ThemeName } from "../../math/palette.ts";
import { memo } from "../../reads.ts";
import type { Setter } from "../../service/katex.ts";
import type { Run } from "../../state/types.ts";
import { trendOf, trendWords, withoutRate } from "../../words/trends.ts";
import { type ChartLine, type ChartMoment, createLineChart, type LineChartEvents } from "../chart/lineChart.ts";
import { valueAt } from "../chart/lines.ts";
import { createFormula } from "../formula.ts";
import { dashOf, type Group, linesAlone, linesTogether, type QuantitySeries, RATE, spoken } from "./series.ts";

export interface StatesContent {
  runs: Run[];
  /** index */
  selected: number | null;
  /** how a run comes to a quantity, as LaTeX */
  formulaOf: (run: number, of: string) => string | null;
  /** indices of the runs whose quantities have come */
  arrived: number[];
  /** in sight */
  steps: [number, number];
  theme: ThemeName;
  scale: number;
}

const capital = (words: string) => (words.length > 2 ? words.charAt(0).toUpperCase() + words.slice(1) : words);

/** A line of the legend: how it is drawn, its letter, its value. */
function createKey(set: Setter, all: QuantitySeries[], k: number) {
  const { of, latex, faint } = all[k];
  const letter = createFormula(set);
  letter.render(`\\htmlData{of=${of}}{${latex}}`);
  const value = h("span", { class: "key-value" });
  const sample = s(
    "svg",
    { class: faint ? "key-sample faint" : "key-sample", width: 22, height: 10, "aria-hidden": "true" },
    s("path", { d: "M1 5H21", "stroke-dasharray": dashOf(all, k).join(" ") }),
  );
  return { root: h("li", { class: "chart-key", "data-of": of }, sample, letter.root, value), value };
}

/** What a run's rule holds, under one letter. */
export function createAlone(set: Setter, events: LineChartEvents, first: Group) {
  const formula = createFormula(set, "states-formula", "text");
  if (first.latex) formula.render(first.latex);
  const keys = first.series.map((_, k) => createKey(set, first.series, k));
  const place = h("div", { class: "states-canvas" });
  const root = h(
    "figure",
    { class: "states-chart", "aria-label": first.title || first.series.map(({ of }) => of).join(", ") },
    h(
      "figcaption",
      {},
      ...(first.title ? [h("h3", {}, first.title), formula.root] : []),
      h("ul", { class: "chart-keys" }, ...keys.map((key) => key.root)),
    ),
    place,
  );
  const chart = createLineChart(place, events);
  const linesOf = memo(({ group, runs, selected }: StatesContent & { group: Group }) =>
    linesAlone(group.series, runs[selected ?? 0].slot),
  );
  let [title, head] = ["", ""];
  let lines: ChartLine[] = [];
  return {
    root,
    chartExport: () => chart.chartExports(title, lines, head),
    render(group: Group, content: StatesContent, moment: ChartMoment) {
      const { name } = content.runs[content.selected ?? 0];
      lines = linesOf({ ...content, group });
      chart.render({ ...content, lines }, moment);
      head = [name, group.title].filter(Boolean).join(", ");
      title = `${name}: ${group.title || group.series.map(spoken).join(", ")}`;
      group.series.forEach((one, k) => {
        const value = valueAt(one, moment.read);
        setText(keys[k].value, Number.isNaN(value) ? "" : formatMeasured(value, 4));
        setAttribute(keys[k].root, "data-lit", one.of === moment.highlighted);
      });
    },
  };
}

/** How a run comes to a quantity. */
function createMaking(set: Setter, { slot, latex }: { slot: number; latex: string }) {
  const formula = createFormula(set, "", "text");
  formula.render(latex);
  const mark = s("path", { class: "mark", d: markerPath(slot, 4.2), transform: "translate(7 7)" });
  return h(
    "span",
    { class: "states-making" },
    s("svg", { class: `slot-${slot}`, width: 14, height: 14, "aria-hidden": "true" }, mark),
    formula.root,
  );
}

/** One quantity of several runs. */
export function createTogether(set: Setter, events: LineChartEvents, first: Group) {
  const letter = createFormula(set);
  letter.render(`\\htmlData{of=${first.of}}{${first.latex}}`);
  const words = h("p", { class: "states-words" });
  const makings = h("span", { class: "states-makings" });
  const place = h("div", { class: "states-canvas" });
  const root = h(
    "figure",
    { class: "states-chart", "aria-label": spoken(first) },
    h(
      "figcaption",
      {},
      h("h3", {}, first.title ? `${first.title}${first.of === "g" ? "," : " of"}\u00a0` : "", letter.root),
      words,
      makings,
    ),
    place,
  );
  const chart = createLineChart(place, events);
  const linesOf = memo(({ group, runs, selected }: StatesContent & { group: Group }) =>
    linesTogether(group.series, runs, selected),
  );
  /** It changes with the runs. */
  let formulaOf: StatesContent["formulaOf"];

  /** What the rates do is the point of them; what else goes by one name, each rule makes in its own way. */
  const describe = memo(({ group: { title, of, series }, runs, arrived, steps }: StatesContent & { group: Group }) => {
    if (title === RATE) {
      const rates = series.flatMap(({ run, made }) => (made ? { slot: runs[run].slot, latex: made } : []));
      makings.replaceChildren(...rates.map((one) => createMaking(set, one)));
      const without = arrived.filter((run) => !series.some((one) => one.run === run)).map((run) => runs[run].name);
      return setText(
        words,
        [
          trendWords(series.map((one) => ({ name: runs[one.run].name, trend: trendOf(one, steps) }))),
          withoutRate(without),
        ]
          .filter(Boolean)
          .join(" "),
      );
    }
    const made = series
      .flatMap(({ run }) => ({ slot: runs[run].slot, latex: formulaOf(run, of) ?? "" }))
      .filter(({ latex }) => latex);
    words.replaceChildren(...made.map((one) => createMaking(set, one)));
  });

  return {
    root,
    chartExport: () => chart.chartExports(capital(spoken(first)), []),
    render(group: Group, content: StatesContent, moment: ChartMoment) {
      formulaOf = content.formulaOf;
      describe({ ...content, group });
      chart.render({ ...content, lines: linesOf({ ...content, group }) }, moment);
    },
  };
}
