/**
 * A button on each neuron, for the pointer, the keyboard and screen readers: pressing it goes to the neuron. All of
 * them are one stop of the tabulator.
 */
import { h, setAttribute } from "../../dom.ts";
import { biasAt, weightAt } from "../../math/network.ts";
import { memo } from "../../reads.ts";
import { inputName, networkNumber, neuronName } from "../../words/networkWords.ts";
import { type NeuronAt, neuronQuantity } from "./computed.ts";
import type { NetworkDrawing } from "./drawing.ts";

export interface NetworkEvents {
  /** pressed */
  onNeuron: (at: NeuronAt) => void;
  /** pointed at, or in focus */
  onPoint: (quantity: string | null) => void;
}

/** @returns a neuron with all its numbers, in words */
function neuronTold({ read: { network, w, forward, backward } }: NetworkDrawing, { layer, neuron }: NeuronAt): string {
  const name = neuronName(network, layer, neuron);
  const from = forward.a[layer - 1].map((value, k) => {
    const source = layer === 1 ? inputName(network, k) : `neuron ${k + 1}`;
    return `${networkNumber(w[weightAt(network, layer, neuron, k)])} times ${source}, ${networkNumber(value)}`;
  });
  const bias = networkNumber(w[biasAt(network, layer, neuron)]);
  const number = (values: number[][]) => networkNumber(values[layer][neuron]);
  const back = backward ? `, slope ${number(backward.local)}, delta ${number(backward.delta)}` : "";
  const sum = `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${from.join("; ")}; bias ${bias}.`;
  return `${sum} Pre-activation ${number(forward.z)}, activation ${number(forward.a)}${back}.`;
}

/** Where an arrow leads: to the next neuron of the layer, or to the layer beside it. */
function goneTo(sizes: number[], { layer, neuron }: NeuronAt, key: string): NeuronAt | null {
  const [across, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
  if (!across && !down) return null;
  const to = Math.min(sizes.length - 1, Math.max(1, layer + across));
  return { layer: to, neuron: Math.min(sizes[to] - 1, Math.max(0, neuron + down)) };
}

/** No smaller under a finger. */
const LEAST = 12;

export function createNeuronHandles({ onNeuron, onPoint }: NetworkEvents) {
  const group = h("div", { class: "neuron-handles", role: "group", "aria-label": "Neurons" });
  let places: NeuronAt[] = [];
  let sizes: number[] = [];
  let current = 0;

  const at = (target: EventTarget | null) => places[[...group.children].indexOf(target as Element)] ?? null;
  const indexOf = ({ layer, neuron }: NeuronAt) =>
    places.findIndex((place) => place.layer === layer && place.neuron === neuron);

  function stop(index: number) {
    current = index;
    for (const [k, handle] of [...group.children].entries()) setAttribute(handle, "tabindex", k === current ? 0 : -1);
  }

  const point = (place: NeuronAt | null) => onPoint(place && neuronQuantity(place));

  // A chart takes hold of the pointer, and the press would be its own.
  group.addEventListener("pointerdown", (event) => event.stopPropagation());
  group.addEventListener("click", ({ target }) => {
    const place = at(target);
    if (place) onNeuron(place);
  });
  group.addEventListener("keydown", (event) => {
    const place = at(event.target);
    const next = place && goneTo(sizes, place, event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    stop(indexOf(next));
    (group.children[current] as HTMLElement).focus();
  });
  group.addEventListener("pointerover", ({ target, pointerType }) => pointerType === "mouse" && point(at(target)));
  group.addEventListener("pointerleave", () => point(null));
  group.addEventListener("focusin", ({ target }) => {
    stop([...group.children].indexOf(target as Element));
    if ((target as Element).matches(":focus-visible")) point(at(target));
  });
  group.addEventListener("focusout", () => point(null));

  function fill(given: number[]) {
    sizes = given;
    places = given
      .slice(1)
      .flatMap((count, k) => Array.from({ length: count }, (_, neuron) => ({ layer: k + 1, neuron })));
    group.replaceChildren(...places.map(() => h("button", { type: "button", class: "neuron-handle", tabindex: -1 })));
    stop(Math.min(current, places.length - 1));
  }

  const put = memo(({ network, geometry: { spots, radii } }: NetworkDrawing) => {
    if (network.sizes.join() !== sizes.join()) fill(network.sizes);
    places.forEach((place, k) => {
      const handle = group.children[k] as HTMLElement;
      const [x, y] = spots[place.layer][place.neuron];
      const half = Math.max(LEAST, radii[place.layer]);
      handle.style.transform = `translate(${Math.round(x - half)}px, ${Math.round(y - half)}px)`;
      handle.style.width = handle.style.height = `${Math.round(2 * half)}px`;
    });
  });

  return {
    root: group,
    /** @param still  the numbers stand: names tell them */
    render(drawing: NetworkDrawing, still: boolean) {
      put(drawing);
      const { network } = drawing;
      places.forEach((place, k) => {
        const handle = group.children[k];
        if (still || !handle.hasAttribute("aria-label"))
          setAttribute(
            handle,
            "aria-label",
            still ? neuronTold(drawing, place) : neuronName(network, place.layer, place.neuron),
          );
      });
    },
  };
}
