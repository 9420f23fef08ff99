import assert from "node:assert/strict";
import { test } from "node:test";
import { copyRun, selectRun, setProjector, setSeed, setStart, setValue } from "../../../static/page/state/actions.ts";
import {
  applyProposedChange,
  askFirst,
  beatOf,
  GO_TO_BEAT,
  hideAhead,
  hidesOutcome,
  restorePreset,
  runUntil,
  setAnswer,
  setStartOnly,
  showAhead,
  showAheadAtEnd,
} from "../../../static/page/state/beats.ts";
import { nextInLesson, nextInPreset, previousInLesson, previousInPreset } from "../../../static/page/state/clicker.ts";
import { withConsequences } from "../../../static/page/state/consequences.ts";
import { hidesAhead } from "../../../static/page/state/exercise.ts";
import { NOTHING_EXPLAINED } from "../../../static/page/state/explain.ts";
import { addressOfPreset, neighbouringPreset, proposedValue, withPreset } from "../../../static/page/state/preset.ts";
import { createScene } from "../../../static/page/state/scene.ts";
import { changeOptimizer } from "../../../static/page/state/settingActions.ts";
import { emptyState, problemKey, withAddress } from "../../../static/page/state/state.ts";
import type { PageAddress, Preset, Run, State } from "../../../static/page/state/types.ts";
import { exercised } from "../exercised.ts";
import { withKnown } from "../known.ts";
import { partOf } from "../part.ts";

const PRESETS = [
  {
    name: "two",
    query: "surface=bowl&start=1,1&optimizer=gd:learning_rate=0.1&optimizer=momentum:learning_rate=0.2,beta=0.9",
    change: { do: "Now set beta to 0.5", then: "it swings less.", control: { run: 1, param: "beta", value: 0.5 } },
  },
  {
    name: "moved",
    query: "surface=saddle&start=1,2&optimizer=gd:learning_rate=0.1",
    change: {
      do: "Now set the start to (3, 1)",
      then: "it goes elsewhere.",
      control: { run: null, param: "start", value: [3, 1] },
    },
  },
  {
    name: "falling",
    query: "surface=ravine&optimizer=gd:learning_rate=0.1,schedule=exponential,schedule.decay=0.99",
    change: {
      do: "Now set the decay to 0.9",
      then: "it freezes.",
      control: { run: 0, param: "schedule.decay", value: 0.9 },
    },
  },
] as unknown as Preset[];

const opened = (preset: Preset): State =>
  withPreset(
    withAddress(
      {
        ...emptyState(),
        catalog: { optimizers: [], surfaces: [], datasets: [], presets: PRESETS },
      } as unknown as State,
      addressOfPreset(preset, true),
    ),
  );

/** The state once the run of each entry has taken so many steps. */
const ran = (state: State, steps = 50): State => ({
  ...state,
  runs: Object.fromEntries(
    state.entries.map(({ id }) => [
      id,
      {
        columns: { parameters: [], loss: new Float64Array(steps + 1) },
        length: steps + 1,
        end: { n_steps: steps },
      } as any,
    ]),
  ),
});

/** It follows another figure. */
const led = (state: State) => exercised(state, { leader: { seed: null } });

const proposing = (state: State) => GO_TO_BEAT.change(state)!.state;

function meant(state: State) {
  const { preset, presetStatus } = withPreset(state).exercise;
  return [preset?.name, presetStatus];
}

test("a preset is known by what runs, in whatever order its values were set", () => {
  const state = opened(PRESETS[0]);
  assert.deepEqual(meant(state), ["two", "prepared"]);
  const id = state.entries[1].id;
  const other = setValue(state, id, "learning_rate", 0.3, false);
  assert.deepEqual(meant(exercised(other, { preset: null })), [undefined, "gone"], "it was never shown");
  assert.deepEqual(meant(setValue(other, id, "learning_rate", 0.2, false)), ["two", "prepared"]);
});

