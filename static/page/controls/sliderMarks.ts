/** What is marked on a slider besides its own value: others it goes through, a limit, and where it was before. */

import { nothing, svg } from "lit-html";
import { formatExact } from "../math/format.ts";
import { markerPath } from "../math/markers.ts";
import { BASE, INSET } from "./slider.ts";

interface OnSlider {
  slot: number;
  value: number;
  limit?: { rate: number; text: string };
  /** the value that its preset has */
  was?: number | null;
  /** values that it goes through */
  others?: number[];
}

/** Pixels of a marker, of an arrowhead, and from either to words. */
const [MARKER, HEAD, GAP] = [5.6, 7, 4];

/** About as wide as a letter of these, in pixels. */
const LETTER = 6;

/** As high as what lies over a slider, so that they show on it. */
const TICK = 12;

/** Off the scale there are none. */
function otherMarks(places: number[], width: number) {
  const seen = places.filter((at) => at > INSET && at < width - INSET);
  return svg`<path class="slider-rates" fill="none" stroke="var(--ink)" d=${seen
    .map((at) => `M${at.toFixed(1)} ${BASE - TICK}V${BASE}`)
    .join("")}></path>`;
}

/** Its words stand on the side that has the room, and beyond the slider's own marker where that is in their way. */
function limitMark(at: number, text: string, width: number, marker: number) {
  const way = at > width / 2 ? -1 : 1;
  const ahead = way * (marker - at);
  const beyond = ahead > 0 && ahead < LETTER * text.length ? ahead + MARKER : 0;
  return svg`<path class="slider-hair slider-limit" d="M${at} 0V${BASE}"></path><g
    class="slider-numbers"><text x=${at + way * (beyond + GAP)} y="9"
    text-anchor=${way < 0 ? "end" : "start"}>${text}</text></g>`;
}

/** A hollow marker where it was, and an arrow from there to where it is. */
function wayMark(slot: number, from: number, to: number, text: string) {
  const way = Math.sign(to - from);
  const tip = to - way * (MARKER + 1);
  const arrow = `M${from} ${BASE}H${tip - way * HEAD}M${tip} ${BASE}l${-way * HEAD} -4v8z`;
  return svg`${
    Math.abs(to - from) > 2 * MARKER + HEAD
      ? svg`<path fill="var(--run)" stroke="var(--run)" stroke-width="1.6" d=${arrow}></path>`
      : nothing
  }<path class="slider-was" fill="var(--paper)" stroke="var(--ink-3)" stroke-width="1.6"
    d=${markerPath(slot, MARKER)} transform="translate(${from} ${BASE})"></path><g
    class="slider-numbers"><text x=${from - way * (MARKER + GAP)} y="9"
    text-anchor=${way > 0 ? "end" : "start"}>${text}</text></g>`;
}

export const sliderMarks =
  ({ slot, value, limit, was = null, others = [] }: OnSlider) =>
  (x: (value: number) => number, width: number) => [
    others.length ? otherMarks(others.map(x), width) : nothing,
    limit ? limitMark(x(limit.rate), limit.text, width, x(value)) : nothing,
    was === null || was === value ? nothing : wayMark(slot, x(was), x(value), formatExact(was)),
  ];
