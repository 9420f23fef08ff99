/** Marks as SVG on the page, where only what has changed is written. */

import type { Box, Size } from "../math/box.ts";
import { colourOf, DROP, type Look, SIZE } from "./look.ts";
import type { GroupMark, LineMark, Mark, Outline, Place, RasterMark, ShapeMark, Span, WordsMark } from "./mark.ts";
import { PIXELS, pixelsOf, type Scales, verticesOf } from "./scales.ts";

/** null: left out */
type Attributes = Record<string, string | number | null>;

/** An element as it is to be. */
export interface SvgTag {
  tag: string;
  attributes: Attributes;
  content: string | SvgTag[];
  /** what it is cut off at */
  clip?: SvgTag;
  /** the mark that it is, and on what; none where it is a part of one */
  from?: { mark: Mark; scales: Scales; look: Look; d: string | null };
}

/** Pixels beyond which nothing is placed: SVG has no room for more digits, and a line leads in the same direction. */
const FAR = 1e7;
/** To a hundredth of a pixel: finer than any print. */
const rounded = (value: number): number => Math.round(Math.max(-FAR, Math.min(FAR, value)) * 100) / 100 + 0;
export const coordinateText = (value: number): string => String(rounded(value));

/** @param turn  radians */
const degrees = (turn: number): string => coordinateText((turn * 180) / Math.PI);

/** A line of one pixel needs the middle of one. */
export const pixelMiddle = (at: number): number => Math.round(at) + 0.5;

export const isFinitePlace = ([x, y]: Place) => Number.isFinite(x) && Number.isFinite(y);

/** @returns path data, broken off where a place is missing; a point alone is closed, so that it shows as a dot */
export function pathData(vertices: readonly Place[], closed = false): string {
  let [path, part] = ["", 0];
  const end = () => (part === 1 || (part && closed) ? "Z" : "");
  for (const vertex of vertices) {
    if (isFinitePlace(vertex)) path += `${part++ ? "L" : "M"}${coordinateText(vertex[0])} ${coordinateText(vertex[1])}`;
    else {
      path += end();
      part = 0;
    }
  }
  return path + end();
}

function outlineAttributes(
  look: Look,
  { stroke, width = 1, strokeOpacity, dash, dashOffset, round, fill, fillOpacity, holes }: Outline,
): Attributes {
  return {
    fill: colourOf(look, fill ?? "none"),
    "fill-opacity": fillOpacity ?? null,
    "fill-rule": holes ? "evenodd" : null,
    stroke: stroke ? colourOf(look, stroke) : null,
    "stroke-width": stroke ? width * look.scale : null,
    "stroke-opacity": strokeOpacity ?? null,
    "stroke-dashoffset": dashOffset ? dashOffset * look.scale : null,
    "stroke-dasharray": dash?.length ? dash.map((length) => coordinateText(length * look.scale)).join(" ") : null,
    "stroke-linecap": round ? "round" : null,
    "stroke-linejoin": stroke ? "round" : null,
  };
}

export const element = (tag: string, attributes: Attributes, content: SvgTag["content"] = ""): SvgTag => ({
  tag,
  attributes,
  content,
});

/** The elements of an outline: two with a casing, else one. @param more  attributes of both */
function outlined(look: Look, tag: string, mark: LineMark | ShapeMark, more: Attributes): SvgTag {
  const common = { opacity: mark.opacity ?? null, "data-of": mark.of ?? null };
  const outline = element(tag, { ...more, ...outlineAttributes(look, mark) });
  if (!mark.casing) return { ...outline, attributes: { ...outline.attributes, ...common } };
  const casing = element(tag, { ...more, ...outlineAttributes(look, { ...mark.casing, round: mark.round }) });
  return element("g", common, [casing, outline]);
}

/** @returns path data: as it was where only the style of the line is another */
function dataOf(mark: LineMark, scales: Scales, { scale }: Look, before?: SvgTag["from"]): string | null {
  const { x, y, shift, crisp: whole, closed } = mark;
  const was = before?.mark;
  if (was?.kind === "line" && was.x === x && was.y === y && was.shift === shift && before?.scales === scales)
    if (before.look.scale === scale && was.crisp === whole && was.closed === closed) return before.d;
  const vertices = verticesOf(scales, x, y);
  if (!whole && !shift) return pathData(vertices, closed) || null;
  const [dx, dy] = (shift ?? [0, 0]).map((value) => value * scale);
  const at = (value: number) => (whole ? pixelMiddle(value) : value);
  const moved = vertices.map(([x, y]): Place => [at(x + dx), at(y + dy)]);
  return pathData(moved, closed) || null;
}

