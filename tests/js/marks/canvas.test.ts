import assert from "node:assert/strict";
import { test } from "node:test";
import { createCanvasPainter, draw } from "../../../static/page/marks/canvas.ts";
import { type Mark, path, type RasterMark } from "../../../static/page/marks/mark.ts";
import { PIXELS } from "../../../static/page/marks/scales.ts";
import { COLOURS } from "../../../static/page/math/palette.ts";
import { setGlobals } from "../globals.ts";

/** In place of the browser's, which keeps what it is made of. */
class RecordedPath {
  moves: [number, number][] = [];
  lengths: number[] = [];
  moveTo(...at: [number, number]) {
    this.moves.push(at);
    this.lengths.push(0);
  }
  lineTo(x: number, y: number) {
    const [fromX, fromY] = this.moves[this.moves.length - 1];
    this.lengths[this.lengths.length - 1] += Math.hypot(x - fromX, y - fromY);
  }
}

/** @returns the path of a mark as it is stroked */
function stroked(mark: Mark): RecordedPath {
  const putBack = setGlobals({ Path2D: RecordedPath });
  const made: RecordedPath[] = [];
  const context: any = { globalAlpha: 1, setLineDash() {}, stroke: (given: RecordedPath) => made.push(given) };
  draw({ context, scales: PIXELS, look: { colours: COLOURS.day, family: "serif", scale: 1 } }, mark);
  putBack();
  assert.equal(made.length, 1);
  return made[0];
}

test("a place alone is a dot: browsers draw no end of a line that has no length", () => {
  const gap = [Number.NaN, Number.NaN] as const;
  const { moves, lengths } = stroked(path([[3, 4], gap, [30, 4]], { stroke: "ink", width: 4, round: true }));
  assert.deepEqual(moves, [
    [3, 4],
    [30, 4],
  ]);
  for (const length of lengths) assert.ok(length > 0 && length < 0.1);
});

test("a picture is painted anew where pixels go, and not where a line has the same values", () => {
  let paintings = 0;
  const nothing = () => {};
  const context: any = {
    ...{ globalAlpha: 1, setTransform: nothing, save: nothing, restore: nothing, beginPath: nothing, rect: nothing },
    ...{ clip: nothing, stroke: nothing, setLineDash: nothing },
    clearRect() {
      paintings += 1;
    },
  };
  const putBack = setGlobals({ Path2D: RecordedPath });
  const painter = createCanvasPainter(context);
  const look = { colours: COLOURS.day, family: "serif", scale: 1 };
  const picture = { size: { width: 40, height: 40 }, scales: PIXELS, look, ratio: 1 };
  const paintingsOf = (...marks: Mark[]) => {
    paintings = 0;
    painter({ ...picture, marks });
    return paintings;
  };
  const raster: RasterMark = { kind: "raster", changed: [], draw: nothing };
  const line = (end: number): Mark => ({
    kind: "line",
    x: Float64Array.of(1, Number.NaN, end),
    y: Float64Array.of(1, 2, 3),
    stroke: "ink",
  });
  assert.equal(paintingsOf(line(3), raster), 1);
  assert.equal(paintingsOf(line(3), { ...raster }), 0);
  assert.equal(paintingsOf(line(4), { ...raster }), 1);
  assert.equal(paintingsOf(line(4)), 1);
  putBack();
});
