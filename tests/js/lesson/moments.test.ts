import assert from "node:assert/strict";
import { test } from "node:test";
import { type FigureData, OWN_AT_END } from "../../../static/page/lesson/elements.ts";
import { addressAt, firstAddress, paceOf, playsAtOnce, stopAt } from "../../../static/page/lesson/moments.ts";
import { partOf } from "../part.ts";

const FIGURE: FigureData = {
  ...{ name: "f", spec: "surface=bowl&optimizer=gd:learning_rate=0.1", show: ["map"], cause: null, run: null },
  ...{ parameter: 0, substep: null, rests: null, then: [], controls: [], evidence: [], question: null },
};
/** @returns what a figure shows at the end of other runs than its own; null: of these */
const shownAt = (own: Partial<FigureData>, others: string | null = null) =>
  addressAt({ ...FIGURE, ...own }, { ...OWN_AT_END, spec: others }, { hides: false, wall: false });
const labels = (own: string, others: string) =>
  shownAt({ spec: own }, others).spec.optimizers.map(({ label = "" }) => label);

test("runs that a check shows are named by what differs from those of its figure", () => {
  const own = "surface=ravine&optimizer=gd:learning_rate=0.019&optimizer=momentum:learning_rate=0.1";
  assert.deepEqual(labels(own, own.replace("=0.1", "=0.1,beta=0.5")), ["", "Momentum β 0.5"]);
  assert.deepEqual(labels(own, own.replace("=0.019", "=0.1")), ["Descent 0.1", ""]);
  assert.deepEqual(labels(own, own), ["", ""]);
});

test("a figure explains what it shows", () => {
  const explained = (...show: string[]) => {
    const { explanation, plane } = shownAt({ show }).display.explain;
    return [explanation, plane];
  };
  assert.deepEqual(explained("loss"), [null, null]);
  assert.deepEqual(explained("map", "states", "working"), ["working", "path"]);
  assert.deepEqual(explained("average"), ["average", null]);
  assert.deepEqual(explained("map", "why"), ["why", "path"]);
});

test("other runs stand in a figure as it shows its own, at a step, or at the last where none is named", () => {
  const own = {
    spec: "surface=bowl&optimizer=gd:learning_rate=0.1",
    show: ["map", "by_samples", "why"],
    cause: "roots",
  };
  const data = {
    name: "f",
    run: 1,
    parameter: 1,
    substep: null,
    rests: null,
    then: [],
    controls: [],
    evidence: [],
    ...own,
  };
  const how = { hides: false, wall: true };
  const other = {
    spec: own.spec.replace("0.1", "0.3"),
    step: null,
    substep: null,
    run: null,
    parameter: null,
    average: null,
  };
  const shown = addressAt({ ...data, question: null }, other, how);
  assert.deepEqual(shown.spec.optimizers, [{ name: "gd", learning_rate: 0.3, label: "Descent 0.3" }]);
  const { selected, step, count, projector, hides, explain } = shown.display;
  assert.deepEqual([selected, step, count, projector, hides], [1, Infinity, "samples", true, false]);
  assert.deepEqual([explain.explanation, explain.cause, explain.parameter], ["why", "roots", 1]);
  assert.equal(addressAt({ ...data, question: null }, { ...other, step: 7 }, how).display.step, 7);
  const ofX = addressAt({ ...data, question: null }, { ...other, parameter: 0 }, how).display.explain;
  assert.deepEqual([ofX.parameter, ofX.firstStepsOnly], [0, false]);
  assert.equal(addressAt({ ...data, question: null }, { ...other, run: 0 }, how).display.selected, 0);
  const ofAYear = addressAt({ ...data, question: null }, { ...other, average: "temperatures" }, how).display.explain;
  assert.deepEqual([explain.average, ofAYear.average], [null, "temperatures"]);
  const asking = addressAt({ ...data, question: null }, { ...other, step: 7 }, { ...how, hides: true }).display;
  assert.deepEqual([asking.step, asking.selected], [null, null]);
});

test("a figure plays at once on a wall unless it asks, or is gone through step by step", () => {
  const plain = { show: ["map", "loss"], substep: null, then: [], question: null, rests: null };
  assert.equal(playsAtOnce(plain), true);
  assert.equal(playsAtOnce({ ...plain, show: ["map", "working"] }), false);
  assert.equal(playsAtOnce({ ...plain, substep: "error" }), false);
  assert.equal(
    playsAtOnce({ ...plain, question: { ask: "Which?", guess: partOf({ kind: "run", answer: 0 }) } }),
    false,
  );
});

test("a figure stands at its start, and once its question is answered at its end or where it rests", () => {
  const question = { ask: "Which?", guess: { kind: "run", answer: 0 } as any };
  const asks = { question, rests: null, substep: null };
  assert.deepEqual(stopAt({ ...asks, question: null }, true), { step: 0, substep: null });
  assert.deepEqual(stopAt(asks, false), { step: 0, substep: null });
  assert.deepEqual(stopAt(asks, true), { step: null, substep: null });
  assert.deepEqual(stopAt({ ...asks, rests: 3 }, true), { step: 3, substep: null });
  assert.deepEqual(stopAt({ ...asks, rests: "error" }, true), { step: 0, substep: "error" });
});

test("a clicker goes from a substep to where the answer is told, and on from there", () => {
  const asks = { show: ["network"], question: { ask: "Which?", guess: { kind: "run", answer: 0 } as any } };
  const through = (rests: string | null, then: string[]) => paceOf({ ...asks, substep: "error", rests, then }).substeps;
  assert.deepEqual(through("backward-2", []), ["error", "backward-2"]);
  assert.deepEqual(through("backward-2", ["backward-2", "update"]), ["error", "backward-2", "update"]);
  assert.deepEqual(through(null, ["update"]), ["error", "update"]);
});

test("a figure hides its runs as it asks, as it is held at their start, or on the wall until it is played", () => {
  const hides = (data: Partial<FigureData>, how: { showsStartOnly: boolean; wall: boolean }) =>
    firstAddress({ ...FIGURE, ...data }, null, how).display.hides;
  const question = partOf<FigureData["question"]>({ ask: "Which?" });
  assert.equal(hides({}, { showsStartOnly: false, wall: false }), false);
  assert.equal(hides({ question }, { showsStartOnly: false, wall: false }), true);
  assert.equal(hides({}, { showsStartOnly: true, wall: false }), true);
  assert.equal(hides({}, { showsStartOnly: false, wall: true }), true);
});
