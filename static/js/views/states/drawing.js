/** How a chart of quantities is drawn, on whatever context. */
import { moveApart } from "../../math/apart.js";
import { measured } from "../../math/format.js";
import { valueAt, xOf, yOf } from "../chart/curves.js";
import { drawPlayhead, drawSteps, drawStepsTitle, drawValues } from "../chart/frame.js";
import { clipped, drawMark, line, setFont } from "../chart/pen.js";

/** @typedef {import("../chart/pen.js").Context} Context */
/** @typedef {import("../chart/curves.js").Frame} Frame */
/** @typedef {import("./chart.js").Plot} Plot */
/** @typedef {import("./chart.js").Line} Line */
/** @typedef {import("./chart.js").Picture} Picture */
/** @typedef {import("./chart.js").Moment} Moment */

/** Of a label beside its line: to its marker, to its name, and what its value takes. */
const LABEL = { mark: 12, name: 22, value: 58, gap: 16, size: 13 };
/** Names may take this share of the width, and where it is little their values go. */
const NAMES = 0.34;
const NARROW = 420;

/** @param {Line} line @param {import("../../math/palette.js").Sheet} sheet */
const colourOf = ({ slot }, sheet) => (slot === null ? sheet.ink3 : sheet.runs[slot]);

/** @param {Context} context @param {string} name @param {number} most  pixels @returns {string} as much of it as fits */
function cut(context, name, most) {
  let length = name.length;
  while (length > 1 && context.measureText(name.slice(0, length)).width > most) length--;
  return length < name.length ? `${name.slice(0, length).trimEnd()}…` : name;
}

/** The names as they fit beside the lines, and what they and their values take. @param {Context} context @param {Picture} picture @param {number} width  of the chart */
export function measureLabels(context, { lines, look }, width) {
  setFont(context, look, LABEL.size, "600");
  const names = lines.map(({ name }) => cut(context, name, NAMES * width));
  if (!names.some(Boolean)) return { names, read: false, width: 0 };
  const read = width > NARROW * look.scale;
  const longest = Math.max(...names.map((name) => context.measureText(name).width));
  return { names, read, width: longest + (LABEL.name + (read ? LABEL.value : 2)) * look.scale };
}

/** Where the labels stand: at the ends of their lines, moved as little as keeps them apart. @param {Frame} frame @param {Picture} picture */
export function placeLabels(frame, { lines, steps, look }) {
  const { box } = frame;
  const bottom = box.top + box.height;
  const ends = lines.map((one) => ({ y: Math.min(bottom, Math.max(box.top, yOf(frame, lastValue(one, steps[1])) || bottom)) }));
  const labels = ends.map(({ y }) => ({ y }));
  if (lines.some(({ name }) => name)) moveApart(labels, LABEL.gap * look.scale, box.top + 4, bottom);
  return labels;
}

/** @param {Line} one @param {number} to  step */
const lastValue = (one, to) => valueAt(one, Math.min(to, one.first + one.values.length - 1));

/** Lines that another one is brought forward against step back. @param {Line} one @param {Line[]} lines @param {Moment} moment */
function alphaOf(one, lines, { lit, hovered }) {
  if (hovered !== null && lines.some(({ run }) => run === hovered)) return one.run === hovered ? 1 : 0.3;
  return lines.some(({ of }) => of === lit) && one.of !== lit ? 0.35 : 1;
}

/** @param {Context} context @param {Plot} plot @param {number} k */
function drawLine(context, { picture: { lines, look: { sheet, scale } }, traces }, k) {
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

/** @param {Context} context @param {Plot} plot @param {number} k */
function drawName(context, { box, picture: { lines, steps, look }, labels, names, ...frame }, k) {
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

/** @param {Context} context @param {Plot} plot @param {Moment} moment */
export function drawStill(context, plot, moment) {
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

/** @param {Context} context @param {Plot} plot @param {Moment} moment */
export function drawMoving(context, plot, moment) {
  const { picture: { lines, look, steps } } = plot;
  if (moment.at >= steps[0] && moment.at <= steps[1]) {
    drawPlayhead(context, plot, look, moment.at);
    lines.forEach((one) => drawHead(context, plot, one, moment.at));
  }
  if (plot.read) drawReadings(context, plot, moment.read);
}

/** Between two steps the height is that of the line. @param {Plot} plot @param {Line} one @param {number} at */
function heightAt(plot, one, at) {
  const [step, share] = [Math.floor(at), at - Math.floor(at)];
  const [y0, y1] = [step, step + 1].map((each) => yOf(plot, valueAt(one, each)));
  return share > 0 && !Number.isNaN(y1) ? y0 + share * (y1 - y0) : y0;
}

/** @param {Line} one @param {number} at */
const hasEnded = ({ first, values }, at) => at > first + values.length - 1;

/** @param {Context} context @param {Plot} plot @param {Line} one @param {number} at */
function drawHead(context, plot, one, at) {
  const { look: { sheet, scale } } = plot.picture;
  const here = Math.min(at, one.first + one.values.length - 1);
  const y = heightAt(plot, one, here);
  if (Number.isNaN(y)) return;
  const slot = one.name && one.slot !== null ? one.slot : 0;
  drawMark(context, slot, xOf(plot, here), y, (one.strong ? 4.6 : 3.6) * scale, colourOf(one, sheet), sheet.paper, hasEnded(one, at));
}

/** Values at the playhead, behind the names. @param {Context} context @param {Plot} plot @param {number} step */
function drawReadings(context, { size, picture: { lines, look }, labels }, step) {
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
