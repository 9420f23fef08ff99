/**
 * A slider: a logarithmic, decay or even scale with the run's own marker as its cursor. Over it lies what each
 * value ends at, hatched where it diverges, so that it shows where it is worth going.
 */
import { chosen } from "../math/format.ts";
import { markerPath } from "../math/markers.ts";
import { h, s, setAttribute } from "../dom.ts";
import { described, edgeOf, endAt, endsWorse, nearestTried } from "../words/sweep.ts";
import { listen } from "./sliderPointer.ts";
import { createReadout } from "./readout.ts";
import { scaleOf } from "./scales.ts";
import type { Param, Sweep } from "../state/types.ts";
import type { Mark } from "./scales.ts";

const SHADE = 16;
const BASE = 19;
const HEIGHT = 39;
const INSET = 7;
/** Pixels of one figure's digit. */
const FIGURE = 5.8;
/** Losses below this are all nothing. */
const LEAST = 1e-12;
/** In the marker's place where the value lies off the scale: an arrowhead out of its end. */
const BEYOND = { high: "M-5 -6.5L7 0L-5 6.5Z", low: "M5 -6.5L-7 0L5 6.5Z" };
/** Loss decades that the shading tells apart. */
const DECADES = 12;

interface SliderState {
  value: number;
  slot: number;
  sweep: Sweep | undefined;
  /** the sweep is of something else by now */
  catchingUp: boolean;
  /** loss at the start */
  ceiling: number;
}

/**
 * @param ceiling  the loss at the start: what ends no better fills the whole height
 * @returns the outline of the losses, and the spans that end above their start or diverge
 */
export function shading({ values, loss }: Sweep, x: (value: number) => number, ceiling: number): { area: string; hatched: [number, number][] } {
  const above = loss.filter((value) => value !== null && value > 0);
  const floor = Math.max(LEAST, above.length ? Math.min(...above as number[]) : LEAST);
  const logs = loss.map((value) => (value === null ? null : Math.log10(Math.max(value, floor))));
  const known = logs.filter((value) => value !== null);
  const high = Math.min(Math.max(...known), Math.log10(Math.max(ceiling, floor)));
  const low = Math.max(Math.min(...known), high - DECADES);
  const height = (value: number) => (high - low < 1e-9 ? 0.15 : 0.06 + 0.94 * Math.min(1, Math.max(0, (value - low) / (high - low))));
  const area: string[] = [];
  const hatched: [number, number][] = [];
  logs.forEach((value, k) => {
    const left = k ? (x(values[k - 1]) + x(values[k])) / 2 : x(values[k]);
    const right = k < values.length - 1 ? (x(values[k]) + x(values[k + 1])) / 2 : x(values[k]);
    if (value !== null && !endsWorse(loss[k], ceiling)) area.push(`M${left.toFixed(1)} ${BASE}V${(BASE - SHADE * height(value)).toFixed(1)}H${right.toFixed(1)}V${BASE}Z`);
    else if (hatched.length && Math.abs(hatched[hatched.length - 1][1] - left) < 0.01) hatched[hatched.length - 1][1] = right;
    else hatched.push([left, right]);
  });
  return { area: area.join(""), hatched };
}