test("the subject is the run that the question is of, answered or not, until a run is changed", () => {
  const subjectOf = (state: State, guess: object) => {
    const preset = partOf<Preset>({ ...PRESETS[0], guess });
    return createScene()({ state: exercised(state, { preset }), until: Infinity, wall: 0 }).runOfQuestion;
  };
  const state = ran(opened(PRESETS[0]));
  const choice = { kind: "choice", options: [], answer: 0, run: 1 };
  assert.deepEqual([subjectOf(hideAhead(state), choice), subjectOf(showAhead(state), choice)], [1, 1]);
  assert.equal(subjectOf(state, { kind: "run" }), null);
  assert.equal(subjectOf(exercised(state, { presetStatus: "changed" }), choice), null);
});

test("each kind of change that a preset proposes can be made, and is known for it", () => {
  for (const preset of PRESETS) {
    const state = opened(preset);
    assert.deepEqual(meant(applyProposedChange(state, preset.change!)), [preset.name, "changed"]);
  }
});

test("a preset whose values are set otherwise than it proposes stays, and is taken back", () => {
  for (const preset of PRESETS) {
    const state = opened(preset);
    const [{ id }] = state.entries;
    const other = setStart(setValue(state, id, "learning_rate", 0.3, false), [4, 4], false);
    assert.deepEqual(meant(other), [preset.name, "varied"]);
    const back = restorePreset(withPreset(other));
    assert.deepEqual([...meant(back), back.exercise.proposes], [preset.name, "prepared", true]);
    assert.deepEqual(
      back.entries.map((entry) => entry.id),
      state.entries.map((entry) => entry.id),
    );
    assert.deepEqual(meant(restorePreset(withPreset(applyProposedChange(state, preset.change!)))), [
      preset.name,
      "prepared",
    ]);
  }
});

test("another optimizer, run or seed is another comparison, in its place while its landscape stands", () => {
  const state = opened(PRESETS[0]);
  const [{ id }] = state.entries;
  for (const other of [copyRun(state, id), changeOptimizer(state, id, "adam"), setSeed(state, 3)])
    assert.deepEqual(meant(other), ["two", "replaced"]);
  assert.deepEqual(meant({ ...state, problem: { surface: "saddle" } }), ["two", "gone"]);
});

test("a figure that follows another with a seed of its own has the question of that one", () => {
  const follows = exercised(setSeed(opened(PRESETS[0]), 7), { leader: { seed: 0 } });
  assert.deepEqual([...meant(follows), follows.seed], ["two", "prepared", 7]);
  assert.deepEqual(meant(exercised(follows, { preset: null, leader: { seed: 1 } })), [undefined, "gone"]);
});

test("a run opens where what is proposed lies folded in it", () => {
  const state = opened(PRESETS[0]);
  assert.equal(proposing(state).selected, state.entries[1].id);
  assert.equal(proposing(opened(PRESETS[1])).selected, null);
});

/** Nothing follows from what follows: a step that read what another sets would change it the second time. */
function edited(state: State, before: State): State {
  const next = withConsequences(state, before);
  assert.deepEqual(withConsequences(next, before), next);
  return next;
}

test("runs set otherwise while a scene asks are shown whole, and as they were ask again", () => {
  const asks = ran(opened(PRESETS[0]));
  const [{ id }] = asks.entries;
  const set = edited(setValue(asks, id, "learning_rate", 0.3, true), asks);
  assert.deepEqual([hidesAhead(set), beatOf({ state: set, step: 0, playing: false })], [false, "change"]);
  for (const back of [restorePreset(set), GO_TO_BEAT.question(set)!.state].map((state) => edited(state, set)))
    assert.deepEqual(
      [back.exercise.presetStatus, beatOf({ state: back, step: 0, playing: false })],
      ["prepared", "question"],
    );
  // Undone, it asks again, too.
  assert.ok(hidesAhead(edited({ ...asks, edit: { kind: "restore" } }, set)));
  // Told once, it has its change to propose.
  const told = showAhead(asks);
  const after = restorePreset(edited(setValue(told, id, "learning_rate", 0.3, true), told));
  assert.equal(beatOf({ state: withPreset(after), step: 0, playing: false }), "change");
});

test("a figure held at its start hides what lies ahead whatever is set, and a press goes past it", () => {
  const held = setStartOnly(ran(opened(PRESETS[0])), true);
  const set = edited(setValue(held, held.entries[0].id, "learning_rate", 0.3, true), held);
  assert.equal(hidesAhead(set), true);
  assert.equal(nextInLesson({ state: set, step: 0, playing: false }, { steps: 0, substeps: [] }), null);
  assert.equal(hidesAhead(setStartOnly(set, false)), false);
});

