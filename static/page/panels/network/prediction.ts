/** The panel of what the network says at the playhead. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { FramePorts, Places, StatePorts, TakeHomePorts } from "../../figure/figure.ts";
import { highlightedPoint, pointQuantity } from "../../figure/highlight.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, MovingFrame } from "../../figure/part.ts";
import { networkColours } from "../../math/networkColours.ts";
import { COLOURS, type ThemeName } from "../../math/palette.ts";
import { possessive } from "../../math/text.ts";
import { memo } from "../../memo.ts";
import { createPredictionChart } from "../../pictures/prediction/index.ts";
import { setExplain } from "../../state/explain.ts";
import { type NetworkStep, outputsOf } from "../../state/networkStep.ts";
import type { NetworkProblem } from "../../state/types.ts";
import { predictionWords } from "../../words/networkWords.ts";
import { panelHead } from "../shared/panelHead.ts";
import { createShownStep, weightsOwner } from "./step.ts";

export function createPrediction(root: HTMLElement, figure: StatePorts & FramePorts & Places & TakeHomePorts) {
  const { act, highlight, id } = figure;
  const drawnStep = createShownStep(({ step }: MovingFrame) => step);
  const readStep = createShownStep(({ wordsStep }: Frame) => Math.floor(wordsStep));
  const outputs = memo(outputsOf);
  const batchOf = memo(({ batch, seesAll }: NetworkStep) => (seesAll ? null : batch));
  const highlightedNow = memo(highlightedPoint);
  let even = false;
  const chart = createPredictionChart({
    onPoint: (sample) => highlight(sample === null ? null : pointQuantity(sample)),
    onChoose(sample) {
      const place = panel.data()?.step.batch.indexOf(sample) ?? -1;
      if (place >= 0) act(setExplain, { sample: place });
    },
  });

  /** What the lines mean, and which dot is of which label. */
  function key({ inputs, kind }: NetworkProblem, theme: ThemeName) {
    const isOfLabels = kind === "classification";
    const { labels } = networkColours(COLOURS[theme]);
    const dot = (label: 0 | 1) => html`<span class="row"><svg class="label-dot" viewBox="-5 -5 10 10"
      aria-hidden="true"><circle r="3.6" fill=${label ? labels[1] : COLOURS[theme].paper} stroke=${labels[label]}
      stroke-width="2"></circle></svg>target ${label}</span>`;
    const lines = inputs.length > 2 ? "dashed: right" : inputs.length === 2 && isOfLabels ? "border at 0.5" : "";
    return html`${isOfLabels ? [dot(0), dot(1)] : nothing}${lines ? html`<span>${lines}</span>` : nothing}`;
  }

  const panel = createPanel(figure, root, {
    prepare: (frame) => readStep(frame),
    template(frame, shown) {
      const whose = shown && weightsOwner(frame, shown);
      return html`${panelHead(
        figure,
        html`<h2>What ${whose ? possessive(whose) : "the"} network says</h2>`,
        nothing,
        "prediction",
      )}<p class="note row prediction-key">${shown ? key(shown.network, frame.scene.theme) : nothing}</p>
      <div class="chart prediction-chart ${shown?.network.inputs.length === 2 ? "is-square" : ""}"
        id=${id("prediction-chart")} data-part="prediction-chart" role="img"
        aria-label=${
          shown && !frame.playing
            ? predictionWords(shown.step, outputs(shown.step))
            : "What the network says of each sample"
        } ${ref(chart.place)}></div>`;
    },
    draw(frame, shown) {
      const drawn = drawnStep(frame);
      const current = shown?.step;
      if (!drawn || !current) return;
      // Thousands of outputs take as long as all else on the page: while a run plays they are drawn in every other
      // frame.
      even = !even;
      if (frame.playing && even) return;
      const { scene, state, playing } = frame;
      const { network, w } = drawn.step;
      chart.render(
        { network, theme: scene.theme, scale: scene.scale },
        {
          outputs: outputs(current),
          batch: batchOf(current),
          shown: current.batch[current.shown],
          highlighted: highlightedNow(state.highlighted),
          w,
          fine: !playing,
        },
      );
    },
  });
  return { ...panel, chartExports: chart.chartExports };
}
