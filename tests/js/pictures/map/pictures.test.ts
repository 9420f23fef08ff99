/** What moves on the map, and what is around it, as pictures: of runs by hand, in place of the server's. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSearchDots } from "../../../../static/page/pictures/map/explanations/searchDots.ts";
import { axesOf } from "../../../../static/page/pictures/map/mapAxes.ts";
import { ringOf } from "../../../../static/page/pictures/map/paths/runsBefore.ts";
import type { AnyMark } from "../../marks.ts";
import { marksOf } from "../../marks.ts";
import { partOf } from "../../part.ts";
import { assertPicture, elementsOf } from "../../pictures.ts";
import { runOf } from "../../runs.ts";
import { aroundOf, BOX, bowl, falling, LOOK, momentAt, PHASE, pictureOf, TWO } from "./moments.ts";

test("heads with their names, arrows of the chosen run, the start and a minimum", async () => {
  const scene = bowl(TWO);
  assertPicture("map-heads", pictureOf([...aroundOf(scene), ...momentAt(scene, 3.5)]));
});

test("at the start all heads are gathered beside it, and a quantity that is pointed at steps forward", async () => {
  assertPicture("map-start", pictureOf(momentAt(bowl(TWO), 0, {}, { highlighted: "g" })));
});

test("an ended run is hollow, what is pointed at has a ring, a guess its flag and how far off it was", async () => {
  const end = { stop_reason: "max_steps", n_steps: 8, diverged_at: null };
  const scene = bowl([falling(0, "Gradient descent", 12), falling(1, "Momentum", 9, { end })], {
    guess: { at: [-2, -1], end: [0.01, 0.6] },
    dwells: [{ run: 0, first: 9, last: 12, label: "it overshoots" }],
  });
  assertPicture("map-guess", pictureOf(momentAt(scene, 10, { hit: { run: 1, step: 2 } })));
});

test("what happened quickly is said while it happens, and at the end of all runs where it did", () => {
  const dwells = [{ run: 0, first: 2, last: 4, label: "it overshoots" }];
  const isSaid = (step: number, more: object = {}) =>
    /it overshoots/.test(pictureOf(momentAt(bowl(TWO, { dwells, ...more }), step)));
  assert.deepEqual(
    [1, 3, 6, 10, 11].map((step) => isSaid(step)),
    [false, true, false, false, true],
  );
  assert.ok(!isSaid(11, { hasHiddenRows: true }), "not while more may come");
});

test("a run that leaves is named at the frame, with the step and where it diverges", async () => {
  const end = { stop_reason: "diverged", n_steps: 3, diverged_at: 3 };
  const away = falling(2, "Too fast", 4, { end });
  away.columns.parameters = [Float64Array.of(2, -2.5, 9, -400), Float64Array.of(1.5, -1.9, 4, -90)];
  assertPicture("map-exit", pictureOf(momentAt(bowl([away, falling(0, "Gradient descent", 12)]), 3)));
});

test("a change on the way has a mark, and how the run would have gone on is pale", async () => {
  const phases = [PHASE, { ...PHASE, from: 4, words: "rate 0.1 from step 4" }];
  const ghost = falling(0, "Gradient descent", 12);
  ghost.columns.parameters[1] = ghost.columns.parameters[1].map((value: number, k: number) => value - 0.15 * k);
  const scene = bowl([falling(0, "Gradient descent", 12, { phases })], {
    ghosts: [{ index: 0, from: 4, run: ghost }],
  });
  assertPicture("map-change", pictureOf(momentAt(scene, 8)));
});

test("what a sentence says is marked: a valley, a length, a gate, a place read off at both edges", async () => {
  const valley = [-1, 0, 1, 0].map((x, k) => [x, [0, -1, 0, 1][k]]);
  const line = { kind: "line", run: null, text: "" };
  const scene = bowl(TWO, {
    shownEvidence: [
      { ...line, shape: "outline", points: valley },
      {
        ...line,
        shape: "measure",
        points: [
          [2, 1.5],
          [1, 1.35],
        ],
        text: "1.01",
      },
      {
        ...line,
        shape: "arrow",
        points: [
          [-2, -1],
          [-1, -1],
        ],
        text: "0.1 · 10 = 1",
      },
      { kind: "read_off", run: 1, at: [0.5, 1.215], texts: ["0.5", "1.215"] },
      { kind: "away", parameter: 0, distance: 2.5 },
    ],
  });
  assertPicture("map-evidence", pictureOf(momentAt(scene, 8)));
});

/** The words of a picture of a moment, and where they stand. */
const wordsIn = (marks: Parameters<typeof pictureOf>[0], begin: string) =>
  elementsOf(pictureOf(marks))
    .filter(({ tag, text, attributes }) => tag === "text" && text.startsWith(begin) && attributes.fill !== "none")
    .map(({ text, x, y }) => ({ text, x: Number(x), y: Number(y) }));

