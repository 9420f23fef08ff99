/** The loss chart of a figure, in its panel. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { Figure } from "../figure/figure.ts";
import { createPanel } from "../figure/panel.ts";
import { type Frame, type Part, panelIn, type View } from "../figure/part.ts";
import type { Themed } from "../marks/picture.ts";
import { createLineChart } from "../pictures/chart/lineChart.ts";
import { isShown, type LossContent, lossChartOf, lossTitle } from "../pictures/loss/chart.ts";
import { shared } from "../reads.ts";
import { lazy } from "../service/lazy.ts";
import { hasData } from "../state/catalog.ts";
import { countedOf, hasMethods } from "../state/samples.ts";
import { bandsOf, isRandom } from "../state/seeds.ts";
import type { Scene, State } from "../state/types.ts";
import { momentAt, rowEvents } from "./chartView.ts";
import { panelHead } from "./shared/panelHead.ts";

/** Whether steps of the chosen run see some of the points, as an epoch has several of them. */
const hasBatches = ({ chosen, runs }: Scene) => chosen !== null && runs[chosen].columns.batch !== null;

function createLossPanel(root: HTMLElement, figure: Figure): Part {
  const { act, id } = figure;
  const titleId = id("loss-title");
  let title = "Loss";
  let latest: (LossContent & Themed) | null = null;
  const chart = createLineChart<LossContent & Themed>(lossChartOf, rowEvents(figure, 0), "scene");

  const choices = lazy(() => import("./lossChoices.ts"), figure);
  const averages = lazy(async () => (await import("./shared/runAverage.ts")).createRunAverage(figure), figure);
  const layers = lazy(() => import("../pictures/loss/layers.ts"), figure);

  const choicesOf = (state: State) =>
    state.count === "evaluations" ||
    hasMethods(state) ||
    state.entries.some((entry) => isRandom(state, entry)) ||
    hasData(state.problem)
      ? choices()
      : null;

  const panel = createPanel(
    figure,
    root,
    ({ state, scene }) => html`${panelHead(
      figure,
      html`<h2 id=${titleId}>${title}</h2>${
        scene.prepared.length ? html`<span class="note">grey: before the change</span>` : nothing
      }`,
      html`<div class="loss-choices wraps">${choicesOf(state)?.lossChoices(state, act)}</div>`,
      "loss",
    )}
    ${choicesOf(state)?.bandNote(state)}
    <div class="chart" id=${id("loss-chart")} data-part="loss-chart" role="img" aria-labelledby=${titleId}
      aria-describedby=${id("sentence")} ${ref(chart.place)}></div>`,
  );

  return {
    chartExports: () =>
      latest?.scene.runs.some(isShown)
        ? import("../pictures/loss/slide.ts").then(({ lossSlide }) =>
            chart.chartExports(lossSlide(latest as LossContent, chart.shown()?.layout.y.base), { hit: null }),
          )
        : [],
    render(frame: Frame) {
      const { state, scene } = frame;
      panel.render(frame);
      const bands = shared(latest?.bands, bandsOf(state));
      const some = bands || hasBatches(scene) || scene.ghosts.length || scene.prepared.length || scene.expected.length;
      const fetched = some || scene.guesses ? layers() : null;
      latest = {
        scene,
        theme: scene.theme,
        scale: scene.scale,
        counted: shared(latest?.counted, countedOf(state, scene)),
        bands,
        epochs: shared(latest?.epochs, fetched?.epochsIn(state, scene) ?? null),
        average: state.explain.averaged === null ? null : (averages()?.line(frame) ?? null),
        layers: fetched,
      };
      chart.render(latest, momentAt(frame, 0, frame.longest));
      const newTitle = lossTitle(chart.shown()?.layout.y.base);
      if (newTitle === title) return;
      title = newTitle;
      panel.render(frame, true);
    },
  };
}

export const lossView: View = {
  name: "loss",
  place: panelIn("right", "Loss"),
  tab: "Loss",
  needs: ({ problem, count }) => [
    ...(hasData(problem) ? ["batch" as const] : []),
    ...(count !== "steps" ? ["evaluations" as const] : []),
  ],
  create: createLossPanel,
};
