import assert from "node:assert/strict";
import { test } from "node:test";
import { group, line, type Mark, words } from "../../../static/page/marks/mark.ts";
import { PIXELS, shareScales } from "../../../static/page/marks/scales.ts";
import { createSvgPainter, pathData } from "../../../static/page/marks/svg.ts";
import { LOOK } from "../pictures.ts";

/** What is written on elements of the page, in order. */
let written: string[] = [];

/** As much of an element as the painter uses. */
class Element {
  children: Element[] = [];
  textContent = "";
  setAttribute(name: string, value: string) {
    written.push(`${name} ${value}`);
  }
  removeAttribute(name: string) {
    written.push(`no ${name}`);
  }
  append(...more: Element[]) {
    this.children.push(...more);
  }
}

const SIZE = { width: 100, height: 100 };
const PLACES = [Float64Array.of(10, 20), Float64Array.of(30, 40)] as const;

/** @returns what is written by each picture after the first */
function changesOf(...pictures: { marks: Mark[]; scales?: typeof PIXELS }[]): string[][] {
  const paint = createSvgPainter(new Element() as unknown as SVGSVGElement);
  const writtenBy = ({ marks, scales = PIXELS }: (typeof pictures)[number]) => {
    written = [];
    paint({ size: SIZE, scales, look: LOOK, marks });
    return written;
  };
  (globalThis as any).document = { createElementNS: () => new Element() };
  try {
    return pictures.map(writtenBy).slice(1);
  } finally {
    delete (globalThis as any).document;
  }
}

test("of a line that is made anew only what is another is written", () => {
  const lineOf = (width: number) => ({ marks: [group([line(...PLACES, { stroke: "ink", width })])] });
  assert.deepEqual(changesOf(lineOf(1), lineOf(1), lineOf(1.004), lineOf(1.006), lineOf(2)), [
    [],
    [],
    ["stroke-width 1.01"],
    ["stroke-width 2"],
  ]);
});

test("a line through the same places is another where they lie elsewhere, or it is shifted, closed or crisp", () => {
  const mark = line(...PLACES, { stroke: "ink" });
  const moved = { ...PIXELS, box: { left: 5, top: 0, width: 1, height: 1 } };
  const change = (now: Mark, scales = PIXELS) => changesOf({ marks: [mark] }, { marks: [now], scales });
  assert.deepEqual(change(mark, moved), [["d M15 30L25 40"]]);
  assert.deepEqual(change({ ...mark, shift: [1, 2] }), [["d M11 32L21 42"]]);
  assert.deepEqual(change({ ...mark, closed: true }), [["d M10 30L20 40Z"]]);
  assert.deepEqual(change({ ...mark, crisp: true }), [["d M10.5 30.5L20.5 40.5"]]);
  assert.deepEqual(change({ ...mark, x: Float64Array.of(0, 1) }), [["d M0 30L1 40"]]);
  assert.deepEqual(change({ ...mark, y: Float64Array.of(0, 1) }), [["d M10 0L20 1"]]);
});

test("a mark that is there again is not painted again, at its place in its group or at another", () => {
  const [first, second] = [words([10, 10], "one"), words([10, 30], "two")];
  const shares = shareScales({ left: 0, top: 0, width: 100, height: 100 });
  const still = group([first], { scales: shares });
  assert.deepEqual(changesOf({ marks: [still] }, { marks: [still], scales: { ...PIXELS } }), [[]]);
  assert.deepEqual(
    changesOf({ marks: [group([first, second])] }, { marks: [group([second, first])] }).map((each) => each.length),
    [2],
    "each is where the other one was",
  );
});

test("a place that is far beyond the picture is written in digits that SVG has room for", () => {
  assert.equal(
    pathData([
      [50, 100],
      [100, -4.37e40],
    ]),
    "M50 100L100 -10000000",
  );
});