test("the words of a start near the left edge keep off a number that is read off there", async () => {
  const run = falling(0, "Gradient descent", 60);
  const values = Array.from({ length: 60 }, (_, k) => [-2 + 0.02 * k, k % 2 ? 0.8 : 2]);
  run.columns.parameters = [0, 1].map((axis) => Float64Array.from(values, (place) => place[axis]));
  const read = { kind: "read_off", run: 0, at: [-2, 1.31], texts: ["", "1.31"] };
  const marks = momentAt(bowl([run], { start: [-2, 1.5], shownEvidence: [read] }), 8);
  const [number] = wordsIn(marks, "1.31");
  for (const begin of ["start", "−2, 1.5"]) {
    const [words] = wordsIn(marks, begin);
    assert.ok(Math.abs(words.y - number.y) > 10 || words.x - 50 > number.x + 30, JSON.stringify([words, number]));
  }
});

test("the words of a minimum stand off an outline, which has its own above or below it", async () => {
  const valley = [-1, 0, 1, 0].map((x, k) => [x, [0, -1, 0, 1][k]]);
  const outline = { kind: "line", run: null, text: "valley: loss below 2", shape: "outline", points: valley };
  const marks = momentAt(bowl(TWO, { shownEvidence: [outline] }), 8);
  const [words] = wordsIn(marks, "valley");
  assert.ok(words.y < 120.67 || words.y > 277, `${words.y}`);
  assertPicture("map-outline", pictureOf(marks));
});

test("a line that is to be passed is named beside its end, if a run passes it", async () => {
  const marks = momentAt(bowl(TWO, { shownEvidence: [{ kind: "away", parameter: 1, distance: 1 }] }), 8);
  const [upper, ...others] = wordsIn(marks, "away past");
  assert.deepEqual([upper.text, others], ["away past y = 1", []]);
  assert.ok(Math.abs(upper.y - 120.67) < 20, `${upper.y}`);
  assert.ok(upper.x > BOX.left + BOX.width / 2);
});

test("how a step comes about is marked where it sets off, and enlarged where the ground is free", async () => {
  const step = { kind: "step", run: 1, step: 3, at: [0.5, 1.215], kept: [-0.3, 0.1], added: [0.1, -0.3] };
  const evidence = [{ ...step, terms: ["lr β m", "lr g"] }];
  const scene = bowl(TWO, { shownEvidence: evidence, wholeEvidence: evidence });
  assertPicture("map-step", pictureOf(momentAt(scene, 8)));
});

/** @param more  of the grid */
const searchOf = (loss: number[], more: object) => ({ loss: Float64Array.from(loss), window: [[-3, 3]], ...more });

test("where the loss is curved at the head: an ellipse, as long as 1 over the root of each curvature", async () => {
  const directions = [
    { along: [1, 0], curvature: 1, name: "along" },
    { along: [0, 1], curvature: 9, name: "across" },
  ];
  const [scene, principal] = [bowl(TWO), { at: [0.5, 0.5], directions }];
  const marks = momentAt(scene, 3, {}, { principal });
  assertPicture("map-principal", pictureOf(marks));
  const lengths = marksOf(marks, "principal direction").map(({ x, y }) => Math.hypot(x[1] - x[0], y[1] - y[0]));
  assert.ok(Math.abs(lengths[0] / lengths[1] - 3) < 1e-9, "on axes of one scale");
  const saddle = [{ ...directions[0], curvature: -1 }, directions[1]];
  assert.equal(
    marksOf(momentAt(scene, 3, {}, { principal: { at: [0.5, 0.5], directions: saddle } }), "ellipse").length,
    0,
  );
  const round = { at: [0.5, 0.5], directions: directions.map(({ along }) => ({ along, curvature: 1, name: "" })) };
  const ofRound = momentAt(scene, 3, {}, { principal: round });
  const [circle, arms] = ["ellipse", "principal direction"].map((of) => marksOf(ofRound, of));
  assert.deepEqual([circle.length, arms.length], [1, 0], "of equal curvatures no direction is one more than another");
});

