import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy } from "../../../../static/page/marks/occupancy.ts";
import { placeWords, type WantedWords } from "../../../../static/page/marks/wanted.ts";
import { type Box, boxAround, isInside, liesWithin, overlap } from "../../../../static/page/math/box.ts";
import { memo } from "../../../../static/page/memo.ts";
import { evidence } from "../../../../static/page/pictures/map/evidence/evidenceOnMap.ts";
import type { ContourLabel } from "../../../../static/page/pictures/map/ground/relief.ts";
import type { MapAxes } from "../../../../static/page/pictures/map/mapAxes.ts";
import type { StillMap } from "../../../../static/page/pictures/map/moment.ts";
import type { RoutesContent } from "../../../../static/page/pictures/map/paths/routes.ts";
import { createEnlarged } from "../../../../static/page/pictures/map/steps/enlargedSteps.ts";
import { areaOf } from "../../../../static/page/pictures/map/visibleArea.ts";
import { withSpaces } from "../../../../static/page/pictures/map/words/space.ts";
import type { Evidence } from "../../../../static/page/state/types.ts";
import { type AnyMark, anyMarks } from "../../marks.ts";
import { type Part, partOf } from "../../part.ts";
import { runOf, sceneOf } from "../../runs.ts";

const BOX = { left: 0, top: 0, width: 400, height: 400 };
const LOOK = { colours: {}, family: "serif", scale: 1, box: BOX };
/** 100 pixels a unit, (0, 0) at the lower left. */
const AREA = areaOf(
  [
    [0, 4],
    [0, 4],
  ],
  BOX,
  true,
);

/** The start is out of sight. */
const AXES = partOf<MapAxes>({ start: () => [9, 9] });

const ringOf = (step: Part<Evidence>): Box[] =>
  "at" in step ? [boxAround(100 * (step.at as number[])[0], 400 - 100 * (step.at as number[])[1], 8)] : [];

/** The space of a map with the rings of its steps. */
function spaceWith(frame: Box, taken: Box[], steps: Part<Evidence>[] = []) {
  const space = createOccupancy(frame);
  for (const box of [...taken, ...steps.flatMap(ringOf)]) space.markWords(box);
  return space;
}

function shown(steps: Part<Evidence>[], taken: Box[] = [], run: Parameters<typeof runOf>[0] = {}): StillMap {
  const evidence = steps.map((one) => ({ kind: "step", run: 0, step: 3, terms: ["lr β m", "lr g"], ...one }));
  const scene = sceneOf([runOf({ ...run })], { shownEvidence: evidence, wholeEvidence: evidence });
  return partOf({
    scene,
    area: AREA,
    axes: AXES,
    look: LOOK,
    edgeBoxes: taken,
    labels: [],
    minimumLabels: [],
    startWords: null,
    traces: [],
    space: spaceWith(BOX, taken, steps),
  });
}

/** As large a map with room for the boxes of two steps: its right half is taken. */
const wide = (steps: Part<Evidence>[], taken: Box[] = []): StillMap => {
  const box = { ...BOX, width: 800 };
  const half = { ...BOX, left: 400 };
  const map = shown(steps);
  return { ...map, look: { ...map.look, box }, space: spaceWith(box, [half, ...taken], steps) };
};

/** Where each head that is drawn points to: its second place. */
const tipsOf = (marks: AnyMark[]): number[][] =>
  marks.flatMap((mark) => {
    if (mark.kind === "group") return tipsOf(mark.marks);
    return mark.closed && mark.x.length === 3 ? [[mark.x[1], mark.y[1]]] : [];
  });

const STEP = { at: [1, 2], kept: [0.5, -0.2], added: [0.1, 0.3] };

const layer = createEnlarged();
const drawnAt = (step: number, given: StillMap) => layer.draw(partOf({ stillMap: given, playhead: { step } }));
/** Boxes of enlarged steps. */
const boxesOf = (given: StillMap, row = 0) => drawnAt(row, given).obstacles as Box[];
const stepMarks = (step: number, given: StillMap): AnyMark[] => anyMarks(drawnAt(step, given).over);

