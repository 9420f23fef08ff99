/** The loss chart of a figure, in its panel. */
import { countSamples } from "../state/actions.ts";
import { isLineFit, optimizerOf, pointsOf } from "../state/catalog.ts";
import { hover } from "../state/receiving.ts";
import { createLoss } from "../views/loss/index.ts";
import { h, setText } from "../dom.ts";
import { panelHead } from "./shared/panelHead.ts";
import { createWords } from "../controls/byHand.ts";
import type { Figure } from "../figure/figure.ts";
import type { Frame } from "../figure/part.ts";
import type { State } from "../state/types.ts";

/** Samples that a step of each run takes, where the chart counts them. */
function samplesOf(state: State): number[] | null {
  if (!state.samples || !isLineFit(state.problem)) return null;
  const all = pointsOf(state).length || 1;
  return state.entries.map(({ optimizer }) => optimizer.batch_size ?? optimizerOf(state.catalog, optimizer.name)?.batch_size ?? all);
}

export function createLossPart(figure: Figure) {
  const { act, seek, place, id } = figure;
  const root = place("loss");
  const title = h("h2", { id: id("loss-title") }, "Loss");
  const counts = createWords({ label: "Count", options: [["steps", "steps"], ["samples", "samples seen"]], onChoose: (value) => act(countSamples, value === "samples") });
  const chart = h("div", { class: "chart", id: id("loss-chart"), "data-part": "loss-chart", role: "img", "aria-labelledby": title.id, "aria-describedby": id("sentence") });
  root.append(panelHead(figure, title, h("div", {}, counts.root), "loss"), chart);
  const loss = createLoss(chart, { onSeek: seek, onHover: (hit) => act(hover, hit) });

  return {
    chartExports: loss.chartExports,
    render({ state, scene, step }: Frame) {
      counts.root.hidden = !isLineFit(state.problem);
      counts.set(state.samples ? "samples" : "steps");
      loss.render(scene, { step }, state.hovered, samplesOf(state));
      setText(title, loss.title());
    },
    destroy() {
      loss.destroy();
      root.replaceChildren();
    },
  };
}