/** Slanted strokes over a span. */
export function hatch([from, to]: [number, number]): string {
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

/** @returns figures at the ends stay within the slider */
const anchor = (at: number): "start" | "middle" | "end" => (at < 0.04 ? "start" : at > 0.96 ? "end" : "middle");

/** The marks whose figures keep clear of the one before. */
export function legible(marks: Mark[], width: number) {
  let free = -Infinity;
  return marks.filter(({ at, text }) => {
    if (!text) return false;
    const size = text.length * FIGURE;
    const left = at * width - { start: 0, middle: size / 2, end: size }[anchor(at)];
    if (left < free) return false;
    free = left + size + FIGURE / 2;
    return true;
  });
}

export function createSlider({ param, label, onInput, onSettle }: { param: Param; label: string; onInput: (value: number, moving: boolean) => void; onSettle: () => void }) {
  const scale = scaleOf(param);
  const picture = s("svg", { class: "rule-picture", height: HEIGHT, "aria-hidden": "true" });
  const shade = s("path", { class: "rule-shade" });
  const hatching = s("path", { class: "rule-hatch" });
  const ticks = s("path", { class: "rule-ticks" });
  const figures = s("g", { class: "rule-figures" });
  const hair = s("path", { class: "rule-hair" });
  const cursor = s("path", { class: "rule-cursor" });
  picture.append(shade, hatching, ticks, figures, hair, cursor);
  const input = h("input", {
    type: "range", class: "rule-input", min: 0, max: 1, step: "any", "aria-label": label,
    oninput: () => onInput(scale.value(Number(input.value)), true), onchange: onSettle, onkeydown: key,
  });
  const readout = createReadout();
  const root = h("div", { class: "rule", onpointermove: point, onpointerdown: point, onpointerleave: readout.hide, onpointerup: lift, onpointercancel: readout.hide, onfocusin: follow, onfocusout: readout.hide }, picture, readout.slip, input, readout.spoken);
  input.setAttribute("aria-describedby", readout.spoken.id);
  let width = 0;
  let state: SliderState | null = null;

  const x = (value: number) => INSET + Math.min(1, Math.max(0, scale.place(value))) * (width - 2 * INSET);

  /** @param place  0 to 1 */
  function readAt(place: number) {
    if (!state?.sweep || !width) return;
    const said = state.catchingUp ? ["being worked out again"] : [endAt(state.sweep, nearestTried(state.sweep, place, scale.place), state.ceiling), edgeOf(state.sweep, state.ceiling)];
    readout.show(INSET + place * (width - 2 * INSET), width, said);
  }

  /** @returns 0 to 1 */
  function placeAt(clientX: number): number {
    const { left, width: drawn } = root.getBoundingClientRect();
    const at = ((clientX - left) / drawn) * width;
    return Math.min(1, Math.max(0, (at - INSET) / (width - 2 * INSET)));
  }

  listen(root, {
    value: () => state?.value ?? null,
    put: (clientX) => width && onInput(scale.value(placeAt(clientX)), true),
    giveBack: (value) => onInput(value, true),
    onSettle,
    focus: () => input.focus({ preventScroll: true }),
  });

  function point({ clientX }: PointerEvent) {
    readAt(placeAt(clientX));
  }

  /** A finger that is lifted points nowhere. */
  function lift({ pointerType }: PointerEvent) {
    if (pointerType !== "mouse") readout.hide();
  }

  /** Keys move the cursor: it is what is read. */
  function follow() {
    if (state && input.matches(":focus-visible")) readAt(Number(input.value));
  }

  function describe({ sweep, catchingUp, ceiling }: SliderState) {
    const known = sweep && !catchingUp;
    readout.describe(known ? described(sweep, nearestTried(sweep, Number(input.value), scale.place), ceiling) : "");
    if (!readout.slip.hidden && root.contains(document.activeElement)) follow();
  }

  function key(event: KeyboardEvent) {
    const direction = { ArrowRight: 1, ArrowUp: 1, PageUp: 1, ArrowLeft: -1, ArrowDown: -1, PageDown: -1 }[event.key];
    if (!direction || !state) return;
    event.preventDefault();
    const far = event.key.startsWith("Page") || event.shiftKey;
    onInput(scale.next(state.value, direction as 1 | -1, far), false);
  }

  function drawScale() {
    const marks = scale.marks(width - 2 * INSET);
    const at = (place: number) => (INSET + place * (width - 2 * INSET)).toFixed(1);
    const long = (text: string | null) => (text === null ? 3.5 : text ? 8 : 6);
    ticks.setAttribute("d", `M${INSET} ${BASE}H${width - INSET}${marks.map((mark) => `M${at(mark.at)} ${BASE}v${long(mark.text)}`).join("")}`);
    const texts = legible(marks, width - 2 * INSET).map((mark) => s("text", { x: at(mark.at), y: HEIGHT - 1, "text-anchor": anchor(mark.at) }, mark.text));
    figures.replaceChildren(...texts);
  }

  function drawShade({ sweep, catchingUp, ceiling }: SliderState) {
    const drawn = sweep ? shading(sweep, x, ceiling) : { area: "", hatched: [] };
    setAttribute(shade, "d", drawn.area);
    setAttribute(hatching, "d", drawn.hatched.map(hatch).join(""));
    root.classList.toggle("catching-up", catchingUp);
  }

  function drawCursor({ value, slot }: SliderState) {
    const place = x(value);
    setAttribute(hair, "d", `M${place.toFixed(1)} ${BASE - SHADE}V${BASE}`);
    const beyond = scale.place(value) > 1 ? BEYOND.high : scale.place(value) < 0 ? BEYOND.low : null;
    setAttribute(cursor, "d", beyond ?? markerPath(slot, 5.6));
    setAttribute(cursor, "transform", `translate(${place.toFixed(1)} ${BASE})`);
    const inside = Math.min(1, Math.max(0, scale.place(value)));
    if (Number(input.value) !== inside) input.value = String(inside);
    setAttribute(input, "aria-valuetext", chosen(value));
  }

  return {
    root,
    input,
    render(next: SliderState) {
      const before = state;
      state = next;
      const wide = root.clientWidth;
      const resized = wide !== width && wide > 0;
      if (resized) {
        width = wide;
        picture.setAttribute("width", String(width));
        drawScale();
      }
      if (!width) return;
      if (resized || next.sweep !== before?.sweep || next.catchingUp !== before?.catchingUp || next.ceiling !== before?.ceiling) drawShade(next);
      if (resized || next.value !== before?.value || next.slot !== before?.slot) drawCursor(next);
      if (next.sweep !== before?.sweep || next.catchingUp !== before?.catchingUp || next.value !== before?.value) describe(next);
    },
  };
}
