/** The choices of a network: data set, hidden layers, activation, loss, batch and seed. */
import { html, nothing, svg } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { select } from "../../controls/choice.ts";
import { icon } from "../../controls/icons.ts";
import { numberField } from "../../controls/numberField.ts";
import type { Figure } from "../../figure/figure.ts";
import { chooseProblem, setSeed } from "../../state/actions.ts";
import { columnNames, networkDatasetOf, optimizerOf } from "../../state/catalog.ts";
import { withoutRefusedFields } from "../../state/refusedFields.ts";
import type { Act } from "../../state/store.ts";
import type { NetworkDataset, NetworkSpec, Networks, State } from "../../state/types.ts";
import { refusalSentence } from "../../words/refusal.ts";
import { scaledWords } from "../../words/scaled.ts";
import { ownDataButton } from "./own-data/button.ts";

/** Changes the network. @param change  fields; undefined restores what the data set suggests */
export function changeNetwork(state: State, change: Partial<NetworkSpec>): State {
  const { network } = state.problem;
  if (!network) return state;
  return {
    ...state,
    problem: { ...state.problem, network: { ...network, ...change } },
    start: null,
    unusedStart: [],
    window: null,
    edit: { kind: "network", target: Object.keys(change).join() },
    dragging: false,
  };
}

/** Sets whether inputs, and targets that are numbers, are standardised. */
export function scaleSamples(state: State, standardize: boolean): State {
  const { standardize: _, ...problem } = state.problem;
  return {
    ...state,
    problem: { ...problem, ...(standardize && { standardize }) },
    edit: { kind: "network", target: "units" },
    dragging: false,
  };
}

/** Sets the batch size of every run; null: each step uses all points. */
export function setBatches(state: State, size: number | null): State {
  const entries = state.entries.map((entry) => {
    const { batch_size: _, ...optimizer } = entry.optimizer;
    const usual = optimizerOf(state.catalog, optimizer.name)?.batch_size ?? null;
    const batched = size === usual ? optimizer : { ...optimizer, batch_size: size };
    return { ...entry, optimizer: withoutRefusedFields(state.catalog, batched) };
  });
  return { ...state, entries, edit: { kind: "value", target: "batch_size of all" }, dragging: false };
}

/** The most dots in a thumbnail; of more samples an even selection is drawn. */
const DOTS = 60;
/** Neurons of the first hidden layer that is added; a further one is as wide as the last. */
const WIDTH = 3;

/** Two inputs against each other, the labels apart; else the target against the first input. */
function scatter({ rows, kind, inputs }: NetworkDataset) {
  const second = inputs.length === 2 ? 1 : inputs.length;
  const axis = (k: number) => {
    const values = rows.map((row) => row[k]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value: number) => 10 + (40 * (value - low)) / (high - low || 1);
  };
  const [x, y] = [axis(0), axis(second)];
  const few = rows.filter((_, k) => k % Math.ceil(rows.length / DOTS) === 0);
  const dot = (row: number[]) => svg`<circle class=${kind === "classification" && !row[inputs.length] ? "zero" : "one"}
    cx=${x(row[0]).toFixed(1)} cy=${(60 - y(row[second])).toFixed(1)} r=${rows.length > 20 ? 1.6 : 4}></circle>`;
  return html`<svg class="thumb scatter" viewBox="0 0 60 60" aria-hidden="true">${few.map(dot)}</svg>`;
}

/** @returns why the server refuses the field at a path; undefined: it does not */
function faultOf({ fault }: State, ...path: string[]): string | undefined {
  const refusal = fault?.kind === "refused" && fault.errors.find(({ loc }) => path.every((part) => loc.includes(part)));
  return refusal ? refusalSentence(refusal) : undefined;
}

const byOne = (value: number, direction: 1 | -1) => Math.max(1, value + direction);

/** "4, 3 hidden neurons", each number a field, with buttons for one layer more or less. */
function layers(state: State, hidden: number[], act: Act) {
  const { max_neurons: most, max_hidden_layers: deepest } = state.catalog?.limits ?? {};
  const change = (to: number[]) => act(changeNetwork, { hidden: to });
  const field = (size: number, k: number) =>
    html`${k ? ", " : ""}${numberField({
      label: `Neurons of hidden layer ${k + 1}`,
      value: size,
      fault: faultOf(state, "network", "hidden"),
      range: { whole: true, least: 1, most },
      next: byOne,
      onCommit: (size) => size !== null && change(hidden.with(k, size)),
    })}`;
  const button = (label: string, name: "plus" | "minus", to: number[], able: boolean) => html`<button type="button"
    class="icon-button" aria-label=${label} title=${label} ?disabled=${!able}
    @click=${() => change(to)}>${icon(name)}</button>`;
  return html`<span>${hidden.length ? hidden.map(field) : "no"} hidden ${
    hidden.length === 1 && hidden[0] === 1 ? "neuron" : "neurons"
  }</span><span class="network-layers">${button(
    "Another hidden layer",
    "plus",
    [...hidden, hidden.at(-1) ?? WIDTH],
    hidden.length < deepest,
  )}${button("One hidden layer less", "minus", hidden.slice(0, -1), hidden.length > 0)}</span>`;
}

