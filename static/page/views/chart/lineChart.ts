/** Lines against step, with the playhead, the values at it, and their names beside their ends. */

import { type Look, widthOf } from "../../marks/look.ts";
import {
  type GroupMark,
  group,
  type Ink,
  type Mark,
  path,
  runInk,
  runMarker,
  segment,
  words,
} from "../../marks/mark.ts";
import { createPicture } from "../../marks/picture.ts";
import { PIXELS, SHARE } from "../../marks/scales.ts";
import type { Size } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import type { ThemeName } from "../../math/palette.ts";
import type { Series } from "../../math/series.ts";
import type { ChartExport } from "../../state/types.ts";
import type { Letter } from "../../words/symbol.ts";
import { countAxis, valueAxis } from "./axes.ts";
import { chartExportOf } from "./export.ts";
import { heightAt, lastStep, nearestLine, type PlotArea, seriesLine, stepAt, valueAt, xOf, yOf } from "./lines.ts";
import { cut, listNames } from "./names.ts";
import { NUMBERS, stepSide, valueSide } from "./sides.ts";

export interface ChartLine extends Series {
  /** the quantity */
  of: string;
  /** index */
  run: number;
  /** of its run; null: in grey, for comparison only */
  slot: number | null;
  dash: number[];
  strong: boolean;
  /** beside its end, with its value and the marker of its run; empty: none */
  name: string;
  letter: Letter;
}

interface ChartContent {
  /** the last is drawn on top */
  lines: ChartLine[];
  /** in sight */
  steps: [number, number];
  /** drawn by the logarithm of its values; otherwise where that tells more */
  log?: boolean;
  theme: ThemeName;
  /** of type and lines */
  scale: number;
}

/** read: the step whose values are written */
export type ChartMoment = { at: number; read: number; highlighted: string | null; hovered: number | null };
type Pointed = { of: string; run: number };

/** read: with the values at the playhead; sides, drawn, named: marks of sides, of each line, and of its name */
type Chart = PlotArea & {
  lines: ChartLine[];
  sides: Mark[];
  drawn: Mark[];
  named: Mark[];
  steps: [number, number];
  size: Size;
  look: Look;
  labels: number[];
  names: string[];
  read: boolean;
};

const MARGIN = { right: 18, top: 8 };
/** Of a label beside its line: to its marker, to its name, and what its value takes. */
const LABEL = { marker: 12, name: 22, value: 58, gap: 16, size: 13 };
/** Names may take this share of the width, and where it is little their values go. */
const NAMES = 0.34;
const NARROW = 420;

const inkOf = ({ slot }: ChartLine): Ink => (slot === null ? "ink3" : runInk(slot));

/** The names as they fit beside the lines, and what they and their values take. @param width  of the chart */
function measureLabels(lines: ChartLine[], look: Look, width: number) {
  const names = lines.map(({ name }) => cut(look, name, NAMES * width, { size: LABEL.size, weight: 600 }));
  if (!names.some(Boolean)) return { names, read: false, wide: 0 };
  const read = width > NARROW * look.scale;
  const longest = Math.max(...names.map((name) => widthOf(look, name, { size: LABEL.size, weight: 600 })));
  return { names, read, wide: longest + (LABEL.name + (read ? LABEL.value : 2)) * look.scale };
}

/** Of the last value in sight. */
const endOf = (area: PlotArea, one: ChartLine, steps: [number, number]) =>
  yOf(area, valueAt(one, Math.min(steps[1], lastStep(one))));

/** Where the labels stand: at the ends of their lines, moved as little as keeps them apart. */
function placeLabels(area: PlotArea, lines: ChartLine[], steps: [number, number], scale: number) {
  const { top, height } = area.box;
  const ends = lines.map((one) => ({
    y: Math.min(top + height, Math.max(top, endOf(area, one, steps) || top + height)),
  }));
  return lines.some(({ name }) => name)
    ? listNames(ends, LABEL.gap * scale, top + 4, top + height).at
    : ends.map(({ y }) => y);
}

export function lineChartOf({ lines, steps, log, size, look }: ChartContent & { size: Size; look: Look }): Chart {
  const { scale } = look;
  const left = NUMBERS.left * scale;
  const { names, read, wide } = measureLabels(lines, look, size.width);
  const box = {
    left,
    top: MARGIN.top,
    width: size.width - left - Math.max(MARGIN.right, wide),
    height: size.height - MARGIN.top - NUMBERS.bottom * scale,
  };
  const area = { box, x: countAxis(steps, box.width / scale), y: valueAxis(lines, steps, box.height / scale, log) };
  const labels = placeLabels(area, lines, steps, scale);
  return {
    ...area,
    lines,
    steps,
    size,
    look,
    labels,
    names,
    read,
    sides: [valueSide(area), stepSide(area, look, "step", size.width)],
    drawn: lines.map((one) => lineOf(one, steps)),
    named: lines.map((one, k) => nameOf(area, one, names[k], endOf(area, one, steps), labels[k], scale)),
  };
}