function shapeElement(mark: ShapeMark, scales: Scales, look: Look): SvgTag {
  const [x, y] = pixelsOf(scales, mark, look.scale).map((value) => (mark.crisp ? pixelMiddle(value) : value));
  const isPlaced = isFinitePlace([x, y]);
  const turn = mark.turn ? ` rotate(${degrees(mark.turn)})` : "";
  const grown = look.scale === 1 ? "" : ` scale(${coordinateText(look.scale)})`;
  const transform = isPlaced ? `translate(${coordinateText(x)} ${coordinateText(y)})${turn}${grown}` : null;
  // The transform makes it larger already.
  return outlined({ ...look, scale: 1 }, "path", mark, { d: isPlaced ? mark.path : null, transform });
}

/** A part of words that is set otherwise. @param pixels  of the size of the words */
const spanElement = ({ text, gap, drop, size, weight, italic }: Span, pixels: number): SvgTag => {
  const attributes = {
    dx: gap ? gap * pixels : null,
    dy: drop ? drop * pixels : null,
    "font-size": size ? size * pixels : null,
    "font-weight": weight ?? null,
    "font-style": italic ? "italic" : null,
  };
  return element("tspan", attributes, text);
};

function wordsElement(mark: WordsMark, scales: Scales, look: Look): SvgTag {
  const { text, size = SIZE, weight = 400, italic, anchor, fill = "ink2", halo, turn, opacity, of } = mark;
  const [x, y] = pixelsOf(scales, mark, look.scale);
  const isVisible = isFinitePlace([x, y]) && text.length > 0;
  const pixels = size * look.scale;
  const attributes = {
    x: isVisible ? x : null,
    y: isVisible ? y + DROP * pixels : null,
    "font-size": pixels,
    "font-weight": weight === 400 ? null : weight,
    "font-style": italic ? "italic" : null,
    "text-anchor": anchor && anchor !== "start" ? anchor : null,
    transform: turn && isVisible ? `rotate(${degrees(turn)} ${coordinateText(x)} ${coordinateText(y)})` : null,
  };
  const spans = typeof text === "string" ? text : text.map((span) => spanElement(span, pixels));
  const content = isVisible ? spans : "";
  const common = { opacity: opacity ?? null, "data-of": of ?? null };
  const letters = element("text", { ...attributes, fill: colourOf(look, fill) }, content);
  if (!halo) return { ...letters, attributes: { ...letters.attributes, ...common } };
  const stroke = {
    fill: "none",
    stroke: colourOf(look, halo.stroke),
    "stroke-width": halo.width * look.scale,
    "stroke-linejoin": "round",
  };
  return element("g", common, [element("text", { ...attributes, ...stroke }, content), letters]);
}

function clipElement(clip: Box | LineMark, look: Look): SvgTag {
  if ("kind" in clip)
    return element("path", { d: dataOf(clip, PIXELS, look), "clip-rule": clip.holes ? "evenodd" : null });
  const { left, top, width, height } = clip;
  return element("rect", { x: left, y: top, width: Math.max(0, width), height: Math.max(0, height) });
}

function groupElement(mark: GroupMark, scales: Scales, look: Look, before?: SvgTag): SvgTag {
  const { marks, clip, opacity, of, shift, title } = mark;
  const [dx, dy] = (shift ?? [0, 0]).map((value) => value * look.scale);
  const attributes = {
    opacity: opacity ?? null,
    "data-of": of ?? null,
    transform: shift ? `translate(${coordinateText(dx)} ${coordinateText(dy)})` : null,
  };
  const content = elementsOf(marks, scales, mark.look ?? look, before);
  if (title) content.push(element("title", {}, title));
  return { ...element("g", attributes, content), clip: clip && clipElement(clip, look) };
}

