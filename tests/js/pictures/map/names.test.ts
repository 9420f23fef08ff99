import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy, SPARED } from "../../../../static/page/marks/occupancy.ts";
import { boxAround, overlap } from "../../../../static/page/math/box.ts";
import { axesOf } from "../../../../static/page/pictures/map/mapAxes.ts";
import type { StillMap } from "../../../../static/page/pictures/map/moment.ts";
import type { Head } from "../../../../static/page/pictures/map/paths/heads.ts";
import { rowsApart } from "../../../../static/page/pictures/map/paths/ticks.ts";
import { createTraces, traceOf } from "../../../../static/page/pictures/map/paths/trace.ts";
import { instructionBox } from "../../../../static/page/pictures/map/pointer/pointed.ts";
import { areaOf } from "../../../../static/page/pictures/map/visibleArea.ts";
import {
  createNames,
  createPlacing,
  placeTags,
  type Tag,
  tagMark,
} from "../../../../static/page/pictures/map/words/names.ts";
import { withSpaces } from "../../../../static/page/pictures/map/words/space.ts";
import type { Run } from "../../../../static/page/state/types.ts";
import { pairs } from "../../pairs.ts";
import { partOf } from "../../part.ts";
import { BOX, bowl, falling, LOOK } from "./moments.ts";

const FRAME = { left: 0, top: 0, width: 690, height: 520 };
const NAMES = [
  "Gradient descent",
  "Momentum (averaged)",
  "Heavy ball",
  "Nesterov momentum",
  "AdaGrad",
  "RMSProp",
  "Adam 0.4",
  "Adam 0.12",
];
const measure = (name: string) => 7 * name.length;
const headsAt = (places: number[][], atStart = false): Head[] =>
  places.map(([x, y], index) => ({ index, slot: index, name: NAMES[index], x, y, stopped: false, atStart }));
const named = (heads: Head[], space = createOccupancy(FRAME), kept: Tag[] = []) =>
  placeTags(heads, measure, space.over(), 1, kept).map((tag) => ({ ...tag, box: tag.spot.box }));

const CROWD = Array.from({ length: 8 }, (_, k) => [345 + 26 * Math.cos(k), 260 + 26 * Math.sin(2 * k)]);

