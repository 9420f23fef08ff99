/** Quantities of the rules against step: large charts with formulas above them, and a list of small charts. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { repeat } from "lit-html/directives/repeat.js";
import { component } from "../../../component.ts";
import { marker } from "../../../controls/choice.ts";
import { s } from "../../../dom.ts";
import { spansOf } from "../../../marks/letters.ts";
import { runInk } from "../../../marks/mark.ts";
import type { Themed } from "../../../marks/picture.ts";
import { createSvgPainter } from "../../../marks/svg.ts";
import type { Slide } from "../../../marks/svgFile.ts";
import { formatMeasured } from "../../../math/format.ts";
import { COLOURS, type ThemeName } from "../../../math/palette.ts";
import { capitalized } from "../../../math/text.ts";
import { memo } from "../../../memo.ts";
import {
  aloneAt,
  type ChartMoment,
  createLineChart,
  type LineChartEvents,
  quantityChartOf,
} from "../../../pictures/chart/lineChart.ts";
import { countAxis, seriesLine, valueAt, valueAxis } from "../../../pictures/chart/plot.ts";
import { type AwaitedAxes, awaitedChartOf } from "../../../pictures/states/awaited.ts";
import {
  type Group,
  isOfRates,
  linesAlone,
  linesTogether,
  type QuantitySeries,
} from "../../../pictures/states/series.ts";
import { rove } from "../../../roving.ts";
import type { Run } from "../../../state/types.ts";
import { asWritten } from "../../../words/symbol.ts";
import { noRateWords, trendOf, trendWords } from "../../../words/trends.ts";
import type { Formulas } from "../../working/formulas.ts";

export interface ChartsContent extends Themed {
  runs: Run[];
  /** index */
  selected: number;
  /** how a run computes a quantity, as LaTeX */
  formulaOf: (run: number, quantity: string) => string | null;
  /** indices of the runs whose quantities have come */
  arrived: number[];
  /** the first and the last step in sight */
  steps: [number, number];
  /** whether they are all of one run */
  single: boolean;
  /** the parameter that they are of, where nothing else says so; empty: something does */
  parameter: string;
}

/** One quantity, up to the playhead and with all its steps. */
export type StateChartContent = ChartsContent & { group: Group; wholeGroup: Group };

/** A letter that is highlighted together with its line. */
const lit = ({ quantity, latex }: QuantitySeries) => `\\htmlData{of=${quantity}}{${latex}}`;

/** A large chart with its formulas; it is drawn once its place is in the page. */
export function createStateChart(formula: Formulas, events: LineChartEvents) {
  const chart = createLineChart(quantityChartOf, events);
  const linesIn = ({ series }: Group, single: boolean, selected: number) =>
    single ? linesAlone(series) : linesTogether(series, selected);
  const [linesOf, wholeLinesOf] = [memo(linesIn), memo(linesIn)];
  /** Words about rates describe their trend; for other quantities, the formulas of the rules differ. */
  const describe = memo(({ group, runs, arrived, steps, formulaOf }: StateChartContent) => {
    const { series } = group;
    const makings = series.flatMap(({ run, quantity, made }) => {
      const latex = isOfRates(group) ? made : formulaOf(run, quantity);
      return latex ? [html`<span class="states-making">${marker(runs[run].slot, false)}${formula(latex)}</span>`] : [];
    });
    if (!isOfRates(group)) return { words: "", makings };
    const without = arrived
      .filter((run) => !series.some((quantitySeries) => quantitySeries.run === run))
      .map((run) => runs[run].name);
    const trends = trendWords(
      series.map((quantitySeries) => ({ name: quantitySeries.name, trend: trendOf(quantitySeries, steps) })),
    );
    return { words: [trends, noRateWords(without)].filter(Boolean).join(" "), makings };
  });

  /** A line of the legend: the line's style with the dot that the chart has at the playhead, its letter, its value. */
  const keyLine = (
    quantitySeries: QuantitySeries,
    { valuesAt, highlighted }: Pick<ChartMoment, "valuesAt" | "highlighted">,
  ) => {
    const value = valueAt(quantitySeries, valuesAt);
    const valueText = Number.isNaN(value) ? "" : formatMeasured(value, 4);
    return html`<li class="chart-key" data-of=${quantitySeries.quantity} data-lit=${
      quantitySeries.quantity === highlighted ? "" : nothing
    }><svg class=${quantitySeries.slot === null ? "key-sample faint" : "key-sample"} viewBox="0 0 36 10"
        aria-hidden="true"><path d="M1 5H35" stroke-dasharray=${quantitySeries.dash?.join(" ")}></path><circle cx="18"
        cy="5" r="4"></circle></svg>${formula(lit(quantitySeries))}${
          valueText && html`<span>=</span>`
        }<span class="key-value">${valueText}</span></li>`;
  };

  /** The head of the chart as it is taken home. */
  function slideOf(content: StateChartContent): Slide {
    const { group, single, runs, selected } = content;
    const { title, spoken } = group;
    if (!single) return { title: spoken.length > 2 ? capitalized(spoken) : spoken };
    const { name } = runs[selected];
    const key = linesOf(group, single, selected).map(({ slot, dash, letter }) => ({
      slot,
      dash,
      text: spansOf(letter),
    }));
    return { title: `${name}: ${spoken}`, head: [name, title].filter(Boolean).join(", "), key };
  }

  return {
    draw(content: StateChartContent, moment: ChartMoment) {
      const { group, wholeGroup, single, selected, steps, theme, scale } = content;
      const lines = linesOf(group, single, selected);
      const linesForAxis = wholeLinesOf(wholeGroup, single, selected);
      chart.render({ lines, linesForAxis, steps, theme, scale }, moment);
    },
    chartExports: (content: StateChartContent) =>
      chart.chartExports(slideOf(content), { hit: null, highlighted: null }),
    /** @param read  the step whose values are written */
    template(content: StateChartContent, moment: Pick<ChartMoment, "valuesAt" | "highlighted">) {
      const { group, single, selected, parameter } = content;
      const { title, spoken, latex, series } = group;
      const lines = linesOf(group, single, selected);
      const { words, makings } = describe(content);
      const caption = single
        ? html`${title ? html`<h3>${title}</h3>${formula(latex ?? "", "states-formula")}` : nothing}<ul
          class="wraps">${lines.map((line) => keyLine(line, moment))}${
            parameter && !isOfRates(group) ? html`<li>in <i>${asWritten(parameter)}</i></li>` : nothing
          }</ul>`
        : html`<h3>${title ? `${title}\u00a0` : ""}${formula(lit(series[0]))}</h3> <p
          class="states-words">${words || makings}</p><span class="states-makings">${words ? makings : nothing}</span>`;
      return html`<figure class="states-chart column" aria-label=${spoken}><figcaption>${caption}</figcaption><div
        class="states-canvas" ${ref(chart.place)}></div></figure>`;
    },
  };
}