function rasterElement({ image }: RasterMark): SvgTag {
  if (!image) return element("g", {});
  const { left, top, width, height } = image.box;
  const place = { x: left, y: top, width, height, preserveAspectRatio: "none" };
  return element("image", { ...place, href: image.canvas.toDataURL() });
}

function madeOf(mark: Mark, scales: Scales, look: Look, d: string | null, before?: SvgTag): SvgTag {
  if (mark.kind === "line") return outlined(look, "path", mark, { d });
  if (mark.kind === "shape") return shapeElement(mark, scales, look);
  if (mark.kind === "words") return wordsElement(mark, scales, look);
  return mark.kind === "group" ? groupElement(mark, scales, look, before) : rasterElement(mark);
}

/** @param before  as it was: a mark that is there again is the same element, and nothing of it is compared */
function elementOf(mark: Mark, outer: Scales, look: Look, before?: SvgTag): SvgTag {
  const scales = (mark.kind === "group" && mark.scales) || outer;
  const { from } = before ?? {};
  if (before && from?.mark === mark && from.scales === scales && from.look === look) return before;
  const d = mark.kind === "line" ? dataOf(mark, scales, look, from) : null;
  const made = madeOf(mark, scales, look, d, before);
  made.from = { mark, scales, look, d };
  return made;
}

/** @param before  what they stood in */
export const elementsOf = (marks: Mark[], scales: Scales, look: Look, { content }: Partial<SvgTag> = {}): SvgTag[] =>
  marks.map((mark, k) => elementOf(mark, scales, look, typeof content === "string" ? undefined : content?.[k]));

export const attributeText = (value: string | number) => (typeof value === "number" ? coordinateText(value) : value);

/** A picture on its scales, as large as its element or file. */
export interface Picture {
  size: Size;
  scales: Scales;
  look: Look;
  marks: Mark[];
}

const NAMESPACE = "http://www.w3.org/2000/svg";
let clips = 0;

function create({ tag, attributes, content, clip }: SvgTag): SVGElement {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== null) made.setAttribute(name, attributeText(value));
  if (clip) {
    const id = `clip${++clips}`;
    made.append(create(element("clipPath", { id }, [clip])));
    made.setAttribute("clip-path", `url(#${id})`);
  }
  if (typeof content !== "string") made.append(...content.map(create));
  else if (content) made.textContent = content;
  return made;
}

/** Whether both are written alike. */
const writtenAlike = (a: string | number | null, b: string | number | null) =>
  a === b || (typeof a === "number" && typeof b === "number" && rounded(a) === rounded(b));

function rewrite(node: Element, before: Attributes, after: Attributes) {
  for (const name in after) {
    const value = after[name];
    if (writtenAlike(before[name], value)) continue;
    if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, attributeText(value));
  }
  for (const name in before) if (!(name in after)) node.removeAttribute(name);
}

/** Changes the node of one element into that of another. */
function update(node: SVGElement, before: SvgTag, after: SvgTag) {
  if (before === after) return;
  if (before.tag !== after.tag || !before.clip !== !after.clip || typeof before.content !== typeof after.content) {
    node.replaceWith(create(after));
    return;
  }
  rewrite(node, before.attributes, after.attributes);
  const edge = after.clip ? 1 : 0;
  if (before.clip && after.clip)
    update(node.firstElementChild?.firstElementChild as SVGElement, before.clip, after.clip);
  if (typeof before.content === "string" || typeof after.content === "string") {
    if (before.content !== after.content) node.textContent = after.content as string;
    return;
  }
  updateAll(node, edge, before.content, after.content);
}

/** @param from  which child is the first of them */
function updateAll(parent: SVGElement, from: number, before: SvgTag[], after: SvgTag[]) {
  const nodes = [...parent.children].slice(from) as SVGElement[];
  after.forEach((child, k) => {
    if (nodes[k]) update(nodes[k], before[k], child);
    else parent.append(create(child));
  });
  for (const node of nodes.slice(after.length)) node.remove();
}

/** Paints pictures on an element, one after the other. */
export function createSvgPainter(svg: SVGSVGElement) {
  let shown: SvgTag = element("svg", {}, []);
  return function paint({ size: { width, height }, scales, look, marks }: Picture) {
    const after = element(
      "svg",
      { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": look.family },
      elementsOf(marks, scales, look, shown),
    );
    update(svg, shown, after);
    shown = after;
  };
}
