/** Prints the numbers of a working to four significant digits. */
import { scientific, superscript, trimmed } from "../math/format.ts";

/** Significant digits of a number in the working. */
const DIGITS = 4;

/** Integers below this are printed in full. */
const LARGEST_WHOLE = 1e6;
/** A number this close to a short one, relative to itself, is printed as that: 0.1 + 0.2 is 0.3. */
const FLOAT_NOISE = 1e-12;

/**
 * A number to four significant digits, as the server rounds them: with trailing zeros where it was rounded, without
 * where it is exact.
 * @returns LaTeX
 */
export function latexValue(value: number, digits: number = DIGITS): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "\\text{undefined}" : value > 0 ? "\\infty" : "-\\infty";
  if (Number.isInteger(value) && Math.abs(value) < LARGEST_WHOLE) return String(value + 0);
  const [mantissa, power] = scientific(value, digits);
  const exact = Math.abs(Number(value.toPrecision(digits)) - value) <= FLOAT_NOISE * Math.abs(value);
  const shown = (text: string) => (exact ? trimmed(text) : text);
  if (power >= -3 && power < DIGITS) return shown(value.toFixed(Math.max(0, digits - 1 - power)));
  const shownMantissa = shown(mantissa);
  return /^-?1$/.test(shownMantissa)
    ? shownMantissa.replace("1", `10^{${power}}`)
    : `${shownMantissa}{\\times}10^{${power}}`;
}

/** The same as text, with the exponent apart. @returns such as ["−12.60", ""], ["1.500×10", "−7"] */
export function valueParts(value: number, digits: number = DIGITS): [string, string] {
  const [, mantissa, ten = "", power = ""] = latexValue(value, digits).match(/^(.*?)(?:(10)\^\{(-?\d+)\})?$/) ?? [];
  const text = mantissa
    .replace("{\\times}", "×")
    .replace("-", "−")
    .replace("\\infty", "∞")
    .replace("\\text{undefined}", "undefined");
  return [text + ten, power.replace("-", "−")];
}

/** The same in one text. @returns such as "−12.60", "1.500×10⁻⁷" */
export function roundedText(value: number, digits: number = DIGITS): string {
  const [text, power] = valueParts(value, digits);
  return power ? text + superscript(Number(power.replace("−", "-"))) : text;
}
