/** The arithmetic of a substep: formulas with the numbers put in, and what comes of them. */
import { html, nothing } from "lit-html";
import { depthOf } from "../../math/network.ts";
import type { WireStep } from "../../resources/step.ts";
import type { NetworkStep } from "../../state/networkStep.ts";
import type { Substep } from "../../state/substep.ts";
import { neuronQuantity } from "../../views/network/computed.ts";
import { backwardTable, errorLines, forwardLines, type NetworkLine, updateRows } from "../../words/networkLatex.ts";
import { isOutput, networkNumber, type Stepping } from "../../words/networkWords.ts";
import { asWritten } from "../../words/symbol.ts";
import type { Formulas } from "../working/formulas.ts";

interface StepToTell {
  formula: Formulas;
  step: NetworkStep;
  substep: Substep | null;
  /** as the server tells it; null until it has come */
  told: WireStep | null;
  /** of the update */
  stepping: Stepping | null;
  /** of a neuron that is pointed at */
  highlighted: string | null;
}

const line = (
  formula: Formulas,
  { label, formula: symbols, numbers, value }: NetworkLine,
) => html`<div class="arithmetic-line"><span class="aside">${label}</span><div>${formula(
  symbols,
  "line-formula",
)}${numbers === null ? nothing : formula(`= ${numbers}`, "line-numbers")}</div><strong><span
  class="reader-only">equals </span>${networkNumber(value)}</strong></div>`;

/** The minus of LaTeX is a hyphen. */
const latexNumber = (value: number) => networkNumber(value).replace("−", "-");

function backward({ formula, step, highlighted }: StepToTell, layer: number) {
  if (!step.backward) return nothing;
  const { slope, above, delta, inputs, rows } = backwardTable(step, step.backward, layer);
  const last = isOutput(step.network, layer);
  return html`<table class="network-table backward-table"><thead><tr><th scope="col"><span
    class="reader-only">neuron</span></th>
      <th scope="col" class="only-wide"><span
        class="warn">slope at its point</span> ${slope ? formula(slope, "line-formula") : nothing}</th>
      <th scope="col" class="only-narrow"><span class="warn">slope</span></th>
      <th scope="col">× from ${last ? "the loss" : "above"} ${formula(above, "line-formula")}</th>
      <th scope="col" class="together">= δ${delta ? html` ${formula(delta, "line-formula")}` : nothing}, for b</th>
      ${inputs.map(
        ({ weight, name, value }) => html`<th
        scope="col"><span class="together">for ${formula(weight, "line-formula")}:
        ×</span> ${formula(`${name} = ${latexNumber(value)}`, "line-formula")}</th>`,
      )}</tr></thead>
    <tbody>${rows.map((row) => {
      const quantity = neuronQuantity({ layer, neuron: row.neuron });
      const gradients = row.gradients.map((value) => html`<td>${networkNumber(value)}</td>`);
      return html`<tr data-of=${quantity} class=${quantity === highlighted ? "is-lit" : ""}><th
        scope="row">${last ? "output" : `neuron ${row.neuron + 1}`}</th>${html`<td
        class="only-wide">${formula(row.slope, "line-numbers")}</td><td
        class="only-narrow">${networkNumber(row.slopeValue)}</td>`}<td
        class="only-page">${formula(row.above, "line-numbers")}</td><td
        class="only-wall">${networkNumber(row.aboveValue)}</td><td><strong>${networkNumber(row.delta)}</strong></td>
        ${gradients}</tr>`;
    })}</tbody></table>`;
}

function update({ formula, step, told, stepping }: StepToTell) {
  if (!told || !stepping) return nothing;
  const { rate, label } = stepping;
  const product = (rate: number, g: number) =>
    `- ${latexNumber(rate)} \\cdot ${g < 0 ? `(${latexNumber(g)})` : networkNumber(g)}`;
  const gradientWords = step.batch.length > 1 ? "mean gradient" : "gradient";
  const head =
    rate === null
      ? html`<th scope="col">before</th><th scope="col">${gradientWords}</th><th scope="col">step by ${label}</th><th
        scope="col">= after</th>`
      : html`<th scope="col">before</th><th scope="col">− rate × ${gradientWords}</th><th scope="col">= after</th>`;
  return html`<table class="network-table"><thead><tr><th scope="col"><span
    class="reader-only">parameter</span></th>${head}</tr></thead>
    <tbody>${updateRows(told).map(
      ({ name, before, gradient: g, after }) =>
        html`<tr><th scope="row">${asWritten(name)}</th><td>${networkNumber(before)}</td>${
          rate === null
            ? html`<td>${networkNumber(g)}</td><td>${networkNumber(after - before)}</td>`
            : html`<td>${formula(product(rate, g), "line-numbers")}</td>`
        }<td><strong>${networkNumber(after)}</strong></td></tr>`,
    )}</tbody></table>`;
}

/** Of the whole step: what comes out, and the way into it. */
const whole = ({ formula, step }: StepToTell) => html`${errorLines(step).map((each) => line(formula, each))}<p
  class="network-whole">Go through the step on the bar, or press a neuron.</p>`;

export function arithmetic(given: StepToTell) {
  const { formula, step, substep } = given;
  if (substep?.pass === "forward")
    return forwardLines(step, substep.layer, substep.neuron).map((each) => line(formula, each));
  if (substep?.pass === "error") return errorLines(step).map((each) => line(formula, each));
  if (substep?.pass === "backward") return backward(given, substep.layer);
  return substep?.pass === "update" ? update(given) : whole(given);
}

/** @returns where the substep is among those of its pass, and of which samples: "forward, 2 of 4, this sample" */
export function countWords(step: NetworkStep, substeps: Substep[], substep: Substep): string {
  const own = substeps.filter(({ pass }) => pass === substep.pass);
  const count = own.length > 1 ? `${substep.pass}, ${own.indexOf(substep) + 1} of ${own.length}` : substep.pass;
  if (step.batch.length === 1) return count;
  return `${count}, ${substep.pass === "update" ? `mean over ${step.batch.length}` : "this sample"}`;
}

/** All numbers of the step as a table, for readers. */
export function numbersTable({ network, forward, backward: back }: NetworkStep) {
  const rows = forward.a
    .slice(1)
    .flatMap((activations, k) =>
      activations.map(
        (activation, neuron) =>
          html`<tr><th scope="row">${
            k + 1 === depthOf(network) ? "output" : `layer ${k + 1}, neuron ${neuron + 1}`
          }</th>${[
            forward.z[k + 1][neuron],
            activation,
            ...(back ? [back.local[k + 1][neuron], back.delta[k + 1][neuron]] : []),
          ].map((value) => html`<td>${networkNumber(value)}</td>`)}</tr>`,
      ),
    );
  const heads = ["neuron", "pre-activation", "activation", ...(back ? ["slope of its curve", "delta"] : [])];
  return html`<table><caption>The step in numbers: loss of this sample ${networkNumber(forward.loss)}</caption>
    <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}
