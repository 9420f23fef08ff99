/**
 * The printed ground: one flat tint a band, hill shade over it, band edges smooth to the pixel.
 *
 * Shade moves a tint in OKLab rather than multiplying it with grey, which would turn straw into khaki. The light comes
 * from the north-west, 35 degrees high.
 */
import shared from "../../../data/sheet.js";
import { fromOklab } from "../../math/colour.js";
import { SHEETS, tints } from "../../math/palette.js";
import { heightOf } from "../../math/levels.js";

/** @typedef {import("../../math/levels.js").Levels} Levels */
/** @typedef {import("../../math/palette.js").ThemeName} ThemeName */
/** @typedef {import("../../math/colour.js").Triple} Triple */

const SHADES = 256;
const ALTITUDE = (shared.shade.altitude * Math.PI) / 180;
const SHADOW_GAIN = shared.shade.shadow_gain;
/** Slope = this x the map's size x decades a pixel: the same hill looks as steep on every screen. */
const RELIEF = shared.shade.relief;

/**
 * Every colour the ground can have: a row of shades, full shadow to full light, for each band.
 * @param {ThemeName} theme
 * @param {number} bands
 * @returns {Uint32Array} bands x SHADES, as little-endian RGBA
 */
export function shadeTable(theme, bands) {
  const ground = SHEETS[theme].ground;
  const table = new Uint32Array(bands * SHADES);
  tints(theme, bands).forEach((tint, band) => {
    const t = bands > 1 ? band / (bands - 1) : 0;
    for (let s = 0; s < SHADES; s++) {
      const relative = (s / (SHADES - 1)) * 2 - 1;
      table[band * SHADES + s] = packed(fromOklab(lit(tint, t, relative, ground)));
    }
  });
  return table;
}

/**
 * @param {Triple} tint  OKLab
 * @param {number} t  0 valley, 1 height: heights shade violet and valleys stay green
 * @param {number} relative  -1 full shadow, 0 flat, 1 full light
 * @param {import("../../math/palette.js").Ground} ground
 * @returns {Triple}
 */
function lit(tint, t, relative, ground) {
  const shift = relative < 0 ? ground.shadow : ground.light;
  const amount = Math.abs(relative) * (0.7 + 0.3 * t);
  const hue = 0.4 + 0.8 * t;
  return [tint[0] + shift[0] * amount, tint[1] + shift[1] * amount * hue, tint[2] + shift[2] * amount * hue];
}

/** @param {Triple} rgb @returns {number} */
function packed([r, g, b]) {
  return ((255 << 24) | (Math.round(b * 255) << 16) | (Math.round(g * 255) << 8) | Math.round(r * 255)) >>> 0;
}

/**
 * @param {Levels} levels
 * @returns {(loss: Float64Array, out: Float32Array) => void} writes the height of each
 */
function heightWriter(levels) {
  const { log, base, floor, scale } = heightOf(levels);
  return (loss, out) => {
    for (let k = 0; k < out.length; k++) {
      const excess = loss[k] - base;
      out[k] = scale * (log ? Math.log10((excess < 0 ? 0 : excess) + floor) : excess);
    }
  };
}

/**
 * @param {import("./grid.js").RowWriter} lossRow  rows 0 to height + 1 of width + 2: one sample more on every side
 * @param {number} width
 * @param {number} height
 * @param {Levels} levels
 * @param {Uint32Array} table
 * @param {number} relief  slope a unit of height difference between neighbours
 * @param {number} gain  of the light
 * @returns {Uint8ClampedArray<ArrayBuffer>} RGBA; clear where the loss is not finite
 */
