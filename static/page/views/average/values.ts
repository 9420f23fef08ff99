/** The values that are averaged, the fainter the less they count, and the averages that they make. */

import { spansOf, widthOf } from "../../marks/look.ts";
import {
  bars,
  type GroupMark,
  group,
  type Ink,
  type Mark,
  type Place,
  runInk,
  runMarker,
  segment,
  segments,
  uprights,
  words,
} from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { moveApart } from "../../math/apart.ts";
import { formatMeasured } from "../../math/format.ts";
import { seriesLine, xOf, yOf } from "../chart/lines.ts";
import type { AverageLine, Plot } from "./chart.ts";

/** What counts for nothing is still to be seen. */
const FAINT = 0.18;
/** Pixels from the end of a line to its name, where there are several. */
const LEAD = 22;

const inkOf = ({ strong }: AverageLine): Ink => (strong ? "ink" : "ink2");

/** So many shades of what counts: a path for each, as this is drawn anew at every step. */
const SHADES = 24;

export function seriesMarks({ values, bars: asBars, t, until, beta, steps: [from, to], slot, x, box }: Plot): Mark[] {
  const half = 0.38;
  const least = (x.valueAt(1) - x.valueAt(0)) / box.width / 2;
  const wide = Math.max(half, least);
  const shades: Map<number, number[]> = new Map();
  for (let step = Math.max(1, from); step <= Math.min(to, until); step++) {
    if (!Number.isFinite(values[step - 1])) continue;
    const shade = step > t ? -1 : Math.round(SHADES * beta ** (t - step));
    shades.set(shade, [...(shades.get(shade) ?? []), step]);
  }
  return [...shades].map(([shade, steps]) => {
    const [ink, opacity]: [Ink, number] =
      shade < 0 ? ["ink3", 0.25] : [runInk(slot), FAINT + ((1 - FAINT) * shade) / SHADES];
    if (asBars)
      return bars(
        steps.map((step) => [step - wide, step + wide, 0, values[step - 1]]),
        { fill: ink, opacity },
      );
    const dots = steps.map((step): readonly [Place, Place] => [
      [step, values[step - 1]],
      [step, values[step - 1]],
    ]);
    return segments(dots, { stroke: ink, width: 3.8, round: true, opacity });
  });
}

export function averageLine({ steps, until, box }: Plot, one: AverageLine): GroupMark {
  const { strong, dash } = one;
  const drawn = seriesLine({ values: one.values.subarray(0, until), first: 1 }, steps, {
    stroke: inkOf(one),
    width: strong ? 2.2 : 1.3,
    dash,
    casing: dash.length ? undefined : { stroke: "casing", width: strong ? 4.2 : 3.2 },
  });
  return group([drawn], { clip: { ...box, left: box.left - 2, width: box.width + 4 } });
}

export const heads = ({ lines, t }: Plot): Mark[] =>
  lines.map((one) => runMarker([t, one.values[t - 1]], 0, one.strong ? 4 : 2.8, false, inkOf(one)));

/** Each average at the end of its line, with its value: its name is beta where there are several, else its letter. */
export function names(plot: Plot): GroupMark {
  const { lines, t, until, steps, look, box, size } = plot;
  const { scale } = look;
  const to = Math.min(steps[1], until);
  const end = Math.min(xOf(plot, to), box.left + box.width);
  const lead = lines.some(({ name }) => name) ? LEAD * scale : 0;
  const x = end + 6 + lead;
  const heights = lines.map(({ values }) => yOf(plot, values[to - 1]) || box.top);
  const ends = heights.map((y) => ({ y }));
  moveApart(ends, 15 * scale, box.top + 2, box.top + box.height - 8 * scale);
  const marks = lines.flatMap((one, k): Mark[] => {
    const { name, letter, dash, strong, values } = one;
    const [fill, y] = [inkOf(one), ends[k].y];
    if (name)
      return [
        segment([end + 2, heights[k]], [x - 3, y], { stroke: fill, width: strong ? 1.6 : 1.2, dash }),
        words([x, y], name, { weight: strong ? 600 : 400, fill }),
      ];
    const [value, spans] = [formatMeasured(values[t - 1]), spansOf(letter)];
    const after = x + widthOf(look, spans, LETTER) + 6;
    return [
      words([x, y], spans, { ...LETTER, fill }),
      ...(after + widthOf(look, value) < size.width ? [words([after, y], value, { fill })] : []),
    ];
  });
  return group(marks, { scales: PIXELS });
}

/** Of a letter at the end of its line. */
const LETTER = { size: 13 };

/** What the bars are. */
export const legend = ({ of, raised, look, bars: asBars, box }: Plot): GroupMark =>
  group(
    [
      words([box.left - 50 * look.scale, box.top], spansOf({ ...of, stem: of.stem + raised }), {
        size: 14,
        fill: "ink",
        shift: [0, asBars ? 8 : 6],
      }),
    ],
    { scales: PIXELS },
  );

/** The step that is taken apart, through all rows. */
export function stepLine(plot: Plot): GroupMark {
  const { t, weights, box } = plot;
  const x = xOf(plot, t);
  const style = { crisp: true, stroke: "ink", strokeOpacity: 0.5 } as const;
  return group([uprights([[x, weights.top + weights.height, box.top + box.height]], style)], { scales: PIXELS });
}
