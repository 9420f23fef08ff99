/** SVG as text: elements, attributes, colours, fonts, and any text as nothing but text. */
import { short } from "../math/tracing.js";

/** @typedef {Record<string, string | number | null>} Attributes  null: left out */

const SIGNS = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" });

/** Without what XML forbids, or what would turn the writing around: shown as a sign that cannot be shown. @param {string} text */
export function escaped(text) {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd").replace(/[&<>"']/g, (sign) => SIGNS[sign]);
}

/** @param {string} name @param {Attributes} attributes @param {string} [content]  markup */
export function element(name, attributes, content = "") {
  const told = Object.entries(attributes).map(([key, value]) => (value === null ? "" : ` ${key}="${typeof value === "number" ? short(value) : escaped(value)}"`));
  return `<${name}${told.join("")}${content ? `>${content}</${name}>` : "/>"}`;
}

/**
 * A colour as programs know it that know no transparency within a colour.
 * @param {unknown} style  of a canvas
 * @param {number} alpha  of the canvas
 * @returns {{colour: string, opacity: number | null}} null: opaque
 */
export function paint(style, alpha) {
  const [, rgb, last] = String(style).match(/^(#[0-9a-f]{6})([0-9a-f]{2})?$/i) ?? [];
  if (!rgb) throw new Error(`a picture cannot be painted with ${style}`);
  const opacity = alpha * (last ? parseInt(last, 16) / 255 : 1);
  return { colour: rgb, opacity: opacity === 1 ? null : opacity };
}

/** @param {string} font  of a canvas @returns {Attributes} */
export function fontAttributes(font) {
  const [, slant, weight, size, family] = font.match(/^(italic )?(?:(\d+) )?([\d.]+)px (.+)$/) ?? [];
  if (!family) throw new Error(`a picture cannot be written in ${font}`);
  return { "font-family": family.replaceAll('"', "'"), "font-size": Number(size), "font-weight": weight && weight !== "400" ? weight : null, "font-style": slant ? "italic" : null };
}
