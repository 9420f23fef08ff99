import assert from "node:assert/strict";
import { test } from "node:test";
import { coveringOf } from "../../../../static/page/math/endLooks.ts";
import { createEndsGround, endsImage } from "../../../../static/page/pictures/map/ground/endsGround.ts";

const MAP = {
  x: [0, 1, 2],
  y: [0, 1],
  end: Int16Array.from([0, 1, -2, 2, 3, -1]),
  steps: [1, 1, 1, 1, 1, 1],
  minima: [[0.5, 1.5, 0.25]],
  shares: [1],
  elsewhere: 0,
  diverged: 0,
};

/** @returns the end whose plain colour or pattern a pixel has */
function endAt({ pixels, width }: ReturnType<typeof endsImage>, x: number, y: number) {
  const colour = [...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)].join();
  const own = (rgb: readonly number[]) => rgb.map((channel) => Math.round(255 * channel)).join();
  return [0, 1, 2, 3, -2, -1].find((end) => {
    const { plain, drawn } = coveringOf(end, "day");
    return colour === own(plain) || colour === own(drawn);
  });
}

test("each pixel has the tint of the start next to it, the greatest y on top", () => {
  const image = endsImage(MAP, { x0: 0, x1: 2, y0: 0, y1: 1 }, [80, 40], "day", 1);
  assert.deepEqual(
    [
      [2, 38],
      [40, 38],
      [2, 2],
      [40, 2],
      [19, 2],
      [21, 2],
    ].map(([x, y]) => endAt(image, x, y)),
    [0, 1, 2, 3, 2, 3],
  );
  const { plain, drawn } = coveringOf(-2, "day");
  const colours = new Set<string>();
  for (let x = 62; x < 80; x++)
    for (let y = 22; y < 40; y++)
      colours.add([...image.pixels.subarray(4 * (y * 80 + x), 4 * (y * 80 + x) + 3)].join());
  assert.deepEqual(
    colours,
    new Set([plain, drawn].map((rgb) => rgb.map((channel) => Math.round(255 * channel)).join())),
    "what flies off is hatched",
  );
});

test("a part in sight is painted as it is in the whole", () => {
  const part = endsImage(MAP, { x0: 0.4, x1: 0.8, y0: 0.6, y1: 1 }, [16, 16], "day", 1);
  assert.deepEqual([endAt(part, 1, 8), endAt(part, 8, 8)], [2, 3]);
});

test("all that runs may end in has a letter, known minimum or not", () => {
  const [minimum] = createEndsGround().minima({ ends: MAP }) ?? [];
  assert.deepEqual(minimum.at, [0.5, 1.5]);
  assert.deepEqual(minimum.words?.slice(0, 2), ["A", "A, min 0.25 at (0.5, 1.5)"]);
});