test("what is kept and what is added stand head to tail and lead where the step does, to scale", () => {
  const tips = tipsOf(stepMarks(0, shown([STEP])));
  assert.deepEqual(
    tips.slice(0, 3).map((tip) => tip.map(Math.round)),
    [
      [160, 190],
      [160, 190],
      [150, 220],
    ],
  );
  const [step, added, kept] = tips.slice(3);
  assert.deepEqual(added, step);
  // As the map has it, so many times as large.
  assert.ok(Math.abs((added[0] - kept[0]) / (added[1] - kept[1]) + 1 / 3) < 1e-9);
});

test("on the raised ground a step has no box, which would be cut off there", () => {
  const given = shown([STEP]);
  const kindsAt = (tilted: boolean) =>
    (layer.draw(partOf({ stillMap: given, playhead: { step: 0, tilted } })).over ?? []).map((mark) => mark.kind);
  assert.ok(kindsAt(false).includes("group"));
  assert.ok(!kindsAt(true).includes("group"));
  assert.notEqual(kindsAt(true).length, 0);
});

test("two that are enlarged stand apart, in the frame, off what stands at the edge and off where they set off", () => {
  const edge = { left: 300, top: 0, width: 100, height: 200 };
  const boxes = boxesOf(wide([STEP, { ...STEP, at: [1.2, 2.2] }], [edge]));
  assert.equal(boxes.length, 2);
  const [one, other] = boxes;
  const apart = (a: Box, b: Box) =>
    a.left + a.width <= b.left || b.left + b.width <= a.left || a.top + a.height <= b.top || b.top + b.height <= a.top;
  assert.ok(apart(one, other) && apart(one, edge) && apart(other, edge));
  for (const { left, top, width, height } of boxes) {
    assert.ok(isInside(BOX, left, top) && isInside(BOX, left + width, top + height));
    assert.ok(!isInside({ left, top, width, height }, 100, 200));
  }
});

test("the name of an outline at the edge is placed where it is drawn, and so keeps clear of the ring of a step", () => {
  const valley = { kind: "line", shape: "outline", run: null, text: "a valley of some length" };
  const points = [
    [0.2, 1],
    [0.4, 2],
    [0.6, 1],
    [0.4, 0.5],
  ] as [number, number][];
  const words = { x: 40, y: 300, text: "", type: {}, cost: 0, box: boxAround(40, 300, 4) };
  const minimumLabels = [{ ...words, withPlace: words, letters: [] }];
  const stillMap = { ...shown([{ ...valley, points }]), minimumLabels };
  const [name] = (evidence.draw(partOf({ stillMap, playhead: { step: 0 } })).over ?? []) as WantedWords[];
  const spots = [...name.spots];
  assert.ok(spots.every(({ box }) => liesWithin(box, BOX)));
  const space = createOccupancy(BOX);
  const [{ box: first }] = spots;
  const ring = boxAround(first.left + first.width - 4, first.top + 8, 8);
  const spot = placeWords(space, [ring], [name]).get(name);
  assert.ok(spot && !overlap(spot.box, ring));
});

test("words that give way to what covers the ground give way to the ring of a step, too", () => {
  const given = shown([STEP]);
  assert.ok(layer.groundObstacles(given, 0).some((box) => liesWithin(boxAround(100, 200, 8), box)));
});

test("parts along one line are drawn beside each other", () => {
  const tips = tipsOf(stepMarks(0, shown([{ ...STEP, kept: [0.5, 0], added: [-0.2, 0] }])));
  const heights = tips.slice(-3).map(([, y]) => y);
  assert.equal(new Set(heights).size, 3);
});

test("words stand on the outer side of their arrow, off the other two", () => {
  const { marks } = stepMarks(0, shown([{ ...STEP, kept: [0.1, -0.6], added: [0.2, 0.1] }])).at(-1)!;
  const [kept, step] = ["kept", "the step"].map((name) => marks.find((mark) => `${mark.text}`.includes(name)));
  const tips = tipsOf(marks);
  assert.ok(kept!.at[0] < tips[2][0] && step!.at[0] > kept!.at[0]);
  assert.deepEqual(tips[0].map(Math.round), tips[1].map(Math.round), "the gradient ends where the step does");
});

