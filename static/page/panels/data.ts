/** The data of a line fit with the lines of its runs, in its panel; fetched with the first line fit. */
import { setPoints, settle } from "../state/actions.ts";
import { datasetOf, isLineFit, pointsOf } from "../state/catalog.ts";
import { standings } from "../words/outcome.ts";
import { h, setText } from "../dom.ts";
import { chosenRun } from "./shared/chosenRun.ts";
import { fetched } from "./shared/fetched.ts";
import { highlightedPoint, pointQuantity } from "../figure/highlight.ts";
import { panelHead } from "./shared/panelHead.ts";
import type { Figure } from "../figure/figure.ts";
import type { Frame } from "../figure/part.ts";

/** The run whose residuals are drawn: the one that is worked out, else the selected one, else the lowest. */
function leaderOf({ scene, step, working }: Frame) {
  if (working) return chosenRun(scene);
  return scene.selected ?? standings(scene.runs, [], step)[0]?.index ?? null;
}

export function createDataPart(figure: Figure) {
  const { act, store, highlight, place, id } = figure;
  const root = place("data");
  const aside = h("span", { class: "aside", id: id("data-told"), "data-part": "data-told" }, "drag a point");
  const chart = h("div", { class: "chart", id: id("data-chart"), "data-part": "data-chart" });
  root.append(panelHead(figure, h("h2", {}, "Data and fit"), aside, "data"), chart);
  const data = fetched(async () => (await import("../views/data/index.ts")).openData(chart, {
    onPoints: (points, moving) => act(setPoints, points, moving),
    onSettle: () => act(settle),
    onPoint: (point) => highlight.set(point === null ? null : pointQuantity(point)),
  }), figure);

  return {
    chartExports: () => (isLineFit(store.get().problem) ? (data()?.chartExports() ?? []) : []),
    render(frame: Frame) {
      const { state, scene, step, working } = frame;
      const fits = isLineFit(state.problem);
      root.hidden = !fits;
      const points = pointsOf(state);
      if (!fits || !points.length) return;
      const dataset = datasetOf(state.catalog, state.problem.dataset);
      const content = { points, standardized: state.problem.standardize === true, xLabel: dataset?.x_label ?? "x", yLabel: dataset?.y_label ?? "y" };
      const said = data()?.render(scene, { step }, { content, leader: leaderOf(frame), highlighted: highlightedPoint(state.highlighted), shares: working ? state.shares : null });
      setText(aside, said || "drag a point");
    },
    destroy() {
      if (root.contains(chart) && isLineFit(store.get().problem)) data()?.destroy();
      root.replaceChildren();
    },
  };
}
