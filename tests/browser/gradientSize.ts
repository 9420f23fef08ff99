/** The size of the gradient against step, all runs: a view that tests add to a figure, and that CONTRIBUTING shows. */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { styles } from "../../static/page/component.ts";
import { createPanel } from "../../static/page/figure/panel.ts";
import { panelIn, type View } from "../../static/page/figure/part.ts";
import { DASHES } from "../../static/page/math/palette.ts";
import { FIRST_STEP } from "../../static/page/math/series.ts";
import { memo } from "../../static/page/memo.ts";
import { chartOfSteps } from "../../static/page/panels/shared/chartOfRuns.ts";
import { panelHead } from "../../static/page/panels/shared/panelHead.ts";
import { createLineChart, quantityChartOf } from "../../static/page/pictures/chart/lineChart.ts";
import type { Run } from "../../static/page/state/types.ts";

const TITLE = "Gradient’s size";
const name = "gradient-size";

const lengthsOf = ({ columns: { gradient }, length }: Run) =>
  gradient &&
  Float64Array.from({ length: length - 1 }, (_, row) => Math.hypot(...gradient.map((column) => column[row])));

const linesOf = (runs: Run[]) =>
  runs.flatMap((run, index) => {
    const [values, { slot, short }] = [lengthsOf(run), run];
    if (run.hidden || !values?.length) return [];
    return [
      {
        values,
        first: FIRST_STEP.ofSteps,
        quantity: TITLE,
        run: index,
        slot,
        dash: DASHES[slot],
        strong: false,
        name: short,
      },
    ];
  });

export const gradientSize: View = {
  name,
  tab: "Gradient",
  place: panelIn("right", TITLE),
  shows: ({ state }) => !state.problem.network,
  columns: ({ problem }) => (problem.network ? [] : ["gradient"]),
  create(root, figure) {
    const chart = createLineChart(quantityChartOf, chartOfSteps.events(figure));
    const panel = createPanel(
      figure,
      root,
      () => html`${panelHead(figure, html`<h2>${TITLE}</h2>`, html`<span></span>`, name)}
        <div class="chart" role="img" aria-label=${TITLE} ${styles({ height: "220px" })} ${ref(chart.place)}></div>`,
    );
    const [lines, wholeLines] = [memo(linesOf), memo(linesOf)];
    return {
      chartExports: () =>
        lines(figure.frame().scene.shownRuns).length ? chart.chartExports({ title: TITLE, name }, { hit: null }) : [],
      render(frame) {
        const { scene, longest } = frame;
        const { shownRuns, wholeRuns, theme, scale } = scene;
        const steps: [number, number] = [0, longest];
        panel.render(frame);
        chart.render(
          { lines: lines(shownRuns), linesForAxis: wholeLines(wholeRuns), steps, log: true, theme, scale },
          chartOfSteps.momentAt(frame, longest),
        );
      },
    };
  },
};