test("the names of the directions lie over no words of a minimum, however full the map is", async () => {
  // To and fro over all of the map but for where the words of the minimum stand.
  const heights = Array.from({ length: 90 }, (_, k) => -3 + k / 15).filter((y) => Math.abs(y + 0.1) > 0.2);
  const points = heights.flatMap((y, k) =>
    k % 2
      ? [
          [2.9, y],
          [-2.9, y],
        ]
      : [
          [-2.9, y],
          [2.9, y],
        ],
  );
  const run = runOf({ slot: 0, name: "Gradient descent", points, gradient: points });
  const directions = [
    { along: [1, 0], curvature: 1, name: "along" },
    { along: [0, 1], curvature: 9, name: "across" },
  ];
  for (const x of [0, 0.4, 0.8, 1.2]) {
    const marks = momentAt(bowl([run]), points.length - 1, {}, { principal: { at: [x, -0.3], directions } });
    const words = elementsOf(pictureOf(marks)).filter(({ tag, text }) => tag === "text" && text);
    const [minimum] = words.filter(({ text }) => text.startsWith("min 0"));
    for (const name of words.filter(({ text }) => text === "along" || text === "across")) {
      const isBeside = name.x >= minimum.x + 6 * minimum.text.length || name.x + 6 * name.text.length <= minimum.x;
      assert.ok(isBeside || Math.abs(name.y - minimum.y) >= 12, `${name.text} at ${name.x}, ${name.y}`);
    }
  }
});

test("where noise leaves a run two ellipses, and under its route the path that is predicted", async () => {
  const covariance = [
    [0.25, 0.12],
    [0.12, 0.16],
  ];
  const predicted = [
    [2, 1, 0.5],
    [1.5, 1.35, 1.2],
  ];
  const principal = { at: [0, 0], directions: [], predicted, cloud: { center: [0.2, -0.1], covariance } };
  const marks = momentAt(bowl(TWO), 3, {}, { principal });
  assertPicture("map-cloud", pictureOf(marks));
  const [half, most] = marksOf(marks, "cloud");
  // Mahalanobis distance of each place: of the chi-squared distribution with 2 degrees 1.386 is the median, 5.991 95 %.
  const det = 0.25 * 0.16 - 0.12 ** 2;
  const { x: px, y: py } = marksOf(marks, "predicted path")[0];
  const [unitX, unitY] = [px[0] - px[1], py[0] - py[1]].map((pixels, axis) => pixels / [1, 0.15][axis]);
  for (const [ellipse, expected] of [
    [half, 1.386],
    [most, 5.991],
  ] as const)
    for (let k = 0; k < ellipse.x.length; k += 9) {
      const [dx, dy] = [(ellipse.x[k] - px[0]) / unitX + 2 - 0.2, (ellipse.y[k] - py[0]) / unitY + 1.5 + 0.1];
      const away = (0.16 * dx * dx - 2 * 0.12 * dx * dy + 0.25 * dy * dy) / det;
      assert.ok(Math.abs(away - expected) < 0.002, `${away}`);
    }
});

test("a turned ravine has its angle at the minimum, on the side of the start", async () => {
  const turned = { degrees: 30, start: [-2, -1] };
  const marks = momentAt(bowl(TWO), 3, {}, { principal: { at: [0, 0], directions: [], turned } });
  assertPicture("map-turned", pictureOf(marks));
  const [axis, ravine] = ["first axis", "ravine"].map((of) => {
    const [{ x, y }] = marksOf(marks, of);
    return [x[1] - x[0], y[0] - y[1]];
  });
  assert.ok(axis[0] < 0 && Math.abs(axis[1]) < 1e-9, "as the start lies left of the minimum");
  assert.ok(ravine[0] < 0 && ravine[1] < 0);
});