test("telling ends what hides and what is proposed; where nothing is hidden there is nothing to tell", () => {
  const exercise = (state: State) => [hidesAhead(state), state.exercise.proposes];
  const state = opened(PRESETS[0]);
  const [asks, proposed] = [hideAhead(state), proposing(state)];
  assert.deepEqual([asks, proposed].map(exercise), [
    [true, false],
    [true, true],
  ]);
  assert.deepEqual([asks, proposed].map(showAhead).map(exercise), [
    [false, false],
    [false, false],
  ]);
  const shown = proposing(showAhead(state));
  assert.equal(showAhead(shown), shown);
  assert.deepEqual(exercise(hideAhead(shown)), [true, false]);
  assert.deepEqual(exercise(setProjector(shown, true)), [true, true], "the change stays told on a wall");
  assert.equal(setAnswer(setAnswer(asks, 3), 3).exercise.answer, 3);
});

test("who changes what runs sees all of it; who only looks closer does not", () => {
  const state = opened(PRESETS[0]);
  const moves = (before: State) => hidesAhead(edited(setStart(before, [2, 2], true), before));
  for (const other of [state, { ...state, projector: true }, exercised(state, { isOwn: true }), proposing(state)])
    assert.equal(moves(other), false);
  assert.equal(hidesAhead(edited(copyRun(state, state.entries[0].id), state)), false);
  assert.equal(hidesAhead(edited(selectRun(state, state.entries[0].id), state)), true);
});

test("the beat follows from the playhead, but for what is proposed", () => {
  const state = ran(opened(PRESETS[0]));
  const at = (step: number, more: object = {}) => beatOf({ state, step, playing: false, ...more });
  assert.deepEqual([at(0), at(0, { playing: true }), at(3), at(50)], ["question", "run", "run", "sentence"]);
  assert.equal(at(0, { state: opened(PRESETS[0]) }), "question", "its rows are on their way");
  assert.equal(at(3, { state: showAhead(state) }), "sentence");
  assert.equal(at(0, { state: proposing(state) }), "change");
});

test("what the runs come to is hidden until all of their rows are there and the playhead has come to the last", () => {
  const state = ran(opened(PRESETS[0]));
  const tells = (now: State, until: number) => !hidesOutcome(now, until);
  const [{ id }] = state.entries;
  const coming = { ...state, runs: { ...state.runs, [id]: { ...state.runs[id], end: null } } };
  assert.deepEqual(
    [tells(state, 49), tells(state, 50), tells(coming, 50), tells(led(state), 50)],
    [false, true, false, false],
  );
  assert.equal(tells(showAhead(state), Infinity), true);
});

test("once it is out the answer stays wherever the playhead goes, until it is asked again", () => {
  const asked = ran(opened(PRESETS[0]));
  const moment = (state: State, step: number) => ({ state, step, playing: false });
  const at = (state: State, step: number) => showAheadAtEnd(state, moment(state, step));
  assert.equal(at(asked, 3), asked, "on its way");
  const told = at(asked, 50);
  assert.deepEqual([hidesAhead(told), at(told, 50) === told], [false, true]);
  assert.deepEqual(
    [0, 1, 30].map((step) => beatOf(moment(told, step))),
    ["sentence", "sentence", "sentence"],
  );
  const again = GO_TO_BEAT.question(told)!;
  assert.deepEqual([beatOf(moment(again.state, 0)), again.step, again.plays], ["question", 0, undefined]);
  const unasked = exercised({ ...asked, catalog: null }, { preset: null });
  for (const waits of [{ ...asked, projector: true }, led(asked), unasked])
    assert.equal(at(waits, 50), waits, "told by a press, or nothing was asked");
});

/** What a press changes, in a word. */
function pressed(to: "on" | "back", state: State, step: number, pace?: { steps: number; substeps: string[] }) {
  const moment = { state, step: Math.abs(step), playing: step < 0 };
  const inPreset = { on: nextInPreset, back: previousInPreset }[to];
  const next = pace ? { on: nextInLesson, back: previousInLesson }[to](moment, pace) : inPreset(moment);
  if (!next) return null;
  if (next.state.explain.substep !== state.explain.substep) return next.state.explain.substep;
  const ahead = hidesAhead(next.state);
  if (ahead !== hidesAhead(state)) return ahead ? "ask" : "tell";
  if (next.state.exercise.proposes !== state.exercise.proposes) return state.exercise.proposes ? "withdraw" : "propose";
  if (next.state !== state) return "change";
  return next.plays ? "play" : next.step;
}