/** @returns the batch size of all runs; undefined: they differ */
function batchOf({ catalog, entries }: State): number | null | undefined {
  const sizes = entries.map(({ optimizer: { name, batch_size } }) =>
    batch_size === undefined ? (optimizerOf(catalog, name)?.batch_size ?? null) : batch_size,
  );
  return sizes.every((size) => size === sizes[0]) ? (sizes[0] ?? null) : undefined;
}

/** @returns in words by which numbers a visitor's samples are standardised */
function unitsOf({ inputs, target, kind, rows }: NetworkDataset) {
  const scaled = kind === "regression" ? [...inputs, target] : inputs;
  return html`<p class="note">${scaledWords(scaled.map((name, k) => [name, rows.map((row) => row[k])]))}.</p>`;
}

function networkSettings(state: State, baseDataset: NetworkDataset, { activations, losses }: Networks, act: Act) {
  const dataset = { ...baseDataset, ...columnNames(state) };
  const { network, standardize = false } = state.problem;
  const { hidden = dataset.hidden, activation = dataset.activation, loss = dataset.loss } = network ?? {};
  const [batch, samples] = [batchOf(state), dataset.rows.length];
  const fits = losses.filter(({ labels }) => !labels || dataset.kind === "classification");
  const { summary } = losses.find(({ name }) => name === loss) ?? {};
  const scale = ({ target }: Event) => act(scaleSamples, (target as HTMLInputElement).checked);
  const batches = numberField({
    label: "Samples a step, of all runs",
    value: batch ?? null,
    none: batch === undefined ? "mixed" : "all",
    range: { whole: true, least: 1, most: samples },
    onCommit: (size) => act(setBatches, size),
  });
  const seed = numberField({
    label: "Seed",
    value: state.seed,
    fault: faultOf(state, "seed"),
    range: { whole: true, least: 0, most: state.catalog?.limits.max_seed },
    next: (value, direction) => Math.max(0, value + direction),
    onCommit: (value) => value !== null && act(setSeed, value),
  });
  const activationSelect = select({
    label: "Activation",
    options: activations,
    value: activation,
    onChoose: (name) => act(changeNetwork, { activation: name }),
  });
  const lossSelect = select({
    label: "Loss",
    options: fits,
    value: loss,
    onChoose: (name) => act(changeNetwork, { loss: name }),
  });
  return html`<div>
    <p class="line">${layers(state, hidden, act)}</p>
    <details class="network-more"><summary class="note">Activation, loss, batch and seed</summary>
    ${hidden.length ? html`<label class="line"><span>Activation</span>${activationSelect}</label>` : nothing}
    <label class="line" title=${summary ?? nothing}><span>Loss</span>${lossSelect}</label>
    ${
      dataset.note
        ? html`<p class="note">${dataset.note}</p>`
        : html`<label class="line"><span>Standardised units</span><input
      type="checkbox" class="tick" .checked=${live(standardize)} @change=${scale}></label>${
        network?.points && standardize ? unitsOf(dataset) : nothing
      }`
    }
    <p class="line"><span>batch of ${batches} of ${samples}</span><span title=${
      state.start
        ? "It draws the batches; the first weights are set by hand"
        : "It draws the first weights and the batches"
    }>seed ${seed}</span></p></details></div>`;
}

export function networks(state: State, figure: Figure) {
  const { act } = figure;
  const { catalog } = state;
  const chosen = networkDatasetOf(catalog, state.problem);
  const thumbnail = (dataset: NetworkDataset) => html`<button type="button" class="sheet" title=${dataset.summary}
    aria-pressed=${dataset === chosen}
    @click=${() => act(chooseProblem, { network: { dataset: dataset.name } })}>${scatter(
      dataset,
    )}<span>${dataset.label}</span></button>`;
  return html`<div><div class="sheets">${(catalog?.networks?.datasets ?? []).map(thumbnail)}${ownDataButton({
    figure,
    network: true,
  })}</div>${chosen && catalog?.networks ? networkSettings(state, chosen, catalog.networks, act) : nothing}</div>`;
}
