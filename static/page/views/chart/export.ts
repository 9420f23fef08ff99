/** A chart as it is taken home: under its title, with the key to lines that have no name beside them. */

import { spansOf, widthOf } from "../../marks/look.ts";
import { group, type Mark, runInk, segment, words } from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import type { Picture } from "../../marks/svg.ts";
import { svgOf } from "../../marks/svgFile.ts";
import type { ChartExport } from "../../state/types.ts";
import type { Letter } from "../../words/symbol.ts";

/** slot: of its run; null: in grey */
type KeyLine = { slot: number | null; dash: number[]; letter: Letter };

/** Pixels. */
const HEAD = 34;
const EDGE = 10;
/** Of a letter of the key. */
const LETTER = { size: 14 };

function keyMarks(look: Picture["look"], lines: KeyLine[], left: number): Mark[] {
  return lines.flatMap(({ slot, dash, letter }) => {
    const [at, spans] = [left, spansOf(letter)];
    left += 28 + widthOf(look, spans, LETTER) + 18;
    return [
      segment([at, HEAD / 2], [at + 22, HEAD / 2], { stroke: slot === null ? "ink3" : runInk(slot), width: 1.6, dash }),
      words([at + 28, HEAD / 2], spans, { ...LETTER, fill: "ink" }),
    ];
  });
}

/** @param head  of the title, where the key says the rest */
export function chartExportOf(title: string, key: KeyLine[], picture: Picture, head: string = title): ChartExport {
  const { size, scales, look, marks } = picture;
  const type = { size: 15, weight: 600 };
  const plain = { ...look, scale: 1 };
  const whole: Picture = {
    size: { width: size.width + 2 * EDGE, height: size.height + HEAD + EDGE },
    scales: PIXELS,
    look: plain,
    marks: [
      words([EDGE, HEAD / 2], head, { ...type, fill: "ink" }),
      ...keyMarks(plain, key, EDGE + widthOf(plain, head, type) + 20),
      group(marks, { scales, look, shift: [EDGE, HEAD] }),
    ],
  };
  return { name: title.toLowerCase().replace(/[^a-z0-9]+/g, "-"), title, svg: svgOf(title, whole) };
}
