/** The weights of an average: end to end, and each above its value. */
import { moveApart } from "../../math/apart.ts";
import { missingAt, stretchAt, weightOf, windowOf } from "../../math/average.ts";
import { chosen, measured } from "../../math/format.ts";
import { xOf } from "../chart/curves.ts";
import { lowered } from "../../words/symbol.ts";
import { crisp, drawHatch, drawLetter, line, setFont } from "../chart/pen.ts";
import type { Context } from "../chart/pen.ts";
import type { Plot } from "./plot.ts";

/** Terms that are written out. */
const TERMS = 3;
/** A row lower than this has no room for figures. */
const LOW = 40;
/** Pixels from which a gap tells one part from the next. */
const APART = 3;

const short = (value: number) => chosen(Number(value.toPrecision(3)));

/** What the weights could add up to in the end: 1 of an average. */
const whole = ({ memory: { beta, first } }: Plot) => first / (1 - beta);

function drawTitle(context: Context, { memory: { look }, box }: Plot, title: string, y: number) {
  setFont(context, look, 12);
  context.fillStyle = look.sheet.ink2;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillText(title, box.left - 7 * look.scale, y);
}

/** The weights end to end, the newest at the right; what is missing at the left is the 0 it began with. */
export function drawSum(context: Context, plot: Plot) {
  const { memory: { t, beta, corrected, slot, look: { sheet } }, sum } = plot;
  const whole = sum.width * stretchAt(beta, t, corrected);
  const filled = whole * (1 - missingAt(beta, t));
  const left = sum.left + sum.width - filled;
  context.fillStyle = sheet.runs[slot];
  context.fillRect(left, sum.top, filled, sum.height);
  context.strokeStyle = sheet.paper;
  context.lineWidth = 1;
  for (let k = 1, width = Infinity; k < t && width > APART; k++) {
    width = whole * (1 - beta) * beta ** k;
    const x = sum.left + sum.width - whole * (1 - beta ** k);
    line(context, x, sum.top, x, sum.top + sum.height);
  }
  drawHatch(context, { ...sum, width: left - sum.left }, sheet.ink3);
  context.strokeStyle = sheet.ink2;
  context.strokeRect(sum.left + 0.5, Math.round(sum.top) + 0.5, sum.width - 1, sum.height - 1);
  drawTitle(context, plot, "sum", sum.top + sum.height / 2);
  drawSumWords(context, plot);
}

/** What is there, and what is to be said of the rest, the shorter the later. */
function sumWords(plot: Plot): { there: string; rest: string[] } {
  const { t, beta, corrected } = plot.memory;
  const missing = missingAt(beta, t);
  const share = `1 − βᵗ = ${measured(1 - missing, 3)}`;
  if (Math.abs(whole(plot) - 1) > 1e-9) return { there: `${measured((1 - missing) * whole(plot), 3)} of ${measured(whole(plot), 3)}`, rest: [] };
  if (corrected) return { there: "1", rest: [`each weight divided by ${share}`, `divided by ${share}`] };
  return { there: share, rest: missing < 1e-4 ? [] : ["is still the 0 it began with", "is missing"].map((words) => `βᵗ = ${measured(missing, 3)} ${words}`) };
}

function drawSumWords(context: Context, plot: Plot) {
  const { memory: { look }, sum } = plot;
  const { there, rest } = sumWords(plot);
  const y = sum.top - 8 * look.scale;
  setFont(context, look, 12);
  context.textBaseline = "middle";
  context.fillStyle = look.sheet.ink;
  context.textAlign = "right";
  context.fillText(there, sum.left + sum.width, y);
  context.textAlign = "left";
  const room = sum.width - context.measureText(there).width - 16;
  const fits = rest.find((words) => context.measureText(words).width < room);
  if (fits) context.fillText(fits, sum.left, y);
}

export function drawWeights(context: Context, plot: Plot) {
  const { memory: { t, beta, first, corrected, steps: [from], slot, look }, weights, bar } = plot;
  const base = crisp(weights.top + weights.height);
  context.fillStyle = look.sheet.runs[slot];
  for (let step = Math.max(1, from); step <= t; step++) {
    const height = weights.height * beta ** (t - step);
    if (height > 0.3) context.fillRect(xOf(plot, step) - bar / 2, base - height, bar, height);
  }
  context.strokeStyle = look.sheet.ink2;
  context.lineWidth = 1;
  line(context, weights.left, base, weights.left + weights.width, base);
  if (weights.height < LOW * look.scale) return drawTitle(context, plot, "weight", weights.top + weights.height / 2);
  drawTitle(context, plot, short(first * stretchAt(beta, t, corrected)), weights.top + 4);
  drawTitle(context, plot, "weight", weights.top + 4 + 14 * look.scale);
  drawTitle(context, plot, "0", base - 4);
}

