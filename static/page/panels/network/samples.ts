/** The samples of a network as a table with its present outputs; those that the next step reads are highlighted. */
import { html, nothing } from "lit-html";
import type { FramePorts, StatePorts } from "../../figure/figure.ts";
import { highlightedPoint, pointQuantity } from "../../figure/highlight.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { formatExact, formatGrouped, formatMeasured } from "../../math/format.ts";
import { memo } from "../../memo.ts";
import { setExplain } from "../../state/explain.ts";
import { outputsOf } from "../../state/networkStep.ts";
import type { NetworkProblem } from "../../state/types.ts";
import { samplesTable, scrollToLit } from "../shared/samplesTable.ts";
import { createShownStep, type ShownStep } from "./step.ts";

/** @returns indices of the inputs of which exactly one is 1 in each sample: a table shows them as one column */
export function categoriesOf({ inputs, samples }: Pick<NetworkProblem, "inputs" | "samples">): number[] {
  const all = inputs
    .map((_, k) => k)
    .filter((k) => samples.every((sample) => sample.inputs[k] === 0 || sample.inputs[k] === 1));
  return all.length > 1 && samples.every((sample) => all.filter((k) => sample.inputs[k] === 1).length === 1) ? all : [];
}

const DIGITS = 3;

/** "area (square metres)" without its unit, which a scaled value does not have. */
const short = (name: string) => name.replace(/ \(.*\)$/, "");

export function createSamples(root: HTMLElement, figure: StatePorts & FramePorts) {
  const { act, highlight } = figure;
  const shownStep = createShownStep(({ wordsStep }: Frame) => Math.floor(wordsStep));
  const outputs = memo(outputsOf);

  /** Sends the sample that is pressed through the network, if the step sees it. */
  function choose(k: number, batch: number[] | null) {
    const at = batch ? batch.indexOf(k) : k;
    if (at >= 0) act(setExplain, { sample: at });
  }

  function table(network: NetworkProblem, shown: ShownStep | null, batch: number[] | null, highlighted: number | null) {
    const run = shown?.run;
    const { label, samples, inputs, target } = network;
    const categories = categoriesOf(network);
    const numbers = inputs.map((_, k) => k).filter((k) => !categories.includes(k));
    const category = {
      label: "1 in",
      title: `${categories.map((k) => inputs[k]).join(", ")}: an input each, 1 in this one and 0 in the others`,
    };
    const columns = [
      ...numbers.map((k) => ({ label: short(inputs[k]), title: inputs[k] })),
      ...(categories.length ? [category] : []),
      { label: "target", title: target },
      { label: "output", title: run ? `of ${run.name}` : undefined },
    ];
    return html`<div class=${run ? `slot-${run.slot}` : ""}>${samplesTable({
      label: `Samples of ${label}`,
      columns: columns.map((column) => ({ ...column, fitted: true })),
      lit: batch,
      available: samples.length,
      rows: samples.map((sample, k) => [
        ...numbers.map((at) => sample.inputs[at]),
        ...(categories.length ? [short(inputs[categories.find((at) => sample.inputs[at] === 1) as number])] : []),
        sample.target,
        shown ? outputs(shown.step)[k] : NaN,
      ]),
      write: (value, column) =>
        Number.isNaN(value)
          ? "–"
          : column === columns.length - 1
            ? formatMeasured(value, DIGITS)
            : formatExact(value, DIGITS),
      hand: {
        highlighted,
        onPoint: (k) => highlight(k === null ? null : pointQuantity(k)),
        onChoose: (k) => choose(k, batch),
      },
    })}</div>`;
  }

  const showLitAgain = memo((box: HTMLElement, ..._of: unknown[]) => scrollToLit(box));

  return createPanel(figure, root, {
    template(frame) {
      const { network } = frame.scene.problem;
      if (!network) return nothing;
      const shown = shownStep(frame);
      const batch = shown && !shown.step.seesAll ? shown.step.batch : null;
      const countWords = batch
        ? `${formatGrouped(batch.length)} of ${network.samples.length} in the next step`
        : `${network.samples.length}, all in each step`;
      return html`<div class="panel-head row wraps"><h2>Samples</h2><span
        class="note">${countWords}</span></div>${table(
          network,
          shown,
          batch,
          highlightedPoint(frame.state.highlighted),
        )}${network.standardized ? html`<p class="note">Scaled to mean 0 and standard deviation 1.</p>` : nothing}`;
    },
    rendered({ scene, playing, wordsStep }) {
      const box = root.querySelector<HTMLElement>(".samples-box");
      if (box && !playing) showLitAgain(box, scene.problem.network, Math.floor(wordsStep));
    },
  });
}
