/** Which figure stands beside which piece of a lesson, what it shows there, and what waits for an answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type FigureMoment, type FigurePiece, OWN_AT_END, type Piece } from "../../../static/page/lesson/elements.ts";
import {
  arrange,
  askingBelow,
  figureOf,
  type LessonProgress,
  needsFigure,
  playsBeside,
  spansScreen,
  waitingIn,
} from "../../../static/page/lesson/plan.ts";
import { partOf } from "../part.ts";

const piece = (kind: Piece["kind"], section = 0, named: Piece["named"] = null): Piece =>
  partOf<Piece>({ kind, section, named });
const QUESTION = { ask: "Which?", guess: partOf<any>({ kind: "run", answer: 0 }) };
const figure = (asks: boolean, section = 0) =>
  partOf<FigurePiece>({
    ...{ kind: "figure", section },
    data: partOf<FigurePiece["data"]>({
      ...{ show: ["map"], question: asks ? QUESTION : null, rests: null, substep: null },
      then: [],
    }),
  });
const at = (step: number | null, more: Partial<FigureMoment> = {}) => ({ ...OWN_AT_END, step, ...more });
const of = (named: FigurePiece, moment: FigureMoment = OWN_AT_END, after: FigurePiece | null = null) => ({
  figure: named,
  moment,
  after,
});
const begun = (progress: Partial<LessonProgress> = {}): LessonProgress => ({
  ...{ answered: new Set(), checked: new Map(), revealed: new Set(), waiting: new Map() },
  ...progress,
});

/** Two sections: a text above a figure that asks, a text, a check and a try of it; and a text of another figure. */
function setUp() {
  const map = figure(true);
  const loss = figure(false, 1);
  const [heading, above, plain] = [piece("heading"), piece("text", 0, of(map, at(0))), piece("text")];
  const told = piece("text", 0, of(map, at(5)));
  const check = piece("check", 0, of(map, at(null, { spec: "other runs" })));
  const tried = piece("try", 0, of(map, at(7)));
  const [next, last] = [piece("heading", 1), piece("text", 1, of(loss, at(3)))];
  const lesson = [heading, above, map, plain, told, check, tried, next, loss, last];
  return { map, loss, heading, above, plain, told, check, tried, next, last, lesson };
}

test("beside a piece stands the figure that it names, the one right behind it, or the nearest before it", () => {
  const { lesson, map, loss, heading, plain, check, next } = setUp();
  assert.deepEqual(
    [heading, map, plain, check, next].map((one) => figureOf(lesson, one)),
    [map, map, map, map, loss],
  );
  const [first, only] = [piece("line"), piece("check", 1)];
  assert.equal(figureOf([first, ...lesson], first), map, "any of its section");
  assert.equal(figureOf([map, only], only), map, "one before, of another section");
  assert.equal(figureOf([only], only), undefined);
});

test("a text has its figure show what it speaks of, above a question only once that is answered", () => {
  const { lesson, map, above, told, heading } = setUp();
  const stepsAt = (one: Piece, progress = begun()) =>
    [...arrange(lesson, progress, { pieces: [one] }).moments.values()].map(({ moment }) => moment.step);
  assert.deepEqual(stepsAt(told), [5]);
  assert.deepEqual(stepsAt(above), []);
  assert.deepEqual(stepsAt(above, begun({ answered: new Set([map]) })), [0]);
  assert.deepEqual(stepsAt(heading, begun({ answered: new Set([map]) })), [0], "a heading is read with its text");
});

test("a check shows its runs once answered, unless in a figure of its own; a try what it leads to once told", () => {
  const { lesson, map, check, tried } = setUp();
  const shownAt = (one: Piece, progress: LessonProgress, among = lesson) =>
    arrange(among, progress, { pieces: [one] }).moments.get(one)?.moment;
  assert.equal(shownAt(check, begun()), undefined);
  const checked = begun({ checked: new Map([[check, partOf<HTMLElement>({})]]) });
  assert.equal(shownAt(check, checked)?.spec, "other runs");
  assert.equal(shownAt(check, checked, [...lesson, { ...map, copyFor: check } as Piece]), undefined);
  assert.deepEqual(shownAt(tried, begun()), OWN_AT_END);
  assert.equal(shownAt(tried, begun({ revealed: new Set([tried]) }))?.step, 7);
});

test("a figure that is in sight, or whose question was pressed, shows its own", () => {
  const { lesson, map, loss, told } = setUp();
  const shown = (pieces: Piece[], pressed: Parameters<typeof arrange>[2]["pressed"] = null) => {
    const result = arrange(lesson, begun(), { pieces, pressed });
    return [result.beside, result.moments.size];
  };
  assert.deepEqual(shown([told]), [map, 1]);
  assert.deepEqual(shown([told, map]), [map, 0]);
  assert.deepEqual(shown([told], { figure: map, isQuestion: true }), [map, 0]);
  assert.deepEqual(shown([told], { figure: map, isQuestion: false }), [map, 1]);
  assert.deepEqual(shown([told], { figure: loss, isQuestion: false }), [loss, 0]);
});

