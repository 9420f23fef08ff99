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
import type { Trace } from "../../../../static/page/pictures/map/paths/trace.ts";
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
    space: createOccupancy(BOX),
  });
}

/** As large a map with room for the boxes of two steps: its right half is taken. */
const wide = (steps: Part<Evidence>[], taken: Box[] = []): StillMap => {
  const box = { ...BOX, width: 800 };
  const half = { ...BOX, left: 400 };
  const map = shown(steps, [half, ...taken]);
  return { ...map, look: { ...map.look, box }, space: createOccupancy(box) };
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

test("a box covers a contour's number whole or not at all, and words of a minimum that leave their letter", () => {
  const step = { ...STEP, at: [3.6, 0.4] };
  const edges = [
    { left: 0, top: 0, width: 400, height: 60 },
    { left: 210, top: 0, width: 190, height: 400 },
    { left: 0, top: 250, width: 400, height: 150 },
  ];
  const bare = shown([step], edges);
  const [free] = boxesOf(bare);
  const numberAt = (x: number, y: number) => {
    const parts = [-8, 0, 8].map((along) => boxAround(x + along, y, 8));
    return partOf<ContourLabel>({ parts });
  };
  const [x, y] = [free.left + free.width / 2, free.top + free.height / 2];
  const within = boxesOf({ ...bare, labels: [numberAt(x, y)] });
  assert.deepEqual(within, [free], "with no other room than over it");
  const labels = [numberAt(free.left, y)];
  const [beside] = boxesOf({ ...bare, labels });
  const { parts } = labels[0];
  assert.ok(parts.every((part) => liesWithin(part, beside)) || !parts.some((part) => overlap(part, beside)));
  const words = { x: 4, y: 4, text: "", type: {}, cost: 0, box: boxAround(x, y, 30) };
  const minimum = (letters: Box[]) => ({
    ...words,
    withPlace: words,
    letters: letters.map((box) => ({ ...words, box })),
  });
  assert.deepEqual(boxesOf({ ...bare, minimumLabels: [minimum([boxAround(4, 4, 4)])] }), [free]);
  assert.notDeepEqual(boxesOf({ ...bare, minimumLabels: [minimum([])] }), [free], "words without a letter stay");
});

test("a box stands off an outline and off the room for its name", () => {
  const [{ left, top, width, height }] = boxesOf(shown([STEP]));
  const outline = (x0: number, y0: number, x1: number, y1: number): Part<Evidence> => ({
    kind: "line",
    shape: "outline",
    run: null,
    text: "a valley",
    points: [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
    ].map(([x, y]): [number, number] => [x / 100, 4 - y / 100]),
  });
  const middle = left + width / 2;
  const [beside] = boxesOf(shown([STEP, outline(middle, top - 10, middle + 20, top + height / 2)]));
  const edge = { left: middle, top: top - 10, width: 0.1, height: height / 2 + 10 };
  assert.ok(!overlap(beside, edge), "it would cover the outline");
  const [below] = boxesOf(shown([STEP, outline(middle - 10, top - 20, middle + 10, top - 8)]));
  assert.ok(!overlap(below, boxAround(middle, top + 1, 4)), "it would take the room for the name");
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
  const [kept, step] = ["kept", "sum"].map((name) => marks.find((mark) => `${mark.text}`.includes(name)));
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

/** The length of each line of an enlarged step, but for that to it, and its words. */
const longestOf = (given: StillMap) => {
  const group = stepMarks(0, given).find((mark) => mark.kind === "group");
  const lines = group?.marks.slice(1).filter((mark) => mark.kind === "line" && mark.x.length === 2) ?? [];
  return { length: Math.max(0, ...lines.map(({ x, y }) => Math.hypot(x[1] - x[0], y[1] - y[0]))), words: group };
};

test("with little room a box has fewer words and no shorter step; with too little there is none", () => {
  const step = { ...STEP, kept: [0.02, -0.3], added: [0.03, 0.04] };
  const found = [400, 180, 170, 160, 150, 145, 140, 135, 130, 125, 120, 115, 110, 105, 100, 95, 90, 80].map((width) => {
    const edge = { left: 150, top: 0, width: 250, height: 400 };
    const below = { left: 0, top: 0, width: 400, height: 400 - width };
    return longestOf(shown([step], width === 400 ? [] : [edge, below]));
  });
  const drawn = found.filter(({ words }) => words);
  assert.ok(drawn.length && drawn.length < found.length);
  // The head is not in the line.
  for (const { length } of drawn) assert.ok(length + 8 >= 0.15 * BOX.height, `${length}`);
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
  assert.deepEqual(stepMarks(0, given), [], "nothing is kept before the first step");
});

test("its box stays from step to step, but for one that sets off below it", () => {
  const boxAt = (row: number, given: StillMap) => boxesOf(given, row)[0];
  /** @param place  where a fourth step as long as the second sets off */
  const passing = ([x, y]: number[]) =>
    shown([SECOND], [], {
      points: [...BALL.points.slice(0, 3), [x, y], [x - 1, y + 0.7]],
      gradient: [...BALL.gradient.slice(0, 3), [5, -2], [0, 0]],
    });
  const beside = passing([3.6, 0.5]);
  assert.deepEqual(boxAt(3, beside), boxAt(1, beside));
  const { left, top, width, height } = boxAt(1, beside);
  const middle = [(left + width / 2) / 100, (400 - top - height / 2) / 100];
  const under = passing(middle);
  assert.deepEqual(boxAt(1, under), { left, top, width, height });
  assert.ok(!isInside(boxAt(3, under), 100 * middle[0], 400 - 100 * middle[1]));
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

test("a box is as large as its arrows and words, off the paths, and its leader is dotted", () => {
  const given = shown([STEP]);
  const [box] = boxesOf(given);
  const trace = partOf<Trace>({
    xs: [box.left, box.left + box.width],
    ys: [box.top, box.top + box.height],
    within: [1, 1],
    length: 2,
  });
  const [off] = boxesOf({ ...given, traces: [trace] });
  assert.notDeepEqual(off, box);
  const { marks } = stepMarks(0, given).at(-1)!;
  assert.ok(marks[0].dash);
  const ys = marks.slice(2).flatMap((mark) => mark.y ?? []);
  assert.ok(box.top + box.height - Math.max(...ys) < 24, "no empty part below");
});
