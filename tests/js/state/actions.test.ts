import assert from "node:assert/strict";
import { test } from "node:test";
import { changeNetwork, scaleSamples, setBatches } from "../../../static/page/panels/landscape/networks.ts";
import * as act from "../../../static/page/state/actions.ts";
import { readAddress, writeAddress } from "../../../static/page/state/address.ts";
import {
  columnNames,
  countOfPoints,
  labelInColumn,
  namesOf,
  networkDatasetOf,
  titleOf,
} from "../../../static/page/state/catalog.ts";
import { snapshotOf } from "../../../static/page/state/edits.ts";
import { setExpression } from "../../../static/page/state/expression.ts";
import { axisNames, setPoints } from "../../../static/page/state/lineFit.ts";
import { receiveCatalog, receiveRuns } from "../../../static/page/state/receiving.ts";
import { changeOptimizer } from "../../../static/page/state/settingActions.ts";
import { addressOf, emptyState, runKey, withAddress } from "../../../static/page/state/state.ts";
import type { ProblemSpec, ReceivedRun, State } from "../../../static/page/state/types.ts";
import { invitationWords, remarkOnRun, remarksOnRuns } from "../../../static/page/words/remark.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";

const CATALOG: any = {
  optimizers: [
    { name: "gd", label: "Gradient descent", forms: [], params: [{ name: "learning_rate", default: 0.01 }] },
    {
      name: "adam",
      label: "Adam",
      forms: [],
      params: [
        { name: "learning_rate", default: 0.001 },
        { name: "beta1", default: 0.9 },
      ],
    },
    {
      name: "sgd",
      label: "SGD",
      forms: [],
      params: [{ name: "learning_rate", default: 0.01 }],
      needs_sampling: true,
      batch_size: 1,
    },
  ],
  surfaces: [
    { name: "bowl", label: "Bowl", suggested: { gd: 0.05, adam: 0.1, sgd: 0.05 } },
    { name: "ravine", label: "Ravine", suggested: { gd: 0.02, adam: 0.2 } },
  ],
  datasets: [
    {
      name: "shoe_size",
      label: "Shoe size",
      points: pairs(0, 0, 1, 1),
      raw: { start: [1, 0], suggested: { mse: { gd: 7 } } },
      standardized: { start: [-1, 1.5], suggested: { mse: { gd: 0.15 } } },
    },
  ],
  losses: [],
  schedules: [],
  limits: {},
  networks: {
    datasets: [
      {
        name: "xor",
        label: "XOR",
        rows: [
          [0, 0, 0],
          [0, 1, 1],
        ],
        suggested: { gd: 0.1 },
      },
    ],
    own: [
      { kind: "classification", rows: [], suggested: { gd: 0.5 } },
      { kind: "regression", rows: [], suggested: { gd: 0.2 } },
    ],
    activations: [],
    losses: [],
  },
};

const stateOf = (query: string, fragment: string = "") => ({
  ...withAddress(emptyState(), readAddress(query, fragment).address),
  catalog: CATALOG,
});

test("an address put in and taken out is the same address", () => {
  const { address } = readAddress(
    "surface=bowl&optimizer=gd:learning_rate=0.2&optimizer=adam&window=0,1,0,1",
    "run=1&hidden=0&colours=3,0&step=9",
  );
  assert.deepEqual(writeAddress(addressOf(withAddress(emptyState(), address), 9)), writeAddress(address));
});

test("another landscape takes the rates that suit it, shown as values, and leaves start and window to it", () => {
  const state = act.chooseProblem(
    stateOf("surface=levy&start=1,1&window=0,1,0,1&optimizer=gd:learning_rate=7&optimizer=adam:beta1=0.5"),
    { surface: "bowl" },
  );
  assert.deepEqual(
    state.entries.map((entry) => entry.optimizer),
    [
      { name: "gd", learning_rate: 0.05 },
      { name: "adam", beta1: 0.5, learning_rate: 0.1 },
    ],
  );
  assert.deepEqual([state.start, state.window], [null, null]);
});

test("a batch goes with the data it is taken from; what needs chance gets visible noise instead", () => {
  const state = act.chooseProblem(stateOf("dataset=shoe_size&optimizer=sgd:batch_size=2,sampling=replacement"), {
    surface: "bowl",
  });
  assert.deepEqual(state.entries[0].optimizer, { name: "sgd", learning_rate: 0.05, noise: 1 });
});

