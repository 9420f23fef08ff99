/** Lines against step, with the playhead, the values at it, and their names beside their ends. */

import type { Size } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import type { ThemeName } from "../../math/palette.ts";
import type { Series } from "../../math/series.ts";
import type { ChartExport } from "../../state/types.ts";
import type { Letter } from "../../words/symbol.ts";
import { countAxis, valueAxis } from "./axes.ts";
import { chartExportOf, createChart } from "./drawing.ts";
import type { PlotArea } from "./lines.ts";
import { heightAt, lastStep, nearestLine, pathOf, stepAt, valueAt, verticesOf, xOf, yOf } from "./lines.ts";
import { cut, listNames } from "./names.ts";
import { NUMBERS, stepSide, valueSide } from "./sides.ts";
import type { Look, Moving } from "./svg.ts";
import {
  at,
  clipped,
  crisp,
  DROP,
  dashesOf,
  filled,
  line,
  movingTag,
  runMarker,
  short,
  tag,
  widthOf,
  write,
} from "./svg.ts";

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

export interface ChartContent {
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
export type Moment = { at: number; read: number; highlighted: string | null; hovered: number | null };
export type Pointed = { of: string; run: number };

/** read: with the values at the playhead */
type Chart = PlotArea & {
  lines: ChartLine[];
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

const colourOf = ({ slot }: ChartLine, { colours }: Look) => (slot === null ? colours.ink3 : colours.runs[slot]);

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

function chartOf({ lines, steps, log, size, look }: ChartContent & { size: Size; look: Look }): Chart {
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
  return { ...area, lines, steps, size, look, labels: placeLabels(area, lines, steps, scale), names, read };
}

/** Lines that another one is brought forward against step back. */
function opacityOf(one: ChartLine, lines: ChartLine[], { highlighted, hovered }: Moment) {
  if (hovered !== null && lines.some(({ run }) => run === hovered)) return one.run === hovered ? 1 : 0.3;
  return lines.some(({ of }) => of === highlighted) && one.of !== highlighted ? 0.35 : 1;
}

/** What moves: the playhead, the head and the value of each line, and which lines step back. */
function movingOf(chart: Chart, moment: Moment): Moving {
  const { box, lines, steps, look } = chart;
  const inside = moment.at >= steps[0] && moment.at <= steps[1];
  const moving: Moving = {
    playhead: { d: inside ? `M${crisp(xOf(chart, moment.at))} ${box.top - 4}V${short(box.top + box.height)}` : null },
  };
  lines.forEach((one, k) => {
    const here = Math.min(moment.at, lastStep(one));
    const y = heightAt(chart, one, here);
    const [ended, value] = [moment.read > lastStep(one), valueAt(one, moment.read)];
    moving[`line ${k}`] = { opacity: opacityOf(one, lines, moment) };
    moving[`head ${k}`] =
      inside && !Number.isNaN(y)
        ? { visibility: "visible", transform: at(xOf(chart, here), y) }
        : { visibility: "hidden" };
    moving[`head ${k} inner`] = filled(colourOf(one, look), look.colours.paper, moment.at > lastStep(one));
    if (chart.read && one.name)
      moving[`value ${k}`] = {
        text: ended ? "ended" : Number.isNaN(value) ? "" : formatMeasured(value),
        fill: ended ? look.colours.ink3 : look.colours.ink2,
      };
  });
  return moving;
}

function markup(chart: Chart, moving: Moving): string {
  const { box, lines, steps, look, size, labels } = chart;
  const {
    colours: { paper, ink },
    scale,
  } = look;
  const inside = { left: box.left, top: box.top - 2, width: box.width + 2, height: box.height + 4 };
  const drawn = lines.map((one, k) => {
    const type = {
      "stroke-width": (one.strong ? 2.4 : one.slot === null ? 1 : 1.6) * scale,
      "stroke-dasharray": dashesOf(one.dash, look),
      "stroke-linecap": one.dash.length ? "round" : null,
    };
    const path = tag("path", {
      d: pathOf(verticesOf(chart, one, steps)),
      fill: "none",
      stroke: colourOf(one, look),
      "stroke-linejoin": "round",
      ...type,
    });
    return tag(
      "g",
      { "data-moving": `line ${k}`, ...moving[`line ${k}`] },
      clipped(inside, path) + (one.name ? nameOf(chart, k) : ""),
    );
  });
  const heads = lines.map((one, k) =>
    runMarker(
      one.name && one.slot !== null ? one.slot : 0,
      0,
      0,
      (one.strong ? 4.6 : 3.6) * scale,
      colourOf(one, look),
      paper,
      { name: `head ${k}`, moving },
    ),
  );
  const values = lines.map((_, k) =>
    moving[`value ${k}`]
      ? movingTag(`value ${k}`, "text", moving, {
          x: size.width - 2,
          y: labels[k] + 1 + DROP * 12 * scale,
          "font-size": 12 * scale,
          "text-anchor": "end",
        })
      : "",
  );
  return [
    valueSide(chart, look),
    stepSide(chart, look, "step", size.width),
    ...drawn,
    movingTag("playhead", "path", moving, { stroke: ink }),
    ...heads,
    ...values,
  ].join("");
}

function nameOf({ box, x, y: values, lines, steps, look, labels, names }: Chart, k: number): string {
  const [{ strong, slot }, y, { colours, scale }, right] = [lines[k], labels[k], look, box.left + box.width];
  const end = endOf({ box, x, y: values }, lines[k], steps);
  return (
    (Math.abs(end - y) > 1.5 ? line(right + 2, end, right + (LABEL.marker - 6) * scale, y, colours.ink3) : "") +
    (slot === null
      ? ""
      : runMarker(slot, right + LABEL.marker * scale, y, 4 * scale, colours.runs[slot], colours.paper)) +
    write(look, names[k], right + LABEL.name * scale, y + 1, {
      size: LABEL.size,
      weight: strong ? 600 : 400,
      fill: colours.ink,
    })
  );
}

export interface LineChartEvents {
  onSeek: (step: number) => void;
  onPoint: (line: Pointed | null, step: number) => void;
}

export function createLineChart(root: HTMLElement, { onSeek, onPoint }: LineChartEvents) {
  const chart = createChart(root, {
    least: { width: 80, height: 50 },
    layOut: chartOf,
    pieces: [markup],
    movingOf,
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
      return shown ? [chartExportOf(title, key, chart.svg, shown.look, head)] : [];
    },
    destroy: chart.destroy,
  };
}
