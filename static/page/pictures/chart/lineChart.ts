/** The line chart: lines against step, with names at their ends, the playhead, and the marks that a chart adds. */

import { type Look, widthOf } from "../../marks/look.ts";
import { dot, group, inPixels, type Mark, NOWHERE, type Place, runMarker, verticals, words } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import type { Size } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import type { Counts } from "../../math/series.ts";
import type { Hit, Interval } from "../../state/types.ts";
import { BEFORE, type LineName, nameMark, namesListed, textsOf } from "./names.ts";
import {
  type Axis,
  type ChartLine,
  countAxis,
  heightAt,
  inkOf,
  lastStep,
  NUMBERS,
  nearestLine,
  type PlotArea,
  seriesLine,
  stepAt,
  stepSide,
  valueAt,
  valueAxis,
  valueSide,
  xOf,
  yOf,
} from "./plot.ts";

export type Sized = { size: Size; look: Look };

/** What a chart shows. */
interface LineChartContent {
  /** the last is drawn on top */
  lines: ChartLine[];
  /** with all their steps, at whose ends the names stand; by default `lines` */
  linesForNames?: ChartLine[];
  /** in sight */
  steps: Interval;
  /** what lies along it, such as "samples seen"; by default "step" */
  title?: string;
  /**
   * the axis of the steps; by default a step each
   * @param width  nominal pixels
   */
  x?: (width: number) => Axis;
  /** @param height  nominal pixels */
  y: (height: number) => Axis;
  /** nominal pixels between the numbers at the left and the chart */
  strip?: number;
  /** nominal pixels kept free above the chart */
  head?: number;
  /** whether the values at the playhead stand behind the names; by default never */
  showsValues?: "if wide" | "always";
  /** lines are thin, and strong up to the playhead */
  walked?: boolean;
  /** where the steps of the playhead lie along the axis, and the last of them */
  counts?: Counts;
  until?: number;
  /** marks below the lines, and above them and the playhead */
  behind?: (chart: PlacedChart) => Mark[];
  inFront?: (chart: PlacedChart) => Mark[];
}

/** A chart with its axes placed. */
export type PlacedChart = PlotArea & Sized & Pick<LineChartContent, "lines" | "steps">;

/** A chart with the marks that do not move; drawn: those of each line */
export interface LineChart extends PlacedChart, Pick<LineChartContent, "counts" | "until" | "walked"> {
  below: Mark[];
  drawn: Mark[];
  above: Mark[];
  names: LineName[];
  /** the values at the playhead are written */
  showsValues: boolean;
}

/** at: a step, perhaps between two; valuesAt: the one whose values are written */
export type ChartMoment = { at: number; valuesAt: number; highlighted: string | null; hit: Hit | null };

/** The moment of a playhead where nothing is pointed at. @param at  a step, perhaps between two */
export const aloneAt = (at: number): ChartMoment => ({ at, valuesAt: Math.floor(at), highlighted: null, hit: null });

/** Nominal pixels. */
const MARGIN = { right: 18, top: 12 };
/** Nominal pixels on the sides of the title of the steps: half of the last number, and a gap. */
const BESIDE_TITLE = 28;
/**
 * Names that take more than a share of the width are shortened, and those that still do are cut, where no values stand
 * beside them at a larger one; a value takes so many pixels, and a narrow chart has none.
 */
const NAMES = { share: 0.36, cut: 0.6, value: 58, narrow: 420 };
/** Opacity of the other lines while one is pointed at. */
const BACK = 0.32;
/** Opacity of a line that stays about a level. */
const FAINT = 0.25;

/** Where lines are cut off, a little outside of the axes. */
export const cutOff = ({ box: { left, top, width, height } }: PlotArea) => ({
  left: left - 1,
  top: top - 3,
  width: width + 3,
  height: height + 5,
});

export function lineChartOf(content: LineChartContent & Sized): LineChart {
  const { lines, linesForNames = lines, steps, size, look, title = "step", strip = 0, head = 0 } = content;
  const { walked, counts, until } = content;
  const { scale } = look;
  const [left, top] = [(NUMBERS.left + strip) * scale, (MARGIN.top + head) * scale];
  const most = size.width - left - MARGIN.right * scale;
  const height = size.height - top - NUMBERS.bottom * scale;
  const y = content.y(height / scale);
  const { x: axisOf = (space: number) => countAxis(steps, space) } = content;
  const showsValues =
    content.showsValues === "always" || (content.showsValues !== undefined && size.width > NAMES.narrow * scale);
  const texts = textsOf(linesForNames, look, NAMES.share * most, (showsValues ? NAMES.share : NAMES.cut) * most);
  const space = size.width - left - (BEFORE + (showsValues ? NAMES.value : 2)) * scale;
  // On a wall the title of the steps is large, and stands beyond their last number.
  const untitled = most + (MARGIN.right - BESIDE_TITLE) * scale - widthOf(look, title, { weight: 600 });
  const width = Math.min(scale > 1 ? untitled : most, space - Math.max(...texts.map((text) => text.width)));
  const area: PlotArea = { box: { left, top, width, height }, x: axisOf(width / scale), y };
  const names = namesListed(area, steps, texts, scale);
  // A name appears with the first rows of its line, where it will stand at the end.
  const namesSoFar = names.flatMap((name) => {
    const line = lines.find(({ run, quantity }) => run === name.line.run && quantity === name.line.quantity);
    return line?.name ? [{ ...name, line }] : [];
  });
  const placed = { ...area, lines, steps, size, look };
  const drawn = lines.map((line) => lineOf(line, steps));
  const thin = walked ? drawn.map((mark): Mark => ({ strokeOpacity: 0.55, ...mark, width: 1, dash: [] })) : [];
  const below = [
    valueSide(area, look, strip + 7),
    stepSide(area, look, title, size.width),
    ...(content.behind?.(placed) ?? []),
    group(thin, { clip: cutOff(area) }),
  ];
  return {
    ...placed,
    names: namesSoFar,
    showsValues,
    walked,
    counts,
    until,
    drawn,
    below,
    above: content.inFront?.(placed) ?? [],
  };
}

