/** The roots of a step in the complex plane: their tracks as the rate grows, and the roots at the run's rate. */

import type { Look } from "../../marks/look.ts";
import {
  BOLD,
  circle,
  dot,
  group,
  inPixels,
  type Mark,
  NOWHERE,
  path,
  rectangle,
  runInk,
  segment,
  squareScales,
  words,
} from "../../marks/mark.ts";
import type { PictureKind, StillLayout, Themed } from "../../marks/picture.ts";
import { evenScale, screenX, screenY } from "../../marks/scales.ts";
import type { Wire } from "../../state/types.ts";
import { type LineChart, lineChartOf, type Sized } from "../chart/lineChart.ts";
import { type ChartLine, evenAxis, logAxis } from "../chart/plot.ts";

/** names: of each direction; slot: of the run */
interface CurvatureContent extends Themed {
  reply: Wire["CurvatureAtRow"];
  names: string[];
  slot: number;
}

/** The plane in sight, in both of its directions from 0. */
const REACH = 1.25;
/** Nominal pixels: around it, and of a root. */
const [MARGIN, DOT] = [4, 5];
const CIRCLES = [0.25, 0.5, 0.75];

/** The tracks of the roots of each direction, as rows of dots: the roots of a rate come in no order. */
const trackMarks = ({ reply: { curve }, slot }: CurvatureContent): Mark[] =>
  (curve?.roots ?? []).map((byRate) => {
    const places = byRate.flat().filter(([x, y]) => Math.hypot(x, y) < 2 * REACH);
    const dots = places.map((at) => dot(at, 1, { fill: runInk(slot), opacity: 0.4 }));
    return group(dots, { of: "track" });
  });

function rootMarks({ reply: { modes }, names, slot }: CurvatureContent): Mark[] {
  const style = { fill: runInk(slot), casing: { stroke: "casing", width: 2.4 } } as const;
  return modes.flatMap(({ roots }, k): Mark[] => {
    const dots = (roots ?? []).map((at) => dot(at, DOT, { ...style, of: `root ${k}` }));
    const [x, y] = roots?.[0] ?? NOWHERE;
    const side = x < 0.2 ? 1 : -1;
    const down = modes.length > 1 && k === 0 && Math.abs(y) < 0.1 ? 12 : -9;
    const anchor = side > 0 ? "start" : "end";
    return [...dots, words([x, Math.abs(y)], names[k], { ...BOLD, anchor, shift: [9 * side, down] })];
  });
}

/** @param look  by which names keep apart */
function rootsMarks(content: CurvatureContent & { look: Look }): Mark[] {
  const axis = { crisp: true, stroke: "ink", strokeOpacity: 0.25 } as const;
  return [
    ...CIRCLES.map((radius) => path(circle(radius), { closed: true, stroke: "ink", strokeOpacity: 0.12 })),
    segment([-REACH, 0], [REACH, 0], axis),
    segment([0, -REACH], [0, REACH], axis),
    path(circle(1), { closed: true, stroke: "ink", width: 2.2, of: "unit circle" }),
    words([0, -1.12], "outside it grows", { ...BOLD, anchor: "middle", fill: "warn" }),
    words([1, 0], "1", { shift: [6, 11], fill: "ink2" }),
    words([-1, 0], "−1", { anchor: "end", shift: [-6, 11], fill: "ink2" }),
    ...trackMarks(content),
    ...rootMarks(content),
  ];
}

export const rootsPicture: PictureKind<CurvatureContent, StillLayout> = {
  least: { width: 120, height: 120 },
  layOut: (content) => ({ ...squareScales(content.size, MARGIN, REACH), marks: rootsMarks(content) }),
};

/** Nominal pixels above 1, where it says that it grows, and from the top to the middle of that word. */
const [SPACE, MIDDLE] = [22, 9];

/** @returns where a rate stands among those of the curve, as an index that may be a fraction */
export function indexOfRate(rates: number[], rate: number): number {
  const last = rates.length - 1;
  return (last * Math.log(rate / rates[0])) / Math.log(rates[last] / rates[0]);
}

const linesOf = ({ reply: { curve, modes }, names, slot }: CurvatureContent): ChartLine[] =>
  (curve?.roots ?? []).map((byRate, k) => ({
    values: Float64Array.from(byRate, ([[x, y]]) => Math.hypot(x, y)),
    first: 0,
    quantity: names[k],
    run: k,
    // Of many directions the most curved alone has the colour of the run.
    slot: names[k] ? slot : null,
    dash: k === modes.length - 1 ? [] : [5, 4],
    name: names[k],
  }));

/** The factor of a step for each direction against the learning rate; the playhead stands at the run's rate. */
export function factorChartOf(content: CurvatureContent & Sized): LineChart {
  const { reply, size, look } = content;
  const rates = reply.curve?.learning_rate ?? [1, 10];
  const [last, edge] = [rates.length - 1, reply.learning_rate_max];
  const lines = linesOf(content);
  const least = Math.min(...lines.map(({ values }) => Math.min(...values)));
  return lineChartOf({
    lines,
    steps: [0, last],
    size,
    look,
    title: "rate",
    x: (width) => ({ ...evenScale(0, last), ticks: logAxis([rates[0], rates[last]], width / 60).ticks }),
    y(height) {
      const low = Math.max(0, Math.min(0.9, least - 0.05));
      return evenAxis([low, 1 + ((1 - low) * SPACE) / (height - SPACE)], height / 28);
    },
    behind(chart) {
      const { box } = chart;
      const grows = { ...box, height: screenY(chart, 1) - box.top };
      const from = edge === null ? null : screenX(chart, indexOfRate(rates, edge));
      return [
        inPixels([
          rectangle(grows, { fill: "warn", fillOpacity: 0.1 }),
          words([box.left + 6, box.top + MIDDLE * look.scale], "grows", { fill: "warn", weight: 600 }),
          from !== null && rectangle({ ...box, left: from, width: 1.5 }, { fill: "warn", of: "edge" }),
        ]),
      ];
    },
  });
}
