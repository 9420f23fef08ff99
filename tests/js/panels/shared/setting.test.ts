import assert from "node:assert/strict";
import { test } from "node:test";
import { settingOf } from "../../../../static/page/panels/shared/setting.ts";
import { readAddress } from "../../../../static/page/state/address.ts";
import { emptyState, withAddress } from "../../../../static/page/state/state.ts";
import type { Catalog, State } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";

const param = (name: string, value: number) => ({ name, default: value, min: 0, max: 1, scale: "log", help: "" });
const CATALOG = partOf<Catalog>({
  optimizers: [
    { name: "momentum", params: [param("learning_rate", 0.1), param("beta", 0.9)] },
    { name: "sgd", params: [param("learning_rate", 0.1)], batch_size: 1 },
  ],
  schedules: [{ name: "exponential", params: [param("decay", 0.99)] }],
});

const stateOf = (address: string): State => ({
  ...withAddress(emptyState(), readAddress(address).address),
  catalog: CATALOG,
});

/** @returns a setting of the first run: its value, its hyperparameter and what is called as it is set to 0.5 */
function settingIn(address: string, name: string) {
  const called: unknown[][] = [];
  const state = stateOf(address);
  const act: Parameters<typeof settingOf>[3] = (action: { name: string }, ...given: unknown[]) =>
    called.push([action.name, ...given.slice(1)]);
  const setting = settingOf(state, state.entries[0], name, act);
  setting?.set(0.5, true);
  return setting && { value: setting.value, param: setting.param, called: called[0] };
}

test("a hyperparameter has the value of its run, or else its default", () => {
  const given = settingIn("surface=bowl&optimizer=momentum:beta=0.7", "beta");
  assert.equal(given?.value, 0.7);
  assert.deepEqual(given?.called, ["setValue", "beta", 0.5, true]);
  assert.equal(settingIn("surface=bowl&optimizer=momentum", "beta")?.value, 0.9);
  assert.equal(settingIn("surface=bowl&optimizer=momentum", "rho"), undefined);
});

test("what is of the schedule is set in it, and what else it has stays", () => {
  const address = "surface=bowl&optimizer=momentum:schedule=exponential,schedule.decay=0.8";
  const setting = settingIn(address, "schedule.decay");
  assert.equal(setting?.value, 0.8);
  assert.deepEqual(setting?.called, ["setSchedule", { name: "exponential", decay: 0.5 }, true]);
  assert.equal(settingIn("surface=bowl&optimizer=momentum", "schedule.decay"), undefined);
});

test("on data the batch size goes up to all points, and is the optimizer's own where none is given", () => {
  const size = (optimizer: string) => settingIn(`points=0,1;1,2;2,2&optimizer=${optimizer}`, "batch_size");
  assert.deepEqual([size("momentum")?.value, size("momentum")?.param.max], [3, 3]);
  assert.deepEqual([size("sgd")?.value, size("sgd")?.param.default], [1, 1]);
  assert.equal(size("sgd:batch_size=2")?.value, 2);
  assert.equal(size("sgd:batch_size=null")?.value, 3);
});
