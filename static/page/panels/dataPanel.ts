/** The data of a line fit with the lines of its runs, in its panel. */
import { html } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { setPoints, settle } from "../state/actions.ts";
import { datasetOf, pointsOf } from "../state/catalog.ts";
import { openData } from "../views/data/index.ts";
import { showsWorking } from "../state/explain.ts";
import { standings } from "../words/outcome.ts";
import { createPanel } from "../figure/panel.ts";
import { chosenRun } from "./shared/chosenRun.ts";
import { fetched } from "./shared/fetched.ts";
import { highlightedPoint, pointQuantity } from "../figure/highlight.ts";
import { panelHead } from "./shared/panelHead.ts";
import type { Figure } from "../figure/figure.ts";
import type { Frame } from "../figure/part.ts";

/** The run whose residuals are drawn: the one that is worked out, else the selected one, else the lowest. */
function leaderOf(frame: Frame) {
  const { scene, step } = frame;
  if (showsWorking(frame)) return chosenRun(scene);
  return scene.selected ?? standings(scene.runs, [], step)[0]?.index ?? null;
}

export function createDataPanel(root: HTMLElement, figure: Figure) {
  const { act, highlight, id, invalidate } = figure;
  const chart = createRef<HTMLElement>();
  let aside = "";
  const data = fetched(() => openData(chart.value as HTMLElement, {
    onPoints: (points, moving) => act(setPoints, points, moving),
    onSettle: () => act(settle),
    onPoint: (point) => highlight.set(point === null ? null : pointQuantity(point)),
  }), figure);

  const panel = createPanel(invalidate, root, () => {
    const told = html`<span class="aside" id=${id("data-told")} data-part="data-told">${
      aside || "drag a point"}</span>`;
    return html`${panelHead(figure, html`<h2>Data and fit</h2>`, told, "data")}
      <div class="chart" id=${id("data-chart")} data-part="data-chart" ${ref(chart)}></div>`;
  });

  return {
    chartExports: () => data()?.chartExports() ?? [],
    render(frame: Frame) {
      const { state, scene, step } = frame;
      panel.render(frame);
      const points = pointsOf(state);
      if (!points.length) return;
      const dataset = datasetOf(state.catalog, state.problem.dataset);
      const content = {
        points, standardized: state.problem.standardize === true,
        xLabel: dataset?.x_label ?? "x", yLabel: dataset?.y_label ?? "y",
      };
      const said = data()?.render(scene, { step }, {
        content, leader: leaderOf(frame), highlighted: highlightedPoint(state.highlighted),
        shares: showsWorking(frame) ? state.shares : null,
      }) ?? "";
      if (aside !== (aside = said)) panel.again();
    },
    destroy() {
      data()?.destroy();
      panel.destroy();
    },
  };
}