export function shadeGround(lossRow, width, height, levels, table, relief, gain) {
  const write = heightWriter(levels);
  const steps = new Float32Array(levels.values.length);
  write(Float64Array.from(levels.values), steps);
  const out = new Uint32Array(width * height);
  const paint = painter(steps, table, lamp(relief, gain));
  const loss = new Float64Array(width + 2);
  let [above, here, below] = [0, 1, 2].map(() => new Float32Array(width + 2));
  for (let j = 0; j < height + 2; j++) {
    [above, here, below] = [here, below, above];
    lossRow(j, loss);
    write(loss, below);
    if (j > 1) paint(above, here, below, out.subarray((j - 2) * width, (j - 1) * width));
  }
  return new Uint8ClampedArray(out.buffer);
}

/**
 * @param {Float32Array} steps  heights of the levels
 * @param {Uint32Array} table
 * @param {(gx: number, gy: number) => number} shadeOf
 * @returns {(above: Float32Array, here: Float32Array, below: Float32Array, out: Uint32Array) => void} paints a row
 */
function painter(steps, table, shadeOf) {
  const bandAt = bandFinder(steps);
  return (above, here, below, out) => {
    for (let i = 0; i < out.length; i++) {
      const h = here[i + 1];
      if (h !== h) continue;
      const gx = slope(here[i], h, here[i + 2]);
      const gy = slope(above[i + 1], h, below[i + 1]);
      out[i] = edged(table, steps, bandAt(h), h, Math.abs(gx) + Math.abs(gy), shadeOf(gx, gy));
    }
  };
}

/** Central difference, one-sided beside a gap. @param {number} before @param {number} h @param {number} after */
function slope(before, h, after) {
  if (before !== before) return after !== after ? 0 : after - h;
  return after !== after ? h - before : (after - before) * 0.5;
}

/**
 * @param {Float32Array} steps  heights of the levels, ascending
 * @returns {(h: number) => number} the number of levels at or below a height
 */
function bandFinder(steps) {
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

/** Steps a unit of steepness in the table of tamed slopes, and its length: beyond it the slope stands at its greatest. */
const [TAME_RATE, TAME_LENGTH] = [128, 1024];
/** tanh(tame * s) / s, so that cliffs do not go black. */
const TAMED = Float32Array.from({ length: TAME_LENGTH }, (_, k) => {
  const steep = (k + 0.5) / TAME_RATE;
  return Math.tanh(shared.shade.tame * steep) / steep;
});

/**
 * @param {number} relief
 * @param {number} gain
 * @returns {(gx: number, gy: number) => number} the shade, 0 to SHADES - 1, of a slope (screen axes, y down)
 */
function lamp(relief, gain) {
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
 * The colour of a pixel: its band's, mixed with the neighbour's where a level runs through the pixel.
 * @param {Uint32Array} table
 * @param {Float32Array} steps
 * @param {number} band
 * @param {number} h
 * @param {number} across  height difference across the pixel
 * @param {number} shade
 */
function edged(table, steps, band, h, across, shade) {
  const own = table[band * SHADES + shade];
  if (band > 0 && h - steps[band - 1] < 0.5 * across) {
    return blend(table[(band - 1) * SHADES + shade], own, 0.5 + (h - steps[band - 1]) / across);
  }
  if (band < steps.length && steps[band] - h < 0.5 * across) {
    return blend(table[(band + 1) * SHADES + shade], own, 0.5 + (steps[band] - h) / across);
  }
  return own;
}

/** @param {number} p @param {number} q  packed colours @param {number} t  share of q @returns {number} */
function blend(p, q, t) {
  const v = (t * 256) | 0;
  const u = 256 - v;
  const rb = (((p & 0xff00ff) * u + (q & 0xff00ff) * v) >>> 8) & 0xff00ff;
  const g = (((p & 0x00ff00) * u + (q & 0x00ff00) * v) >>> 8) & 0x00ff00;
  return (0xff000000 | rb | g) >>> 0;
}

/** @param {number} width @param {number} height  of the map in CSS pixels @returns {number} slope a decade a pixel */
export function reliefOf(width, height) {
  return RELIEF * Math.min(width, shared.shade.tallest * height);
}