test("parts that would lie on the step are drawn beside it, and on the map the step alone", () => {
  const tips = tipsOf(stepMarks(0, shown([{ ...STEP, kept: [0.05, -0.6], added: [0.03, 0.04] }])));
  const [onMap, step, added, kept] = tips;
  assert.equal(tips.length, 4);
  assert.deepEqual(onMap.map(Math.round), [108, 256]);
  assert.ok(Math.min(step[0] - kept[0], step[0] - added[0], added[0] - kept[0]) > 8, "in the order of their tips");
});

test("on a map that is too small for its box, and where no side is free, a step has none", () => {
  assert.equal(boxesOf(shown([STEP])).length, 1);
  const box = { ...BOX, width: 360, height: 360 };
  const small = shown([STEP]);
  assert.deepEqual(boxesOf({ ...small, look: { ...small.look, box } }), []);
  const across = { left: 0, top: 150, width: 400, height: 100 };
  const atEdges = [0, 360].map((left) => ({ left, top: 0, width: 40, height: 400 }));
  const taken = shown([STEP], [across, ...atEdges, { left: 180, top: 0, width: 40, height: 400 }]);
  assert.deepEqual(boxesOf(taken), []);
});

test("a box covers no path where a place at a slant from its step is free", () => {
  const given = shown([STEP]);
  // Left, right, above and below.
  for (const x of [10, 300]) given.space.markSegment(x, 200, x + 40, 200);
  for (const y of [20, 350]) given.space.markSegment(100, y, 100, y + 40);
  const [box] = boxesOf(given);
  assert.equal(given.space.crowd(box), 0);
});

test("a box cuts no number of a contour, the rest of which would read as another", () => {
  const bare = shown([STEP]);
  const [box] = boxesOf(bare);
  const labels = [partOf<ContourLabel>({ parts: [-8, 0, 8].map((by) => boxAround(box.left + by, box.top + 60, 8)) })];
  const [other] = boxesOf({ ...bare, labels });
  assert.ok(other && !labels[0].parts.some((part) => overlap(part, other)));
});

test("a step out of sight, and one of a run that is hidden, are not shown", () => {
  assert.deepEqual(stepMarks(0, shown([{ ...STEP, at: [9, 9] }])), []);
  const given = shown([STEP]);
  given.scene.wholeRuns = [{ ...given.scene.wholeRuns[0], hidden: true }];
  assert.deepEqual(stepMarks(0, given), []);
});

/** By 0.5 of the step before and -0.1 of the gradient. */
const BALL = {
  points: [
    [3, 1],
    [2, 2],
    [1, 2.7],
    [0.7, 3.15],
  ],
  gradient: [
    [10, -10],
    [5, -2],
    [-2, -1],
    [0, 0],
  ],
};
const SECOND = { step: 2, at: [2, 2], kept: [-0.5, 0.5], added: [-0.5, 0.2] };

test("what is drawn is the step from where the playhead is, and at the end that which is declared", () => {
  const given = shown([SECOND], [], BALL);
  const drawn = (row: number) =>
    tipsOf(stepMarks(row, given))
      .slice(0, 3)
      .map((tip) => tip.map(Math.round));
  const declared = [
    [100, 130],
    [100, 130],
    [150, 150],
  ];
  const later = [
    [70, 85],
    [70, 85],
    [50, 95],
  ];
  assert.deepEqual([1, 2, 3].map(drawn), [declared, later, declared]);
  assert.deepEqual(drawn(0), declared, "nothing is kept before the first step");
});

test("its box stays from step to step, and where a step is too short tells of the declared one", () => {
  const fourth = shown([SECOND], [], {
    points: [...BALL.points.slice(0, 3), [3.6, 0.5], [3.60001, 0.50001]],
    gradient: [...BALL.gradient.slice(0, 3), [0, 0], [0, 0]],
  });
  const all = [0, 1, 2, 3, 4].map((row) => boxesOf(fourth, row));
  assert.equal(all[0].length, 1);
  for (const boxes of all) assert.deepEqual(boxes, all[0]);
  const titleAt = (row: number) => stepMarks(row, fourth).at(-1)!.marks[2].text;
  assert.deepEqual([1, 2, 3].map(titleAt), ["Step 2, run", "Step 3, run", "Step 2, run"]);
});

const RESCALED = {
  kind: "rescaled",
  step: 1,
  at: [1, 2],
  gradient: [1, 20],
  moved: [-0.2, -0.2],
  text: "each part ÷ its size",
  texts: ["x: 0.2 · 1 / 1 = 0.2", "y: 0.2 · 20 / 20 = 0.2"],
};

