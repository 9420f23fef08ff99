import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "../../../../static/page/figure/part.ts";
import type { Cause, CausePicture } from "../../../../static/page/panels/explanations/why/cause.ts";
import { answerAsPrepared, layoutOf, type WhyLayout } from "../../../../static/page/panels/explanations/why/layout.ts";
import { emptyState } from "../../../../static/page/state/state.ts";
import type { Exercise } from "../../../../static/page/state/types.ts";
import { exercised } from "../../exercised.ts";
import { type Part, partOf } from "../../part.ts";
import { runOf } from "../../runs.ts";

test("the answer of a scene is told of its runs as prepared, not beside runs that are set otherwise", () => {
  const preset = { name: "one", why: "Its memory carries it past A." } as Exercise["preset"];
  const told = (presetStatus: Exercise["presetStatus"], tells = true) =>
    answerAsPrepared({ state: exercised(emptyState(), { preset, presetStatus }), outcomeShows: tells, chosen: 0 });
  assert.equal(told("prepared"), "Its memory carries it past A.");
  assert.equal(told("prepared", false), null);
  assert.equal(told("changed"), null);
  assert.equal(told("varied"), null);
});

test("the answer of a scene stands beside the run of its telling step only", () => {
  const preset = { name: "one", why: "Its memory carries it past A.", telling: { run: 1, step: 7 } };
  const state = exercised(emptyState(), { preset: preset as Exercise["preset"], presetStatus: "prepared" });
  const beside = (chosen: number) => answerAsPrepared({ state, outcomeShows: true, chosen });
  assert.deepEqual([beside(0), beside(1)], [null, preset.why]);
});

const WHY = "Its memory carries it past A.";
const picture = (name: string, ofRun = false) => partOf<CausePicture>({ name, word: () => name, ofRun });
const [PLANE, EDGE] = [picture("plane"), picture("edge", true)];

interface Case {
  /** in the order of preference; those that have come have content */
  contents?: [CausePicture, unknown][];
  preset?: Part<Exercise["preset"]>;
  presetStatus?: Exercise["presetStatus"];
  chosen?: string | null;
  projector?: boolean;
}

function laidOut(shown: Case): WhyLayout {
  const { contents = [[PLANE, 1]], preset = { why: WHY }, presetStatus = "prepared" } = shown;
  const state = exercised(emptyState(), { preset: { name: "one", ...preset }, presetStatus });
  const explain = { ...state.explain, cause: shown.chosen ?? null };
  const scene = partOf<Frame["scene"]>({ projector: shown.projector ?? false });
  const reply = { modes: [{ roots: null }], notes: ["A note of the step.", "Another."], of: "loss" };
  const cause = partOf<Cause>({
    entry: { optimizer: {} },
    run: runOf({ points: [[0, 0]] }),
    reply,
    names: [],
    principal: null,
  });
  const words = { alongRun: "At step 9 it grows.", path: "" };
  return layoutOf(
    { state: { ...state, explain }, scene, outcomeShows: true, chosen: 0 },
    cause,
    new Map(contents),
    words,
  );
}

test("without an answer the sentence of the step comes first, with what follows along the run", () => {
  const { answer, sentence, notes, fold, picture } = laidOut({ preset: {} });
  assert.deepEqual([answer, fold, picture], [null, null, PLANE]);
  assert.equal(sentence, "At step 9 it grows. A note of the step.");
  assert.deepEqual(notes, ["Another."], "what the sentence says is no note, too");
});

test("a picture waits to be unfolded below an answer, but not where nobody unfolds", () => {
  assert.equal(laidOut({}).fold, "closed");
  assert.equal(laidOut({ chosen: "first" }).fold, "open");
  assert.equal(laidOut({ projector: true }).fold, null);
  assert.equal(
    laidOut({ presetStatus: "changed" }).fold,
    "closed",
    "nor is it open beside runs that are set otherwise",
  );
});

test("what a picture of the whole run shows stands beside the answer, and is not told again", () => {
  const ofRun = laidOut({ contents: [[EDGE, 1]] });
  assert.deepEqual([ofRun.fold, ofRun.alongRun, ofRun.sentence], [null, "At step 9 it grows.", "A note of the step."]);
  const ofStep = laidOut({});
  assert.deepEqual([ofStep.alongRun, ofStep.sentence], ["", "At step 9 it grows. A note of the step."]);
});

test("the chosen picture is shown once it has come, else the first of those that have", () => {
  const contents: [CausePicture, unknown][] = [
    [EDGE, undefined],
    [PLANE, 1],
  ];
  assert.deepEqual(laidOut({ contents }).choices, [["plane", "plane"]]);
  assert.equal(laidOut({ contents }).picture, PLANE);
  assert.equal(laidOut({ contents, chosen: "edge" }).picture, null, "it is being computed");
  assert.equal(laidOut({ contents, chosen: "modes" }).picture, PLANE, "there is no such picture");
  assert.equal(laidOut({ contents: [] }).picture, null);
});

test("states are the first choice, and no picture is folded, where a scene declares them as its cause", () => {
  const preset = { why: WHY, cause: "states" };
  const { choices, picture, fold } = laidOut({ preset });
  assert.deepEqual(choices, [
    ["states", "States"],
    ["plane", "plane"],
  ]);
  assert.deepEqual([picture, fold], ["states", null]);
  assert.equal(laidOut({ preset, chosen: "plane" }).picture, PLANE);
});
