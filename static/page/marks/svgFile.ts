/** Marks as SVG in a file of its own, to be taken home. */

import { element, elementsOf, type Picture, type SvgTag, short, written } from "./svg.ts";

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" } as Record<string, string>;

const quoted = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]);

/** Without what XML forbids, or what would turn the writing around: shown as a sign that cannot be shown. */
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
    if (value !== null) opening += ` ${name}="${quoted(written(value))}"`;
  const inside = typeof content === "string" ? escaped(content) : content.map((each) => text(each, clips)).join("");
  return inside ? `${opening}>${inside}</${tag}>` : `${opening}/>`;
}

/** @returns SVG of its own, on paper */
export function svgOf(title: string, { size: { width, height }, scales, look, marks }: Picture): string {
  const ground = element("rect", { width, height, fill: look.colours.paper });
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${short(width)} ${short(height)}`,
    role: "img",
    "font-family": look.family,
  };
  const content = elementsOf(marks, scales, look);
  return text(element("svg", attributes, [element("title", {}, title), ground, ...content]), { count: 0 });
}