test("the average of a run's steps is a path of its own, as far as the playhead has come", async () => {
  const run = falling(0, "Gradient descent", 5);
  run.columns.parameters = [Float64Array.of(9, 1.5, -2, 1, 3), Float64Array.of(9, 2, 0, 1, 1)];
  const drawn = async (step: number, averaged: number | null) =>
    marksOf(momentAt(bowl([run]), step, {}, { averaged }), "average");
  assert.equal((await drawn(8, null)).length, 0);
  assert.equal((await drawn(1, 2)).length, 0);
  assert.equal((await drawn(2.5, 2))[0].x.length, 1);
  const [{ x, y }] = await drawn(8, 2);
  // numpy.cumsum([-2, 1, 3]) / [1, 2, 3] = [-2, -0.5, 0.6667], of [0, 1, 1] = [0, 0.5, 0.6667]
  const [unitX, unitY] = [(x[1] - x[0]) / 1.5, (y[1] - y[0]) / 0.5];
  assert.ok(unitX > 0 && unitY < 0, "up is less on the screen");
  assert.ok(Math.abs((x[2] - x[0]) / unitX - 8 / 3) < 1e-9);
  assert.ok(Math.abs((y[2] - y[0]) / unitY - 2 / 3) < 1e-9);
  assertPicture("map-average", pictureOf(momentAt(bowl(TWO), 8, {}, { averaged: 2 })));
});

test("an exhaustive search: a dot for all that was tried by the step, and a ring around the lowest", async () => {
  const [x, y] = [
    [-2, 0, 2],
    [-1.5, 0, 1.5],
  ];
  const loss = y.flatMap((down) => x.map((across) => across ** 2 + down ** 2));
  const window = [
    [-3, 3],
    [-2, 2],
  ];
  const scene = bowl([falling(0, "Gradient descent", 12)], { search: searchOf(loss, { x, y, window }) });
  // 6 steps of 11, and 9 values: 5 of them, of which the one in the middle is the last.
  assertPicture("map-search", pictureOf(momentAt(scene, 6)));
});

test("what was tried stays the same mark once there are as many more", async () => {
  const x = Array.from({ length: 1000 }, (_, k) => -3 + (6 * k) / 999);
  const search = searchOf(
    x.map(() => 0),
    { x, y: null },
  );
  const scene = bowl([falling(0, "Gradient descent", 11)], { search });
  const axes = axesOf(scene.problem.parameters);
  const area = axes.area(scene, BOX);
  const searchDots = createSearchDots();
  const at = (step: number): AnyMark[] =>
    (searchDots.draw(partOf({ stillMap: { scene, area, look: LOOK }, playhead: { step } })) as any).under[0].marks;
  const [early, late] = [at(4), at(9)];
  assert.deepEqual([early.length, late.length], [2, 4]);
  assert.equal(early[0], late[0]);
  // A place and a gap for each.
  assert.equal(
    late.reduce((sum, { x: places }) => sum + places.length / 2, 0),
    900,
  );
  assert.deepEqual(at(4)[0], early[0]);
});

test("on a curve: the tangent, the step along the axis, and where it lands", async () => {
  const x = Float64Array.from({ length: 61 }, (_, k) => -3 + k / 10);
  const landscape = { x, y: null, loss: x.map((value) => value ** 2), window: [[-3, 3]] };
  const run = falling(0, "Gradient descent", 6);
  run.columns.parameters = [run.columns.parameters[0]];
  run.columns.loss = run.columns.parameters[0].map((value: number) => value ** 2);
  run.columns.gradient = [run.columns.gradient![0]];
  const problem = {
    kind: "surface",
    label: "x²",
    domain: [[-3, 3]],
    parameters: ["x"],
    minima: [{ at: [0], loss: 0 }],
  };
  const scene = bowl([run], { landscape, problem, start: [2] });
  assertPicture("map-curve", pictureOf([...aroundOf(scene), ...momentAt(scene, 1)]));
});

