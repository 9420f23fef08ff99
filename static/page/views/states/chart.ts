/** One chart of quantities against step, with the playhead and the values at it. */
import { moveApart } from "../../math/apart.ts";
import { measured } from "../../math/format.ts";
import { countAxis, valueAxis } from "../chart/axes.ts";
import { FIGURES, stepSide, valueSide } from "../chart/sides.ts";
import { heightAt, lastStep, nearest, pathOf, pointsOf, stepAt, valueAt, xOf, yOf } from "../chart/lines.ts";
import { createChartSvg, listen, chartExportOf } from "../chart/drawing.ts";
import { DROP, at, clipped, crisp, dashesOf, filled, line, mark, part, short, tag, widthOf, write } from "../chart/svg.ts";
import { sizeOf } from "../../size.ts";
import type { ChartExport } from "../../state/types.ts";
import type { PlotArea } from "../chart/lines.ts";
import type { Series } from "../../math/series.ts";
import type { Look, Moving, Size } from "../chart/svg.ts";
import type { Letter } from "../../words/symbol.ts";

export interface Line extends Series {
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

export interface ChartContent {
  /** the last is drawn on top */
  lines: Line[];
  /** in sight */
  steps: [number, number];
  look: Look;
}

/** read: the step whose values are written */
export type Moment = { at: number; read: number; lit: string | null; hovered: number | null };
export type Pointed = { of: string; run: number };

/** read: with the values at the playhead */
type Chart = PlotArea & { picture: ChartContent; size: Size; labels: { y: number }[]; names: string[]; read: boolean };

const MARGIN = { right: 18, top: 8 };
/** Of a label beside its line: to its marker, to its name, and what its value takes. */
const LABEL = { mark: 12, name: 22, value: 58, gap: 16, size: 13 };
/** Names may take this share of the width, and where it is little their values go. */
const NAMES = 0.34;
const NARROW = 420;

const colourOf = ({ slot }: Line, { sheet }: Look) => (slot === null ? sheet.ink3 : sheet.runs[slot]);

/** @param most  pixels @returns as much of it as fits */
function cut(look: Look, name: string, most: number): string {
  let length = name.length;
  while (length > 1 && widthOf(look, name.slice(0, length), { size: LABEL.size, weight: 600 }) > most) length--;
  return length < name.length ? `${name.slice(0, length).trimEnd()}…` : name;
}

/** The names as they fit beside the lines, and what they and their values take. @param width  of the chart */
function measureLabels({ lines, look }: ChartContent, width: number) {
  const names = lines.map(({ name }) => cut(look, name, NAMES * width));
  if (!names.some(Boolean)) return { names, read: false, wide: 0 };
  const read = width > NARROW * look.scale;
  const longest = Math.max(...names.map((name) => widthOf(look, name, { size: LABEL.size, weight: 600 })));
  return { names, read, wide: longest + (LABEL.name + (read ? LABEL.value : 2)) * look.scale };
}

/** Of the last value in sight. */
const endOf = (frame: PlotArea, one: Line, { steps }: ChartContent) => yOf(frame, valueAt(one, Math.min(steps[1], lastStep(one))));

/** Where the labels stand: at the ends of their lines, moved as little as keeps them apart. */
function placeLabels(frame: PlotArea, picture: ChartContent) {
  const { top, height } = frame.box;
  const labels = picture.lines.map((one) => ({ y: Math.min(top + height, Math.max(top, endOf(frame, one, picture) || top + height)) }));
  if (picture.lines.some(({ name }) => name)) moveApart(labels, LABEL.gap * picture.look.scale, top + 4, top + height);
  return labels;
}

function chartOf(size: Size, picture: ChartContent): Chart {
  const { look: { scale }, lines, steps } = picture;
  const left = FIGURES.left * scale;
  const { names, read, wide } = measureLabels(picture, size.width);
  const box = { left, top: MARGIN.top, width: size.width - left - Math.max(MARGIN.right, wide), height: size.height - MARGIN.top - FIGURES.bottom * scale };
  const frame = { box, x: countAxis(steps, box.width / scale), y: valueAxis(lines, steps, box.height / scale) };
  return { ...frame, picture, size, labels: placeLabels(frame, picture), names, read };
}

/** Lines that another one is brought forward against step back. */
function opacityOf(one: Line, lines: Line[], { lit, hovered }: Moment) {
  if (hovered !== null && lines.some(({ run }) => run === hovered)) return one.run === hovered ? 1 : 0.3;
  return lines.some(({ of }) => of === lit) && one.of !== lit ? 0.35 : 1;
}

/** What moves: the playhead, the head and the value of each line, and which lines step back. */
function movingOf(chart: Chart, moment: Moment): Moving {
  const { box, picture: { lines, steps, look } } = chart;
  const inside = moment.at >= steps[0] && moment.at <= steps[1];
  const moving: Moving = { playhead: { d: inside ? `M${crisp(xOf(chart, moment.at))} ${box.top - 4}V${short(box.top + box.height)}` : null } };
  lines.forEach((one, k) => {
    const here = Math.min(moment.at, lastStep(one));
    const y = heightAt(chart, one, here);
    const [ended, value] = [moment.read > lastStep(one), valueAt(one, moment.read)];
    moving[`line ${k}`] = { opacity: opacityOf(one, lines, moment) };
    moving[`head ${k}`] = inside && !Number.isNaN(y) ? { visibility: "visible", transform: at(xOf(chart, here), y) } : { visibility: "hidden" };
    moving[`head ${k} inner`] = filled(colourOf(one, look), look.sheet.paper, moment.at > lastStep(one));
    if (chart.read && one.name) moving[`value ${k}`] = { text: ended ? "ended" : Number.isNaN(value) ? "" : measured(value), fill: ended ? look.sheet.ink3 : look.sheet.ink2 };
  });
  return moving;
}

function markup(chart: Chart, moving: Moving): string {
  const { box, picture: { lines, steps, look }, size, labels } = chart;
  const { sheet: { paper, ink }, scale } = look;
  const inside = { left: box.left, top: box.top - 2, width: box.width + 2, height: box.height + 4 };
  const drawn = lines.map((one, k) => {
    const type = { "stroke-width": (one.strong ? 2.4 : one.slot === null ? 1 : 1.6) * scale, "stroke-dasharray": dashesOf(one.dash, look), "stroke-linecap": one.dash.length ? "round" : null };
    const path = tag("path", { d: pathOf(pointsOf(chart, one, steps)), fill: "none", stroke: colourOf(one, look), "stroke-linejoin": "round", ...type });
    return tag("g", { "data-part": `line ${k}`, ...moving[`line ${k}`] }, clipped(inside, path) + (one.name ? nameOf(chart, k) : ""));
  });
  const heads = lines.map((one, k) => mark(one.name && one.slot !== null ? one.slot : 0, 0, 0, (one.strong ? 4.6 : 3.6) * scale, colourOf(one, look), paper, { part: `head ${k}`, moving }));
  const values = lines.map((_, k) => (moving[`value ${k}`] ? part(`value ${k}`, "text", moving, { x: size.width - 2, y: labels[k].y + 1 + DROP * 12 * scale, "font-size": 12 * scale, "text-anchor": "end" }) : ""));
  return [valueSide(chart, look), stepSide(chart, look, "step", size.width), ...drawn, part("playhead", "path", moving, { stroke: ink }), ...heads, ...values].join("");
}

function nameOf({ box, x, y: values, picture, labels, names }: Chart, k: number): string {
  const { look, lines } = picture;
  const [{ strong, slot }, { y }, { sheet, scale }, right] = [lines[k], labels[k], look, box.left + box.width];
  const end = endOf({ box, x, y: values }, lines[k], picture);
  return (Math.abs(end - y) > 1.5 ? line(right + 2, end, right + (LABEL.mark - 6) * scale, y, sheet.ink3) : "")
    + (slot === null ? "" : mark(slot, right + LABEL.mark * scale, y, 4 * scale, sheet.runs[slot], sheet.paper))
    + write(look, names[k], right + LABEL.name * scale, y + 1, { size: LABEL.size, weight: strong ? 600 : 400, fill: sheet.ink });
}

export function createChart(
  root: HTMLElement,
  { onSeek, onPoint }: { onSeek: (step: number) => void; onPoint: (line: Pointed | null, step: number) => void },
) {
  const sheet = createChartSvg(root);
  let chart: Chart | null = null;

  listen(root, {
    onHold: (left) => chart && onSeek(stepAt(chart, left)),
    onPoint: (left, top) => chart && onPoint(chart.picture.lines[nearest(chart, chart.picture.lines, left, top)] ?? null, stepAt(chart, left)),
    onLeave: () => onPoint(null, 0),
  });

  return {
    render(picture: ChartContent, moment: Moment) {
      const size = sizeOf(root);
      if (size.width < 80 || size.height < 50) return;
      const anew = picture !== chart?.picture || size !== chart.size;
      if (!chart || anew) chart = chartOf(size, picture);
      const moving = movingOf(chart, moment);
      if (anew) sheet.draw(size, picture.look, markup(chart, moving));
      else sheet.move(moving);
    },
    /** @returns none before it is drawn */
    plates: (title: string, key: Line[], head: string = title): ChartExport[] => (chart ? [chartExportOf(title, key, sheet.svg, chart.picture.look, head)] : []),
  };
}
