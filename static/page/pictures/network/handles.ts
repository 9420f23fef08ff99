/**
 * A button on each neuron, for pointer, keyboard and screen readers: pressing it goes to the substep of the neuron.
 * Together they are one Tab stop.
 */
import { html, render } from "lit-html";
import { styles } from "../../component.ts";
import { h } from "../../dom.ts";
import { type Highlight, listenToHighlights } from "../../figure/highlight.ts";
import { biasAt, weightAt } from "../../math/forwardPass.ts";
import { capitalized } from "../../math/text.ts";
import { inputName, networkNumber, neuronName } from "../../words/networkWords.ts";
import { type NeuronAt, neuronQuantity } from "./geometry.ts";
import type { NetworkDrawing } from "./index.ts";

/** @returns a neuron with all its numbers, in words */
function neuronDescription(
  { printed: { network, w, forward, backward } }: NetworkDrawing,
  { layer, neuron }: NeuronAt,
): string {
  const name = neuronName(network, layer, neuron);
  const from = forward.a[layer - 1].map((value, k) => {
    const source = layer === 1 ? inputName(network, k) : `neuron ${k + 1}`;
    return `${networkNumber(w[weightAt(network, layer, neuron, k)])} times ${source}, ${networkNumber(value)}`;
  });
  const bias = networkNumber(w[biasAt(network, layer, neuron)]);
  const number = (values: number[][]) => networkNumber(values[layer][neuron]);
  const back = backward ? `, slope ${number(backward.local)}, delta ${number(backward.delta)}` : "";
  const sum = `${capitalized(name)}: ${from.join("; ")}; bias ${bias}.`;
  return `${sum} Pre-activation ${number(forward.z)}, activation ${number(forward.a)}${back}.`;
}

/** The neuron that an arrow key leads to: the next of the layer, or one in the layer beside it. */
function goneTo(sizes: number[], { layer, neuron }: NeuronAt, key: string): NeuronAt | null {
  const [across, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
  if (!across && !down) return null;
  const to = Math.min(sizes.length - 1, Math.max(1, layer + across));
  return { layer: to, neuron: Math.min(sizes[to] - 1, Math.max(0, neuron + down)) };
}

/** The least radius, for fingers. */
const LEAST = 12;

/** @param onNeuron  called when one is pressed */
export function createNeuronHandles(highlight: Highlight, onNeuron: (at: NeuronAt) => void) {
  const group = h("div", { class: "neuron-handles", role: "group", "aria-label": "Neurons" });
  let current = 0;
  const handles = () => [...group.children] as HTMLElement[];

  function stop(index: number) {
    current = index;
    handles().forEach((handle, k) => {
      handle.tabIndex = k === current ? 0 : -1;
    });
  }

  // Keeps the press from the chart, which would take hold of the pointer.
  group.addEventListener("pointerdown", (event) => event.stopPropagation());
  group.addEventListener("focusin", ({ target }) => stop(handles().indexOf(target as HTMLElement)));
  // A press goes to the neuron, and must not highlight it for good.
  group.addEventListener("click", (event) => event.stopImmediatePropagation());
  listenToHighlights(group, highlight);

  return {
    root: group,
    /** @param still  whether numbers are constant, so that names include them */
    render(drawing: NetworkDrawing, still: boolean) {
      const { network, substep, geometry } = drawing;
      const { spots, radii } = geometry;
      const places = network.sizes
        .slice(1)
        .flatMap((count, k) => Array.from({ length: count }, (_, neuron): NeuronAt => ({ layer: k + 1, neuron })));

      function key(event: KeyboardEvent, place: NeuronAt) {
        const next = goneTo(network.sizes, place, event.key);
        if (!next) return;
        event.preventDefault();
        event.stopPropagation();
        handles()[places.findIndex(({ layer, neuron }) => layer === next.layer && neuron === next.neuron)].focus();
      }

      const handle = (place: NeuronAt) => {
        const [x, y] = spots[place.layer][place.neuron];
        const half = Math.max(LEAST, radii[place.layer]);
        const size = `${Math.round(2 * half)}px`;
        const transform = `translate(${Math.round(x - half)}px, ${Math.round(y - half)}px)`;
        const label = still ? neuronDescription(drawing, place) : neuronName(network, place.layer, place.neuron);
        return html`<button type="button" class="neuron-handle" data-of=${neuronQuantity(network, substep, place)}
          aria-label=${label} ${styles({ transform, width: size, height: size })}
          @click=${() => onNeuron(place)} @keydown=${(event: KeyboardEvent) => key(event, place)}></button>`;
      };
      render(places.map(handle), group);
      stop(Math.min(current, places.length - 1));
    },
  };
}
