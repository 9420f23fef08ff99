import assert from "node:assert/strict";
import { test } from "node:test";
import { setBatches } from "../../../static/page/panels/landscape/networks.ts";
import * as act from "../../../static/page/state/actions.ts";
import { readAddress, writeSpec } from "../../../static/page/state/address.ts";
import { addChange, setChangeOptimizer } from "../../../static/page/state/changes.ts";
import { phasesOf, runRefuses } from "../../../static/page/state/phases.ts";
import { addressOf, emptyState, withAddress } from "../../../static/page/state/state.ts";
import type { Catalog, State } from "../../../static/page/state/types.ts";
import { remarkOnRun } from "../../../static/page/words/remark.ts";
import { partOf } from "../part.ts";

const param = (value: number) => [{ name: "learning_rate", default: value }];
const DRAWN = ["batch_size", "first_points", "noise"];
const optimizer = (name: string, label: string, more: object) => ({
  name,
  label,
  forms: [],
  rule: "",
  params: param(0.01),
  ...more,
});
const CATALOG = partOf<Catalog>({
  optimizers: [
    optimizer("gd", "Gradient descent", { rule: "w = w - lr*g", family: "descent" }),
    optimizer("sgd", "SGD", { rule: "w = w - lr*g", family: "descent", batch_size: 1, needs_sampling: true }),
    optimizer("newton", "Newton's method", { family: "classical", refuses: [...DRAWN, "network", "program"] }),
    optimizer("bfgs", "BFGS", { family: "classical", refuses: [...DRAWN, "schedule", "program"] }),
  ],
  surfaces: [{ name: "bowl", label: "Bowl", suggested: {} }],
  datasets: [],
  losses: [],
  schedules: [],
  networks: { datasets: [{ name: "xor", label: "XOR", suggested: { bfgs: 0.3 } }] },
  limits: { max_changes: 3 },
});
const stateOf = (query: string): State => ({
  ...withAddress(emptyState(), readAddress(query).address),
  catalog: CATALOG,
});
const said = (state: State) => decodeURIComponent(writeSpec(addressOf(state, null)));
const idOf = (state: State) => state.entries[0].id;

test("what is drawn stays behind where a method takes over on the way, and a schedule with the rule it was of", () => {
  const line = "points=1,1;2,3;3,2&optimizer=sgd:sampling=replacement,noise=0.5,schedule=cosine";
  let state = addChange(stateOf(line), 1, 5);
  state = setChangeOptimizer(state, idOf(state), 5, "bfgs");
  // SGD draws one point a step without saying so, and what draws goes on unless a change says otherwise.
  assert.equal(said(state), `${line},changes=5:name=bfgs,batch_size=null,noise=0,sampling=shuffle`);
  assert.equal(phasesOf(CATALOG, state.entries[0].optimizer, String)[1].words, "BFGS, rate 0.01");
  state = setChangeOptimizer(state, idOf(state), 5, "gd");
  assert.equal(said(state), `${line},changes=5:name=gd`);
});

test("noise that comes after a change to a method is no part of it", () => {
  let state = stateOf("surface=bowl&optimizer=gd:changes=5:name=newton");
  state = act.setValue(state, idOf(state), "noise", 2, false);
  assert.equal(said(state), "surface=bowl&optimizer=gd:noise=2,changes=5:name=newton,noise=0");
});

test("batches for all runs are not for methods", () => {
  const state = setBatches(stateOf("points=1,1;2,3&optimizer=gd&optimizer=bfgs"), 1);
  assert.equal(said(state), "points=1,1;2,3&optimizer=gd:batch_size=1&optimizer=bfgs");
});

test("on a network the next of its family stands in place of what needs second derivatives, and that is said", () => {
  const before = stateOf("surface=bowl&optimizer=newton:damping=3&optimizer=gd");
  const state = act.chooseProblem(before, { network: { dataset: "xor" } });
  assert.equal(said(state), "network=xor&optimizer=bfgs:learning_rate=0.3&optimizer=gd");
  assert.match(
    remarkOnRun(state, state.entries[0]),
    /^in place of Newton's method, as networks have no second derivatives here; rate set to 0.3/,
  );
  assert.equal(remarkOnRun(state, state.entries[1]), "");
});

test("a run refuses what any of its optimizers refuses", () => {
  const [change] = stateOf("surface=bowl&optimizer=gd:changes=5:name=bfgs").entries;
  assert.deepEqual(
    (["schedule", "program", "network"] as const).map((what) => runRefuses(CATALOG, change.optimizer, what)),
    [true, true, false],
  );
});
