/**
 * A slider with a logarithmic, decay or linear scale, whose cursor is the marker of its run. Above it the loss at the
 * end is drawn for each value, hatched where runs diverge, so that one sees which values are worth a try.
 */

import { html, nothing, svg } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { live } from "lit-html/directives/live.js";
import { createRef, ref } from "lit-html/directives/ref.js";
import { component, styles } from "../component.ts";
import { formatExact } from "../math/format.ts";
import { markerPath } from "../math/markers.ts";
import { capital } from "../math/text.ts";
import type { Param, Sweep } from "../state/types.ts";
import {
  described,
  type Ending,
  edgeOf,
  endAt,
  endingTried,
  endsWorse,
  endWords,
  nearestTried,
} from "../words/sweep.ts";
import { isLeftToBrowser } from "./rangeKeys.ts";
import { type ScaleMark, scaleOf } from "./scales.ts";
import { listenToSlider } from "./sliderPointer.ts";

export const SHADE = 16;
/** Pixels from the top to its line. */
export const BASE = 19;
const HEIGHT = 39;
export const INSET = 7;
/** Within so many pixels of the cursor the readout is about the value that is set. */
const OWN = 5;
/**
 * Within so many pixels of the value that is asked for a pointer sets that value: a hand hits no pixel, and on a scale
 * of six decades one pixel is 6 %. Keys and a typed number set every other.
 */
const SNAP = 6;
/** The width of a digit, in pixels. */
const DIGIT = 5.8;
/** Losses below this are drawn as 0. */
const LEAST = 1e-12;
/** Arrowheads at the ends, for a value off the scale. */
const BEYOND = { high: "M-5 -6.5L7 0L-5 6.5Z", low: "M5 -6.5L-7 0L5 6.5Z" };
/** The shading distinguishes losses over so many decades. */
const DECADES = 12;

interface Slider {
  param: Param;
  label: string;
  value: number;
  slot: number;
  sweep?: Sweep;
  /** whether the sweep is of an earlier state */
  catchingUp?: boolean;
  /** loss at the start */
  ceiling?: number;
  /** loss at the end with the value that is set; undefined: not known */
  end?: Ending["end"];
  /** the step at which the run changes to other values */
  until?: number;
  /** the value that is asked for */
  target?: number;
  /** additional marks; x: the pixel of a value */
  marks?: (x: (value: number) => number, width: number) => unknown;
  onInput: (value: number, moving: boolean) => void;
}

/**
 * @param ceiling  the loss at the start; the outline has full height for losses that are no lower
 * @returns the outline of the loss over the values, empty where a run ends above its start or diverges; and the spans
 * of these
 */
export function shading(
  { values, loss, edge }: Sweep,
  x: (value: number) => number,
  ceiling: number,
): { areas: string[]; hatched: [number, number][] } {
  const above = loss.filter((value) => value !== null && value > 0);
  const floor = Math.max(LEAST, above.length ? Math.min(...(above as number[])) : LEAST);
  const logs = loss.map((value) => (value === null ? null : Math.log10(Math.max(value, floor))));
  const finite = logs.filter((value) => value !== null);
  const high = Math.min(Math.max(...finite), Math.log10(Math.max(ceiling, floor)));
  const low = Math.max(Math.min(...finite), high - DECADES);
  const height = (value: number) =>
    high - low < 1e-9 ? 0.15 : 0.06 + 0.94 * Math.min(1, Math.max(0, (value - low) / (high - low)));
  const hatched: [number, number][] = [];
  /**
   * The left edge of a value: halfway to the one before, except at the edge of divergence, which is known more closely.
   */
  const leftOf = (k: number) => {
    const { rises } = edge;
    if (rises && values[k - 1] <= rises.holds && rises.fails <= values[k]) return x(rises.fails);
    return (x(values[k - 1]) + x(values[k])) / 2;
  };
  const areas = logs.map((value, k) => {
    const left = k ? leftOf(k) : x(values[k]);
    const right = k < values.length - 1 ? leftOf(k + 1) : x(values[k]);
    if (value !== null && !endsWorse(loss[k], ceiling))
      return `M${left.toFixed(1)} ${BASE}V${(BASE - SHADE * height(value)).toFixed(1)}H${right.toFixed(1)}V${BASE}Z`;
    const last = hatched.at(-1);
    if (last && Math.abs(last[1] - left) < 0.01) last[1] = right;
    else hatched.push([left, right]);
    return "";
  });
  return { areas, hatched };
}