/** What bars at the end of the window leave of the height: labels stand above them. */
const ABOVE = 0.63;

/** The first terms of the sum, each at the top of its bar: 0.1 g, 0.09 g, 0.081 g. */
export function drawTerms(context: Context, plot: Plot) {
  const { memory: { t, beta, first, corrected, look }, weights, bar } = plot;
  const { sheet, scale } = look;
  if (weights.height < LOW * scale) return;
  const [stretch, room] = [stretchAt(beta, t, corrected), ABOVE * weights.height];
  const count = Math.min(TERMS, t, Math.max(1, Math.floor(room / (14 * scale))));
  const tops = Array.from({ length: count }, (_, k) => ({ k, y: weights.top + weights.height * (1 - beta ** k) }));
  const texts = tops.map(({ y }) => ({ y }));
  moveApart(texts, 14 * scale, weights.top + 7 * scale, weights.top + room);
  const column = Math.min(xOf(plot, t - windowOf(beta)), xOf(plot, t) - bar * TERMS - 8 * scale);
  const before = column - 84 * scale > weights.left;
  const right = xOf(plot, t) + bar / 2;
  tops.forEach(({ k, y }, at) => {
    const end = before ? column : right + 22 * scale;
    context.strokeStyle = sheet.ink3;
    context.lineWidth = 1;
    line(context, before ? xOf(plot, t - k) - bar / 2 : right, y + 0.5, before ? end + 12 : right + 8, y + 0.5);
    line(context, before ? end + 12 : right + 8, y + 0.5, before ? end + 3 : end - 3, texts[at].y);
    drawTerm(context, plot, short(weightOf(beta, k, first) * stretch), t - k, before ? end - 76 * scale : end, texts[at].y);
  });
}

function drawTerm(context: Context, { memory: { of, raised, look } }: Plot, weight: string, step: number, x: number, y: number) {
  setFont(context, look, 12, "600");
  context.fillStyle = look.sheet.ink;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(weight, x, y);
  const after = x + context.measureText(`${weight} `).width + 2;
  const end = drawLetter(context, look, { ...of, stem: of.stem + raised }, after, y, 13);
  setFont(context, look, 12);
  context.fillText(lowered(step), end + 1, y);
}

/** The steps that are mostly remembered. */
export function drawWindow(context: Context, plot: Plot) {
  const { memory: { t, beta, steps: [from], look }, weights, box, bar } = plot;
  const { sheet, scale } = look;
  const span = windowOf(beta);
  const right = xOf(plot, t) + bar / 2;
  const start = Math.max(xOf(plot, Math.max(1, from)) - bar / 2, xOf(plot, t - span + 1) - bar / 2);
  context.globalAlpha = 0.06;
  context.fillStyle = sheet.ink;
  context.fillRect(start, weights.top, right - start, box.top + box.height - weights.top);
  context.globalAlpha = 1;
  const y = crisp(weights.top - 10 * scale);
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  line(context, start, y, right, y);
  line(context, right, y - 3, right, y + 4);
  if (t - span + 1 >= from) line(context, start, y - 3, start, y + 4);
  drawWindowWords(context, plot, start, right, y);
}

/** @returns what the window is, the shorter the later */
function windowTexts({ memory: { beta, t, unit, corrected } }: Plot): string[] {
  const span = windowOf(beta);
  const steps = `1/(1 − β) = ${short(span)} ${unit}s`;
  if (span < 2) return [steps];
  if (t < span) return [`${steps}, ${t} so far`, steps];
  const share = (1 - beta ** span) * stretchAt(beta, t, corrected);
  return [`${steps}, ${Math.round(100 * share)} % of the weight`, steps];
}

/** As much as there is room for, after the bracket or before it. */
function drawWindowWords(context: Context, plot: Plot, start: number, right: number, y: number) {
  const { memory: { look }, weights, size } = plot;
  setFont(context, look, 12);
  context.fillStyle = look.sheet.ink;
  context.textBaseline = "middle";
  context.textAlign = "left";
  for (const words of windowTexts(plot)) {
    const width = context.measureText(words).width;
    const x = [right + 7, start - 7 - width].find((left) => left >= weights.left && left + width < size.width);
    if (x !== undefined) return context.fillText(words, x, y);
  }
}
