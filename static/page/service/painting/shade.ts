/**
 * Colours the ground: a flat tint for each band of losses, hill shading over it, band edges smooth to the pixel.
 *
 * Shading changes the lightness of a tint in OKLab; multiplying it with grey would change its hue. The light comes from
 * the north-west, 35 degrees high.
 */
import { fromOklab, type Triple } from "../../math/colour.ts";
import { heightOf, type Levels } from "../../math/levels.ts";
import { COLOURS, type Ground, type ThemeName, tints } from "../../math/palette.ts";
import type { RowWriter } from "./grid.ts";

const SHADES = 256;
const ALTITUDE = (35 * Math.PI) / 180;
const SHADOW_GAIN = 1.3;
/**
 * Steepness = this times the size of the map times decades per pixel, so that a hill looks as steep on every screen.
 */
const RELIEF = 0.085;
/** For the shading a map is at most so many times as wide as high. */
const WIDEST = 1.2;
/** How soon steepness saturates: see TAMED. */
const TAME = 0.45;

/**
 * All colours of the ground: for each band a row of shades, from full shadow to full light.
 * @returns bands x SHADES, as little-endian RGBA
 */
export function shadeTable(theme: ThemeName, bands: number): Uint32Array {
  const ground = COLOURS[theme].ground;
  const table = new Uint32Array(bands * SHADES);
  tints(theme, bands).forEach((tint, band) => {
    const t = bands > 1 ? band / (bands - 1) : 0;
    for (let s = 0; s < SHADES; s++) {
      const relative = (s / (SHADES - 1)) * 2 - 1;
      table[band * SHADES + s] = packedColour(fromOklab(lit(tint, t, relative, ground)));
    }
  });
  return table;
}

/**
 * @param tint  OKLab
 * @param t  0 valley, 1 height: valleys stay green in the shade
 * @param relative  -1 full shadow, 0 flat, 1 full light
 */
function lit(tint: Triple, t: number, relative: number, ground: Ground): Triple {
  const shift = relative < 0 ? ground.shadow : ground.light;
  const amount = Math.abs(relative) * (0.7 + 0.3 * t);
  const hue = 0.4 + 0.8 * t;
  return [tint[0] + shift[0] * amount, tint[1] + shift[1] * amount * hue, tint[2] + shift[2] * amount * hue];
}

/** A colour, as little-endian RGBA. */
export function packedColour([r, g, b]: Triple): number {
  return ((255 << 24) | (Math.round(b * 255) << 16) | (Math.round(g * 255) << 8) | Math.round(r * 255)) >>> 0;
}

/**
 * @param lossRow  rows 0 to height + 1 of width + 2 samples: one more on every side
 * @param relief  steepness per unit of height difference between neighbours
 * @param gain  of the light
 * @returns RGBA; transparent where the loss is not finite
 */
export function shadeGround(
  lossRow: RowWriter,
  width: number,
  height: number,
  levels: Levels,
  table: Uint32Array,
  relief: number,
  gain: number,
): Uint8ClampedArray<ArrayBuffer> {
  const heightAt = heightOf(levels);
  const steps = Float32Array.from(levels.values, heightAt);
  const out = new Uint32Array(width * height);
  const paint = painter(steps, table, lamp(relief, gain));
  const loss = new Float64Array(width + 2);
  let [above, here, below] = [0, 1, 2].map(() => new Float32Array(width + 2));
  for (let j = 0; j < height + 2; j++) {
    [above, here, below] = [here, below, above];
    lossRow(j, loss);
    for (let k = 0; k < below.length; k++) below[k] = heightAt(loss[k]);
    if (j > 1) paint(above, here, below, out.subarray((j - 2) * width, (j - 1) * width));
  }
  return new Uint8ClampedArray(out.buffer);
}

/**
 * @param steps  heights of the levels
 * @returns a function that paints a row
 */
function painter(
  steps: Float32Array,
  table: Uint32Array,
  shadeOf: (gx: number, gy: number) => number,
): (above: Float32Array, here: Float32Array, below: Float32Array, out: Uint32Array) => void {
  const bandAt = bandFinder(steps);
  return (above, here, below, out) => {
    for (let i = 0; i < out.length; i++) {
      const h = here[i + 1];
      if (Number.isNaN(h)) continue;
      const gx = steepness(here[i], h, here[i + 2]);
      const gy = steepness(above[i + 1], h, below[i + 1]);
      out[i] = edged(table, steps, bandAt(h), h, Math.abs(gx) + Math.abs(gy), shadeOf(gx, gy));
    }
  };
}

