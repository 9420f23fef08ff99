/** The parts of a chart as SVG markup: text, so that a chart is the same on the page, in a file and in a test. */

import type { Box } from "../../math/box.ts";
import { markerPath } from "../../math/markers.ts";
import type { Colours } from "../../math/palette.ts";
import type { Letter } from "../../words/symbol.ts";

export interface Look {
  colours: Colours;
  /** of its type */
  family: string;
  /** of type and lines */
  scale: number;
}

/** null: left out */
export type Attributes = Record<string, string | number | null>;

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" } as Record<string, string>;

const quoted = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]);

/** Without what XML forbids, or what would turn the writing around: shown as a sign that cannot be shown. */
export const escaped = (text: string) => quoted(text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd"));

/** To a hundredth of a pixel: finer than any print. */
export const short = (value: number) => String(Math.round(value * 100) / 100 + 0);

/** @returns the closed path through its corners */
export const closedPath = (...corners: [number, number][]) =>
  `M${corners.map(([x, y]) => `${short(x)} ${short(y)}`).join("L")}Z`;

/** @param content  markup @returns none where a number is not finite: it stands nowhere */
export function tag(name: string, attributes: Attributes, content: string = ""): string {
  let written = "";
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "number" && !Number.isFinite(value)) return "";
    if (value !== null) written += ` ${key}="${typeof value === "number" ? short(value) : quoted(value)}"`;
  }
  return `<${name}${written}${content ? `>${content}</${name}>` : "/>"}`;
}

/** What changes with the playhead or a hover: attributes of elements, by name; `text`: what it says. */
export type Moving = Record<string, Attributes>;

/** @returns an element that moves, as it stands now */
export function movingTag(name: string, tagName: string, moving: Moving, still: Attributes = {}): string {
  const { text = "", ...attributes } = moving[name];
  return tag(tagName, { "data-moving": name, ...still, ...attributes }, escaped(String(text)));
}

/** @returns where the two ends of a line are */
export const placed = ([from, to]: { x: number; y: number }[]): Attributes => ({
  x1: from.x,
  y1: from.y,
  x2: to.x,
  y2: to.y,
});

/** A line of one pixel needs the middle of one. */
export const crisp = (at: number) => Math.round(at) + 0.5;

export const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, more: Attributes = {}) =>
  tag("line", { x1, y1, x2, y2, stroke, ...more });

export const rect = ({ left: x, top: y, width, height }: Box, more: Attributes = {}) =>
  width > 0 && height > 0 ? tag("rect", { x, y, width, height, ...more }) : "";

export const dashesOf = (dash: number[], { scale }: Look) =>
  dash.length ? dash.map((length) => short(length * scale)).join(" ") : null;

let clips = 0;

/** @param content  markup that may reach beyond it @param more  of the rectangle, where it moves */
export function clipped({ left: x, top: y, width, height }: Box, content: string, more: Attributes = {}): string {
  const id = `clip${++clips}`;
  return (
    tag("clipPath", { id }, tag("rect", { x, y, width: Math.max(0, width), height, ...more })) +
    tag("g", { "clip-path": `url(#${id})` }, content)
  );
}

type Type = { size?: number; weight?: number; italic?: boolean };
/** spans: markup that goes on after the words */
type Writing = Type & { anchor?: "middle" | "end"; fill?: string; halo?: number; spans?: string };

let ruler: CanvasRenderingContext2D | null = null;
/** Of the size of type, where nothing can be measured, as in tests. */
const ABOUT = 0.5;

/** @returns pixels */
export function widthOf(
  { family, scale }: Look,
  words: string,
  { size = 12, weight = 400, italic = false }: Type = {},
): number {
  if (!globalThis.document) return ABOUT * size * scale * words.length;
  ruler ??= document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  ruler.font = `${italic ? "italic " : ""}${weight} ${size * scale}px ${family}`;
  return ruler.measureText(words).width;
}

/** From the middle of letters down to their baseline, in type sizes: programs agree on no other baseline. */
export const DROP = 0.31;

/** @param y  of the middle of its letters @param halo  pixels of paper around them */
export function write(
  { colours, scale }: Look,
  words: string,
  x: number,
  y: number,
  { size = 12, weight = 400, anchor, fill = colours.ink2, halo, spans = "" }: Writing = {},
): string {
  if (!words && !spans) return "";
  const place = {
    x,
    y: y + DROP * size * scale,
    "font-size": size * scale,
    "font-weight": weight === 400 ? null : weight,
    "text-anchor": anchor ?? null,
  };
  const around = halo
    ? tag(
        "text",
        { ...place, fill: "none", stroke: colours.paper, "stroke-width": halo * scale, "stroke-linejoin": "round" },
        escaped(words),
      )
    : "";
  return around + tag("text", { ...place, fill }, escaped(words) + spans);
}

/** The italic theta of the type is another letter than that of formulas. */
const GREEK = /\p{Script=Greek}/u;

const isItalic = ({ stem }: Letter) => stem.length <= 2 && !GREEK.test(stem);
/** Of what stands below, as part of the size of the letter. */
const BELOW = { size: 0.72, drop: 0.28 };

/** A name of a rule in letters, within a text: italic, what follows an underscore below it, a hat above. */
export function letterSpans({ scale }: Look, letter: Letter, size: number): string {
  const stem = tag(
    "tspan",
    { "font-size": size * scale, "font-weight": "400", "font-style": isItalic(letter) ? "italic" : null },
    escaped(letter.stem),
  );
  return (
    stem +
    (letter.below
      ? tag(
          "tspan",
          { dx: 1, dy: BELOW.drop * size * scale, "font-size": BELOW.size * size * scale },
          escaped(letter.below),
        )
      : "")
  );
}

/** @returns pixels */
export const letterWidth = (look: Look, letter: Letter, size: number) =>
  widthOf(look, letter.stem, { size, italic: isItalic(letter) }) +
  (letter.below ? 1 + widthOf(look, letter.below, { size: BELOW.size * size }) : 0);

/** @returns what makes the marker of a run hollow, or full */
export const filled = (colour: string, casing: string, hollow: boolean): Attributes =>
  hollow ? { fill: casing, stroke: colour } : { fill: colour, stroke: "none" };

export const at = (x: number, y: number) => `translate(${short(x)} ${short(y)})`;

/** The marker of a run. @param name  where it moves */
export function runMarker(
  slot: number,
  x: number,
  y: number,
  radius: number,
  colour: string,
  casing: string,
  { hollow = false, name = "", moving = {} as Moving } = {},
): string {
  const d = markerPath(slot, radius);
  const named = (text: string) => ({ "data-moving": name ? text : null, ...moving[text] });
  const outer = hollow ? "" : tag("path", { d, fill: "none", stroke: casing, "stroke-width": 2.4 });
  const inner = tag("path", { d, "stroke-width": 1.4, ...filled(colour, casing, hollow), ...named(`${name} inner`) });
  return Number.isFinite(x + y)
    ? tag("g", { transform: at(x, y), "stroke-linejoin": "round", ...named(name) }, outer + inner)
    : "";
}

/** Slanted strokes: what is not there. */
export function hatch(box: Box, colour: string): string {
  const { left, top, width, height } = box;
  if (width <= 0 || height <= 0) return "";
  const strokes = Array.from(
    { length: Math.ceil((width + height) / 5) },
    (_, k) => `M${short(left - height + 5 * k)} ${short(top + height)}l${short(height)} ${short(-height)}`,
  );
  return clipped(box, tag("path", { d: strokes.join(""), stroke: colour }));
}
