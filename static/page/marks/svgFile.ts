/** Marks as SVG in a file of its own, to be taken home. */

import type { Size } from "../math/box.ts";
import type { ChartExport } from "../state/types.ts";
import { type Look, widthOf } from "./look.ts";
import { group, type Mark, runInk, runMarker, type Span, segment, words } from "./mark.ts";
import { PIXELS, type Scales } from "./scales.ts";
import { attributeText, coordinateText, element, elementsOf, type Picture, type SvgTag } from "./svg.ts";

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" } as Record<string, string>;

const quoted = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]);

/** The text, with a replacement character for what XML forbids and what would change the direction of the writing. */
const escaped = (text: string) => quoted(text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd"));

/** @param clips  counts what is cut off, for names */
function text({ tag, attributes, content, clip }: SvgTag, clips: { count: number }): string {
  if (clip) {
    const id = `clip${++clips.count}`;
    const edge = text(element("clipPath", { id }, [clip]), clips);
    const inner = { tag, attributes: { ...attributes, "clip-path": `url(#${id})` }, content };
    return edge + text(inner, clips);
  }
  let opening = `<${tag}`;
  for (const [name, value] of Object.entries(attributes))
    if (value !== null) opening += ` ${name}="${quoted(attributeText(value))}"`;
  const inside = typeof content === "string" ? escaped(content) : content.map((child) => text(child, clips)).join("");
  return inside ? `${opening}>${inside}</${tag}>` : `${opening}/>`;
}

/** @returns SVG of its own, on paper */
export function svgOf(title: string, { size: { width, height }, scales, look, marks }: Picture): string {
  const ground = element("rect", { width, height, fill: look.colours.paper });
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${coordinateText(width)} ${coordinateText(height)}`,
    role: "img",
    "font-family": look.family,
  };
  const content = elementsOf(marks, scales, look);
  return text(element("svg", attributes, [element("title", {}, title), ground, ...content]), { count: 0 });
}

/** slot: of its run; null: in grey. marked: with the marker of its run */
type KeyLine = { slot: number | null; dash?: readonly number[]; marked?: boolean; text: string | Span[] };

/** head: what stands above it, where that is not its title; name: of its file */
export type Slide = { title: string; head?: string; name?: string; key?: KeyLine[] };

const SLIDE = { width: 840, height: 560 };
/** Of the type and lines of the chart. */
const SCALE = 1.2;
/** Pixels: at the sides, of the title, and of a line of the key and its row. */
const EDGE = 20;
const HEAD = 31;
const SAMPLE = 34;
const ROW = 24;
const TYPE = { size: 15 };

/** Row after row, as words are set. @returns with where it ends */
function keyMarks(look: Look, lines: KeyLine[], top: number): { marks: Mark[]; bottom: number } {
  let [x, y] = [EDGE, top];
  const marks = lines.flatMap(({ slot, dash, marked, text }) => {
    const width = SAMPLE + 8 + widthOf(look, text, TYPE);
    if (x > EDGE && x + width > SLIDE.width - EDGE) [x, y] = [EDGE, y + ROW];
    const left = x;
    x += width + 26;
    return [
      segment([left, y], [left + SAMPLE, y], { stroke: slot === null ? "ink3" : runInk(slot), width: 2.2, dash }),
      ...(marked && slot !== null ? [runMarker([left + SAMPLE / 2, y], slot, 5)] : []),
      words([left + SAMPLE + 8, y], text, { ...TYPE, fill: "ink" }),
    ];
  });
  return { marks, bottom: lines.length ? y + ROW / 2 : HEAD + 10 };
}

/** @param draw  lays the chart out at a size */
export function slideOf(
  { title, head = title, name = title.toLowerCase().replace(/[^a-z0-9]+/g, "-"), key = [] }: Slide,
  look: Omit<Look, "scale">,
  draw: (sizeAndLook: { size: Size; look: Look }) => { layout: Scales; marks: Mark[] },
): ChartExport {
  const plain = { ...look, scale: 1 };
  const { marks, bottom } = keyMarks(plain, key, HEAD + 35);
  const within = { ...look, scale: SCALE };
  const top = bottom + 10;
  const chart = draw({ size: { width: SLIDE.width - EDGE, height: SLIDE.height - top - 10 }, look: within });
  const heading = words([EDGE, HEAD], head, { size: 22, weight: 600, fill: "ink" });
  const drawn = group(chart.marks, { scales: chart.layout, look: within, shift: [0, top] });
  return {
    name,
    title,
    svg: svgOf(title, { size: SLIDE, scales: PIXELS, look: plain, marks: [heading, ...marks, drawn] }),
  };
}
