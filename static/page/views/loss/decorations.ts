/** What stands in every loss chart besides its lines: tints, and where lines end or leave. */

import {
  group,
  HALO,
  type Ink,
  type Mark,
  type Place,
  path,
  runInk,
  runMarker,
  shape,
  uprights,
  words,
} from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { fromOklab, toHex } from "../../math/colour.ts";
import { formatLevel } from "../../math/format.ts";
import type { Levels } from "../../math/levels.ts";
import { type ThemeName, tints } from "../../math/palette.ts";
import type { Run } from "../../state/types.ts";
import type { PlacedChart } from "../chart/lineChart.ts";
import { endOf, peaksOut, valueAt, xOf, yOf } from "../chart/lines.ts";

/** Nominal pixels of the strip of tints beside the axis. */
export const STRIP = 9;

/** The tints of the map beside the axis; where there is no map, the axis alone. */
export function tintStrip(chart: PlacedChart, levels: Levels | null, theme: ThemeName): Mark {
  const { box, look } = chart;
  const bottom = box.top + box.height;
  const style = { crisp: true, stroke: "ink2" } as const;
  if (!levels) return group([uprights([[box.left, box.top, bottom]], style)], { scales: PIXELS });
  const left = box.left - STRIP * look.scale;
  const edges = [-Infinity, ...levels.values, Infinity].map((value) =>
    Math.min(bottom, Math.max(box.top, yOf(chart, value))),
  );
  const between = (low: number, high: number): Place[] => [
    [left, low],
    [box.left, low],
    [box.left, high],
    [left, high],
  ];
  const bands = tints(theme, levels.values.length + 1).map((tint, band) =>
    path(between(edges[band], edges[band + 1]), { closed: true, fill: toHex(fromOklab(tint)) as Ink }),
  );
  const frame = path(between(bottom, box.top), { ...style, closed: true });
  return group([...bands, frame], { scales: PIXELS });
}

/** An arrowhead out of the top. @param top  pixels */
const exit = (x: number, top: number, slot: number): Mark =>
  shape([x, top], "M0 -9L5 1L-5 1Z", { fill: runInk(slot), casing: { stroke: "casing", width: 2 } });

/** Where lines end; where they leave the top and come back, and below the highest of these how high one gets. */
export function outMarks(chart: PlacedChart, runs: Run[]): Mark {
  const { box, lines, steps } = chart;
  const marks = lines.flatMap((one): Mark[] => {
    const { slot, end } = runs[one.run];
    const { x, y, off } = endOf(chart, one, steps);
    return [
      ...(off ? [exit(x, box.top, slot)] : end ? [runMarker([x, y], slot, 3.4, true)] : []),
      ...peaksOut(chart, one).flatMap((row) => {
        const [x, loss] = [xOf(chart, row, one.counts), valueAt(one, row)];
        const told = `up to ${formatLevel(Number(loss.toPrecision(2)))}`;
        const highest = !one.values.some((value) => value > loss);
        const style = { anchor: "middle", halo: HALO, shift: [0, 9] } as const;
        return [exit(x, box.top, slot), ...(highest ? [words([x, box.top], told, style)] : [])];
      }),
    ];
  });
  return group(marks, { scales: PIXELS });
}
