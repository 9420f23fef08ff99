/** How far off guesses are, as dots over an axis, one of them the flag. */

import { inPixels, type Mark, type Place, segment, shape, words } from "../../marks/mark.ts";
import type { PictureKind, StillLayout, Themed } from "../../marks/picture.ts";
import { screenX } from "../../marks/scales.ts";
import { boxWithin } from "../../math/box.ts";
import type { Sized } from "../chart/lineChart.ts";
import { evenAxis, type PlotArea } from "../chart/plot.ts";
import { AMONG, clothOf, dotStack, flagMarks, guessDots } from "./dots.ts";

export interface DotPlotContent extends Themed {
  values: number[];
  /** the one that flies a flag */
  flag: { at: number; text: string };
}

/** Nominal pixels: around the axis, of the flag over the dots. */
const MARGIN = { left: 14, right: 14, top: 0, bottom: 24 };
const FLAG = 28;
const TYPE = { size: 12.5, weight: 600, fill: "ink" } as const;

/** The last number makes way for the title. */
function axisMarks({ box, x }: PlotArea): Mark[] {
  const foot = box.height;
  const last = x.ticks.length - 1;
  const ofTitle = { anchor: "end", shift: [MARGIN.right - 2, 14], weight: 600, fill: "ink" } as const;
  return [
    segment([box.left, foot], [box.left + box.width, foot], { stroke: "ink", crisp: true }),
    ...x.ticks.flatMap(({ at, text }, k) => {
      const place: Place = [box.left + at * box.width, foot];
      return [
        shape(place, "M0 0v4", { stroke: "ink", crisp: true }),
        k === last ? words(place, "off", ofTitle) : words(place, text, { anchor: "middle", shift: [0, 14] }),
      ];
    }),
  ];
}

function dotPlotOf(content: DotPlotContent & Sized): StillLayout {
  const { values, flag, size, look } = content;
  const { scale } = look;
  const most = Math.max(0, ...values, flag.at);
  const box = boxWithin(size, MARGIN, scale);
  const axis = evenAxis([0, most || 1], Math.max(2, box.width / scale / 70), true);
  const scales = { box, x: axis, y: axis };
  const foot = box.height - 3 * scale;
  const x = (value: number) => screenX(scales, value);
  const stack = dotStack(values.map(x), foot, foot / scale - FLAG, scale);
  const [at, cloth] = [stack.topAt(x(flag.at)), clothOf(AMONG)];
  const left = at[0] > box.left + box.width / 3;
  const beside = left
    ? ({ anchor: "end", shift: [-6, cloth.down] } as const)
    : ({ anchor: "start", shift: [cloth.right + 5, cloth.down] } as const);
  const marks = [
    ...axisMarks(scales),
    ...guessDots(stack.places),
    ...flagMarks(at, AMONG, "paper"),
    words(at, flag.text, { ...TYPE, ...beside }),
  ];
  return { ...scales, marks: [inPixels(marks)] };
}

export const dotPlotPicture: PictureKind<DotPlotContent, StillLayout> = {
  least: { width: 160, height: 60 },
  layOut: dotPlotOf,
};