/** Hatching over a span. */
export function hatchPath([from, to]: [number, number]): string {
  const strokes = [];
  const slant = 6;
  for (let x = from; x < to + slant; x += 4.5) {
    const [x0, x1] = [Math.max(from, x - slant), Math.min(to, x)];
    if (x1 <= x0) continue;
    const y = (at: number) => BASE - 1 - (SHADE - 1) * ((at - (x - slant)) / slant);
    strokes.push(`M${x0.toFixed(1)} ${y(x0).toFixed(1)}L${x1.toFixed(1)} ${y(x1).toFixed(1)}`);
  }
  return strokes.join("");
}

/** @returns the anchor that keeps a number within the slider */
const anchor = (at: number): "start" | "middle" | "end" => (at < 0.04 ? "start" : at > 0.96 ? "end" : "middle");

/** The marks whose numbers do not touch the one before. */
export function legible(marks: ScaleMark[], width: number) {
  let free = -Infinity;
  return marks.filter(({ at, text }) => {
    if (!text) return false;
    const size = text.length * DIGIT;
    const left = at * width - { start: 0, middle: size / 2, end: size }[anchor(at)];
    if (left < free) return false;
    free = left + size + DIGIT / 2;
    return true;
  });
}

let count = 0;

export const slider = component<Slider>((redraw) => {
  const input = createRef<HTMLInputElement>();
  count += 1;
  const spoken = `readout-${count}`;
  const observer = new ResizeObserver(([{ target }]) => {
    width = target.clientWidth || width;
    redraw();
  });
  let props: Slider;
  let scale: ReturnType<typeof scaleOf>;
  let root: Element;
  let width = 0;
  /** The place that the readout is about, 0 to 1: that of the pointer, or of the cursor while keys move it. */
  let read: number | null = null;
  /** Whether a pointer holds the cursor. */
  let held = false;

  const inside = (place: number) => Math.min(1, Math.max(0, place));
  const across = (place: number) => INSET + place * (width - 2 * INSET);
  const x = (value: number) => across(inside(scale.place(value)));

  function readAt(place: number | null) {
    if (place === read || (place !== null && !props.sweep && !held)) return;
    read = place;
    redraw();
  }

  const hide = () => readAt(null);

  /** @returns 0 to 1 */
  function placeAt(clientX: number): number {
    const { left, width: drawn } = root.getBoundingClientRect();
    return inside((((clientX - left) / drawn) * width - INSET) / (width - 2 * INSET));
  }

  function valueAt(place: number): number {
    const { target } = props;
    return target !== undefined && Math.abs(across(place) - x(target)) <= SNAP ? target : scale.value(place);
  }

  function attach(element: Element | undefined) {
    if (!element) return observer.disconnect();
    root = element;
    observer.observe(root);
    listenToSlider(element as HTMLElement, {
      value: () => props.value,
      put(clientX) {
        if (!width) return;
        held = true;
        props.onInput(valueAt(placeAt(clientX)), true);
      },
      giveBack: (value) => props.onInput(value, true),
      onRelease() {
        held = false;
        redraw();
      },
      focus: () => input.value?.focus({ preventScroll: true }),
    });
  }

  const point = ({ clientX }: PointerEvent) => readAt(placeAt(clientX));

  /** A finger that is lifted points at nothing. */
  function lift({ pointerType }: PointerEvent) {
    if (pointerType !== "mouse") hide();
  }

  const byKeys = () => input.value?.matches(":focus-visible");

  function follow() {
    if (byKeys()) readAt(inside(scale.place(props.value)));
  }

  function key(event: KeyboardEvent) {
    const direction = { ArrowRight: 1, ArrowUp: 1, PageUp: 1, ArrowLeft: -1, ArrowDown: -1, PageDown: -1 }[event.key];
    if (isLeftToBrowser(event) || !direction) return;
    event.preventDefault();
    const far = event.key.startsWith("Page") || event.shiftKey;
    props.onInput(scale.next(props.value, direction as 1 | -1, far), false);
  }

  function ticks() {
    const marks = scale.marks(width - 2 * INSET);
    const at = (place: number) => across(place).toFixed(1);
    const long = (text: string | null) => (text === null ? 3.5 : text ? 8 : 6);
    const ticks = marks.map((mark) => `M${at(mark.at)} ${BASE}v${long(mark.text)}`);
    return svg`<path class="slider-ticks" d="M${INSET} ${BASE}H${width - INSET}${ticks.join("")}"></path>
      <g class="slider-numbers">${legible(marks, width - 2 * INSET).map(
        (mark) => svg`<text x=${at(mark.at)} y=${HEIGHT - 1} text-anchor=${anchor(mark.at)}>${mark.text}</text>`,
      )}</g>`;
  }

  function shade({ sweep, ceiling = Infinity }: Slider) {
    const { areas, hatched } = sweep ? shading(sweep, x, ceiling) : { areas: [], hatched: [] };
    return svg`<path class="slider-shade" d=${areas.join("")}></path><path class="slider-hatch"
      d=${hatched.map(hatchPath).join("")}></path>`;
  }

  function cursor({ value, slot }: Slider) {
    const [place, at] = [scale.place(value), x(value).toFixed(1)];
    const beyond = place > 1 ? BEYOND.high : place < 0 ? BEYOND.low : null;
    return svg`<path class="slider-hair" d="M${at} ${BASE - SHADE}V${BASE}"></path>
      <path class="slider-cursor" d=${beyond ?? markerPath(slot, 5.6)} transform="translate(${at} ${BASE})"></path>`;
  }

  /** @returns the ending with the value that is set, if it is known */
  const ownEnding = ({ value, end }: Slider): Ending | null =>
    end === undefined ? null : { value: formatExact(value), end };

  /**
   * @param setting  whether the value is being set, and is named already
   * @returns the end of the run at the cursor, elsewhere of the nearest value tried
   */
  function readoutLines(shown: Slider, place: number, setting: boolean): string[] {
    const { sweep, catchingUp, ceiling = Infinity, value, until } = shown;
    if (!sweep) return [];
    if (catchingUp) return ["being worked out again"];
    const atCursor = setting || Math.abs(across(place) - x(value)) <= OWN;
    const ending = atCursor ? ownEnding(shown) : endingTried(sweep, nearestTried(sweep, place, scale.place));
    const first = !ending
      ? ""
      : setting && until === undefined
        ? endWords(ending.end, ceiling)
        : endAt(ending, ceiling, until);
    return [...(first ? [first] : []), edgeOf(sweep, ceiling)];
  }

  /** @returns two lines above the slider; they begin with the value while it is being set */
  function readout(shown: Slider) {
    const set = held || byKeys() ? formatExact(shown.value) : "";
    const lines = read === null ? [] : readoutLines(shown, read, set !== "");
    // Keeps the readout within the slider without measuring: it is anchored at the same share of its width as of the
    // slider.
    const place = { "--at": `${across(read ?? 0)}px`, "--through": `${-100 * (read ?? 0)}%` };
    const silent = read === null || !(lines.length || set);
    return html`<div class="readout" aria-hidden="true" ?hidden=${silent}
      ${styles(place)}><span><strong>${set}</strong>${
        set && lines.length ? " · " : ""
      }${lines[0]}</span><span class="readout-edge">${lines[1]}</span></div>`;
  }

  return (next) => {
    const { param, label, value, sweep, catchingUp = false, ceiling = Infinity } = next;
    scale = scaleOf(param);
    if (read !== null && props.value !== value && byKeys()) read = inside(scale.place(value));
    props = next;
    const place = inside(scale.place(value));
    const edge = sweep && !catchingUp ? capital(edgeOf(sweep, ceiling)) : nothing;
    return html`<div class=${catchingUp ? "slider catching-up" : "slider"} title=${edge} @pointermove=${point}
      @pointerdown=${point} @pointerleave=${hide} @pointerup=${lift} @pointercancel=${hide}
      @focusin=${follow} @focusout=${hide} ${ref(attach)}>
      <svg class="slider-picture" width=${width} height=${HEIGHT} aria-hidden="true">${
        width
          ? [
              guard([sweep, ceiling, width, param], () => shade(next)),
              guard([width, param], ticks),
              next.marks?.(x, width) ?? nothing,
              cursor(next),
            ]
          : nothing
      }</svg>
      ${readout(next)}
      <input type="range" class="slider-input" min="0" max="1" step="any" aria-label=${label} aria-describedby=${spoken}
        aria-valuetext=${formatExact(value)} .value=${live(String(place))}
        @input=${({ target }: Event) => next.onInput(scale.value(Number((target as HTMLInputElement).value)), true)}
        @keydown=${key} ${ref(input)}>
      <span class="reader-only"
        id=${spoken}>${sweep && !catchingUp ? described(sweep, ownEnding(next), ceiling, next.until) : ""}</span>
    </div>`;
  };
});
