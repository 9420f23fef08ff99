/** Numbers that people gave, or how far off they were, as dots over an axis, one of them the flag. */

import { inPixels, type Mark, type Place, segment, shape, words } from "../../marks/mark.ts";
import { createPicture, type StillLayout, type Themed } from "../../marks/picture.ts";
import { screenX } from "../../marks/scales.ts";
import { boxWithin } from "../../math/box.ts";
import { formatExact } from "../../math/format.ts";
import type { Sized } from "../chart/lineChart.ts";
import { evenAxis, type PlotArea } from "../chart/plot.ts";
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

/** Nominal pixels: around the axis, of the flag over the dots, of the dots of the time before. */
const MARGIN = { left: 14, right: 14, top: 0, bottom: 24 };
const [FLAG, AGAIN] = [28, 20];
const TYPE = { size: 12.5, weight: 600, fill: "ink" } as const;

/** The last number makes way for the title. */
function axisMarks({ box, x }: PlotArea, title: string): Mark[] {
  const foot = box.height;
  const last = x.ticks.length - 1;
  const ofTitle = { anchor: "end", shift: [MARGIN.right - 2, 14], weight: 600, fill: "ink" } as const;
  return [
    segment([box.left, foot], [box.left + box.width, foot], { stroke: "ink", crisp: true }),
    ...x.ticks.flatMap(({ at, text }, k) => {
      const place: Place = [box.left + at * box.width, foot];
      return [
        shape(place, "M0 0v4", { stroke: "ink", crisp: true }),
        k === last ? words(place, title, ofTitle) : words(place, text, { anchor: "middle", shift: [0, 14] }),
      ];
    }),
  ];
}

export function dotPlotOf(content: DotPlotContent & Sized): StillLayout {
  const { values, again, flag, truth, title, size, look } = content;
  const { scale } = look;
  const all = [...values, ...(again ?? []), ...(truth === null ? [] : [truth]), ...(flag ? [flag.at] : [])];
  const [low, high] = [Math.min(0, ...all), Math.max(...all)];
  const box = boxWithin(size, MARGIN, scale);
  const axis = evenAxis([low, high > low ? high : low + 1], Math.max(2, box.width / scale / 70), true);
  const scales = { box, x: axis, y: axis };
  const foot = box.height;
  const x = (value: number) => screenX(scales, value);
  const before = again ? stacked(again.map(x), foot - 3 * scale, AGAIN, scale).places : [];
  const from = foot - (again ? AGAIN + 4 : 3) * scale;
  const stack = stacked(values.map(x), from, from / scale - FLAG, scale);
  const marks = [...axisMarks(scales, title), ...guessDots(before, true), ...guessDots(stack.places)];
  if (truth !== null) {
    const [at, side]: [Place, number] = [[x(truth), 4 * scale], x(truth) < box.left + 0.8 * box.width ? 1 : -1];
    const style = { ...TYPE, anchor: side > 0 ? "start" : "end", shift: [5 * side, 5] } as const;
    marks.push(segment(at, [at[0], foot], { stroke: "ink", width: 2 }), words(at, formatExact(truth, 4), style));
  }
  if (flag) {
    const [at, cloth] = [stack.topAt(x(flag.at)), clothOf(AMONG)];
    const left = at[0] > box.left + box.width / 3;
    const style = {
      ...TYPE,
      anchor: left ? "end" : "start",
      shift: [left ? -6 : cloth.right + 5, cloth.down],
    } as const;
    marks.push(...flagMarks(at, AMONG, "paper"), words(at, flag.text, style));
  }
  return { ...scales, marks: [inPixels(marks)] };
}

export const createDotPlot = () =>
  createPicture<DotPlotContent, StillLayout>({ least: { width: 160, height: 60 }, layOut: dotPlotOf });
