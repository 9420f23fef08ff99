/** The weights of an average: end to end, and each above its value. */
import { moveApart } from "../../math/apart.ts";
import { missingAt, rememberedSteps, stretchAt, weightOf } from "../../math/average.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import { lowered } from "../../words/symbol.ts";
import { xOf } from "../chart/lines.ts";
import { crisp, hatch, letterSpans, line, rect, short, tag, widthOf, write } from "../chart/svg.ts";
import type { Plot } from "./plot.ts";

/** Terms that are written out. */
const TERMS = 4;
/** A row lower than this has no room for numbers. */
const LOW = 40;
/** Pixels from which a gap tells one part from the next. */
const APART = 3;

const rounded = (value: number) => formatExact(Number(value.toPrecision(3)));

/** What the weights could add up to in the end: 1 of an average. */
const whole = ({ memory: { beta, first } }: Plot) => first / (1 - beta);

const title = ({ memory: { look }, box }: Plot, words: string, y: number) =>
  write(look, words, box.left - 7 * look.scale, y, { anchor: "end" });

/** The weights end to end, the newest at the right; what is missing at the left is the 0 it began with. */
export function sumRow(plot: Plot): string {
  const {
    memory: {
      t,
      beta,
      corrected,
      slot,
      look: { colours },
    },
    sum,
  } = plot;
  const all = sum.width * stretchAt(beta, t, corrected);
  const filled = all * (1 - missingAt(beta, t));
  const right = sum.left + sum.width;
  let gaps = "";
  for (let k = 1, width = Infinity; k < t && width > APART; k++) {
    width = all * (1 - beta) * beta ** k;
    gaps += `M${short(right - all * (1 - beta ** k))} ${short(sum.top)}v${short(sum.height)}`;
  }
  return (
    rect({ ...sum, left: right - filled, width: filled }, { fill: colours.runs[slot] }) +
    tag("path", { d: gaps, stroke: colours.paper }) +
    hatch({ ...sum, width: sum.width - filled }, colours.ink3) +
    rect(
      { ...sum, left: sum.left + 0.5, top: crisp(sum.top), width: sum.width - 1, height: sum.height - 1 },
      { fill: "none", stroke: colours.ink2 },
    ) +
    title(plot, "sum", sum.top + sum.height / 2) +
    sumWords(plot)
  );
}

/** What is there, and what is to be said of the rest, the shorter the later. */
function sumTexts(plot: Plot): { there: string; rest: string[] } {
  const { t, beta, corrected } = plot.memory;
  const missing = missingAt(beta, t);
  const share = `1 − βᵗ = ${formatMeasured(1 - missing, 3)}`;
  if (Math.abs(whole(plot) - 1) > 1e-9)
    return {
      there: `${formatMeasured((1 - missing) * whole(plot), 3)} of ${formatMeasured(whole(plot), 3)}`,
      rest: [],
    };
  if (corrected) return { there: "1", rest: [`each weight divided by ${share}`, `divided by ${share}`] };
  return {
    there: share,
    rest:
      missing < 1e-4
        ? []
        : ["is still the 0 it began with", "is missing"].map((words) => `βᵗ = ${formatMeasured(missing, 3)} ${words}`),
  };
}

function sumWords(plot: Plot): string {
  const {
    memory: { look },
    sum,
  } = plot;
  const { there, rest } = sumTexts(plot);
  const [y, fill] = [sum.top - 8 * look.scale, look.colours.ink];
  const room = sum.width - widthOf(look, there) - 16;
  return (
    write(look, there, sum.left + sum.width, y, { anchor: "end", fill }) +
    write(look, rest.find((words) => widthOf(look, words) < room) ?? "", sum.left, y, { fill })
  );
}

export function weightBars(plot: Plot): string {
  const {
    memory: {
      t,
      beta,
      first,
      corrected,
      steps: [from],
      slot,
      look,
    },
    weights,
    bar,
  } = plot;
  const base = crisp(weights.top + weights.height);
  let bars = "";
  for (let step = t, height = weights.height; step >= Math.max(1, from) && height > 0.3; step--, height *= beta)
    bars += `M${short(xOf(plot, step) - bar / 2)} ${base}v${short(-height)}h${short(bar)}V${base}Z`;
  const row =
    tag("path", { d: bars, fill: look.colours.runs[slot] }) +
    line(weights.left, base, weights.left + weights.width, base, look.colours.ink2);
  if (weights.height < LOW * look.scale) return row + title(plot, "weight", weights.top + weights.height / 2);
  return (
    row +
    title(plot, rounded(first * stretchAt(beta, t, corrected)), weights.top + 4) +
    title(plot, "weight", weights.top + 4 + 14 * look.scale) +
    title(plot, "0", base - 4)
  );
}