test("another landscape brings no seed, no batch sizes and no name that tells them; undoing gives them back", () => {
  const query =
    "dataset=shoe_size&seed=5&optimizer=sgd:batch_size=4,sampling=replacement,label=Batch%20of%204" +
    "&optimizer=gd:label=All";
  const before = stateOf(query);
  const state = act.chooseProblem(before, { network: { dataset: "xor" } });
  assert.deepEqual(
    [state.seed, ...state.entries.map(({ optimizer }) => optimizer)],
    [0, { name: "sgd" }, { name: "gd", label: "All", learning_rate: 0.1 }],
  );
  assert.deepEqual(addressOf(act.restoreSnapshot(state, snapshotOf(before)), null), addressOf(before, null));
});

test("of runs that differ in nothing but what suits another problem one is left, and that is said", () => {
  const before = { ...stateOf("expression=x^2&optimizer=gd:learning_rate=0.05&optimizer=adam&optimizer=gd") };
  const gd = { name: "gd", learning_rate: 0.05 };
  const state = act.chooseProblem({ ...before, selected: before.entries[2].id }, { surface: "bowl" });
  assert.deepEqual(
    [state.entries.map(({ optimizer }) => optimizer), state.selected],
    [[gd, { name: "adam", learning_rate: 0.1 }], null],
  );
  assert.match(
    remarksOnRuns(state, ["GD", "Adam"]),
    /^One run left out: here it would repeat another. Undo brings it back\./,
  );
  const scheduled = stateOf("expression=x^2&optimizer=gd&optimizer=gd:schedule=exponential&optimizer=gd:label=Twice");
  const two = act.chooseProblem(scheduled, { surface: "bowl" });
  assert.deepEqual(
    two.entries.map(({ optimizer }) => optimizer),
    [gd, { ...gd, schedule: { name: "exponential" } }],
  );
  assert.deepEqual(addressOf(act.restoreSnapshot(two, snapshotOf(scheduled)), null), addressOf(scheduled, null));
});

test("nor does a formula that is typed", () => {
  const before = stateOf("dataset=shoe_size&seed=5&optimizer=sgd:batch_size=4,learning_rate=0.1");
  const state = setExpression(before, "x^2 + y^2", true);
  assert.deepEqual([state.seed, state.entries[0].optimizer], [0, { name: "sgd", learning_rate: 0.1, noise: 1 }]);
  assert.equal(setExpression({ ...state, seed: 7 }, "x^2", true).seed, 7);
});

test("a formula keeps a coordinate of the start for each of its variables, with and without * after a number", () => {
  const state = { ...stateOf("surface=bowl&start=1,5&optimizer=gd"), window: null };
  for (const both of ["x^2 + y^2", "x^2+3y^2", "2xy", "exp(-2y)", "x*y", "2(x + 1)3y"])
    assert.deepEqual(setExpression(state, both, true).start, [1, 5], both);
  for (const one of ["x^2", "3x", "x + yellow", "max(x, 2)", "my_y"])
    assert.deepEqual(setExpression(state, one, true).start, [1], one);
  const ofX = setExpression(state, "x^2", true);
  assert.deepEqual(setExpression(ofX, "x^2 + y^2", true).start, [1, 5]);
  assert.deepEqual([ofX.unusedStart, act.chooseProblem(ofX, { surface: "beale" }).unusedStart], [[5], []]);
});

test("a network takes rates that suit its samples; what is changed of it stands in its address", () => {
  let state = act.chooseProblem(stateOf("dataset=shoe_size&start=1,1&optimizer=gd:learning_rate=7"), {
    network: { dataset: "xor" },
  });
  assert.deepEqual([state.entries[0].optimizer, state.start], [{ name: "gd", learning_rate: 0.1 }, null]);
  state = setBatches(state, 2);
  state = changeNetwork(changeNetwork(state, { loss: "cross_entropy" }), { hidden: [4, 3] });
  state = scaleSamples(state, true);
  const query = () => writeAddress(addressOf(state, null)).query;
  assert.equal(
    query(),
    "network=xor:hidden=4-3,loss=cross_entropy&standardize=true&optimizer=gd:learning_rate=0.1,batch_size=2",
  );
  state = scaleSamples(changeNetwork(state, { hidden: [] }), false);
  assert.match(query(), /^network=xor:hidden=,loss=cross_entropy&optimizer/);
});

