import assert from "node:assert/strict";
import { test } from "node:test";
import { formatExact, formatLevel, formatMeasured, formatPlace, formatTick } from "../../../static/page/math/format.ts";

function writes(write: (value: number, digits?: number) => string, cases: [number, string, number?][]) {
  for (const [value, text, digits] of cases) assert.equal(write(value, digits), text, `${value}`);
}

test("measured values keep their digits, so that a column does not dance", () => {
  writes(formatMeasured, [
    [0.0588, "0.0588"],
    [-12.553, "−12.6"],
    [1.5e-4, "1.50×10⁻⁴"],
    [7.606, "7.61"],
    [7.606, "7.606", 4],
    [100, "100"],
    [0.3, "0.300"],
    [123456, "1.23×10⁵"],
    [99999, "1.00×10⁵"],
    [12345, "12345"],
    [0.00099999, "0.00100"],
    [0, "0"],
    [-0, "0"],
    [5e-324, "4.94×10⁻³²⁴"],
    [1.7e308, "1.70×10³⁰⁸"],
    [Infinity, "∞"],
    [-Infinity, "−∞"],
    [NaN, "undefined"],
  ]);
});

test("chosen values have the digits they were given", () => {
  writes(formatExact, [
    [0.2, "0.2"],
    [1e-8, "10⁻⁸"],
    [-1e-8, "−10⁻⁸"],
    [1.5e-5, "1.5×10⁻⁵"],
    [0.0006, "0.0006"],
    [0.00015, "0.00015"],
    [300, "300"],
    [100000, "100000"],
    [1e6, "10⁶"],
    [-0.27, "−0.27"],
    [0.1 + 0.2, "0.3"],
    [0.059, "0.059"],
    [0, "0"],
    [2.0000001, "2"],
    [3.58442834033, "3.584", 4],
    [0.001, "0.001"],
  ]);
});

test("contours carry short numbers at any size", () => {
  writes(formatLevel, [
    [0.05, "0.05"],
    [1000, "1000"],
    [50000, "50000"],
    [100000, "10⁵"],
    [2e7, "2×10⁷"],
    [-0.5, "−0.5"],
    [1e-4, "10⁻⁴"],
  ]);
});

test("coordinates are written to the decimals of their scale", () => {
  assert.equal(formatTick(1, 0.05), "1.00");
  assert.equal(formatTick(1, 0.5), "1.0");
  assert.equal(formatTick(-1.5, 0.5), "−1.5");
  assert.equal(formatTick(1e-17, 0.5), "0");
  assert.equal(formatTick(200, 100), "200");
  assert.equal(formatTick(2e-7, 1e-7), "2×10⁻⁷");
  assert.equal(formatTick(3e8, 1e8), "3×10⁸");
});

test("from 100,000 on, what is measured and what stands at a contour have powers of ten alike", () => {
  const forms = (value: number) => [formatMeasured(value, 2), formatLevel(value)];
  assert.deepEqual(forms(150000), ["1.5×10⁵", "1.5×10⁵"]);
  assert.deepEqual(forms(20000), ["20000", "20000"]);
});

test("of a place what differs from 0 by rounding alone is 0", () => {
  assert.equal(formatPlace([-1.22e-16, -23.9]), "(0, −23.9)");
  assert.equal(formatPlace([-1.99, 5.26e-5]), "(−1.99, 0)");
  assert.equal(formatPlace([2e-9, 1e-12]), "(2×10⁻⁹, 10⁻¹²)");
  assert.equal(formatPlace([1e-30]), "10⁻³⁰");
});
