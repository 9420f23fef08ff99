/**
 * Numbers as text to read: with a minus sign, raised powers of ten, and no digits without meaning.
 */

const MINUS = "−";
const RAISED = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
} as Record<string, string>;

/** @param text  digits with a hyphen @returns with a real minus */
const signed = (text: string): string => text.replace("-", MINUS);

/** @returns such as "⁻⁴" */
export function superscript(exponent: number): string {
  return [...String(exponent)].map((sign) => RAISED[sign]).join("");
}

/** @returns the text of a value that is not finite */
function unusual(value: number): string {
  if (Number.isNaN(value)) return "undefined";
  return value > 0 ? "∞" : `${MINUS}∞`;
}

/**
 * Mantissa and exponent of the rounded value (9.996e-4 at 3 digits is 1.00e-3).
 * @param value  finite, not 0
 */
export function scientific(value: number, digits: number): [string, number] {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return [mantissa, Number(exponent)];
}

/** @returns the text without zeros at the end of its fraction */
export function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

const times = (mantissa: string, exponent: number): string => `${signed(mantissa)}×10${superscript(exponent)}`;

/** The same, without a mantissa of 1. */
function power(mantissa: string, exponent: number): string {
  return /^-?1$/.test(mantissa)
    ? `${signed(mantissa.replace("1", "10"))}${superscript(exponent)}`
    : times(mantissa, exponent);
}

/**
 * A measured value, always with the same number of significant digits, so that a changing number keeps its width.
 * Powers of ten from 1e-3 down and from 1e5 up.
 * @param digits  3 to 4 for reading
 * @returns such as "0.0588", "−12.6", "1.50×10⁻⁴", "0", "∞"
 */
export function formatMeasured(value: number, digits: number = 3): string {
  if (!Number.isFinite(value)) return unusual(value);
  if (value === 0) return "0";
  const [mantissa, exponent] = scientific(value, digits);
  if (exponent < -3 || exponent > 4) return times(mantissa, exponent);
  return signed(Number(value).toFixed(Math.max(0, digits - 1 - exponent)));
}

/**
 * A value that someone chose, with all of its digits and no others.
 * @param digits  the most that are written
 * @returns such as "0.2", "0.0006", "1.5×10⁻⁵"
 */
export function formatExact(value: number, digits: number = 6): string {
  if (!Number.isFinite(value)) return unusual(value);
  if (value === 0) return "0";
  const [mantissa, exponent] = scientific(value, digits);
  if (exponent >= -4 && exponent < 6)
    return signed(trimmed(Number(value.toPrecision(digits)).toFixed(Math.max(0, digits - 1 - exponent))));
  return power(trimmed(mantissa), exponent);
}

/** Beside a value that is so many times as large, one differs from 0 by the rounding of the arithmetic alone. */
const LARGER = 1e12;

/** @param values  told together, such as those of one place @returns with 0 for what is nothing beside the largest */
export function withoutRounding(values: number[], larger: number = LARGER): number[] {
  const largest = Math.max(...values.map(Math.abs));
  return values.map((value) => (Math.abs(value) * larger < largest ? 0 : value));
}

/** @returns "(3, 2)"; of one parameter alone "3" */
export function formatPlace(point: number[], digits: number = 3): string {
  const values = withoutRounding(point, 10 ** (digits + 1))
    .map((value) => formatExact(Number(value.toPrecision(digits))))
    .join(", ");
  return point.length === 1 ? values : `(${values})`;
}

/**
 * A value that someone chose, with separators of thousands.
 * @returns such as "100,000", "0.2"
 */
export function formatGrouped(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e16
    ? signed(String(value).replace(/\B(?=(\d{3})+$)/g, ","))
    : formatExact(value);
}

/**
 * The number at a contour or a colour scale, short whatever its size.
 * @returns such as "0.05", "1000", "10⁵"
 */
export function formatLevel(value: number): string {
  const size = Math.abs(value);
  if (!size || (size >= 1e-3 && size < 1e5)) return formatExact(value, 4);
  const [mantissa, exponent] = scientific(value, 4);
  return power(trimmed(mantissa), exponent);
}

/**
 * How many decimals tell apart values that are a step from each other.
 * @param step  above 0
 */
function decimalsOf(step: number): number {
  return Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

/** A value on a scale whose ticks are a step apart. */
export function formatTick(value: number, step: number): string {
  if (Math.abs(value) < step * 1e-6) return "0";
  const largest = Math.abs(value);
  if (largest >= 1e6 || step < 1e-5) return formatExact(value, Math.max(1, Math.ceil(Math.log10(largest / step)) + 1));
  return signed(value.toFixed(decimalsOf(step)));
}