test("data of one's own takes what suits its targets, or standardised points", () => {
  const on = (problem: ProblemSpec) => {
    const { entries, start } = act.chooseProblem(stateOf("surface=bowl&optimizer=gd:learning_rate=3"), problem);
    return [entries[0].optimizer.learning_rate, start];
  };
  const numbers = [[0, 0.5]];
  const labels = [
    [3, 4, 0],
    [5, 6, 1],
  ];
  assert.deepEqual(on({ network: { points: labels } }), [0.5, null]);
  assert.deepEqual(on({ network: { points: labels, kind: "regression" } }), [0.2, null]);
  assert.deepEqual(on({ network: { points: numbers } }), [0.2, null]);
  assert.deepEqual(networkDatasetOf(CATALOG, { network: { points: labels } })?.inputs, ["x1", "x2"]);
  assert.equal(titleOf(CATALOG, { network: { points: labels } }), "2 samples");
  assert.equal(countOfPoints(stateOf("network=points=3,4,0;5,6,1&optimizer=gd")), 2);
  const points = pairs(3, 4, 5, 7);
  assert.deepEqual(on({ points, loss: "mse", standardize: true }), [0.15, [-1, 1.5]]);
  assert.deepEqual(on({ points, loss: "mse" }), [3, null]);
});

test("a batch for all runs leaves out what an optimizer does anyway", () => {
  const batches = (size: number | null) =>
    setBatches(stateOf("network=xor&optimizer=gd&optimizer=sgd"), size).entries.map(
      ({ optimizer }) => optimizer.batch_size,
    );
  assert.deepEqual(
    [batches(1), batches(null), batches(2)],
    [
      [1, undefined],
      [undefined, null],
      [2, 2],
    ],
  );
});

test("what an action did besides is said until anything else of the runs is changed", () => {
  const said = (state: State) =>
    remarksOnRuns(
      state,
      namesOf(CATALOG, state.entries, String).map(({ name }) => name),
    );
  const before = stateOf("surface=bowl&optimizer=gd:learning_rate=0.2&optimizer=adam:learning_rate=0.1");
  assert.equal(said(before), "");
  const other = changeOptimizer(before, before.entries[0].id, "adam");
  assert.equal(said(other), "Adam 0.1: rate set to 0.1, as suggested here.");
  assert.equal(remarkOnRun(other, other.entries[1]), "");
  assert.equal(said(act.setValue(other, other.entries[1].id, "beta1", 0.5, false)), "");
  assert.equal(said(act.setStart(other, [1, 1], false)), said(other), "the runs are as they were");
  const levy = stateOf("surface=levy&optimizer=gd:learning_rate=0.2");
  assert.equal(
    said(changeOptimizer(levy, levy.entries[0].id, "adam")),
    "Adam: rate set to 0.001, as Adam usually has it.",
  );
  assert.match(
    said(act.addRun(before, "sgd")),
    /^SGD: rate set to 0.05, as suggested here; noise 1 added to each gradient: there are no data for SGD to draw/,
  );
  assert.match(said(act.addRun(before, "gd")), /rate set to 0.05, as suggested here/, "a new run says its rate");
  const both = act.chooseProblem(before, { surface: "ravine" });
  assert.deepEqual([said(both), invitationWords(both)], ["", "Drag a rate, or the start."]);
  const network = act.chooseProblem(before, { network: { dataset: "xor" } });
  assert.equal(invitationWords(network), "Drag a rate, or press a neuron.");
  assert.equal(invitationWords(other), "", "the landscape is the same");
  assert.match(remarkOnRun(both, both.entries[1]), /^rate as suggested$/);
  assert.equal(
    said(changeOptimizer(before, before.entries[0].id, "gd")),
    "Gradient descent: rate set to 0.05, as suggested here.",
  );
});

test("colours stay with their runs when others go; a new run has its rule's, or else the first that is free", () => {
  const slots = (state: State) => state.entries.map(({ slot }) => slot);
  let state = stateOf("surface=bowl&optimizer=gd&optimizer=adam&optimizer=gd");
  assert.deepEqual(slots(state), [0, 3, 1]);
  assert.equal(addressOf(state, null).display.slots, null);
  state = act.removeRun(state, state.entries[0].id);
  assert.deepEqual(slots(state), [3, 1]);
  state = act.addRun(state, "adam");
  assert.deepEqual(slots(state), [3, 1, 0]);
  assert.equal(state.selected, state.entries[2].id);
  assert.equal(addressOf(state, null).display.slots?.join(), "3,1,0");
  assert.deepEqual(slots(act.addRun(state, "rmsprop")), [3, 1, 0, 2]);
});

