/** Marks on a slider besides its value: other values of the run, a limit, that of the preset, those with faults. */

import { nothing, svg } from "lit-html";
import { formatExact } from "../math/format.ts";
import { markerPath } from "../math/markers.ts";
import type { Sweep } from "../state/types.ts";
import { BASE, equalSpans, hatchPath, INSET, SHADE } from "./sliderPicture.ts";

interface OnSlider {
  slot: number;
  value: number;
  limit?: { rate: number; text: string };
  /** the value that is asked for */
  target?: number;
  /** the value in the preset */
  was?: number | null;
  /** other values that the run changes to */
  others?: number[];
}

/** Pixels of a marker, of an arrowhead, and of the gap before words. */
const [MARKER, HEAD, GAP] = [5.6, 7, 4];

/** Half of the mark of the value that is asked for, in pixels. */
export const TARGET = 5;

/** The width of a letter, in pixels. */
const LETTER = 6;

/** Pixels; as high as the shading, so that the ticks stand out on it. */
const TICK = 12;

/** Ticks at other values; off the scale there are none. */
function otherMarks(places: number[], width: number) {
  const visible = places.filter((at) => at > INSET && at < width - INSET);
  return svg`<path class="slider-rates" fill="none" stroke="var(--ink)" d=${visible
    .map((at) => `M${at.toFixed(1)} ${BASE - TICK}V${BASE}`)
    .join("")}></path>`;
}

/** Words with a halo, legible on the shading. */
const wordsOver = (x: number, anchor: string, text: string) => svg`<g class="slider-numbers" stroke="var(--paper)"
    stroke-width="3" paint-order="stroke" stroke-linejoin="round"><text x=${x} y="9"
    text-anchor=${anchor}>${text}</text></g>`;

/**
 * @param before  of the value before, whose words are on that side; null: it is not shown
 * @returns where the words of a limit begin or end: on the side with more room, clear of the slider's marker, or beyond
 * the marker if it is in their way; null: there is no room within the slider
 */
export function limitWordsAt(at: number, text: string, width: number, marker: number, before: number | null = null) {
  const size = LETTER * text.length;
  const ways = (before === null ? at > width / 2 : before > at) ? [-1, 1] : [1, -1];
  const spots = ways.flatMap((way) => {
    const ahead = way * (marker - at);
    const beyond = ahead > GAP - MARKER && ahead < size + GAP + MARKER ? ahead + MARKER : 0;
    const x = at + way * (beyond + GAP);
    const end = x + way * size;
    return end >= 0 && end <= width ? [{ x, anchor: way < 0 ? "end" : "start", away: beyond }] : [];
  });
  return spots.find(({ away }) => !away && before === null) ?? spots[0] ?? null;
}

function limitMark(at: number, text: string, width: number, marker: number, before: number | null) {
  const spot = limitWordsAt(at, text, width, marker, before);
  return svg`<path class="slider-hair slider-limit" d="M${at} 0V${BASE}"></path>${
    spot ? wordsOver(spot.x, spot.anchor, text) : nothing
  }`;
}

/** The value before and the value now, as they are marked. target: the place of the value that is asked for */
interface WayPlaces {
  from: number;
  to: number;
  text: string;
  target: number | null;
  hasLimit: boolean;
}

/**
 * @returns from where to where the words of the value before stand: over it, or as near as the value now lets them;
 * beside it where a limit is marked; and beyond the target where that is in their way
 */
export function wasWordsAt({ from, to, text, target, hasLimit }: WayPlaces): [number, number] {
  const half = (LETTER * text.length) / 2;
  const way = to > from ? -1 : 1;
  const least = hasLimit ? MARKER + GAP + half : Math.max(way * (to - from) + GAP + half, 0);
  const [ahead, clear] = [way * ((target ?? Infinity) - from), half + TARGET + GAP];
  const middle = from + way * (Math.abs(ahead - least) < clear ? ahead + clear : least);
  return [middle - half, middle + half];
}

/** A hollow marker at the value before, and an arrow from there to the value now. */
function wayMark(slot: number, places: WayPlaces) {
  const { from, to, text } = places;
  const [left, right] = wasWordsAt(places);
  const words = wordsOver((left + right) / 2, "middle", text);
  const way = Math.sign(to - from);
  const tip = to - way * (MARKER + 1);
  const arrow = `M${from} ${BASE}H${tip - way * HEAD}M${tip} ${BASE}l${-way * HEAD} -4v8z`;
  return svg`${
    Math.abs(to - from) > 2 * MARKER + HEAD
      ? svg`<path fill="var(--run)" stroke="var(--run)" stroke-width="1.6" d=${arrow}></path>`
      : nothing
  }<path class="slider-was" fill="var(--paper)" stroke="var(--ink-3)" stroke-width="1.6"
    d=${markerPath(slot, MARKER)} transform="translate(${from} ${BASE})"></path>${words}`;
}

/** An arrowhead that points at the value on the line. */
const targetMark = (at: number) => svg`<path class="slider-target" fill="var(--ink)" stroke="var(--paper)"
  d="M${at} ${BASE}l${-TARGET} -9h${2 * TARGET}z"></path>`;

export const sliderMarks =
  ({ slot, value, limit, target, was = null, others = [] }: OnSlider) =>
  (x: (value: number) => number, width: number) => {
    const before = was === null || was === value ? null : x(was);
    const targetAt = target === undefined || target === value ? null : x(target);
    return [
      others.length ? otherMarks(others.map(x), width) : nothing,
      limit ? limitMark(x(limit.rate), limit.text, width, x(value), before) : nothing,
      targetAt === null ? nothing : targetMark(targetAt),
      before === null
        ? nothing
        : wayMark(slot, {
            from: before,
            to: x(value),
            text: formatExact(was as number),
            target: targetAt,
            hasLimit: Boolean(limit),
          }),
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
