/**
 * A slider with a logarithmic, decay or linear scale, whose cursor is the marker of its run. Above it one sees which
 * values are worth a try (`sliderPicture.ts`); what it says of them stands over that.
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { createRef, ref } from "lit-html/directives/ref.js";
import { component, styles } from "../component.ts";
import { s } from "../dom.ts";
import type { Mark } from "../marks/mark.ts";
import { PIXELS } from "../marks/scales.ts";
import { createSvgPainter } from "../marks/svg.ts";
import { formatExact } from "../math/format.ts";
import { COLOURS } from "../math/palette.ts";
import { capitalized } from "../math/text.ts";
import { memo } from "../memo.ts";
import type { Param, Sweep } from "../state/types.ts";
import { type Ending, endAt, endingTried, endWords, failureWords, nearestTried, sweepWords } from "../words/sweep.ts";
import { isLeftToBrowser } from "./rangeKeys.ts";
import { cursor, HEIGHT, INSET, shade, ticks } from "./sliderPicture.ts";
import { listenToSlider } from "./sliderPointer.ts";
import { scaleOf } from "./sliderScale.ts";

/** Within so many pixels of the cursor the readout is about the value that is set. */
const OWN = 5;
/**
 * Within so many pixels of the value that is asked for a pointer sets that value: a hand hits no pixel, and on a scale
 * of six decades one pixel is 6 %. Keys and a typed number set every other.
 */
const SNAP = 6;

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
  /** additional marks, x: the pixel of a value; and what they say, for screen readers */
  signs?: { marks: (x: (value: number) => number, width: number) => Mark; words: string };
  onInput: (value: number, dragging: boolean) => void;
}

/** Its colours are those of the style sheets. */
const LOOK = { colours: COLOURS.day, family: "inherit", scale: 1 };

let count = 0;

export const slider = component<Slider>((redraw) => {
  const input = createRef<HTMLInputElement>();
  const picture = s("svg", { class: "slider-picture", height: String(HEIGHT), "aria-hidden": "true" });
  const paint = createSvgPainter(picture);
  const shadeOf = memo((sweep: Sweep | undefined, ceiling: number, _width: number, _param: Param) =>
    shade(sweep, ceiling, x),
  );
  const ticksOf = memo((width: number, _param: Param) => ticks(scale.marks(width - 2 * INSET), across, width));
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
  let readoutPlace: number | null = null;
  /** Whether a pointer holds the cursor. */
  let isHeld = false;

  const inside = (place: number) => Math.min(1, Math.max(0, place));
  const across = (place: number) => INSET + place * (width - 2 * INSET);
  const x = (value: number) => across(inside(scale.place(value)));

  function readAt(place: number | null) {
    if (place === readoutPlace || (place !== null && !props.sweep && !isHeld)) return;
    readoutPlace = place;
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
      setAt(clientX) {
        if (!width) return;
        isHeld = true;
        props.onInput(valueAt(placeAt(clientX)), true);
      },
      giveBack: (value) => props.onInput(value, true),
      onRelease() {
        isHeld = false;
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
    return [...(first ? [first] : []), failureWords(sweep, ceiling)];
  }

  /** @returns two lines above the slider; they begin with the value while it is being set */
  function readout(shown: Slider) {
    const set = isHeld || byKeys() ? formatExact(shown.value) : "";
    const lines = readoutPlace === null ? [] : readoutLines(shown, readoutPlace, set !== "");
    // Keeps the readout within the slider without measuring: it is anchored at the same share of its width as of the
    // slider.
    const place = { "--at": `${across(readoutPlace ?? 0)}px`, "--through": `${-100 * (readoutPlace ?? 0)}%` };
    const silent = readoutPlace === null || !(lines.length || set);
    return html`<div class="readout" aria-hidden="true" ?hidden=${silent}
      ${styles(place)}><span><strong>${set}</strong>${
        set && lines.length ? " · " : ""
      }${lines[0]}</span><span class="readout-edge">${lines[1]}</span></div>`;
  }

  return (next) => {
    const { param, label, value, sweep, catchingUp = false, ceiling = Infinity } = next;
    scale = scaleOf(param);
    if (readoutPlace !== null && props.value !== value && byKeys()) readoutPlace = inside(scale.place(value));
    props = next;
    const place = inside(scale.place(value));
    const endsDescribed = sweep && !catchingUp ? sweepWords(sweep, ownEnding(next), ceiling, next.until) : "";
    const edge = sweep && !catchingUp ? capitalized(failureWords(sweep, ceiling)) : nothing;
    if (width) {
      const marks = [
        ...shadeOf(sweep, ceiling, width, param),
        ...ticksOf(width, param),
        ...(next.signs ? [next.signs.marks(x, width)] : []),
        ...cursor(next.slot, scale.place(value), x(value)),
      ];
      paint({ size: { width, height: HEIGHT }, scales: PIXELS, look: LOOK, marks });
    }
    return html`<div class=${catchingUp ? "slider catching-up" : "slider"} title=${edge} @pointermove=${point}
      @pointerdown=${point} @pointerleave=${hide} @pointerup=${lift} @pointercancel=${hide}
      @focusin=${follow} @focusout=${hide} ${ref(attach)}>
      ${picture}
      ${readout(next)}
      <input type="range" class="slider-input" min="0" max="1" step="any" aria-label=${label} aria-describedby=${spoken}
        aria-valuetext=${formatExact(value)} .value=${live(String(place))}
        @input=${({ target }: Event) => next.onInput(scale.value(Number((target as HTMLInputElement).value)), true)}
        @keydown=${key} ${ref(input)}>
      <span class="reader-only"
        id=${spoken}>${endsDescribed} ${next.signs?.words}</span>
    </div>`;
  };
});