test("of a step that divides the gradient part by part, both point downhill, each in a direction of its own", () => {
  const tips = tipsOf(stepMarks(0, shown([RESCALED])));
  assert.deepEqual(tips[0].map(Math.round), [80, 220]);
  const insetMarks = stepMarks(0, shown([RESCALED])).at(-1)!;
  const turned = insetMarks.marks
    .filter((mark) => mark.kind === "line" && mark.x.length === 2)
    .map(({ x, y }) => (y[1] - y[0]) / (x[1] - x[0]));
  // Of the way to it, against the gradient, the step.
  assert.ok(Math.abs(turned.at(-2)! + 20) < 1e-6 && Math.abs(turned.at(-1)! + 1) < 1e-6);
});

test("where two have no room the one said last stands alone, as it is the one that the sentence is about", () => {
  const edges = [{ left: 0, top: 0, width: 400, height: 250 }];
  const both = [STEP, { ...STEP, at: [3, 2] }];
  assert.equal(boxesOf(wide(both)).length, 2);
  const small = wide(both, [...edges, { left: 260, top: 190, width: 140, height: 210 }]);
  assert.equal(boxesOf(small).length, 1);
  const insets = stepMarks(0, small).filter((mark) => mark.kind === "group");
  assert.deepEqual(insets[0].beside, [300, 200]);
});

test("on a narrow map there is one step, of the selected run or the one said last, with its ring", () => {
  const both = [STEP, { ...STEP, run: 1, at: [3, 2] }] as Part<Evidence>[];
  /** Where the leaders of boxes set off, and how many boxes and rings words keep off. */
  const startsOf = (selected: number | null, hidden = false) => {
    const given = shown(both);
    const scene = { ...given.scene, wholeRuns: [runOf({}), { ...runOf({}), hidden }], selected };
    const insets = stepMarks(0, { ...given, scene }).filter((mark) => mark.kind === "group");
    return [insets.map(({ beside }) => beside), layer.groundObstacles({ ...given, scene }, 0).length];
  };
  const [first, last] = [
    [[[100, 200]], 2],
    [[[300, 200]], 2],
  ];
  assert.deepEqual(startsOf(null), last);
  assert.deepEqual(startsOf(0), first);
  assert.deepEqual(startsOf(5), last, "a run without one is selected");
  assert.deepEqual(startsOf(null, true), first, "a hidden run has none");
});

test("what stands is not found anew as the playhead moves", () => {
  const standingNow = memo(withSpaces);
  const ground = {
    ...shown([STEP]),
    traces: [],
    labels: [],
    content: partOf<RoutesContent>({}),
    layers: [{ ...layer, name: "enlarged", rank: 0 }],
  };
  ground.scene.landscape = null;
  const at = (more: object = {}) => standingNow({ ...ground, ...more });
  const [first, later, other] = [at(), at(), at({ minimumLabels: [] })];
  assert.equal(later, first);
  assert.notEqual(other.space, first.space);
  const [[box], [same], [placed]] = [
    layer.groundObstacles(first, 0),
    layer.groundObstacles(later, 5),
    layer.groundObstacles(other, 5),
  ];
  assert.ok(box);
  assert.equal(same, box);
  assert.notEqual(placed, box);
});

test("where an explanation leaves no room, no step lies over the map", () => {
  const given = shown([STEP]);
  const over = (enlargesSteps: boolean) => stepMarks(0, { ...given, scene: { ...given.scene, enlargesSteps } });
  assert.deepEqual(over(false), []);
  assert.notDeepEqual(over(true), []);
});

test("a box stands off the paths, its words within it, and its leader is dotted", () => {
  const given = shown([STEP]);
  const [box] = boxesOf(given);
  const space = spaceWith(BOX, []);
  for (let top = box.top; top < box.top + box.height; top += 12)
    space.markSegment(box.left, top, box.left + box.width, top);
  const [off] = boxesOf({ ...given, space });
  assert.ok(off && !overlap(off, box));
  const { marks } = stepMarks(0, given).at(-1)!;
  assert.ok(marks[0].dash);
  assert.ok(marks.every(({ text, at }) => !text || isInside(box, ...(at as [number, number]))));
});
