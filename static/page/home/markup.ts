/** SVG as text: elements, attributes, colours, fonts, and any text as nothing but text. */
import { short } from "../math/tracing.ts";

/** null: left out */
export type Attributes = Record<string, string | number | null>;

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" } as Record<string, string>;

/** Without what XML forbids, or what would turn the writing around: shown as a sign that cannot be shown. */
export function escaped(text: string) {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd").replace(/[&<>"']/g, (sign) => SIGNS[sign]);
}

/** @param content  markup */
export function element(name: string, attributes: Attributes, content: string = "") {
  const told = Object.entries(attributes).map(([key, value]) => (value === null ? "" : ` ${key}="${typeof value === "number" ? short(value) : escaped(value)}"`));
  return `<${name}${told.join("")}${content ? `>${content}</${name}>` : "/>"}`;
}

/**
 * A colour as programs know it that know no transparency within a colour.
 * @param style  of a canvas
 * @param alpha  of the canvas
 * @returns null: opaque
 */
export function paint(style: unknown, alpha: number): { colour: string; opacity: number | null } {
  const [, rgb, last] = String(style).match(/^(#[0-9a-f]{6})([0-9a-f]{2})?$/i) ?? [];
  if (!rgb) throw new Error(`a picture cannot be painted with ${style}`);
  const opacity = alpha * (last ? parseInt(last, 16) / 255 : 1);
  return { colour: rgb, opacity: opacity === 1 ? null : opacity };
}

/** @param font  of a canvas */
export function fontAttributes(font: string): Attributes {
  const [, slant, weight, size, family] = font.match(/^(italic )?(?:(\d+) )?([\d.]+)px (.+)$/) ?? [];
  if (!family) throw new Error(`a picture cannot be written in ${font}`);
  return { "font-family": family.replaceAll('"', "'"), "font-size": Number(size), "font-weight": weight && weight !== "400" ? weight : null, "font-style": slant ? "italic" : null };
}
