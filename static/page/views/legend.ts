/** What a tint means: the bands of the map in a bar, with the losses of the index contours under it. */

import { s, setAttribute } from "../dom.ts";
import { fromOklab, toHex } from "../math/colour.ts";
import { formatExact } from "../math/format.ts";
import type { Levels } from "../math/levels.ts";
import type { ThemeName } from "../math/palette.ts";
import { tints } from "../math/palette.ts";
import { memo } from "../reads.ts";

const HEIGHT = 34;
const BAR = 13;
/** Pixels between two numbers, at the least. */
const APART = 12;

export function createLegend(root: HTMLElement) {
  const bands = s("g");
  const lines = s("path", { class: "legend-lines" });
  const numbers = s("g", { class: "legend-numbers" });
  const edge = s("rect", { class: "legend-edge", x: 0.5, y: 0.5, height: BAR, width: 0 });
  const picture = s(
    "svg",
    { class: "legend-picture", height: HEIGHT, role: "img", "aria-label": "Loss, from the valleys to the heights" },
    bands,
    lines,
    edge,
    numbers,
  );
  root.append(picture);
  function draw(levels: Levels, theme: ThemeName, width: number) {
    const colours = tints(theme, levels.values.length + 1).map((tint) => toHex(fromOklab(tint)));
    const step = width / colours.length;
    const at = (k: number) => (k * step).toFixed(2);
    picture.setAttribute("width", String(width + 1));
    bands.replaceChildren(
      ...colours.map((fill, k) => s("rect", { x: at(k), y: 0.5, width: (step + 0.3).toFixed(2), height: BAR, fill })),
    );
    setAttribute(
      lines,
      "d",
      levels.values
        .map((_, k) => (levels.index[k] ? `M${at(k + 1)} .5v${BAR + 4}` : `M${at(k + 1)} .5v${BAR}`))
        .join(""),
    );
    setAttribute(edge, "width", width);
    numbers.replaceChildren(
      ...numbersOf(levels, step).map(({ x, text }) =>
        s("text", { x: x.toFixed(1), y: HEIGHT - 4, "text-anchor": "middle" }, text),
      ),
    );
  }

  const drawn = memo(({ levels, theme, width }: { levels: Levels | null; theme: ThemeName; width: number }) => {
    root.classList.toggle("is-empty", !levels);
    if (levels && width > 0) draw(levels, theme, width);
  });

  return {
    render(levels: Levels | null, theme: ThemeName) {
      drawn({ levels, theme, width: root.clientWidth - 1 });
    },
  };
}

/**
 * Numbers of the index contours (of all, where there is but one) as far as they have room, no two of the same text.
 * @param step  pixels of a band
 */
export function numbersOf({ values, index }: Levels, step: number): { x: number; text: string }[] {
  const every = index.filter(Boolean).length < 2;
  const told: Set<string> = new Set();
  let free = -Infinity;
  return values.flatMap((value, k) => {
    const text = formatExact(value, 3);
    const [x, half] = [(k + 1) * step, text.length * 3.4];
    if (!(every || index[k]) || x - half < free || told.has(text)) return [];
    free = x + half + APART;
    told.add(text);
    return [{ x, text }];
  });
}
