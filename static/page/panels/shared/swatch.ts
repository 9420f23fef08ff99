/** Draws a small sample of the tint and pattern by which the map shows an end. */
import { html } from "lit-html";
import type { ThemeName } from "../../math/palette.ts";
import { endsImage } from "../../pictures/map/ground/endsGround.ts";
import { placedImageOf } from "../../pictures/map/ground/relief.ts";

const [WIDTH, HEIGHT, FINE] = [32, 20, 2];

const pictures: Map<string, HTMLCanvasElement> = new Map();

function pictureOf(end: number, theme: ThemeName): HTMLCanvasElement {
  const alone = { x: [0], y: [0], end: Int16Array.of(end) };
  const size: [number, number] = [WIDTH * FINE, HEIGHT * FINE];
  return placedImageOf(endsImage(alone, { x0: 0, x1: 1, y0: 0, y1: 1 }, size, theme, FINE)).canvas;
}

export function swatchPicture(end: number, theme: ThemeName): HTMLCanvasElement {
  const key = `${end} ${theme}`;
  const made = pictures.get(key) ?? pictureOf(end, theme);
  pictures.set(key, made);
  return made;
}

export const swatch = (end: number, theme: ThemeName) =>
  html`<img class="swatch" src=${swatchPicture(end, theme).toDataURL()} width=${WIDTH} height=${HEIGHT} alt="">`;