test("a clicker goes through a scene press by press, and back", () => {
  const asked = { ...ran(opened(PRESETS[0])), projector: true };
  const told = showAhead(asked);
  const proposed = proposing(told);
  const changed = withPreset(applyProposedChange(proposed, PRESETS[0].change!), proposed);
  const on = (state: State, step: number) => pressed("on", state, step);
  assert.deepEqual([on(asked, 0), on(asked, 7), on(asked, -7), on(asked, 50)], ["play", Infinity, Infinity, "tell"]);
  assert.deepEqual([on(told, 50), on(proposed, 50), on(changed, 50)], ["propose", "change", null]);
  const back = (state: State, step: number) => pressed("back", state, step);
  assert.deepEqual([back(changed, 50), back(proposed, 50), back(told, 50)], ["change", "withdraw", "ask"]);
  assert.deepEqual([back(asked, 50), back(asked, 0)], [0, null]);
  assert.deepEqual(meant(previousInPreset({ state: changed, step: 50, playing: false })!.state), ["two", "prepared"]);
});

test("on a wall a run waits at its end until it is told", () => {
  const state = { ...ran(opened(PRESETS[0])), projector: true };
  const at = (step: number, more: object = {}) => beatOf({ state, step, playing: false, ...more });
  assert.deepEqual([at(0), at(3), at(50)], ["question", "run", "run"]);
  assert.equal(at(50, { state: showAhead(state) }), "sentence");
  assert.equal(at(50, { state: led({ ...state, projector: false }) }), "run", "of who follows the wall, too");
});

test("a figure of a lesson is gone through at its pace: first steps one by one, then the rest", () => {
  const asked = ran(opened(PRESETS[0]));
  const on = (step: number, steps = 0, state = asked) => pressed("on", state, step, { steps, substeps: [] });
  assert.deepEqual([on(0), on(-7), on(7), on(50)], ["play", Infinity, "play", null]);
  assert.equal(on(50, 0, { ...asked, projector: true }), "tell");
  assert.deepEqual([on(0, 2), on(1, 2), on(2, 2)], [1, 2, "play"]);
  const shown = showAhead(asked);
  assert.deepEqual([on(0, 2, shown), on(2, 2, shown), on(50, 2, shown)], [1, "play", null], "as nothing is asked");
  const back = (step: number, state = asked) => pressed("back", state, step, { steps: 2, substeps: [] });
  assert.deepEqual([back(40), back(2), back(0), back(1, shown)], [2, 1, null, 0]);
});

test("where a network rests within a step, a press tells what is right and then goes from substep to substep", () => {
  const asked = ran(opened(PRESETS[0]), 1);
  const press = (substep: string | null, to: "on" | "back" = "on", state = showAhead(asked)) =>
    pressed(to, { ...state, explain: { ...state.explain, substep } }, 0, {
      steps: 0,
      substeps: ["error", "backward-1", "update"],
    });
  assert.equal(press("error", "on", asked), "tell");
  assert.deepEqual([press("error"), press("backward-1"), press("update")], ["backward-1", "update", null]);
  assert.equal(press(null), "error", "the whole step was shown by hand");
  assert.deepEqual([press("update", "back"), press("error", "back")], ["backward-1", "ask"]);
});

