import assert from "node:assert/strict";
import { test } from "node:test";
import * as colour from "../../../static/page/math/colour.ts";
import { contrast } from "./vision.ts";

function near(got: number[], wanted: number[], within: number) {
  for (const [k, value] of got.entries()) assert.ok(Math.abs(value - wanted[k]) <= within, `${got} is not ${wanted}`);
}

test("OKLab of the primaries is the one its author prints", () => {
  near(colour.toOklab([1, 1, 1]), [1, 0, 0], 1e-4);
  near(colour.toOklab([1, 0, 0]), [0.62796, 0.22486, 0.12585], 1e-4);
  near(colour.toOklab([0, 1, 0]), [0.86644, -0.23389, 0.1795], 1e-4);
  near(colour.toOklab([0, 0, 1]), [0.45201, -0.03246, -0.31153], 1e-4);
});

test("there and back is the same colour", () => {
  for (const hex of ["#b8160f", "#1740d8", "#2a8c7c", "#f6f4ee", "#0b1013", "#000000"]) {
    assert.equal(colour.toHex(colour.fromOklab(colour.toOklab(colour.fromHex(hex)))), hex);
    const [L, a, b] = colour.toOklab(colour.fromHex(hex));
    const lch: [number, number, number] = [L, Math.hypot(a, b), (Math.atan2(b, a) * 180) / Math.PI];
    assert.equal(colour.toHex(colour.fromOklab(colour.oklabOfOklch(lch))), hex);
  }
});

test("what no screen can show is cut, not wrapped", () => {
  const cut = colour.fromOklab([0.7, 0.4, 0.2]);
  assert.ok(
    cut.every((c) => c >= 0 && c <= 1),
    String(cut),
  );
  assert.equal(colour.toHex([1.2, -0.3, 0.5]), "#ff0080");
});

test("contrast is WCAG's", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.ok(Math.abs(contrast("#777777", "#ffffff") - 4.478) < 0.001);
  assert.equal(contrast("#ffffff", "#777777"), contrast("#777777", "#ffffff"));
});
