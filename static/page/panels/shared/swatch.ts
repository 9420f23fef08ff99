/** A small picture of the tint and pattern of an end. */
import { html } from "lit-html";
import { coveringOf } from "../../math/ends.ts";
import type { ThemeName } from "../../math/palette.ts";

const [WIDTH, HEIGHT, FINE] = [32, 20, 2];

const pictures: Map<string, string> = new Map();

function pictureOf(end: number, theme: ThemeName): string {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH * FINE, HEIGHT * FINE];
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const { plain, drawn, isDrawn } = coveringOf(end, theme);
  const image = context.createImageData(canvas.width, canvas.height);
  for (let k = 0; k < image.data.length / 4; k++) {
    const [x, y] = [(k % canvas.width) / FINE, Math.floor(k / canvas.width) / FINE];
    image.data.set([...(isDrawn(x, y) ? drawn : plain).map((channel) => 255 * channel), 255], 4 * k);
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}

export function swatchAddress(end: number, theme: ThemeName): string {
  const key = `${end} ${theme}`;
  const made = pictures.get(key) ?? pictureOf(end, theme);
  pictures.set(key, made);
  return made;
}

export const swatch = (end: number, theme: ThemeName) =>
  html`<img class="swatch" src=${swatchAddress(end, theme)} width=${WIDTH} height=${HEIGHT} alt="">`;
