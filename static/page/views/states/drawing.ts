/** How a chart of quantities is drawn, on whatever context. */
import { moveApart } from "../../math/apart.ts";
import { measured } from "../../math/format.ts";
import { valueAt, xOf, yOf } from "../chart/curves.ts";
import { drawPlayhead, drawSteps, drawStepsTitle, drawValues } from "../chart/frame.ts";
import { clipped, drawMark, line, setFont } from "../chart/pen.ts";
import type { Context } from "../chart/pen.ts";
import type { Frame } from "../chart/curves.ts";
import type { Line, Moment, Picture, Plot } from "./chart.ts";
import type { Sheet } from "../../math/palette.ts";

/** Of a label beside its line: to its marker, to its name, and what its value takes. */
const LABEL = { mark: 12, name: 22, value: 58, gap: 16, size: 13 };
/** Names may take this share of the width, and where it is little their values go. */
const NAMES = 0.34;
const NARROW = 420;

const colourOf = ({ slot }: Line, sheet: Sheet) => (slot === null ? sheet.ink3 : sheet.runs[slot]);

/** @param most  pixels @returns as much of it as fits */
function cut(context: Context, name: string, most: number): string {
  let length = name.length;
  while (length > 1 && context.measureText(name.slice(0, length)).width > most) length--;
  return length < name.length ? `${name.slice(0, length).trimEnd()}…` : name;
}

/** The names as they fit beside the lines, and what they and their values take. @param width  of the chart */
export function measureLabels(context: Context, { lines, look }: Picture, width: number) {
  setFont(context, look, LABEL.size, "600");
  const names = lines.map(({ name }) => cut(context, name, NAMES * width));
  if (!names.some(Boolean)) return { names, read: false, width: 0 };
  const read = width > NARROW * look.scale;
  const longest = Math.max(...names.map((name) => context.measureText(name).width));
  return { names, read, width: longest + (LABEL.name + (read ? LABEL.value : 2)) * look.scale };
}

/** Where the labels stand: at the ends of their lines, moved as little as keeps them apart. */
export function placeLabels(frame: Frame, { lines, steps, look }: Picture) {
  const { box } = frame;
  const bottom = box.top + box.height;
  const ends = lines.map((one) => ({ y: Math.min(bottom, Math.max(box.top, yOf(frame, lastValue(one, steps[1])) || bottom)) }));
  const labels = ends.map(({ y }) => ({ y }));
  if (lines.some(({ name }) => name)) moveApart(labels, LABEL.gap * look.scale, box.top + 4, bottom);
  return labels;
}

/** @param to  step */
const lastValue = (one: Line, to: number) => valueAt(one, Math.min(to, one.first + one.values.length - 1));

/** Lines that another one is brought forward against step back. */
function alphaOf(one: Line, lines: Line[], { lit, hovered }: Moment) {
  if (hovered !== null && lines.some(({ run }) => run === hovered)) return one.run === hovered ? 1 : 0.3;
  return lines.some(({ of }) => of === lit) && one.of !== lit ? 0.35 : 1;
}

function drawLine(context: Context, { picture: { lines, look: { sheet, scale } }, traces }: Plot, k: number) {
  const { strong, dash, slot } = lines[k];
  context.setLineDash(dash.map((part) => part * scale));
  context.lineCap = dash.length ? "round" : "butt";
  context.lineJoin = "round";
  context.strokeStyle = colourOf(lines[k], sheet);
  context.lineWidth = (strong ? 2.4 : slot === null ? 1 : 1.6) * scale;
  context.stroke(traces[k]);
  context.setLineDash([]);
  context.lineCap = "butt";
}

function drawName(context: Context, { box, picture: { lines, steps, look }, labels, names, ...frame }: Plot, k: number) {
  const { strong, slot } = lines[k];
  const [right, { y }, { sheet, scale }] = [box.left + box.width, labels[k], look];
  const end = yOf({ box, ...frame }, lastValue(lines[k], steps[1]));
  context.strokeStyle = sheet.ink3;
  context.lineWidth = 1;
  if (Math.abs(end - y) > 1.5) line(context, right + 2, end, right + (LABEL.mark - 6) * scale, y);
  if (slot !== null) drawMark(context, slot, right + LABEL.mark * scale, y, 4 * scale, sheet.runs[slot], sheet.paper);
  setFont(context, look, LABEL.size, strong ? "600" : "400");
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = sheet.ink;
  context.fillText(names[k], right + LABEL.name * scale, y + 1);
}

export function drawStill(context: Context, plot: Plot, moment: Moment) {
  const { box, picture: { lines, look } } = plot;
  drawValues(context, plot, look);
  drawSteps(context, plot, look);
  drawStepsTitle(context, plot, look, "step", plot.size.width);
  lines.forEach((one, k) => {
    context.globalAlpha = alphaOf(one, lines, moment);
    clipped(context, { left: box.left, top: box.top - 2, width: box.width + 2, height: box.height + 4 }, () => drawLine(context, plot, k));
    if (one.name) drawName(context, plot, k);
  });
  context.globalAlpha = 1;
}

export function drawMoving(context: Context, plot: Plot, moment: Moment) {
  const { picture: { lines, look, steps } } = plot;
  if (moment.at >= steps[0] && moment.at <= steps[1]) {
    drawPlayhead(context, plot, look, moment.at);
    lines.forEach((one) => drawHead(context, plot, one, moment.at));
  }
  if (plot.read) drawReadings(context, plot, moment.read);
}

/** Between two steps the height is that of the line. */
function heightAt(plot: Plot, one: Line, at: number) {
  const [step, share] = [Math.floor(at), at - Math.floor(at)];
  const [y0, y1] = [step, step + 1].map((each) => yOf(plot, valueAt(one, each)));
  return share > 0 && !Number.isNaN(y1) ? y0 + share * (y1 - y0) : y0;
}

const hasEnded = ({ first, values }: Line, at: number) => at > first + values.length - 1;

function drawHead(context: Context, plot: Plot, one: Line, at: number) {
  const { look: { sheet, scale } } = plot.picture;
  const here = Math.min(at, one.first + one.values.length - 1);
  const y = heightAt(plot, one, here);
  if (Number.isNaN(y)) return;
  const slot = one.name && one.slot !== null ? one.slot : 0;
  drawMark(context, slot, xOf(plot, here), y, (one.strong ? 4.6 : 3.6) * scale, colourOf(one, sheet), sheet.paper, hasEnded(one, at));
}

/** Values at the playhead, behind the names. */
function drawReadings(context: Context, { size, picture: { lines, look }, labels }: Plot, step: number) {
  setFont(context, look, 12);
  context.textAlign = "right";
  context.textBaseline = "middle";
  lines.forEach((one, k) => {
    const ended = hasEnded(one, step);
    const value = valueAt(one, step);
    context.fillStyle = ended ? look.sheet.ink3 : look.sheet.ink2;
    if (one.name && (ended || !Number.isNaN(value))) context.fillText(ended ? "ended" : measured(value), size.width - 2, labels[k].y + 1);
  });
}
