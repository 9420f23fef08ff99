/** The loss chart of a figure, in its panel. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { countSamples } from "../state/actions.ts";
import { countOfPoints, hasData, optimizerOf } from "../state/catalog.ts";
import { epochsOf } from "../state/epochs.ts";
import { hover } from "../state/receiving.ts";
import { createLoss } from "../views/loss/index.ts";
import { createPanel } from "../figure/panel.ts";
import { chosenRun } from "./shared/chosenRun.ts";
import { panelHead } from "./shared/panelHead.ts";
import { wordChoice } from "../controls/choice.ts";
import type { Column } from "../service/api.ts";
import type { Figure } from "../figure/figure.ts";
import type { Frame } from "../figure/part.ts";
import type { State } from "../state/types.ts";

/** Samples that a step of each run takes, where the chart counts them. */
function samplesOf(state: State): number[] | null {
  if (!state.samples || !hasData(state.problem)) return null;
  const all = countOfPoints(state) || 1;
  const usual = (name?: string) => optimizerOf(state.catalog, name)?.batch_size;
  return state.entries.map(({ optimizer }) => optimizer.batch_size ?? usual(optimizer.name) ?? all);
}

/** Those of the chosen run. */
function epochsIn({ state, scene }: Frame) {
  const run = chosenRun(scene);
  return run === null ? null : { run, ends: epochsOf(state, scene.runs[run], run) };
}

export function createLossPart(figure: Figure) {
  const { act, seek, place, id, invalidate } = figure;
  const titleId = id("loss-title");
  let title = "Loss";
  let loss: ReturnType<typeof createLoss>;

  function attach(chart?: Element) {
    if (!chart) return loss.destroy();
    loss = createLoss(chart as HTMLElement, { onSeek: seek, onHover: (hit) => act(hover, hit) });
  }

  const counts = (samples: boolean) => wordChoice({
    label: "Count", options: [["steps", "steps"], ["samples", "samples seen"]], value: samples ? "samples" : "steps",
    onChoose: (value) => act(countSamples, value === "samples"),
  });

  const panel = createPanel(invalidate, place("loss"), ({ state }) => html`${panelHead(figure,
    html`<h2 id=${titleId}>${title}</h2>`,
    html`<div>${hasData(state.problem) ? counts(state.samples) : nothing}</div>`, "loss")}
    <div class="chart" id=${id("loss-chart")} data-part="loss-chart" role="img" aria-labelledby=${titleId}
      aria-describedby=${id("sentence")} ${ref(attach)}></div>`);

  return {
    chartExports: () => loss.chartExports(),
    needs: ({ problem }: State): Column[] => (hasData(problem) ? ["batch"] : []),
    render(frame: Frame) {
      const { state, scene, step } = frame;
      panel.render(frame);
      loss.render({ scene, samples: samplesOf(state), epochs: epochsIn(frame) }, { step }, state.hovered);
      if (title !== (title = loss.title())) panel.again();
    },
    destroy: panel.destroy,
  };
}