function lineOf(line: ChartLine, steps: Interval) {
  const { dash = [], strong, slot, width = strong ? 2.4 : slot === null ? 1 : 1.6 } = line;
  const casing = line.cased ? ({ stroke: "casing", width: width + 2 } as const) : undefined;
  const style = { stroke: inkOf(line), width, dash, round: dash.length > 0, casing, of: "line" };
  return seriesLine(line, steps, line.level ? { ...style, strokeOpacity: FAINT } : style);
}

/** @returns the opacity of a line, lower while another one is pointed at */
function opacityOf(line: ChartLine, lines: ChartLine[], { highlighted, hit }: ChartMoment) {
  if (hit && lines.some(({ run }) => run === hit.run)) return line.run === hit.run ? 1 : BACK;
  return lines.some(({ quantity }) => quantity === highlighted) && line.quantity !== highlighted ? BACK : 1;
}

export function lineChartMarks(chart: LineChart, moment: ChartMoment): Mark[] {
  const { box, lines, steps, size, names, showsValues, walked, counts, until = Infinity } = chart;
  const { at, hit } = moment;
  const edge = cutOff(chart);
  const inside = at >= steps[0] && at <= steps[1];
  const opacities = lines.map((line) => opacityOf(line, lines, moment));
  const cut = (line: ChartLine) =>
    walked ? { ...edge, width: xOf(chart, Math.min(at, lastStep(line)), line.counts) - box.left + 1 } : edge;
  // A head that does not show has no place, but is kept: as many marks as before are only moved.
  const heads = lines.map((line) => {
    const here = Math.min(at, lastStep(line));
    const y = heightAt(chart, line, here);
    const gone = !inside || (walked && (at >= lastStep(line) || !(y >= box.top - 1)));
    const place: Place = [xOf(chart, here, line.counts), gone ? Number.NaN : Math.min(y, box.top + box.height)];
    const slot = line.name && line.slot !== null ? line.slot : 0;
    return { ...runMarker(place, slot, line.strong ? 4.6 : 3.8, at > lastStep(line), inkOf(line)), of: "head" };
  });
  const pointed = hit && lines.find((line) => line.run === hit.run && hit.step <= lastStep(line));
  const ring: Place = pointed
    ? [xOf(chart, hit.step, pointed.counts), yOf(chart, valueAt(pointed, hit.step))]
    : NOWHERE;
  const values = names.map(({ line, y }) => {
    const [ended, value] = [moment.valuesAt > lastStep(line), valueAt(line, moment.valuesAt)];
    const text = !showsValues ? "" : ended ? "ended" : Number.isNaN(value) ? "" : formatMeasured(value);
    return words([size.width - 2, y], text, { anchor: "end", fill: ended ? "ink3" : "ink2" });
  });
  const x = inside ? xOf(chart, Math.min(at, until), counts) : Number.NaN;
  return [
    ...chart.below,
    ...lines.map((line, k) =>
      group([chart.drawn[k]], { clip: cut(line), opacity: opacities[k], of: walked ? "walked" : undefined }),
    ),
    inPixels([
      verticals([[x, box.top - 6 * chart.look.scale, box.top + box.height]], {
        crisp: true,
        stroke: "ink",
        of: "playhead",
      }),
    ]),
    ...chart.above,
    ...names.map((name) => nameMark(name, chart.look, opacities[lines.indexOf(name.line)])),
    inPixels([...heads, dot(ring, 7, { stroke: "ink", width: 1.5, of: "ring" }), ...values]),
  ];
}

/** A chart of quantities, with an axis made for their values. */
interface QuantityContent extends Themed, Pick<LineChartContent, "lines" | "steps"> {
  /** the axis of the values has room for these: the lines with all their steps; by default `lines` */
  linesForAxis?: ChartLine[];
  /** on a logarithmic axis; by default where the values span much */
  log?: boolean;
}

export const quantityChartOf = (content: QuantityContent & Sized): LineChart => {
  const { lines, linesForAxis = lines, steps, log, size, look } = content;
  return lineChartOf({
    lines,
    steps,
    size,
    look,
    showsValues: "if wide",
    y: (height) => valueAxis(linesForAxis, steps, height, log),
  });
};

export interface LineChartEvents {
  onSeek: (step: number) => void;
  onPoint?: (line: { quantity: string; run: number } | null, step: number) => void;
}

export const createLineChart = <C extends Themed>(
  layOut: (content: C & Sized) => LineChart,
  { onSeek, onPoint = () => {} }: LineChartEvents,
) =>
  createPicture<C, LineChart, ChartMoment>({
    least: { width: 80, height: 50 },
    layOut,
    marks: lineChartMarks,
    onHold: (layout, left) => onSeek(stepAt(layout, left, layout.counts)),
    onPoint(layout, left, top) {
      const line = layout.lines[nearestLine(layout, layout.lines, left, top)];
      onPoint(line ?? null, stepAt(layout, left, line?.counts));
    },
    onLeave: () => onPoint(null, 0),
  });