/** What bars at the end of the window leave of the height: labels stand above them. */
const ABOVE = 0.63;

/** The first terms of the sum, each at the top of its bar: 0.1 g, 0.09 g, 0.081 g. */
export function termWords(plot: Plot): string {
  const {
    memory: { t, beta, first, corrected, look },
    weights,
    bar,
  } = plot;
  const {
    colours: { ink3 },
    scale,
  } = look;
  if (weights.height < LOW * scale) return "";
  const [stretch, room] = [stretchAt(beta, t, corrected), ABOVE * weights.height];
  const count = Math.min(TERMS, t, Math.max(1, Math.floor(room / (14 * scale))));
  const tops = Array.from({ length: count }, (_, k) => weights.top + weights.height * (1 - beta ** k));
  const texts = tops.map((y) => ({ y }));
  moveApart(texts, 14 * scale, weights.top + 7 * scale, weights.top + room);
  const column = Math.min(xOf(plot, t - rememberedSteps(beta)), xOf(plot, t) - bar * TERMS - 8 * scale);
  const before = column - 84 * scale > weights.left;
  const right = xOf(plot, t) + bar / 2;
  const end = before ? column : right + 22 * scale;
  const bend = before ? end + 12 : right + 8;
  return tops
    .map((top, k) => {
      const [y, { y: middle }] = [top + 0.5, texts[k]];
      const lead =
        line(before ? xOf(plot, t - k) - bar / 2 : right, y, bend, y, ink3) +
        line(bend, y, before ? end + 3 : end - 3, middle, ink3);
      return (
        lead + term(plot, rounded(weightOf(beta, k, first) * stretch), t - k, before ? end - 76 * scale : end, middle)
      );
    })
    .join("");
}

function term({ memory: { of, raised, look } }: Plot, weight: string, step: number, x: number, y: number): string {
  const spans =
    letterSpans(look, { ...of, stem: of.stem + raised }, 13) +
    tag("tspan", { dx: 1, "font-weight": "400" }, lowered(step));
  return write(look, `${weight} `, x, y, { weight: 600, fill: look.colours.ink, spans });
}

/** The steps that are mostly remembered. */
export function windowBracket(plot: Plot): string {
  const {
    memory: {
      t,
      beta,
      steps: [from],
      look: {
        colours: { ink },
        scale,
      },
    },
    weights,
    box,
    bar,
  } = plot;
  const span = rememberedSteps(beta);
  const right = xOf(plot, t) + bar / 2;
  const left = Math.max(xOf(plot, Math.max(1, from)) - bar / 2, xOf(plot, t - span + 1) - bar / 2);
  const y = crisp(weights.top - 10 * scale);
  return (
    rect(
      { left, top: weights.top, width: right - left, height: box.top + box.height - weights.top },
      { fill: ink, "fill-opacity": 0.06 },
    ) +
    line(left, y, right, y, ink) +
    line(right, y - 3, right, y + 4, ink) +
    (t - span + 1 >= from ? line(left, y - 3, left, y + 4, ink) : "") +
    windowWords(plot, left, right, y)
  );
}

/** @returns what the window is, the shorter the later */
function windowTexts({ memory: { beta, t, unit, corrected } }: Plot): string[] {
  const span = rememberedSteps(beta);
  const steps = `1/(1 − β) = ${rounded(span)} ${unit}s`;
  if (span < 2) return [steps];
  if (t < span) return [`${steps}, ${t} so far`, steps];
  const share = (1 - beta ** span) * stretchAt(beta, t, corrected);
  return [`${steps}, ${Math.round(100 * share)} % of the weight`, steps];
}

/** As much as there is room for, after the bracket or before it. */
function windowWords(plot: Plot, start: number, right: number, y: number): string {
  const {
    memory: { look },
    weights,
    size,
  } = plot;
  for (const words of windowTexts(plot)) {
    const width = widthOf(look, words);
    const x = [right + 7, start - 7 - width].find((left) => left >= weights.left && left + width < size.width);
    if (x !== undefined) return write(look, words, x, y, { fill: look.colours.ink });
  }
  return "";
}
