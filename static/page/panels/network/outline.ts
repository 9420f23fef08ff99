/** A network in a sentence: its layers, and how many parameters they have. */
import { html, nothing } from "lit-html";
import { formatGrouped } from "../../math/format.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Figure } from "../../figure/figure.ts";
import type { NetworkProblem } from "../../state/types.ts";

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** "2 inputs, 3 tanh neurons, 1 linear output; 13 weights and biases." */
export function outlineWords({ sizes, activation, output }: NetworkProblem, parameters: number): string {
  const layers = [counted(sizes[0], "input"), ...sizes.slice(1, -1).map((size) => counted(size, `${activation} neuron`)), `1 ${output} output`];
  return `${layers.join(", ")}; ${formatGrouped(parameters)} weights and biases.`;
}

export const createOutline = (root: HTMLElement, { invalidate }: Figure) => createPanel(invalidate, root, ({ scene: { problem } }) =>
  (problem.network ? html`<p class="network-outline">${outlineWords(problem.network, problem.parameters.length)}</p>` : nothing));
