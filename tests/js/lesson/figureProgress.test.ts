/** How far a figure of a lesson has come, by its state. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FigureData } from "../../../static/page/lesson/elements.ts";
import { type FigureProgress, NOT_BEGUN, progressIn } from "../../../static/page/lesson/figureProgress.ts";
import type { State } from "../../../static/page/state/types.ts";
import { partOf } from "../part.ts";

const figure = (data: Partial<FigureData>) =>
  partOf<FigureData>({ ...{ show: ["map"], rests: null, then: [] }, ...data });
const ASKS = figure({ question: partOf<FigureData["question"]>({ ask: "Which?" }), substep: null });
const state = (ahead: string, substep: string | null = null, leader: object | null = null) =>
  partOf<any>({ exercise: { ahead, leader }, explain: { substep } }) as State;
const [READ, WALL] = [false, true].map((wall) => ({ wall, isLent: false }));
const having = (...names: (keyof FigureProgress)[]): FigureProgress => ({
  ...NOT_BEGUN,
  ...Object.fromEntries(names.map((name) => [name, true])),
});

test("where it is read, a figure that was answered stays so, whatever it hides; none is untold", () => {
  assert.deepEqual(progressIn(having("is-answered"), state("hidden"), ASKS, READ), having("is-answered"));
  assert.deepEqual(progressIn(NOT_BEGUN, state("shown"), ASKS, READ), NOT_BEGUN);
});

test("on the wall, and where that is followed, it is answered while it hides nothing, if it asks", () => {
  assert.deepEqual(progressIn(having("hides-ahead"), state("shown"), ASKS, WALL), having("is-answered"));
  assert.deepEqual(progressIn(having("is-answered"), state("hidden"), ASKS, WALL), having("hides-ahead"));
  assert.deepEqual(progressIn(NOT_BEGUN, state("shown", null, {}), ASKS, READ), having("is-answered"));
  assert.deepEqual(progressIn(NOT_BEGUN, state("shown"), figure({ question: null }), WALL), NOT_BEGUN);
});

test("what it shows while it is lent to a text changes neither", () => {
  const lent = { ...WALL, isLent: true };
  assert.deepEqual(progressIn(having("hides-ahead"), state("shown"), ASKS, lent), having("hides-ahead"));
});

test("it is beyond its question after the substep at which it asks, or rests; held at its start alone", () => {
  const asks = { ...ASKS, substep: "forward 1", then: ["error", "update"] };
  const beyond = (data: FigureData) =>
    ["", "forward 1", "error", "update"].filter(
      (substep) => progressIn(NOT_BEGUN, state("shown", substep), data, READ)["is-beyond"],
    );
  assert.deepEqual(beyond(asks), ["error", "update"]);
  assert.deepEqual(beyond({ ...asks, rests: "error" }), ["update"]);
  assert.deepEqual(progressIn(NOT_BEGUN, state("startOnly"), ASKS, READ), having("is-start-only"));
});
