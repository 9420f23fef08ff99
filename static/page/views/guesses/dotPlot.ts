/** Numbers that people gave, or how far off they were, as dots over an axis, one of them the flag. */

import { inPixels, type Mark, segment, shape, words } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import { type Scales, screenX } from "../../marks/scales.ts";
import { formatExact } from "../../math/format.ts";
import type { Sized } from "../chart/lineChart.ts";
import { evenAxis } from "../chart/plot.ts";
import { AMONG, clothOf, flagMarks, guessDots, stacked } from "./dots.ts";

interface DotPlotContent extends Themed {
  values: number[];
  /** of the time before */
  again: number[] | null;
  /** the one that flies a flag */
  flag: { at: number; text: string } | null;
  /** what is right */
  truth: number | null;
  /** at the end of the axis */
  title: string;
}

/** Nominal pixels: beside the axis, below it, of the flag over the dots, of the dots of the time before. */
const [SIDE, BELOW, FLAG, AGAIN] = [14, 24, 28, 20];
const STRONG = { size: 12.5, weight: 600, fill: "ink" } as const;

interface DotPlot extends Scales {
  still: Mark[];
}

export function dotPlotOf(given: DotPlotContent & Sized): DotPlot {
  const { values, again, flag, truth, title, size, look } = given;
  const { scale } = look;
  const all = [...values, ...(again ?? []), ...(truth === null ? [] : [truth]), ...(flag ? [flag.at] : [])];
  const [low, high] = [Math.min(0, ...all), Math.max(...all)];
  const width = size.width - 2 * SIDE * scale;
  const axis = evenAxis([low, high > low ? high : low + 1], Math.max(2, width / scale / 70), true);
  const box = { left: SIDE * scale, top: 0, width, height: size.height - BELOW * scale };
  const scales = { box, x: axis, y: axis };
  const [right, foot] = [box.left + width, box.height];
  const x = (value: number) => screenX(scales, value);
  const before = again ? stacked(again.map(x), foot - 3 * scale, AGAIN, scale).places : [];
  const from = foot - (again ? AGAIN + 4 : 3) * scale;
  const stack = stacked(values.map(x), from, from / scale - FLAG, scale);
  const marks: Mark[] = [
    segment([box.left, foot], [right, foot], { stroke: "ink", crisp: true }),
    ...axis.ticks.flatMap(({ at, text }, k) => [
      shape([box.left + at * width, foot], "M0 0v4", { stroke: "ink", crisp: true }),
      words([box.left + at * width, foot], k === axis.ticks.length - 1 ? title : text, {
        anchor: k === axis.ticks.length - 1 ? "end" : "middle",
        shift: [k === axis.ticks.length - 1 ? SIDE - 2 : 0, 14],
        ...(k === axis.ticks.length - 1 ? { weight: 600, fill: "ink" } : {}),
      }),
    ]),
    ...guessDots(before, true),
    ...guessDots(stack.places),
  ];
  if (truth !== null) {
    const side = x(truth) < box.left + 0.8 * width ? 1 : -1;
    marks.push(
      segment([x(truth), 4 * scale], [x(truth), foot], { stroke: "ink", width: 2 }),
      words([x(truth), 4 * scale], formatExact(truth, 4), {
        ...STRONG,
        anchor: side > 0 ? "start" : "end",
        shift: [5 * side, 5],
      }),
    );
  }
  if (flag) {
    const [at, cloth] = [stack.topAt(x(flag.at)), clothOf(AMONG)];
    const left = at[0] > box.left + width / 3;
    marks.push(
      ...flagMarks(at, AMONG, "paper"),
      words(at, flag.text, {
        ...STRONG,
        anchor: left ? "end" : "start",
        shift: [left ? -6 : cloth.right + 5, cloth.down],
      }),
    );
  }
  return { ...scales, still: [inPixels(marks)] };
}

export const createDotPlot = () =>
  createPicture<DotPlotContent, DotPlot>({
    least: { width: 160, height: 60 },
    layOut: dotPlotOf,
    marks: ({ still }) => still,
  });
