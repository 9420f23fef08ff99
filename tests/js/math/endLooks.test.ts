import assert from "node:assert/strict";
import { test } from "node:test";
import { fromOklab, toHex } from "../../../static/page/math/colour.ts";
import { coveringOf, DIFFERENT, DIVERGED, ELSEWHERE, endLetter } from "../../../static/page/math/endLooks.ts";
import { type ThemeName, tints } from "../../../static/page/math/palette.ts";
import { distance, SIGHTS, seen } from "./vision.ts";

const ENDS = [0, 1, 2, 3];
const ALL = [...ENDS, 4, 5, 6, 7];

for (const [theme, least] of [
  ["day", 13],
  ["night", 12.4],
] as [ThemeName, number][])
  test(`the four tints are told apart by every eye, by ${theme}`, () => {
    const tints = ENDS.map((end) => toHex(coveringOf(end, theme).plain));
    for (const [name, sight] of Object.entries(SIGHTS))
      for (const a of ENDS)
        for (const b of ENDS.slice(a + 1)) {
          const apart = 100 * distance(seen(tints[a], sight), seen(tints[b], sight));
          const wanted = name === "normal" ? 17 : least;
          assert.ok(apart > wanted, `${name}: ${a} and ${b} are ${apart.toFixed(1)} apart`);
        }
  });

for (const theme of ["day", "night"] as ThemeName[])
  test(`no tint of an end is taken for a loss, by ${theme}`, () => {
    const normal = SIGHTS.normal;
    const losses = tints(theme, 9).map((tint) => seen(toHex(fromOklab(tint)), normal));
    for (const end of ENDS)
      for (const loss of losses)
        assert.ok(100 * distance(seen(toHex(coveringOf(end, theme).plain), normal), loss) > 5.9, `${end}`);
  });

/** Which pixels of a field of 24 by 24 are part of the pattern. */
const drawn = (end: number) => {
  const { isDrawn } = coveringOf(end, "day");
  return Array.from({ length: 24 * 24 }, (_, k) => Number(isDrawn(k % 24, Math.floor(k / 24)))).join("");
};

test("each end has a pattern of its own, so that it is told without colour", () => {
  const patterns = [...ALL, DIVERGED].map(drawn);
  assert.equal(new Set(patterns).size, 9);
  assert.equal(drawn(0), drawn(ELSEWHERE));
  for (const pattern of patterns.slice(1)) assert.match(pattern, /1.*0|0.*1/);
  const share = (pattern: string) => pattern.replaceAll("0", "").length / pattern.length;
  assert.ok(patterns.every((pattern) => share(pattern) < 0.4));
});

test("the fifth to the eighth have the first four tints with other patterns, the ninth looks as the second", () => {
  assert.equal(DIFFERENT, 8);
  for (const end of ALL) {
    assert.deepEqual(coveringOf(end, "night").plain, coveringOf(end % 4, "night").plain);
    assert.deepEqual(coveringOf(DIFFERENT + end, "day"), coveringOf((end + 1) % DIFFERENT, "day"));
  }
  assert.deepEqual([0, 3, 25, 26].map(endLetter), ["A", "D", "Z", "27"]);
});
