/** The values that are averaged, the fainter the less they count, and the averages that they make. */
import { moveApart } from "../../math/apart.ts";
import { measured } from "../../math/format.ts";
import { traceOf, xOf, yOf } from "../chart/curves.ts";
import { clipped, drawLetter, drawMark, line, setFont } from "../chart/pen.ts";
import type { Context, Look } from "../chart/pen.ts";
import type { Line, Plot } from "./plot.ts";

/** What counts for nothing is still to be seen. */
const FAINT = 0.18;
/** Pixels from the end of a line to its name, where there are several. */
const LEAD = 22;

export function drawSeries(context: Context, plot: Plot) {
  const { memory: { values, bars, t, beta, steps: [from, to], slot, look: { sheet, scale } }, bar } = plot;
  for (let step = Math.max(1, from); step <= Math.min(to, values.length); step++) {
    const value = values[step - 1];
    if (!Number.isFinite(value)) continue;
    context.globalAlpha = step <= t ? FAINT + (1 - FAINT) * beta ** (t - step) : 0.25;
    context.fillStyle = step <= t ? sheet.runs[slot] : sheet.ink3;
    const [x, y, zero] = [xOf(plot, step), yOf(plot, value), yOf(plot, 0)];
    if (bars) context.fillRect(x - bar / 2, Math.min(zero, y), bar, Math.max(1, Math.abs(y - zero)));
    else {
      context.beginPath();
      context.arc(x, y, 1.9 * scale, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

export function drawAverage(context: Context, plot: Plot, { values, dash, strong }: Line) {
  const { memory: { steps, look: { sheet, scale } }, box } = plot;
  const trace = traceOf(plot, { values, first: 1 }, steps);
  clipped(context, { ...box, left: box.left - 2, width: box.width + 4 }, () => {
    context.lineJoin = "round";
    context.strokeStyle = sheet.casing;
    context.lineWidth = (strong ? 4.2 : 3.2) * scale;
    if (!dash.length) context.stroke(trace);
    context.setLineDash(dash.map((part) => part * scale));
    context.strokeStyle = strong ? sheet.ink : sheet.ink2;
    context.lineWidth = (strong ? 2.2 : 1.3) * scale;
    context.stroke(trace);
    context.setLineDash([]);
  });
}

export function drawHeads(context: Context, plot: Plot) {
  const { memory: { lines, t, look: { sheet, scale } } } = plot;
  for (const { values, strong } of lines) {
    const y = yOf(plot, values[t - 1]);
    if (Number.isFinite(y)) drawMark(context, 0, xOf(plot, t), y, (strong ? 4 : 2.8) * scale, strong ? sheet.ink : sheet.ink2, sheet.paper);
  }
}

/** From the end of a line to its name, in its own dashes. */
function drawLead(
  context: Context,
  { sheet, scale }: Look,
  { dash, strong }: { dash: number[]; strong: boolean },
  ends: [number, number, number, number],
) {
  context.setLineDash(dash.map((part) => part * scale));
  context.strokeStyle = strong ? sheet.ink : sheet.ink2;
  context.lineWidth = (strong ? 1.6 : 1.2) * scale;
  line(context, ...ends);
  context.setLineDash([]);
}

/** Each average at the end of its line: by its beta where there are several, else by its letter, with its value at the step. */
export function drawNames(context: Context, plot: Plot) {
  const { memory: { lines, t, steps: [, to], look }, box } = plot;
  const { sheet, scale } = look;
  const end = Math.min(xOf(plot, Math.min(to, lines[0].values.length)), box.left + box.width);
  const lead = lines.some(({ name }) => name) ? LEAD * scale : 0;
  const x = end + 6 + lead;
  const ends = lines.map((one) => ({ one, y: yOf(plot, one.values[Math.min(to, one.values.length) - 1]) || box.top }));
  const heights = ends.map(({ y }) => y);
  moveApart(ends, 15 * scale, box.top + 2, box.top + box.height - 8 * scale);
  for (const [k, { one: { name, letter, dash, strong, values }, y }] of ends.entries()) {
    if (lead) drawLead(context, look, { dash, strong }, [end + 2, heights[k], x - 3, y]);
    context.textBaseline = "middle";
    context.fillStyle = strong ? sheet.ink : sheet.ink2;
    setFont(context, look, 12, strong ? "600" : "400");
    context.textAlign = "left";
    if (name) context.fillText(name, x, y);
    const after = name ? x + context.measureText(name).width : drawLetter(context, look, letter, x, y, 13);
    setFont(context, look, 12);
    const value = measured(values[t - 1]);
    if (!name && after + 6 + context.measureText(value).width < plot.size.width) context.fillText(value, after + 6, y);
  }
}

/** What the bars are. */
export function drawLegend(context: Context, { memory: { of, raised, look, bars }, box }: Plot) {
  context.fillStyle = look.sheet.ink;
  context.textBaseline = "middle";
  context.globalAlpha = 1;
  setFont(context, look, 13);
  const y = box.top + (bars ? 8 : 6) * look.scale;
  drawLetter(context, look, { ...of, stem: of.stem + raised }, box.left - 50 * look.scale, y, 14);
}

/** The step that is taken apart, through all rows. */
export function drawStep(context: Context, plot: Plot) {
  const { memory: { t, look: { sheet } }, weights, box } = plot;
  const x = Math.round(xOf(plot, t)) + 0.5;
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  context.globalAlpha = 0.5;
  line(context, x, weights.top + weights.height, x, box.top + box.height);
  context.globalAlpha = 1;
}