/** Seven flags, of which (0.2, 0.5) has the least sum of distances to the others, 18.3 (the next, (0.4, 0.9), 18.7). */
const FLAGS = [
  [0.2, 0.5],
  [0.4, 0.9],
  [-2, -1],
  [0.3, -0.2],
  [1.5, 1.2],
  [-0.6, 0.4],
  [9, 9],
];

test("guesses of many are dots, the middle one has its flag, and how far off it is stands at the length", async () => {
  const guesses = { kind: "place", run: 1, entries: FLAGS, truth: [-1.5, 0.5], again: [[2, -1.5]] };
  const scene = bowl(TWO, { guesses });
  const marks = momentAt(scene, 8);
  assertPicture("map-guesses", pictureOf(marks));
  assert.equal(marksOf(marks, "guess").length, 7); // one is out of sight, one of the time before
});

test("while it is asked of one run the others are faint; once it is told, all are as strong", async () => {
  const guesses = { kind: "place", of: null, run: 1, entries: FLAGS, truth: null, again: null };
  const faint = async (hasHiddenRows: boolean) => {
    const scene = bowl(TWO, { guesses, hasHiddenRows });
    return pictureOf(momentAt(scene, 8)).includes('opacity="0.32"');
  };
  assert.deepEqual([await faint(true), await faint(false)], [true, false]);
});

test("who guessed sees others around their own flag; before the end nothing is said of what is right", async () => {
  const guesses = { kind: "place", run: 1, entries: FLAGS, truth: null, again: null };
  const said = async (more: object) =>
    new Set(pictureOf(momentAt(bowl(TWO, { guesses, ...more }), 8)).match(/the middle guess|your guess| off/g));
  assert.deepEqual(await said({}), new Set(["the middle guess"]));
  assert.deepEqual(await said({ guess: { at: [-2, -1], end: null } }), new Set(["your guess"]));
  const told = { guesses: { ...guesses, truth: [-1.5, 0.5] } };
  assert.deepEqual(await said(told), new Set(["the middle guess", " off"]));
  const changed = [{ index: 1, before: {}, optimizer: {}, run: TWO[1] }];
  assert.deepEqual(await said({ ...told, prepared: changed }), new Set(["the middle guess"]), "it ends elsewhere");
});

test("one run with many seeds is a bundle of thin paths, with the ring in which half of them end", async () => {
  const runs = [0.4, -0.3, 0.8, 0.1].map((off) => {
    const run = falling(0, "SGD", 10, { end: { stop_reason: "max_steps", n_steps: 9, diverged_at: null } });
    run.columns.parameters[1] = run.columns.parameters[1].map((y: number, k: number) => y + (off * k) / 9);
    return run;
  });
  const scene = bowl([falling(0, "SGD", 10)], { bundle: { slot: 0, runs } });
  const marks = momentAt(scene, 9);
  assertPicture("map-bundle", pictureOf(marks));
  assert.deepEqual([marksOf(marks, "seed").length, marksOf(marks, "half").length], [4, 1]);
  assert.equal(marksOf(momentAt({ ...scene, hasHiddenRows: true }, 4), "half").length, 0);
});

test("half of them end in the ring around the nearest minimum; none is drawn where half diverge", async () => {
  const minima = [{ at: [0, 0] }, { at: [9, 9] }];
  // 1, 2, 3 and 5 from (0, 0): the second nearest of four is 2 away.
  assert.deepEqual(
    ringOf(
      [
        [3, 4],
        [0, 1],
        [-2, 0],
        [0, -3],
      ],
      minima,
    ),
    { at: [0, 0], radius: 2 },
  );
  // Of (0, 0), (4, 0) and (2, 3) the mean is (2, 1), from which they are 2.24, 2.24 and 2 away.
  assert.deepEqual(
    ringOf(
      [
        [0, 0],
        [4, 0],
        [2, 3],
      ],
      [],
    ),
    { at: [2, 1], radius: Math.hypot(2, 1) },
  );
  assert.equal(
    ringOf(
      [
        [NaN, 0],
        [Infinity, 1],
        [1, 1],
      ],
      [],
    ),
    null,
  );
});