function lineOf(one: ChartLine, steps: [number, number]): Mark {
  const { dash, strong, slot } = one;
  const width = strong ? 2.4 : slot === null ? 1 : 1.6;
  return seriesLine(one, steps, { stroke: inkOf(one), width, dash, round: dash.length > 0, of: "line" });
}

/** @param end  of its line, and y where its name stands, both in pixels */
function nameOf(
  { box }: PlotArea,
  { name, strong, slot }: ChartLine,
  shown: string,
  end: number,
  y: number,
  scale: number,
): GroupMark {
  const right = box.left + box.width;
  if (!name) return group([]);
  return group(
    [
      ...(Math.abs(end - y) > 1.5
        ? [segment([right + 2, end], [right + (LABEL.marker - 6) * scale, y], { stroke: "ink3" })]
        : []),
      ...(slot === null ? [] : [runMarker([right + LABEL.marker * scale, y], slot, 4)]),
      words([right + LABEL.name * scale, y + 1], shown, {
        size: LABEL.size,
        weight: strong ? 600 : 400,
        fill: "ink",
      }),
    ],
    { scales: PIXELS },
  );
}

/** Lines that another one is brought forward against step back. */
function opacityOf(one: ChartLine, lines: ChartLine[], { highlighted, hovered }: ChartMoment) {
  if (hovered !== null && lines.some(({ run }) => run === hovered)) return one.run === hovered ? 1 : 0.3;
  return lines.some(({ of }) => of === highlighted) && one.of !== highlighted ? 0.35 : 1;
}

export function lineChartMarks(chart: Chart, moment: ChartMoment): Mark[] {
  const { box, x, lines, steps, size, labels, read } = chart;
  const inside = moment.at >= steps[0] && moment.at <= steps[1];
  const clip = { left: box.left, top: box.top - 2, width: box.width + 2, height: box.height + 4 };
  const heads = lines.map((one) => {
    const here = Math.min(moment.at, lastStep(one));
    const y = inside ? heightAt(chart, one, here) : Number.NaN;
    const slot = one.name && one.slot !== null ? one.slot : 0;
    return runMarker([xOf(chart, here), y], slot, one.strong ? 4.6 : 3.6, moment.at > lastStep(one), inkOf(one));
  });
  const at = inside ? moment.at : Number.NaN;
  const playhead = [
    [at, 1],
    [at, 0],
  ] as const;
  const values = lines.map((one, k) => {
    const [ended, value] = [moment.read > lastStep(one), valueAt(one, moment.read)];
    const text = !read || !one.name ? "" : ended ? "ended" : Number.isNaN(value) ? "" : formatMeasured(value);
    return words([size.width - 2, labels[k] + 1], text, { anchor: "end", fill: ended ? "ink3" : "ink2" });
  });
  return [
    ...chart.sides,
    ...lines.map((one, k) =>
      group([group([chart.drawn[k]], { clip }), chart.named[k]], { opacity: opacityOf(one, lines, moment) }),
    ),
    group([path(playhead, { crisp: true, stroke: "ink", of: "playhead" })], { scales: { box, x, y: SHARE } }),
    group([...heads, ...values], { scales: PIXELS }),
  ];
}

export interface LineChartEvents {
  onSeek: (step: number) => void;
  onPoint: (line: Pointed | null, step: number) => void;
}

export function createLineChart(root: HTMLElement, { onSeek, onPoint }: LineChartEvents) {
  const chart = createPicture(root, {
    least: { width: 80, height: 50 },
    layOut: lineChartOf,
    marks: lineChartMarks,
    onHold: (layout, left) => onSeek(stepAt(layout, left)),
    onPoint: (layout, left, top) =>
      onPoint(layout.lines[nearestLine(layout, layout.lines, left, top)] ?? null, stepAt(layout, left)),
    onLeave: () => onPoint(null, 0),
  });

  return {
    render: chart.render,
    /** @returns none before it is drawn */
    chartExports(title: string, key: ChartLine[], head: string = title): ChartExport[] {
      const shown = chart.shown();
      return shown ? [chartExportOf(title, key, shown, head)] : [];
    },
    destroy: chart.destroy,
  };
}
