/** The key in the margin of the map: what the ticks count, what the arrows mean. Not on a phone, which has no margin. */
import { h } from "../../dom.ts";
import { iconElement } from "./dom.ts";
import { memo } from "../../reads.ts";
import type { MapDrawing } from "./index.ts";
import type { MapLook } from "./look.ts";
import type { Box } from "../../math/box.ts";

const ARROW = "M1 3.4h17v-2.9l7 4.5-7 4.5v-2.9h-17z";
const ARROW_BOX = "0 0 26 10";

function arrow(kind: string, words: string, colour: string = ""): Node[] {
  const sign = h("span", { class: `map-key-arrow map-key-${kind}` }, iconElement(ARROW, ARROW_BOX));
  sign.style.color = colour;
  return [sign, document.createTextNode(words)];
}

/** colour: of the arrow of the next step */
type KeyContent = { ticks: number; colour: string | null; look: MapLook };

function contentOf({ scene, traces, content, look }: MapDrawing): KeyContent {
  const selected = traces.find(({ index }) => index === scene.selected);
  return { ticks: traces.length ? content.tickEvery : 0, colour: selected && !scene.plane ? look.colours.runs[selected.run.slot] : null, look };
}

export function createKey(root: HTMLElement) {
  let box: Box | null = null;

  /** @returns where it stands */
  const fill = memo(({ ticks, colour, look: { compact, box: { left, top, width }, scale } }: KeyContent): Box | null => {
    root.hidden = compact || !ticks;
    if (root.hidden) return null;
    root.replaceChildren(ticks === 1 ? "A tick a step." : `A tick every ${ticks} steps.`);
    if (colour) root.append(" Directions: ", ...arrow("downhill", "−gradient"), ...arrow("step", "next step", colour));
    const room = root.offsetWidth;
    return { left: left + width - room - 8, top: top - 24 * scale, width: room + 8, height: 20 * scale };
  });

  return {
    update: (drawing: MapDrawing) => void (box = fill(contentOf(drawing))),
    /** @returns where it stands */
    box: (): Box | null => box,
  };
}
