/** A view that is a chart of one number of every run against step. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { Figure } from "../figure/figure.ts";
import { createPanel } from "../figure/panel.ts";
import { type Frame, type Part, panelIn, type View } from "../figure/part.ts";
import { DASHES } from "../math/palette.ts";
import { rowAtStep, stepAtRow } from "../math/series.ts";
import {
  type ChartMoment,
  createLineChart,
  type LineChartEvents,
  quantityChartOf,
} from "../pictures/chart/lineChart.ts";
import type { ChartLine } from "../pictures/chart/plot.ts";
import { memo } from "../reads.ts";
import { hover } from "../state/receiving.ts";
import type { Run, Scene } from "../state/types.ts";
import { panelHead } from "./shared/panelHead.ts";

interface ChartOf extends Pick<View, "name" | "tab" | "shows" | "needs"> {
  title: string;
  /** @returns its values from step `first` on, of which none has to be finite; null: the run has none */
  y: (run: Run) => Float64Array | null;
  /** 1 where its values belong to steps, as gradients do; 0 where they belong to rows */
  first?: 0 | 1;
  /** by the logarithm of its values */
  log?: boolean;
}

/** The events of a chart whose lines are runs: steps become rows. @param first  of what is drawn */
export const rowEvents = ({ act, seek }: Pick<Figure, "act" | "seek">, first: number) =>
  ({
    onSeek: (step) => seek(rowAtStep(step, first)),
    onPoint: (line, step) => act(hover, line && { run: line.run, step: rowAtStep(step, first) }),
  }) satisfies LineChartEvents;

/** @param first  of what is drawn @param longest  step */
export const momentAt = (
  { state: { hovered }, step, wordsStep }: Frame,
  first: number,
  longest: number,
): ChartMoment => ({
  at: stepAtRow(step, first, longest),
  read: Math.floor(stepAtRow(wordsStep, first, longest)),
  highlighted: null,
  hit: hovered && { ...hovered, step: hovered.step + first },
});

/** Which runs in sight have rows and no values: of a network the columns of the chosen run alone are asked for. */
export const withoutValues = (runs: Run[], y: ChartOf["y"]): Run[] =>
  runs.filter((run) => !run.hidden && run.length > 1 && !y(run)?.length);

const ONLY_CHOSEN = html`<p class="note">Of a network it is drawn of the chosen run alone.</p>`;

export function chartView({ title, y, first = 0, log = false, ...declared }: ChartOf): View {
  const lineOf = (run: Run, index: number, selected: boolean): ChartLine[] => {
    const values = run.hidden ? null : y(run);
    if (!values?.length) return [];
    const { slot, short: name } = run;
    return [{ values, first, quantity: title, run: index, slot, dash: DASHES[slot], strong: selected, name }];
  };

  function create(root: HTMLElement, figure: Figure): Part {
    const { id } = figure;
    const chart = createLineChart(quantityChartOf, rowEvents(figure, first));
    const panel = createPanel(figure, root, ({ state: { problem, moving }, scene: { wholeRuns } }) => {
      const lacks = problem.network && !moving && withoutValues(wholeRuns, y).length > 0;
      const head = panelHead(figure, html`<h2>${title}</h2>`, html`<span></span>`, declared.name);
      return html`${head}${lacks ? ONLY_CHOSEN : nothing}
      <div class="chart view-chart" id=${id(`${declared.name}-chart`)} role="img" aria-label=${title}
        ${ref(chart.place)}></div>`;
    });
    const linesOf = memo(({ runs, selected }: Scene) =>
      runs.flatMap((run, k) => lineOf(run, k, k === selected)).sort((a, b) => Number(a.strong) - Number(b.strong)),
    );
    const stepsOf = memo(({ longest }: Frame): [number, number] => [0, longest]);
    return {
      chartExports: () => chart.chartExports({ title, name: declared.name }, { hit: null }),
      render(frame) {
        const { scene, longest } = frame;
        panel.render(frame);
        chart.render(
          { lines: linesOf(scene), steps: stepsOf(frame), log, theme: scene.theme, scale: scene.scale },
          momentAt(frame, first, longest),
        );
      },
    };
  }

  return { ...declared, place: panelIn("right", title), create };
}
