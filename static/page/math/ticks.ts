/** Where the ticks of a scale are, and how a value is rounded to the digits that a pixel can show. */

/**
 * The smallest of 1, 2, 5 times a power of ten that is at least `least`.
 * @param least  above 0
 */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const share = least / power;
  const factor = [1, 2, 5, 10].find((candidate) => candidate >= share * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/**
 * Every multiple of a step from low to high.
 * @param step  above 0
 * @returns ascending, without accumulated rounding
 */
export function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  if (!(last - first < 10000)) return [];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => roundToStep((first + k) * step, step));
}

/**
 * The nearest multiple of a step, rounded to the decimals of the step.
 * @param step  above 0
 */
export function roundToStep(value: number, step: number): number {
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(step)));
  const nearest = Math.round(value / step) * step;
  return decimals > 100 ? nearest : Number(nearest.toFixed(decimals)) + 0;
}

/**
 * The coordinate of a pixel, rounded to the last digit that differs from pixel to pixel.
 * @param perPixel  units in a pixel, above 0
 */
export function snapped(value: number, perPixel: number): number {
  return roundToStep(value, 10 ** Math.floor(Math.log10(perPixel * 2)));
}

export const clamped = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
