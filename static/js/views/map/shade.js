/**
 * The printed ground: one flat tint a band, hill shade over it, band edges smooth to the pixel.
 *
 * Shade moves a tint in OKLab rather than multiplying it with grey, which would turn straw into khaki. The light comes
 * from the north-west, 35 degrees high.
 */
import { fromOklab } from "../../math/colour.js";
import { SHEETS, tints } from "../../math/palette.js";
import { heightOf } from "../../math/levels.js";

/** @typedef {import("../../math/levels.js").Levels} Levels */
/** @typedef {import("../../math/palette.js").ThemeName} ThemeName */
/** @typedef {import("../../math/colour.js").Triple} Triple */

const SHADES = 256;
const ALTITUDE = (35 * Math.PI) / 180;
const SHADOW_GAIN = 1.3;
/** Slope = this x the map's size x decades a pixel: the same hill looks as steep on every screen. */
const RELIEF = 0.085;

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
 * @param {Float64Array} loss
 * @returns {Float32Array} the height of each
 */
function heightsOf(levels, loss) {
  const { log, base, floor, scale } = heightOf(levels);
  const out = new Float32Array(loss.length);
  for (let k = 0; k < loss.length; k++) {
    const excess = loss[k] - base;
    out[k] = scale * (log ? Math.log10((excess < 0 ? 0 : excess) + floor) : excess);
  }
  return out;
}

/**
 * @param {Float64Array} loss  (width + 2) x (height + 2): one sample more on every side
 * @param {number} width
 * @param {number} height
 * @param {Levels} levels
 * @param {Uint32Array} table
 * @param {number} relief  slope a unit of height difference between neighbours
 * @param {number} gain  of the light
 * @returns {Uint8ClampedArray<ArrayBuffer>} RGBA; clear where the loss is not finite
 */
export function shadeGround(loss, width, height, levels, table, relief, gain) {
  const ground = heightsOf(levels, loss);
  const steps = heightsOf(levels, Float64Array.from(levels.values));
  const out = new Uint32Array(width * height);
  const bandAt = bandFinder(steps);
  const shadeOf = lamp(relief, gain);
  const stride = width + 2;
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const at = (j + 1) * stride + i + 1;
      const h = ground[at];
      if (h !== h) continue;
      const gx = slope(ground[at - 1], h, ground[at + 1]);
      const gy = slope(ground[at - stride], h, ground[at + stride]);
      out[j * width + i] = edged(table, steps, bandAt(h), h, Math.abs(gx) + Math.abs(gy), shadeOf(gx, gy));
    }
  }
  return new Uint8ClampedArray(out.buffer);
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
    let band = table[Math.min(bins, Math.trunc((h - low) * perUnit))];
    while (band < count && steps[band] <= h) band++;
    while (band > 0 && steps[band - 1] > h) band--;
    return band;
  };
}

/** Steps a unit of steepness in the table of tamed slopes, and its length: beyond it the slope stands at its greatest. */
const [TAME_RATE, TAME_LENGTH] = [128, 1024];
/** tanh(0.45 s) / s, so that cliffs do not go black. */
const TAMED = Float32Array.from({ length: TAME_LENGTH }, (_, k) => {
  const steep = (k + 0.5) / TAME_RATE;
  return Math.tanh(0.45 * steep) / steep;
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
    const tamed = relief * (bin < TAME_LENGTH ? TAMED[Math.trunc(bin)] : 1 / steep);
    const sx = gx * tamed;
    const sy = gy * tamed;
    const relative = (side * (sx + sy) + flat) / Math.sqrt(1 + sx * sx + sy * sy) - flat;
    const amount = relative < 0 ? Math.max(-1, relative * SHADOW_GAIN) : Math.min(1, relative * gain);
    return Math.round(half + half * amount);
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
  const v = Math.trunc(t * 256);
  const u = 256 - v;
  const rb = (((p & 0xff00ff) * u + (q & 0xff00ff) * v) >>> 8) & 0xff00ff;
  const g = (((p & 0x00ff00) * u + (q & 0x00ff00) * v) >>> 8) & 0x00ff00;
  return (0xff000000 | rb | g) >>> 0;
}

/** @param {number} width @param {number} height  of the map in CSS pixels @returns {number} slope a decade a pixel */
export function reliefOf(width, height) {
  return RELIEF * Math.min(width, 1.2 * height);
}
