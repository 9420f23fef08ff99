import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fromOklab, toHex } from "../../../static/page/math/colour.ts";
import { MARKER_NAMES, markerPath } from "../../../static/page/math/markers.ts";
import { networkColours } from "../../../static/page/math/networkColours.ts";
import { COLOURS, DASHES, onTint, tints } from "../../../static/page/math/palette.ts";
import { contrast, distance, SIGHTS, seen } from "./vision.ts";

/** @returns the least OKLab distance x 100 between two, to whatever eye */
function leastDistance(colours: string[]): number {
  const pairs = colours.flatMap((one, k) => colours.slice(k + 1).map((other) => [one, other]));
  return Math.min(
    ...Object.values(SIGHTS).flatMap((sight) =>
      pairs.map(([one, other]) => 100 * distance(seen(one, sight), seen(other, sight))),
    ),
  );
}

for (const [theme, all, firstFour] of [
  ["day", 9.3, 11.5],
  ["night", 7.4, 11.6],
] as ["day" | "night", number, number][]) {
  const { runs, casing, paper, ink, ink2, ink3 } = COLOURS[theme];

  test(`${theme}: eight runs are told apart by every eye`, () => {
    assert.ok(leastDistance(runs) > all, `${leastDistance(runs)}`);
    assert.ok(leastDistance(runs.slice(0, 4)) > firstFour, `${leastDistance(runs.slice(0, 4))}`);
  });

  test(`${theme}: a run stands out from its casing by 3 to 1`, () => {
    for (const run of runs) assert.ok(contrast(run, casing) >= 3, `${run} ${contrast(run, casing)}`);
  });

  test(`${theme}: what a network shows has the colour of no run, and reads on paper`, () => {
    const { positive, negative, labels } = networkColours(COLOURS[theme]);
    for (const colour of [positive, negative, ...labels]) {
      for (const run of runs) assert.ok(leastDistance([colour, run]) > 5.7, `${colour} ${run}`);
      assert.ok(contrast(colour, paper) >= 3, colour);
    }
    for (const pair of [[positive, negative], labels]) assert.ok(leastDistance([...pair]) > all, String(pair));
  });

  test(`${theme}: negative weights stand out from paper half as much as positive ones or more`, () => {
    const { positive, negative } = networkColours(COLOURS[theme]);
    const [ofPositive, ofNegative] = [positive, negative].map((colour) => contrast(colour, paper));
    assert.ok(ofNegative >= ofPositive / 2, `${ofNegative} of ${ofPositive}`);
  });

  test(`${theme}: words read on paper`, () => {
    for (const text of [ink, ink2, ink3]) assert.ok(contrast(text, paper) >= 4.5, `${text} ${contrast(text, paper)}`);
  });

  test(`${theme}: tints grow lighter all the way, so that the map prints in grey`, () => {
    const lightness = tints(theme, 14).map(([L]) => L);
    for (const [k, L] of lightness.entries()) assert.ok(k === 0 || L > lightness[k - 1], String(lightness));
  });

  test(`${theme}: the numbers of contours read on the ground they stand on`, () => {
    const { label } = COLOURS[theme].ground.line;
    for (const tint of tints(theme, 14)) {
      const ratio = contrast(toHex(fromOklab(onTint(tint, label))), toHex(fromOklab(tint)));
      assert.ok(ratio >= 4.5, `${tint} ${ratio}`);
    }
  });
}

test("every slot has a colour by day and by night, a dash and a marker of its own", () => {
  assert.equal(new Set(DASHES.map(String)).size, 8);
  assert.equal(new Set(MARKER_NAMES).size, 8);
  assert.equal(new Set(MARKER_NAMES.map((_, slot) => markerPath(slot, 6))).size, 8);
  for (const colours of Object.values(COLOURS)) assert.equal(new Set(colours.runs).size, 8);
});

test("the style sheets and the canvases mix the same inks", () => {
  const folder = new URL("../../../static/css/", import.meta.url);
  const css = readdirSync(folder)
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n")
    .toLowerCase();
  for (const [theme, { paper, ink, ink2, ink3 }] of Object.entries(COLOURS)) {
    for (const [token, colour] of Object.entries({ paper, ink, "ink-2": ink2, "ink-3": ink3 })) {
      assert.match(css, new RegExp(`--${token}:\\s*${colour.toLowerCase()}`), `${theme} --${token}`);
    }
  }
});
