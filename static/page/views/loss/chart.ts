/** Loss against step, all runs. Its axis has the tints of the map: a colour there is a height here. */

import {
  HALO,
  type Ink,
  inPixels,
  type Mark,
  type Place,
  path,
  runInk,
  runMarker,
  shape,
  uprights,
  words,
} from "../../marks/mark.ts";
import { fromOklab, toHex } from "../../math/colour.ts";
import { formatExact, formatLevel } from "../../math/format.ts";
import type { Levels } from "../../math/levels.ts";
import { type ThemeName, tints } from "../../math/palette.ts";
import type { Counted } from "../../state/samples.ts";
import type { Run, Scene } from "../../state/types.ts";
import { type LineChart, lineChartOf, type PlacedChart, type Sized } from "../chart/lineChart.ts";
import { type ChartLine, endOf, lastStep, peaksOut, valueAt, WHOLE, xOf, yOf } from "../chart/lines.ts";
import { type Bands, isShown, lossAxis, stepAxis } from "./axes.ts";
import type * as seldom from "./seldom.ts";

/** Nominal pixels of the strip of tints beside the axis. */
export const STRIP = 9;

/** The tints of the map beside the axis; where there is no map, the axis alone. */
export function tintStrip(chart: PlacedChart, levels: Levels | null, theme: ThemeName): Mark {
  const { box, look } = chart;
  const bottom = box.top + box.height;
  const style = { crisp: true, stroke: "ink2" } as const;
  if (!levels) return inPixels([uprights([[box.left, box.top, bottom]], style)]);
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
  return inPixels([...bands, frame]);
}

/** An arrowhead out of the top. @param top  pixels */
const exit = (x: number, top: number, slot: number): Mark =>
  shape([x, top], "M0 -9L5 1L-5 1Z", { fill: runInk(slot), casing: { stroke: "casing", width: 2 } });

/** Where lines end; where they leave the top and come back, and below the highest of these how high one gets. */
function outMarks(chart: PlacedChart, runs: Run[]): Mark {
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
  return inPixels(marks);
}

/**
 * counted: what lies along the axis, by the steps of each run; null: steps count
 * bands: over seeds; null: none are drawn
 * epochs: of a run, by its index, the rows at which one is over
 * average: the loss of the mean of the steps of a run
 * seldom: what draws these two, ghosts, runs as prepared and evidence, once it is there
 */
export type LossContent = {
  scene: Scene;
  counted: Counted | null;
  bands: Bands;
  epochs: { run: number; ends: number[] } | null;
  average?: ChartLine | null;
  seldom?: typeof seldom | null;
};

/** Nominal pixels of a line, and of one that has a band. */
const WIDTH = { alone: 1.8, inBand: 0.9 };

/** @param base  what losses are counted from @returns what the chart shows */
export const lossTitle = (base: number = 0) => (base ? `Loss above ${formatExact(base, 4)}` : "Loss");

export function lossChartOf({
  scene,
  counted,
  bands,
  epochs,
  average,
  seldom,
  size,
  look,
}: LossContent & Sized): LineChart {
  const { runs, wholeRuns, hidesAhead, levels, theme, selected } = scene;
  const own = selected ?? 0;
  const counts = counted?.of ?? runs.map(() => null);
  const lineOf = (run: Run, index: number): ChartLine[] => {
    if (!isShown(run)) return [];
    const { slot, short, length, columns } = run;
    const values = columns.loss.subarray(0, length);
    const width = bands?.[index] ? WIDTH.inBand : WIDTH.alone;
    const named = [short, seldom?.endText(scene, run)].filter(Boolean).join(": ");
    return [{ values, first: 0, counts: counts[index], of: "loss", run: index, slot, name: named, width }];
  };
  const more = average ? [{ ...average, counts: counts[average.run] }] : [];
  const lines = [...runs.flatMap(lineOf), ...more];
  const chosen = lines.find(({ run }) => run === own);
  const title = counted?.title ?? "step";
  return lineChartOf({
    // A name comes when its run has ended.
    lines: hidesAhead ? lines.map((one) => (runs[one.run].end ? one : { ...one, name: "" })) : lines,
    whole: hidesAhead ? [...wholeRuns.flatMap(lineOf), ...more] : lines,
    steps: WHOLE,
    size,
    look,
    title,
    x(width, drawn) {
      const axis = stepAxis(scene, counted?.of ?? null, width);
      return seldom?.stepsBeside(axis, scene, counts, drawn, look) ?? axis;
    },
    y(height) {
      const axis = lossAxis(
        scene,
        bands,
        height,
        seldom,
        more.map(({ values }) => values),
      );
      return seldom?.lossesBeside(axis, scene, height) ?? axis;
    },
    strip: STRIP,
    head: seldom?.roomOfGuesses(scene),
    walked: true,
    counts: counts[own],
    // Where steps do not count the playhead stays where its own run has ended.
    until: Math.max(1, ...(chosen?.counts ? [lastStep(chosen)] : lines.map(lastStep))),
    behind: (chart) => [
      tintStrip(chart, levels, theme),
      ...(seldom
        ? [
            seldom.epochMarks(chart, epochs?.ends ?? [], counts[epochs?.run ?? 0]),
            seldom.bandMarks(chart, runs, bands, counts, title === "samples seen"),
            ...(scene.prepared.length ? [seldom.preparedMarks(chart, scene, counted?.prepared ?? [])] : []),
          ]
        : []),
    ],
    before: (chart) => [
      ...(seldom ? [seldom.ghostMarks(chart, scene, counted?.ghosts ?? [])] : []),
      outMarks(chart, runs),
      ...(seldom?.toldMarks(chart, scene, counts) ?? []),
    ],
  });
}