/** Central difference, one-sided beside a gap. */
function steepness(before: number, h: number, after: number) {
  if (Number.isNaN(before)) return Number.isNaN(after) ? 0 : after - h;
  return Number.isNaN(after) ? h - before : (after - before) * 0.5;
}

/**
 * @param steps  heights of the levels, ascending
 * @returns the number of levels at or below a height
 */
function bandFinder(steps: Float32Array): (h: number) => number {
  const count = steps.length;
  if (!count) return () => 0;
  const bins = 2048;
  const low = steps[0];
  const perUnit = bins / (steps[count - 1] - low || 1);
  const table = new Uint8Array(bins + 1);
  for (let bin = 0, band = 0; bin <= bins; bin++) {
    while (band < count && steps[band] <= low + bin / perUnit) band++;
    table[bin] = band;
  }
  return (h) => {
    if (h < low) return 0;
    let band = table[Math.min(bins, ((h - low) * perUnit) | 0)];
    while (band < count && steps[band] <= h) band++;
    while (band > 0 && steps[band - 1] > h) band--;
    return band;
  };
}

/**
 * Entries per unit of steepness in the table of saturated steepness, and its length; beyond it the last entry holds.
 */
const [TAME_RATE, TAME_LENGTH] = [128, 1024];
/** tanh(tame * s) / s, so that cliffs are not black. */
const TAMED = Float32Array.from({ length: TAME_LENGTH }, (_, k) => {
  const steep = (k + 0.5) / TAME_RATE;
  return Math.tanh(TAME * steep) / steep;
});

/** @returns the shade, 0 to SHADES - 1, of a slope (screen axes, y down) */
function lamp(relief: number, gain: number): (gx: number, gy: number) => number {
  const flat = Math.sin(ALTITUDE);
  const side = Math.cos(ALTITUDE) / Math.SQRT2;
  const half = (SHADES - 1) / 2;
  return (gx, gy) => {
    const steep = Math.sqrt(gx * gx + gy * gy) * relief;
    const bin = steep * TAME_RATE;
    const tamed = relief * (bin < TAME_LENGTH ? TAMED[bin | 0] : 1 / steep);
    const sx = gx * tamed;
    const sy = gy * tamed;
    const relative = (side * (sx + sy) + flat) / Math.sqrt(1 + sx * sx + sy * sy) - flat;
    const amount = relative < 0 ? Math.max(-1, relative * SHADOW_GAIN) : Math.min(1, relative * gain);
    return (half + half * amount + 0.5) | 0;
  };
}

/**
 * The colour of a pixel: that of its band, mixed with the neighbouring band where a level runs through the pixel.
 * @param across  height difference across the pixel
 */
function edged(table: Uint32Array, steps: Float32Array, band: number, h: number, across: number, shade: number) {
  const colour = table[band * SHADES + shade];
  if (band > 0 && h - steps[band - 1] < 0.5 * across) {
    return blend(table[(band - 1) * SHADES + shade], colour, 0.5 + (h - steps[band - 1]) / across);
  }
  if (band < steps.length && steps[band] - h < 0.5 * across) {
    return blend(table[(band + 1) * SHADES + shade], colour, 0.5 + (steps[band] - h) / across);
  }
  return colour;
}

/** @param q  packed colours @param t  share of q */
function blend(p: number, q: number, t: number): number {
  const v = (t * 256) | 0;
  const u = 256 - v;
  const rb = (((p & 0xff00ff) * u + (q & 0xff00ff) * v) >>> 8) & 0xff00ff;
  const g = (((p & 0x00ff00) * u + (q & 0x00ff00) * v) >>> 8) & 0x00ff00;
  return (0xff000000 | rb | g) >>> 0;
}

/** @param height  of the map in CSS pixels @returns the relief: steepness of a decade per pixel */
export function reliefOf(width: number, height: number): number {
  return RELIEF * Math.min(width, WIDEST * height);
}
