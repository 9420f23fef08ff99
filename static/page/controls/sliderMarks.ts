/** Marks on a slider besides its value: other values of the run, a limit, that of the preset, those with faults. */

import { group, rectangle, segment, shape, verticals } from "../marks/mark.ts";
import { formatExact } from "../math/format.ts";
import { markerPath } from "../math/markers.ts";
import type { Sweep } from "../state/types.ts";
import { type Label, MARKER, type MarkedValues, sliderLabels, TARGET } from "./sliderLabels.ts";
import { BASE, equalSpans, hatched, INSET, SHADE, wordsOn } from "./sliderPicture.ts";

interface OnSlider extends MarkedValues {
  slot: number;
  /** other values that the run changes to */
  others?: number[];
}

/** Pixels of an arrowhead, and from one line of words to the next. */
const [HEAD, LINE] = [7, 12];

/** Pixels; as high as the shading, so that the ticks stand out on it. */
const TICK = 12;

/** Words on paper: through a halo marks showed over a decimal point. On the upper line they have a leader. */
const wordsOver = ({ at, span: [from, to], line }: Label, text: string) =>
  group([
    line === 1 && segment([at, BASE - TICK], [at, -LINE], { stroke: "var(--ink)", of: "leader" }),
    rectangle({ left: from - 1, top: -1 - LINE * line, width: to - from + 2, height: 11 }, { fill: "var(--paper)" }),
    wordsOn((from + to) / 2, 9 - LINE * line, text, { fill: "var(--ink)" }),
  ]);

/** A hollow marker at the value before, and an arrow from there to the value now. */
function wayMark(slot: number, from: number, to: number) {
  const way = Math.sign(to - from);
  const tip = to - from - way * (MARKER + 1);
  const arrow = `M0 0H${tip - way * HEAD}M${tip} 0l${-way * HEAD} -4v8z`;
  const [fill, width] = ["var(--run)", 1.6] as const;
  const was = { fill: "var(--paper)", stroke: "var(--ink-3)", width, of: "was" } as const;
  return group([
    Math.abs(to - from) > 2 * MARKER + HEAD && shape([from, BASE], arrow, { fill, stroke: fill, width }),
    shape([from, BASE], markerPath(slot, MARKER), was),
  ]);
}

/** An arrowhead that points at the value on the line. */
const targetMark = (at: number) =>
  shape([at, BASE], `M0 0l${-TARGET} -9h${2 * TARGET}z`, { fill: "var(--ink)", stroke: "var(--paper)" });

/** Ticks at other values; off the scale there are none. */
function otherMarks(places: number[], width: number) {
  const visible = places.filter((at) => at > INSET && at < width - INSET);
  const lines = visible.map((at) => [at, BASE - TICK, BASE] as const);
  return verticals(lines, { stroke: "var(--ink)", of: "rates" });
}

const limitMark = (at: number) => segment([at, 0], [at, BASE], { stroke: "var(--ink)", width: 1.5 });

export const sliderMarks =
  ({ slot, others = [], ...marked }: OnSlider) =>
  (x: (value: number) => number, width: number) => {
    const { valueAt, before, targetAt, limitAt, wasWords, limitWords } = sliderLabels(marked, x, width);
    return group([
      others.length > 0 && otherMarks(others.map(x), width),
      limitAt !== null && limitMark(limitAt),
      targetAt !== null && targetMark(targetAt),
      before !== null && wayMark(slot, before, valueAt),
      limitWords && marked.limit && wordsOver(limitWords, marked.limit.text),
      wasWords && wordsOver(wasWords, formatExact(marked.was as number)),
    ]);
  };

/** @returns the spans, each halfway to the values beside it */
export function faultSpans({ values, stop_reason }: Sweep, x: (value: number) => number): [number, number][] {
  const before = (k: number) => (x(values[Math.max(0, k - 1)]) + x(values[Math.min(k, values.length - 1)])) / 2;
  const kinds = stop_reason.map((reason) => (reason === "fault" ? 0 : -1));
  return equalSpans(kinds).map(({ first, last }) => [before(first), before(last + 1)]);
}

/** The values whose runs end in a fault of the user's code, hatched in the colour of faults. */
export const sliderFaults = (sweep: Sweep, x: (value: number) => number) => {
  const marks = faultSpans(sweep, x).flatMap(([from, to]) => [
    rectangle({ left: from, top: BASE - SHADE, width: to - from, height: SHADE }, { fill: "var(--warn-wash)" }),
    hatched([[from, to]], "var(--warn)"),
  ]);
  return group(marks, { title: `a fault in ${sweep.fault}` });
};
