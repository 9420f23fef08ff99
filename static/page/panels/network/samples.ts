/** The samples of a network as a table: those in the batch of the next step, and what the network says of each now. */
import { html, nothing } from "lit-html";
import { forward } from "../../math/network.ts";
import { formatExact, formatGrouped, formatMeasured } from "../../math/format.ts";
import { memo } from "../../reads.ts";
import { createPanel } from "../../figure/panel.ts";
import { highlightedPoint, pointQuantity } from "../../figure/highlight.ts";
import { explain } from "../../state/explain.ts";
import { parametersAt } from "../../state/columns.ts";
import { hasParameters } from "../../state/network.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { NetworkProblem, Run } from "../../state/types.ts";

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

export function createSamples(root: HTMLElement, { act, highlight, invalidate }: Figure) {
  const said = memo(saidOf);

  /** Pressed, it goes through the network, where the step sees it. */
  function choose(k: number, batch: number[] | null) {
    const at = batch ? batch.indexOf(k) : k;
    if (at >= 0) act(explain, { sample: at });
  }

  function rowOf({ inputs, target }: NetworkProblem["samples"][number], k: number, { outputs, batch }: Said, highlighted: number | null) {
    const isSeen = batch?.includes(k) ?? false;
    return html`<tr ?data-seen=${isSeen} class=${k === highlighted ? "is-lit" : nothing} @pointerenter=${() => highlight.set(pointQuantity(k))}
      @pointerleave=${() => highlight.set(null)} @click=${() => choose(k, batch)}>${inputs.map((value, at) => html`<td>${formatExact(value, DIGITS)}${
      isSeen && at === 0 ? html`<span class="reader-only"> (in the batch)</span>` : nothing}</td>`)}<td>${
      formatExact(target, DIGITS)}</td><td>${outputs ? formatMeasured(outputs[k], DIGITS) : "–"}</td></tr>`;
  }

  function table(network: NetworkProblem, now: Said, run: Run | null, highlighted: number | null) {
    const head = (name: string) => html`<th scope="col" title=${name}>${short(name)}</th>`;
    const { samples, inputs, target } = network;
    return html`<div class="samples-table" tabindex="0" role="region" aria-label="Samples of ${network.label}"><table>
      <thead><tr>${inputs.map(head)}<th scope="col" title=${target}>target</th><th scope="col" title=${
        run ? `of ${run.name}` : nothing}>output</th></tr></thead>
      <tbody>${samples.map((sample, k) => rowOf(sample, k, now, highlighted))}</tbody></table></div>`;
  }

  return createPanel(invalidate, root, ({ state, scene, wordsStep }: Frame) => {
    const { network } = scene.problem;
    if (!network) return nothing;
    const index = chosenRun(scene);
    const run = index === null ? null : scene.runs[index];
    const row = run ? Math.min(Math.floor(wordsStep), run.length - 1) : -1;
    const now: Said = run?.length ? said({ network, run, row }) : { outputs: null, batch: null };
    const told = now.batch ? `${formatGrouped(now.batch.length)} of ${network.samples.length} in the next step` : `${network.samples.length}, all in each step`;
    return html`<div class="panel-head"><h2>Samples</h2><span class="aside">${told}</span></div>${table(network, now, run, highlightedPoint(state.highlighted))}${
      network.standardized ? html`<p class="note">Scaled to mean 0 and standard deviation 1.</p>` : nothing}`;
  });
}
