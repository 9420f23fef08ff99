/** Marks on a slider besides its value: other values of the run, a limit, that of the preset, those with faults. */

import { nothing, svg } from "lit-html";
import { formatExact } from "../math/format.ts";
import { markerPath } from "../math/markers.ts";
import type { Sweep } from "../state/types.ts";
import { type Label, MARKER, type MarkedValues, sliderLabels, TARGET } from "./sliderLabels.ts";
import { BASE, equalSpans, hatchPath, INSET, SHADE } from "./sliderPicture.ts";

interface OnSlider extends MarkedValues {
  slot: number;
  /** other values that the run changes to */
  others?: number[];
}

/** Pixels of an arrowhead, and from one line of words to the next. */
const [HEAD, LINE] = [7, 12];

/** Pixels; as high as the shading, so that the ticks stand out on it. */
const TICK = 12;

/** Ticks at other values; off the scale there are none. */
function otherMarks(places: number[], width: number) {
  const visible = places.filter((at) => at > INSET && at < width - INSET);
  return svg`<path class="slider-rates" fill="none" stroke="var(--ink)" d=${visible
    .map((at) => `M${at.toFixed(1)} ${BASE - TICK}V${BASE}`)
    .join("")}></path>`;
}

/** Words on paper: through a halo marks showed over a decimal point. On the upper line they have a leader. */
const wordsOver = ({ at, span: [from, to], line }: Label, text: string) => svg`${
  line ? svg`<path class="slider-leader" d="M${at} ${BASE - TICK}V${-LINE}"></path>` : nothing
}<rect class="slider-paper" x=${from - 1} y=${-1 - LINE * line} width=${to - from + 2} height="11"></rect><text
    class="slider-numbers" x=${(from + to) / 2} y=${9 - LINE * line} text-anchor="middle">${text}</text>`;

const limitMark = (at: number) => svg`<path class="slider-hair slider-limit" d="M${at} 0V${BASE}"></path>`;

/** A hollow marker at the value before, and an arrow from there to the value now. */
function wayMark(slot: number, from: number, to: number) {
  const way = Math.sign(to - from);
  const tip = to - way * (MARKER + 1);
  const arrow = `M${from} ${BASE}H${tip - way * HEAD}M${tip} ${BASE}l${-way * HEAD} -4v8z`;
  return svg`${
    Math.abs(to - from) > 2 * MARKER + HEAD
      ? svg`<path fill="var(--run)" stroke="var(--run)" stroke-width="1.6" d=${arrow}></path>`
      : nothing
  }<path class="slider-was" fill="var(--paper)" stroke="var(--ink-3)" stroke-width="1.6"
    d=${markerPath(slot, MARKER)} transform="translate(${from} ${BASE})"></path>`;
}

/** An arrowhead that points at the value on the line. */
const targetMark = (at: number) => svg`<path class="slider-target" fill="var(--ink)" stroke="var(--paper)"
  d="M${at} ${BASE}l${-TARGET} -9h${2 * TARGET}z"></path>`;

export const sliderMarks =
  ({ slot, others = [], ...marked }: OnSlider) =>
  (x: (value: number) => number, width: number) => {
    const { valueAt, before, targetAt, limitAt, wasWords, limitWords } = sliderLabels(marked, x, width);
    return [
      others.length ? otherMarks(others.map(x), width) : nothing,
      limitAt === null ? nothing : limitMark(limitAt),
      targetAt === null ? nothing : targetMark(targetAt),
      before === null ? nothing : wayMark(slot, before, valueAt),
      limitWords && marked.limit ? wordsOver(limitWords, marked.limit.text) : nothing,
      wasWords ? wordsOver(wasWords, formatExact(marked.was as number)) : nothing,
    ];
  };

/** @returns the spans, each halfway to the values beside it */
export function faultSpans({ values, stop_reason }: Sweep, x: (value: number) => number): [number, number][] {
  const before = (k: number) => (x(values[Math.max(0, k - 1)]) + x(values[Math.min(k, values.length - 1)])) / 2;
  const kinds = stop_reason.map((reason) => (reason === "fault" ? 0 : -1));
  return equalSpans(kinds).map(({ first, last }) => [before(first), before(last + 1)]);
}

/** The values whose runs end in a fault of the user's code, hatched in the colour of faults. */
export const sliderFaults = (sweep: Sweep, x: (value: number) => number) =>
  faultSpans(sweep, x).map(
    (span) => svg`<rect class="slider-faults" x=${span[0]} y=${BASE - SHADE} width=${span[1] - span[0]}
      height=${SHADE}></rect><path class="slider-hatch is-fault" d=${hatchPath(span)}><title>a fault
      in ${sweep.fault}</title></path>`,
  );
