/** The samples of a network as a table, with its outputs now; those that the next step reads are lit. */
import { html, nothing } from "lit-html";
import type { Figure } from "../../figure/figure.ts";
import { highlightedPoint, pointQuantity } from "../../figure/highlight.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { formatExact, formatGrouped, formatMeasured } from "../../math/format.ts";
import { forward } from "../../math/network.ts";
import { createChanged, memo } from "../../reads.ts";
import { parametersAt } from "../../state/columns.ts";
import { explain } from "../../state/explain.ts";
import { hasParameters } from "../../state/network.ts";
import { substepShown } from "../../state/networkStep.ts";
import type { NetworkProblem, Run } from "../../state/types.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import { samplesTable, showLit } from "../shared/samplesTable.ts";

const DIGITS = 3;

/** What stands in the table of one run at one row. */
type Said = {
  outputs: number[] | null;
  /** indices of the samples of the next step, in its order; null: all */
  batch: number[] | null;
};

function saidOf({ network, run, row }: { network: NetworkProblem; run: Run; row: number }): Said {
  const all = run.columns.batch;
  const batch = all?.length ? all[Math.min(row, all.length - 1)] : null;
  if (!hasParameters(run) || row < 0) return { outputs: null, batch };
  const w = parametersAt(run.columns, row);
  return { outputs: network.samples.map((sample) => forward(network, w, sample).output), batch };
}

/** "area (square metres)" without its unit, which a scaled value does not have. */
const short = (name: string) => name.replace(/ \(.*\)$/, "");

/** @returns the inputs of which exactly one is 1 in each sample: they share one column, which names that one */
export function categoriesOf({ inputs, samples }: Pick<NetworkProblem, "inputs" | "samples">): number[] {
  const all = inputs
    .map((_, k) => k)
    .filter((k) => samples.every((sample) => sample.inputs[k] === 0 || sample.inputs[k] === 1));
  return all.length > 1 && samples.every((sample) => all.filter((k) => sample.inputs[k] === 1).length === 1) ? all : [];
}

export function createSamples(root: HTMLElement, { act, highlight, invalidate }: Figure) {
  const said = memo(saidOf);

  /** Pressed, it goes through the network, where the step sees it. */
  function choose(k: number, batch: number[] | null) {
    const at = batch ? batch.indexOf(k) : k;
    if (at >= 0) act(explain, { sample: at });
  }

  function table(network: NetworkProblem, { outputs, batch }: Said, run: Run | null, highlighted: number | null) {
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
      there: samples.length,
      rows: samples.map((sample, k) => [
        ...numbers.map((at) => sample.inputs[at]),
        ...(categories.length ? [short(inputs[categories.find((at) => sample.inputs[at] === 1) as number])] : []),
        sample.target,
        outputs ? outputs[k] : NaN,
      ]),
      write: (value, column) =>
        Number.isNaN(value)
          ? "–"
          : column === columns.length - 1
            ? formatMeasured(value, DIGITS)
            : formatExact(value, DIGITS),
      hand: {
        highlighted,
        onPoint: (k) => highlight.set(k === null ? null : pointQuantity(k)),
        onChoose: (k) => choose(k, batch),
      },
    })}</div>`;
  }

  const moved = createChanged();

  return createPanel(
    invalidate,
    root,
    ({ state, scene, wordsStep, playing }: Frame) => {
      const { network } = scene.problem;
      if (!network) return nothing;
      const index = chosenRun(scene);
      const run = index === null ? null : scene.runs[index];
      // As the network beside it: a substep is of a step that is taken.
      const within = !playing && substepShown(network, state.explain) !== null;
      const row = run
        ? Math.max(Math.min(Math.floor(wordsStep), run.length - (within ? 2 : 1)), run.length ? 0 : -1)
        : -1;
      const now: Said = run?.length ? said({ network, run, row }) : { outputs: null, batch: null };
      const told = now.batch
        ? `${formatGrouped(now.batch.length)} of ${network.samples.length} in the next step`
        : `${network.samples.length}, all in each step`;
      return html`<div class="panel-head"><h2>Samples</h2><span
        class="aside">${told}</span></div>${table(network, now, run, highlightedPoint(state.highlighted))}${
          network.standardized ? html`<p class="note">Scaled to mean 0 and standard deviation 1.</p>` : nothing
        }`;
    },
    ({ scene, playing, wordsStep }) => {
      const box = root.querySelector<HTMLElement>(".samples-box");
      if (box && !playing && moved(scene.problem.network, Math.floor(wordsStep))) showLit(box);
    },
  );
}