/** Names in full, and in short. */
const named = (query: string) => {
  const names = namesOf(CATALOG, stateOf(`surface=bowl&${query}`).entries, String);
  return [names.map(({ name }) => name), names.map(({ short }) => short)];
};

test("a run keeps its name while another one of its optimizer is changed; what is changed is added to it", () => {
  const plain = "optimizer=adam:learning_rate=0.1";
  const two = (more: string) => named(`${plain}&optimizer=adam:${more}`)[0];
  assert.deepEqual(two("learning_rate=0.1,form=uncorrected"), ["Adam", "Adam uncorrected"]);
  assert.deepEqual(two("learning_rate=0.2,form=uncorrected,beta1=0.5"), ["Adam", "Adam uncorrected"]);
  assert.deepEqual(two("learning_rate=0.1"), ["Adam 0.1", "Adam 0.1"]);
  assert.deepEqual(two("learning_rate=0.2"), ["Adam 0.1", "Adam 0.2"]);
  assert.deepEqual(two("learning_rate=0.1,beta1=0.5"), ["Adam β₁ 0.9", "Adam β₁ 0.5"]);
  assert.deepEqual(two("learning_rate=0.2,beta1=0.5"), ["Adam 0.1, β₁ 0.9", "Adam 0.2, β₁ 0.5"]);
});

test("what a narrow column would cut is called by its short name, all else by its label", () => {
  assert.deepEqual(
    ["Stochastic gradient descent", "Mini-batch gradient descent", "Momentum (averaged)", "Gradient descent"].map(
      labelInColumn,
    ),
    ["Stochastic descent", "Mini-batch descent", "Momentum (averaged)", "Gradient descent"],
  );
});

test("short names lead with what differs, and say what all have in common nowhere", () => {
  const short = (query: string) => named(query)[1];
  const [two, third] = ["optimizer=gd:learning_rate=0.2&optimizer=gd:learning_rate=0.3", "&optimizer=gd:"];
  assert.deepEqual(short(two), ["rate 0.2", "rate 0.3"]);
  assert.deepEqual(short("optimizer=adam&optimizer=adam:beta1=0.5"), ["β₁ 0.9", "β₁ 0.5"]);
  assert.deepEqual(short(`${two}${third}learning_rate=0.3,schedule=linear,schedule.steps=400`), [
    "rate 0.2",
    "rate 0.3",
    "linear",
  ]);
  assert.deepEqual(short(`${two}&optimizer=adam`), ["Descent 0.2", "Descent 0.3", "Adam"]);
  assert.deepEqual(short("optimizer=adam&optimizer=adam:form=uncorrected"), ["Adam", "Adam uncorrected"]);
  assert.deepEqual(short("optimizer=gd&optimizer=adam:label=Descent"), ["Gradient descent", "Descent"]);
});

test("until the catalog has come an optimizer has its label all the same", () => {
  const names = namesOf(null, stateOf("surface=bowl&optimizer=gd&optimizer=rmsprop").entries, String);
  assert.deepEqual(
    names.map(({ name }) => name),
    ["Gradient descent", "RMSProp"],
  );
});

test("a formula and points are called what they are, whoever wrote them", () => {
  const points: [number, number][] = pairs(0, 1, 1, 2, 2, 2);
  assert.equal(titleOf(null, { points }), "3 points");
  const formulas = ["x**2", "exp(x) + y**2", "x^2 + 3y^2"].map((expression) => titleOf(null, { expression }));
  assert.deepEqual(formulas, ["Function of x", "Function of x and y", "Function of x and y"]);
});

test("columns of one's own name the axes and what goes into a network, until other data are chosen", () => {
  const points: [number, number][] = pairs(0, 1, 1, 2);
  const line = act.chooseProblem(stateOf("surface=bowl"), { points }, ["area", "price"]);
  assert.deepEqual(axisNames(line), ["area", "price"]);
  assert.deepEqual(snapshotOf(line).columns, ["area", "price"], "undo takes them back with the data");
  assert.deepEqual(axisNames(setPoints(line, pairs(0, 1, 1, 3), true)), ["area", "price"]);
  assert.deepEqual(axisNames(act.chooseProblem(line, { points })), ["x", "y"]);
  const samples = { network: { points: [[0, 1, 1]] } };
  const network = act.chooseProblem(line, samples, ["rain", "wind", "late"]);
  assert.deepEqual(columnNames(network), { inputs: ["rain", "wind"], target: "late" });
  assert.deepEqual(columnNames(act.chooseProblem(line, samples, ["rain"])), {}, "not of these");
});