test("the names of eight heads in a crowd lie on no other, on no head and on no path, and none is missing", () => {
  const occupancy = createOccupancy(FRAME);
  for (const [x, y] of CROWD) occupancy.markSegment(60, 480, x, y);
  const tags = named(headsAt(CROWD), occupancy);
  assert.deepEqual(tags.flatMap(({ heads }) => heads.map(({ index }) => index)).sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
  tags.forEach(({ box }, k) => {
    assert.equal(occupancy.crowd(box), 0);
    for (const other of tags.slice(k + 1)) assert.ok(!overlap(box, other.box));
    for (const [x, y] of CROWD) assert.ok(!overlap(box, { left: x - 6, top: y - 6, width: 12, height: 12 }));
  });
});

test("a name stands inside an outline or outside, not across it", () => {
  const at = [[300, 200]];
  const [{ box: free }] = named(headsAt(at));
  const x = free.left + free.width / 2;
  const across: [number, number, number, number] = [x, free.top - 40, x, free.top + 40];
  const space = createOccupancy(FRAME);
  space.markLine(across);
  const [{ spot }] = placeTags(headsAt(at), measure, space, 1, []);
  assert.ok(spot.box.left > x || spot.box.left + spot.box.width < x || spot.box.top > free.top + 40);
});

test("the line along names that share a box keeps off words that go, which else would be cut by it", () => {
  const heads = headsAt(pairs(300, 300, 300, 300));
  const [{ box: free }] = named(heads);
  // The names themselves begin 5 pixels further right.
  const words = { left: free.left - 57, top: free.top, width: 60, height: 14 };
  const occupancy = createOccupancy(FRAME);
  occupancy.markWords(words, SPARED);
  const [tag] = named(heads, occupancy);
  assert.ok(!overlap(tag.box, words), "there is room elsewhere");
});

test("heads at one place share a box with a row for each, and so does one that would hide the start", () => {
  const [tag, ...none] = named(headsAt(CROWD.map(() => [300, 300])));
  assert.deepEqual([tag.heads.length, tag.box.height, none.length], [8, 8 * 17, 0]);
  const [[alone], [away]] = [named(headsAt([[300, 300]], true)), named(headsAt([[300, 300]]))];
  assert.ok(alone.box.width > away.box.width, "with room for its marker");
});

test("a name stays where it was while that is about as free", () => {
  const [first] = named(headsAt([[300, 300]]));
  const left = { ...first, spot: { ...first.spot, index: 2 } };
  assert.ok(named(headsAt([[310, 300]]), undefined, [left])[0].box.left < 310);
  const occupancy = createOccupancy(FRAME);
  occupancy.markBox({ left: 150, top: 280, width: 140, height: 60 });
  assert.ok(named(headsAt([[310, 300]]), occupancy, [left])[0].box.left > 310);
});

test("where names stand at a row does not depend on the rows before", () => {
  const place = (row: number, kept: Tag[] | null) =>
    named(
      headsAt([
        [100 + row, 200],
        [400 - row, 220],
      ]),
      undefined,
      kept ?? [],
    );
  const [walked, jumped] = [createPlacing(1000, place), createPlacing(1000, place)];
  for (let row = 0; row < 90; row++) walked(row);
  assert.deepEqual(walked(90), jumped(90));
});

function traced(points: [number, number][]) {
  const columns = [0, 1].map((k) => Float64Array.from(points, (point) => point[k]));
  const area = areaOf(pairs(0, 690, 0, 520), FRAME, true);
  return traceOf({ run: { length: points.length } as Run, index: 0, columns, area, domainBox: FRAME });
}

test("a run is dense where it crosses its own way again and again", () => {
  const zigzag = Array.from({ length: 600 }, (_, k) => [300 + k / 10, 260 + (k % 2 ? 50 : -50)] as [number, number]);
  assert.ok(traced(zigzag).dense);
  assert.ok(!traced(zigzag.slice(0, 60).map(([, y], k) => [10 * k, y])).dense);
  assert.ok(!traced(zigzag.map((_, k) => [300 + 100 / (k + 1), 260])).dense, "at rest");
  assert.ok(!traced(zigzag.map(([, y]) => [300, y])).dense, "to and fro on one line");
});

test("dots are for steps that can be told apart", () => {
  const trace = traced(pairs(100, 100, 200, 100, 203, 101, 300, 100, 400, 100));
  assert.deepEqual(rowsApart(trace, [1, 2, 3], 9), [3]);
});

test("what the map asks for stands at its foot, or where it covers no minimum and no words", () => {
  const space = createOccupancy(FRAME);
  const plate = () => instructionBox({ box: FRAME, scale: 1 }, 200, 36, [space.over()]);
  assert.deepEqual(plate(), { left: 245, top: 520 - 36 - 26, width: 200, height: 36 });
  const atStart = createOccupancy(FRAME);
  const taken = instructionBox({ box: FRAME, scale: 1 }, 200, 36, [createOccupancy(FRAME), atStart]);
  assert.ok(atStart.costOf({ box: taken, cost: 0 }) >= 100, "names keep off it at the start, too");
  const sink = { left: 340, top: 470, width: 14, height: 14 };
  space.markBox(sink);
  space.markWords({ ...sink, left: 356, width: 90 }, SPARED);
  assert.ok(!overlap(plate(), { ...sink, width: 106 }));
  const beside = instructionBox({ box: FRAME, scale: 1 }, 200, 36, [createOccupancy(FRAME)], [{ x: 345, y: 480 }]);
  assert.ok(!overlap(beside, { left: 340, top: 475, width: 10, height: 10 }));
});

test("beside the start the run that is asked about has a ring around its marker, and the others stand back", () => {
  const [tag] = named(headsAt(pairs(300, 300, 300, 300), true));
  const marks = (asked: number | null) => tagMark(tag, 1, { selected: null, questionRun: asked, opacity: 1 }).marks;
  assert.equal(marks(1).length, marks(null).length + 1);
  const weights = (asked: number | null) => marks(asked).flatMap((mark) => (mark.kind === "words" ? mark.weight : []));
  assert.deepEqual(
    [weights(null), weights(1)],
    [
      [600, 600],
      [400, 600],
    ],
  );
});

test("before the first step names stand where routes will go that are still hidden", () => {
  const scene = bowl([falling(0, "Descent", 12)], { hasHiddenRows: true });
  const axes = axesOf(scene.problem.parameters);
  const area = axes.area(scene, BOX);
  const traces = createTraces()(scene.wholeRuns, { axes, area, domainArea: area });
  const content = { look: LOOK, focus: 0, hovering: false, tickEvery: 1, words: [] };
  const standingIn = (more: object) => {
    const ground = { scene: { ...scene, ...more }, axes, area, traces, look: LOOK, content };
    const all: any = { ...ground, labels: [], minimumLabels: [], edgeBoxes: [], startWords: null, layers: [] };
    return withSpaces(all);
  };
  const hidden = standingIn({});
  const next = boxAround(traces[0].xs[1], traces[0].ys[1], 3);
  assert.ok(hidden.space.crowd(next) > 0);
  assert.equal(hidden.spaceAtStart?.crowd(next), 0);
  const shown = standingIn({ hasHiddenRows: false });
  assert.equal(shown.spaceAtStart, null);
  for (const { space } of [hidden, shown]) space.markBox(boxAround(traces[0].xs[0], traces[0].ys[0], 80));
  const isLed = (stillMap: StillMap) => {
    const [name]: any[] = createNames().draw(partOf({ stillMap, playhead: { step: 0 } })).over ?? [];
    return Boolean(name.spots[0].leader);
  };
  assert.deepEqual([isLed(hidden), isLed(shown)], [false, true]);
});