test("a run as prepared is drawn once it is set otherwise, on the map of its own problem alone", () => {
  const state = showAhead(opened(PRESETS[0]));
  const problem = { kind: "surface", parameters: ["x", "y"], domain: [], minima: [] };
  const runs = state.entries.map(({ optimizer }) => ({
    optimizer,
    problemKey: problemKey(state),
    columns: {},
    length: 1,
  }));
  const prepared = { start: state.start, runs };
  const drawn = (now: State, key = problemKey(state)) =>
    createScene()({
      state: withKnown(
        partOf({
          ...withPreset(now),
          problemOnMap: { key, spec: {}, problem, start: [1, 1], wholeLandscape: null, levels: null },
        }),
        "prepared",
        "two",
        prepared,
      ),
      until: Infinity,
      wall: 0,
    }).prepared.map(({ index }) => index);
  const other = setValue(state, state.entries[1].id, "learning_rate", 0.3, false);
  assert.deepEqual([drawn(state), drawn(other)], [[], [1]]);
  assert.deepEqual(drawn(setStart(state, [2, 2], false)), [0, 1]);
  assert.deepEqual(drawn(other, JSON.stringify({ surface: "ravine" })), []);
});

test("a run is cut at the playhead, and has not ended before it has", () => {
  const run = partOf<Run>({ length: 11, end: { stop_reason: "max_steps", n_steps: 10 } });
  assert.deepEqual([runUntil(run, 0).length, runUntil(run, 2.5).length, runUntil(run, 9.5).length], [1, 4, 11]);
  assert.deepEqual([runUntil(run, 9.5).end, runUntil(run, 10).end], [null, run.end]);
  assert.equal(runUntil(run, Infinity), run);
});

test("an address that would play asks the question of a preset first, once its runs are known as one's", () => {
  const at = (preset: Preset, named: Partial<PageAddress["display"]> = {}): State => {
    const { display, ...address } = addressOfPreset(preset, false);
    return withPreset({
      ...withAddress(emptyState(), { ...address, display: { ...display, ...named } }),
      catalog: partOf({ optimizers: [], surfaces: [], datasets: [], presets: PRESETS }),
    });
  };
  const asked = (state: State, playing = true) => askFirst({ state, step: 2, playing });
  const hides = (state: State, playing?: boolean) => hidesAhead(asked(state, playing)?.state ?? state);
  const opened = at(PRESETS[0]);
  assert.equal(asked({ ...opened, catalog: null }), null);
  const { state, ...playback } = asked(opened) ?? assert.fail();
  assert.deepEqual(playback, { step: 0 });
  assert.equal(beatOf({ state, step: 0, playing: false }), "question");
  assert.equal(asked(state), null, "once");
  assert.equal(asked(showAhead(state)), null, "what was told stays");
  assert.equal(hides(opened, false), false, "less motion: all is there at once");
  assert.equal(hides(at(PRESETS[0], { step: 3 })), false, "an address with a step was told");
  assert.equal(hides(led(at(PRESETS[0]))), false);
  const other = { ...PRESETS[0], query: "surface=bowl&start=1,1&optimizer=gd:learning_rate=0.3" };
  assert.equal(hides(at(other)), false);
  for (const named of [{ selected: 0 }, { explain: { ...NOTHING_EXPLAINED, explanation: "why" as const } }]) {
    const plays = asked(at(PRESETS[0], named)) ?? assert.fail();
    assert.deepEqual([hidesAhead(plays.state), plays.step], [true, undefined], "it plays on");
  }
});

test("the value that is proposed is known while it is told, and as its run is set otherwise", () => {
  const [two] = PRESETS;
  assert.equal(proposedValue(opened(two), 1, "beta"), undefined);
  const told = proposing(opened(two));
  assert.equal(proposedValue(told, 1, "beta"), 0.5);
  assert.equal(proposedValue(told, 0, "beta"), undefined);
  assert.equal(proposedValue(told, 1, "learning_rate"), undefined);
  const set = withPreset(setValue(told, told.entries[1].id, "beta", 0.52, true), told);
  assert.equal(set.exercise.presetStatus, "varied");
  assert.equal(proposedValue(set, 1, "beta"), 0.5);
  // A start is no value of a slider.
  assert.equal(proposedValue(proposing(opened(PRESETS[1])), 0, "start"), undefined);
});

test("before the first scene and after the last there is none", () => {
  const named = (k: number, by: 1 | -1) => neighbouringPreset(opened(PRESETS[k]), by)?.name;
  const last = PRESETS.length - 1;
  assert.deepEqual([named(0, 1), named(1, -1), named(0, -1), named(last, 1)], ["moved", "two", undefined, undefined]);
  assert.equal(neighbouringPreset(exercised(opened(PRESETS[0]), { preset: null }), -1)?.name, PRESETS[last].name);
});
