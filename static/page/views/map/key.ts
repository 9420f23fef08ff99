/** The key in the margin of the map: what ticks count, what arrows mean. Not on a phone, which has no margin. */
import { h } from "../../dom.ts";
import type { Box } from "../../math/box.ts";
import { memo } from "../../reads.ts";
import { iconElement } from "./dom.ts";
import type { MapLook } from "./look.ts";
import type { MapDrawing } from "./moment.ts";

const ARROW = "M1 3.4h17v-2.9l7 4.5-7 4.5v-2.9h-17z";
const LINE = "M1 4h24v2h-24z";
const ARROW_BOX = "0 0 26 10";

function signed(kind: string, words: string, colour: string = "", path: string = ARROW): Node[] {
  const sign = h("span", { class: `map-key-arrow map-key-${kind}` }, iconElement(path, ARROW_BOX));
  sign.style.color = colour;
  return [sign, document.createTextNode(words)];
}

/** colour: of the arrow of the next step, null where none is drawn; source: what the gradient is by, if not exact */
type KeyContent = {
  ticks: number;
  colour: string | null;
  look: MapLook;
  curve: boolean;
  everyStep: boolean;
  source: string | undefined;
};

/** What ticks count. @param everyStep  along the axis of a curve there is one for each */
const tickWords = (ticks: number, everyStep: boolean): string =>
  ticks === 1
    ? "A tick for each step."
    : `A tick${everyStep ? " for each step along the axis, one" : ""} across the path every ${ticks} steps.`;

type KeyParts = Pick<MapDrawing, "scene" | "playhead" | "look" | "axes" | "traces" | "tickEvery">;

function contentOf({ scene, traces, tickEvery, look, axes: { curve }, playhead: { step } }: KeyParts): KeyContent {
  const selected =
    traces.find(({ index }) => index === scene.selected) ?? (curve && traces.length === 1 ? traces[0] : undefined);
  const ahead = selected && step < selected.length - 1 && !(scene.hidesAhead && step === 0);
  return {
    ticks: traces.length ? tickEvery : 0,
    colour: selected && ahead && !scene.plane ? look.colours.runs[selected.run.slot] : null,
    look,
    curve,
    everyStep: curve && selected !== undefined,
    source: scene.problem.gradient_source,
  };
}

export function createKey(root: HTMLElement) {
  /** @returns where it stands */
  const fill = memo(
    ({
      ticks,
      colour,
      curve,
      everyStep,
      source,
      look: {
        compact,
        box: { left, top, width },
        scale,
      },
    }: KeyContent): Box | null => {
      root.hidden = compact || !ticks;
      if (root.hidden) return null;
      root.replaceChildren(tickWords(ticks, everyStep));
      const step = signed("step", "next step", colour ?? "");
      if (colour)
        root.append(
          ...(curve
            ? [" ", ...signed("tangent", "tangent", "", LINE), ...step]
            : [" Directions: ", ...signed("downhill", `−gradient${source ? `, by ${source}` : ""}`), ...step]),
        );
      const room = root.offsetWidth;
      return { left: left + width - room - 8, top: top - 24 * scale, width: room + 8, height: 20 * scale };
    },
  );

  return (drawing: KeyParts): Box | null => fill(contentOf(drawing));
}
