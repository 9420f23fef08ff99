/** The key in the margin of the map: what the ticks count, what the arrows mean. Not on a phone, which has no margin. */
import { element, icon } from "./dom.ts";
import type { Setting } from "./index.ts";
import type { Box } from "./visibleArea.ts";

const ARROW = "M1 3.4h17v-2.9l7 4.5-7 4.5v-2.9h-17z";
const ARROW_BOX = "0 0 26 10";

function arrow(kind: string, words: string, colour: string = ""): Node[] {
  const sign = element("span", `map-key-arrow map-key-${kind}`);
  sign.style.color = colour;
  sign.append(icon(ARROW, ARROW_BOX));
  return [sign, document.createTextNode(words)];
}

/** @returns colour: of the arrow of the next step */
function contentOf({ scene, traces, content, look }: Setting): { ticks: number; colour: string | null } {
  const selected = traces.find(({ index }) => index === scene.selected);
  return { ticks: traces.length ? content.tickEvery : 0, colour: selected ? look.colours.runs[selected.run.slot] : null };
}

export function createKey(root: HTMLElement) {
  let shown = "";
  let box: Box | null = null;

  function fill({ look }: Setting, { ticks, colour }: { ticks: number; colour: string | null }) {
    root.replaceChildren(ticks === 1 ? "A tick a step." : `A tick every ${ticks} steps.`);
    if (colour) root.append(" Directions: ", ...arrow("downhill", "−gradient"), ...arrow("step", "next step", colour));
    const { left, top, width } = look.box;
    const room = root.offsetWidth;
    box = { left: left + width - room - 8, top: top - 24 * look.scale, width: room + 8, height: 20 * look.scale };
  }

  return {
    update(setting: Setting) {
      const content = contentOf(setting);
      root.hidden = setting.look.compact || !content.ticks;
      if (root.hidden) box = null;
      const now = [content.ticks, content.colour, setting.look.width, setting.look.scale, root.hidden].join();
      if (now === shown) return;
      shown = now;
      if (!root.hidden) fill(setting, content);
    },
    /** @returns where it stands */
    box: (): Box | null => box,
  };
}