/** The placeholder for charts that have not come. */
export function awaitedChart(events: LineChartEvents) {
  const chart = createLineChart(awaitedChartOf, events);
  return {
    draw: (content: AwaitedAxes) => chart.render(content, aloneAt(Number.NaN)),
    template: (
      label: string,
    ) => html`<div class="states"><div class="states-charts tiles"><figure class="states-chart column"
      aria-label=${label}><div class="states-canvas" ${ref(chart.place)}></div></figure></div></div>`,
  };
}

const SMALL = { width: 60, height: 24 };
const BOX = { left: 1, top: 2, width: SMALL.width - 2, height: SMALL.height - 4 };

/** The lines of a quantity without words. */
const smallPicture = component<Omit<StateChartContent, "wholeGroup">>(() => {
  const picture = s("svg", { class: "contents-picture", "aria-hidden": "true" });
  const paint = createSvgPainter(picture);
  const draw = memo(({ series }: Group, selected: number, steps: [number, number], theme: ThemeName) => {
    const scales = { box: BOX, x: countAxis(steps, BOX.width), y: valueAxis(series, steps, BOX.height) };
    const marks = linesTogether(series, selected).map((line) =>
      seriesLine(line, steps, { stroke: runInk(line.slot ?? 0), width: line.strong ? 1.6 : 1 }),
    );
    paint({ size: SMALL, scales, look: { colours: COLOURS[theme], family: "", scale: 1 }, marks });
  });
  return ({ group, selected, steps, theme }) => {
    draw(group, selected, steps, theme);
    return picture;
  };
});

const letterIn = (group: Group) => (isOfRates(group) ? `\\text{rate of }${group.latex}` : (group.latex ?? ""));

/** The list of all quantities. @param large  the large ones, the chosen one first */
export function stateList(
  formula: Formulas,
  groups: Group[],
  large: Group[],
  content: ChartsContent,
  onChoose: (key: string) => void,
) {
  function press(event: KeyboardEvent) {
    const entries = (event.currentTarget as Element).children;
    rove(event, { at: groups.indexOf(large[0]), count: groups.length }, (next) => {
      onChoose(groups[next].key);
      (entries[next] as HTMLElement).focus();
    });
  }

  const entry = (group: Group) => html`<button type="button" class="contents-entry row" role="radio"
    aria-label=${group.spoken} aria-checked=${group === large[0]} tabindex=${group === large[0] ? 0 : -1}
    data-shown=${large.includes(group) ? "" : nothing}
    @click=${() => onChoose(group.key)}>${formula(letterIn(group))}${smallPicture({ ...content, group })}</button>`;

  return html`<div class="contents column" role="radiogroup" aria-label="Quantity"
    @keydown=${press}>${repeat(groups, ({ key }) => key, entry)}</div>`;
}
