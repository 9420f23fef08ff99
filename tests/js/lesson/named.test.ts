import assert from "node:assert/strict";
import { test } from "node:test";
import { namedApart } from "../../../static/page/lesson/named.ts";
import { readAddress } from "../../../static/page/state/address.ts";

const spec = (query: string) => readAddress(query).address.spec;
const labels = (own: string, others: string) =>
  namedApart(spec(own), spec(others)).optimizers.map(({ label = "" }) => label);

test("runs that a check shows are named by what differs from those of its figure", () => {
  const own = "surface=ravine&optimizer=gd:learning_rate=0.019&optimizer=momentum:learning_rate=0.1";
  assert.deepEqual(labels(own, own.replace("=0.1", "=0.1,beta=0.5")), ["", "Momentum β 0.5"]);
  assert.deepEqual(labels(own, own.replace("=0.019", "=0.1")), ["Descent 0.1", ""]);
  assert.deepEqual(labels(own, own), ["", ""]);
});