test("below a question waits what shows its answer, with one line; a check of other runs does not", () => {
  const { lesson, map, plain, told, tried, last } = setUp();
  const waits = (isKnown = false, sought?: Piece, among: Piece[] = lesson) =>
    waitingIn(
      among,
      () => isKnown,
      (one) => one === sought,
    ).map((wait) => [wait.piece, wait.figure, wait.isFirst]);
  assert.deepEqual(waits(), [
    [told, map, true],
    [tried, map, true],
  ]);
  assert.deepEqual(waits(true), []);
  assert.deepEqual(waits(false, told), [[tried, map, true]]);
  const withoutOthers = lesson.filter((one) => one !== plain && one.kind !== "check");
  assert.deepEqual(waits(false, undefined, withoutOthers), [
    [told, map, false],
    [tried, map, false],
  ]);
  const after = { ...last, named: { ...last.named, after: map } as Piece["named"] };
  assert.deepEqual(waits(false, undefined, [map, after]), [[after, map, true]]);
});

test("what speaks of a figure waits where one further down asks of the same runs, below that", () => {
  const withRuns = (spec: string, asks: boolean) => {
    const made = figure(asks);
    return { ...made, data: { ...made.data, spec } };
  };
  const [dragged, other, asking] = [withRuns("a line", false), withRuns("a bowl", false), withRuns("a line", true)];
  const [above, below] = [piece("text", 0, of(dragged, at(0))), piece("text", 1, of(dragged, at(3)))];
  const lesson = [above, dragged, other, asking, piece("text", 1, of(other, at(3))), below];
  assert.deepEqual(
    [dragged, other, asking].map((one) => askingBelow(lesson, one)),
    [asking, undefined, undefined],
  );
  assert.equal(askingBelow([asking, dragged], dragged), undefined, "it was asked before");
  const waits = (isKnown: boolean) =>
    waitingIn(
      lesson,
      () => isKnown,
      () => false,
    ).map((wait) => [wait.piece, wait.figure]);
  assert.deepEqual([waits(false), waits(true)], [[[below, asking]], []]);
});

test("a figure below a text that waits and speaks of it waits; in its place stands the figure that asks", () => {
  const [asking, answer, asks] = [figure(true), figure(false, 1), figure(true, 1)];
  const after = (named: FigurePiece) => piece("text", 1, of(named, at(0), asking));
  const [heading, plain, told, later] = [piece("heading", 1), piece("text", 2), after(answer), after(asks)];
  const [again, tried] = [piece("text", 2, of(answer, at(3))), piece("try", 2, of(answer, at(1)))];
  const check = piece("check", 1, of(answer, at(1, { spec: "other runs" })));
  const lesson = [asking, heading, told, answer, check, later, asks, plain, again, tried];
  const waiting = new Map(
    waitingIn(
      lesson,
      () => false,
      () => false,
    ).map((wait) => [wait.piece, wait.figure]),
  );
  assert.deepEqual([...waiting.keys()], [told, answer, later, again, tried]);
  const besides = (progress: LessonProgress) =>
    [heading, told, check, plain].map((one) => arrange(lesson, progress, { pieces: [one] }).beside);
  assert.deepEqual(besides(begun({ waiting })), [asking, asking, asking, asks]);
  assert.deepEqual(besides(begun()), [answer, answer, answer, asks]);
  const past = lesson.filter((one) => one !== asks);
  assert.equal(figureOf(past, plain, waiting), asking, "of no figure of its section, nor of one that waits");
  const line = piece("line", 1);
  assert.equal(figureOf([asking, line, answer], line, new Map([[line, asking]])), asking);
});

test("a text needs a figure below it unless one of its section stands so, or an earlier text has it shown", () => {
  const { lesson, map, above, told, last, loss } = setUp();
  const needing = lesson.filter((one) => needsFigure(lesson, one));
  assert.deepEqual(needing, [told, last], "the map asks at its first step above, and the check has its own");
  assert.equal(needsFigure([above, map], above), false);
  const again = piece("text", 0, of(map, at(5)));
  assert.equal(needsFigure([map, told, again], again), false);
  const away = piece("text", 0, of(loss, at(0)));
  assert.equal(needsFigure([away, loss], away), true);
});

test("a figure that asks nothing plays beside the text before it, unless that speaks of another moment", () => {
  const { map, loss, plain, last } = setUp();
  assert.equal(playsBeside(loss, piece("text", 1)), true);
  assert.equal(playsBeside(loss, last), false);
  assert.equal(playsBeside(loss, piece("text", 1, of(loss, at(null)))), true);
  assert.equal(playsBeside(map, plain), false);
  assert.equal(playsBeside(loss, piece("check", 1)), false);
});

test("a network has the width of a wall, and so have lines that are worked out with no map beside", () => {
  const spans = (...show: string[]) => {
    const { data, ...rest } = figure(false);
    return spansScreen({ ...rest, data: { ...data, show } } as FigurePiece);
  };
  assert.deepEqual([spans("network", "loss"), spans("working"), spans("average", "states")], [true, true, true]);
  assert.deepEqual([spans("map", "working"), spans("map"), spans("loss")], [false, false, false]);
  assert.equal(spansScreen(piece("text")), false);
});