test("a copy stands after its run and differs in nothing but what is then changed", () => {
  const before = stateOf("surface=bowl&optimizer=gd:learning_rate=0.2&optimizer=adam");
  const state = act.copyRun(before, before.entries[0].id);
  assert.deepEqual(
    state.entries.map(({ optimizer }) => optimizer.name),
    ["gd", "gd", "adam"],
  );
  assert.equal(runKey(state, state.entries[0]), runKey(state, state.entries[1]));
  const changed = act.setValue(state, state.entries[1].id, "learning_rate", 0.3, false);
  assert.deepEqual(changed.entries[0].optimizer, before.entries[0].optimizer);
  assert.deepEqual(
    namesOf(CATALOG, changed.entries, String).map(({ name }) => name),
    ["Gradient descent 0.2", "Gradient descent 0.3", "Adam"],
  );
});

test("a run stays compared with another while others come and go, and is again once its removal is undone", () => {
  const { address } = readAddress(
    "surface=bowl&optimizer=gd&optimizer=adam&optimizer=rmsprop",
    "explanation=compare&against=2",
  );
  const state = withAddress(emptyState(), address);
  const [first, , third] = state.entries.map(({ id }) => id);
  const without = act.removeRun(state, third);
  const states = [
    state,
    act.removeRun(state, first),
    act.copyRun(state, first),
    without,
    act.restoreSnapshot(without, snapshotOf(state)),
  ];
  assert.deepEqual(
    states.map((after) => addressOf(after, null).display.explain.against),
    [2, 1, 3, null, 2],
  );
});

test("a name or a place of the playhead is no reason to run again; everything else is", () => {
  const state = stateOf("surface=bowl&optimizer=gd");
  const [entry] = state.entries;
  const key = runKey(state, entry);
  const keyAfter = (next: typeof state) => runKey(next, next.entries[0]);
  assert.equal(keyAfter(act.setValue(state, entry.id, "label", "mine", false)), key);
  assert.equal(keyAfter(act.toggleHidden(state, entry.id)), key);
  for (const next of [
    act.setStart(state, [1, 2], true),
    act.setStop(state, { max_steps: 9 }),
    act.setSeed(state, 1),
    act.setValue(state, entry.id, "noise", 1, false),
  ]) {
    assert.notEqual(keyAfter(next), key);
  }
});

test("the start stays while a formula keeps its variables", () => {
  const state = act.setStart(setExpression(stateOf("surface=bowl"), "x**2 + y**2", true), [1, 2], false);
  assert.deepEqual(setExpression(state, "x**2 + 3*y**2", true).start, [1, 2]);
  const curve = setExpression(state, "x**2", true);
  assert.deepEqual(curve.start, [1]);
  assert.deepEqual(setExpression(curve, "x**2 + 5*y**2", true).start, [1, 2]);
});

test("points moved by hand are the learner's own, in their loss", () => {
  const state = setPoints(stateOf("dataset=shoe_size&loss=mae"), pairs(0, 0, 1, 2), true);
  assert.deepEqual(state.problem, {
    points: pairs(0, 0, 1, 2),
    loss: "mae",
  });
});

test("rows for a run that is gone by now are dropped", () => {
  const state = stateOf("surface=bowl&optimizer=gd");
  const id = state.entries[0].id;
  const rows = partOf<ReceivedRun>({ key: "k" });
  assert.deepEqual(receiveRuns(act.removeRun(state, id), { [id]: rows }).runs, {});
  assert.deepEqual(receiveRuns(state, { [id]: rows }).runs, { [id]: rows });
});

test("a catalog in brief takes no whole one's place, whichever comes first", () => {
  const [brief, whole] = [{ optimizers: [] }, { optimizers: [], networks: {} }] as any[];
  const empty = emptyState();
  assert.equal(receiveCatalog(receiveCatalog(empty, whole), brief).catalog, whole);
  assert.equal(receiveCatalog(receiveCatalog(empty, brief), whole).catalog, whole);
});
