import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { emptyAddress, readAddress, writeAddress, writeSpec } from "../../../static/page/state/address.ts";
import { addressOf, emptyState } from "../../../static/page/state/state.ts";
import { pairs } from "../pairs.ts";

function addressIn(query: string, fragment: string = "") {
  const { address, faults } = readAddress(query, fragment);
  assert.deepEqual(faults, []);
  return address;
}

test("an address is read into the spec of the API", () => {
  const { spec, window } = addressIn(
    "?surface=rosenbrock&start=-1.5,2&max_steps=50&seed=7&optimizer=adam:learning_rate=0.05,beta1=0.8" +
      "&optimizer=gd:learning_rate=0.001,schedule=exponential,schedule.decay=0.99&window=-2,2,-1,3",
  );
  assert.deepEqual(spec, {
    problem: { surface: "rosenbrock" },
    start: [-1.5, 2],
    seed: 7,
    stop: { max_steps: 50, min_step_size: null, target_loss: null },
    optimizers: [
      { name: "adam", learning_rate: 0.05, beta1: 0.8 },
      { name: "gd", learning_rate: 0.001, schedule: { name: "exponential", decay: 0.99 } },
    ],
  });
  assert.deepEqual(window, pairs(-2, 2, -1, 3));
});

test("changes on the way stand last, in the form that the API reads, and are written back the same", () => {
  const given =
    "optimizer=gd:learning_rate=0.002,changes=40:learning_rate=0.0005,schedule=exponential,schedule.decay=0.9;" +
    "80:name=adam,beta1=0.5";
  const { spec } = addressIn(`?surface=bowl&small=step&${given}`);
  assert.equal(spec.stop.small, "step");
  assert.deepEqual(spec.optimizers, [
    {
      name: "gd",
      learning_rate: 0.002,
      changes: [
        { at: 40, learning_rate: 0.0005, schedule: { name: "exponential", decay: 0.9 } },
        { at: 80, name: "adam", beta1: 0.5 },
      ],
    },
  ]);
  assert.deepEqual(addressIn(`?${writeSpec({ ...emptyAddress(), spec })}`).spec, spec);
});

test("a change that takes the schedule away is written as the constant one, which it is", () => {
  const optimizer = { name: "gd", schedule: { name: "cosine" }, changes: [{ at: 5, schedule: null }] };
  const spec = { ...emptyAddress().spec, optimizers: [optimizer] };
  const [{ changes }] = addressIn(`?${writeSpec({ ...emptyAddress(), spec })}`).spec.optimizers;
  assert.deepEqual(changes, [{ at: 5, schedule: { name: "constant" } }]);
});

test("samples of one's own stand last in what is said of a network", () => {
  const points = [
    [0, 1, -2],
    [0.001, 1, 0],
  ];
  const query = "network=hidden=4-3,kind=regression,points=0,1,-2;0.001,1,0&standardize=true";
  const { spec } = addressIn(`?${query}`);
  assert.deepEqual(spec.problem, { network: { points, hidden: [4, 3], kind: "regression" }, standardize: true });
  assert.equal(writeSpec({ ...emptyAddress(), spec }), query);
  assert.deepEqual(addressIn("?network=points=0,1").spec.problem, { network: { points: [[0, 1]] } });
});

const EXPLAINED = {
  explanation: "average" as const,
  parameter: 1,
  against: 0,
  followsPlayhead: true,
  singleRun: true,
  firstStepsOnly: true,
  quantity: "m_hat",
  average: "temperatures",
  beta: 0,
  corrected: false,
  day: 42,
  averageFromRow: 100,
  cause: "roots",
  plane: "w1_1_1,b2_1",
  tint: "ends",
  substep: "forward-1-2",
  sample: 3,
};

test("what is written is read back the same, whatever it says", () => {
  const full = {
    spec: {
      problem: {
        points: pairs(0.6, 1.1, -8e-7, 1.2),
        loss: "huber",
        standardize: true,
      },
      start: [1, -0],
      seed: 3,
      stop: { max_steps: 7, min_step_size: 1e-7, target_loss: -1.5 },
      optimizers: [
        {
          name: "mini_batch",
          learning_rate: 1e-7,
          batch_size: 2,
          sampling: "replacement",
          noise: 0.5,
          label: "mine: two",
        },
        { name: "gd" },
      ],
    },
    window: pairs(-1, 1, 0.25, 1e9),
    display: {
      ...emptyAddress().display,
      selected: 1,
      hidden: [0],
      slots: [4, 0],
      step: 12,
      columns: ["area, m²", "100 %", "price & costs"],
      projector: true,
      count: "evaluations" as const,
      explain: EXPLAINED,
    },
  };
  const { query, fragment } = writeAddress(full);
  const back = addressIn(query, fragment);
  assert.deepEqual(back.spec, { ...full.spec, start: [1, 0] });
  assert.deepEqual(back.window, full.window);
  assert.deepEqual(back.display, full.display);
});

test("a network is written as the API reads it, and back", () => {
  for (const [network, text] of [
    [{ dataset: "xor", hidden: [4, 3], activation: "tanh", loss: "mse" }, "xor:hidden=4-3,activation=tanh,loss=mse"],
    [{ dataset: "regression_sine", hidden: [] }, "regression_sine:hidden="],
    [{ dataset: "spiral" }, "spiral"],
  ] as const) {
    const { address } = readAddress(`network=${text}&optimizer=gd`);
    assert.deepEqual(address.spec.problem, { network });
    assert.equal(writeAddress(address).query, `network=${text}&optimizer=gd`);
  }
  for (const name of ["layers", "constructor"]) {
    const { faults } = readAddress(`network=xor:${name}=3&optimizer=gd`);
    assert.match(faults[0].message, new RegExp(`hidden, kind, activation, loss, but no "${name}"`));
  }
});

test("a null that changes the default survives", () => {
  const { query } = writeAddress({
    ...emptyAddress(),
    spec: {
      ...emptyAddress().spec,
      problem: { dataset: "shoe_size" },
      optimizers: [{ name: "sgd", batch_size: null }],
    },
  });
  assert.deepEqual(addressIn(query).spec.optimizers, [{ name: "sgd", batch_size: null }]);
});

test("defaults are left out, and the query of the spec has nothing of the page", () => {
  const bare = addressIn("surface=bowl&optimizer=gd&max_steps=1000&seed=0");
  assert.deepEqual(writeAddress(bare), { query: "surface=bowl&optimizer=gd", fragment: "" });
  assert.equal(
    writeSpec(addressIn("surface=bowl&optimizer=gd&window=0,1,0,1", "step=3&projector=true")),
    "surface=bowl&optimizer=gd",
  );
});

test("an index that is no whole number from 0 on, and a flag that is neither true nor false, are faults", () => {
  for (const [key, text] of [
    ["colours", "0,-1"],
    ["colours", "1.5"],
    ["hidden", "-1"],
    ["run", "0.5"],
    ["parameter", "-1"],
    ["parameter", "0.5"],
    ["against", "-1"],
    ["day", "1.5"],
    ["averaged", "-3"],
    ["sample", "-1"],
  ]) {
    const { address, faults } = readAddress("", `${key}=${text}`);
    const refused = text.split(",").at(-1);
    const message = `the address says ${key}=${text}: "${refused}" is not a whole number from 0 on`;
    assert.deepEqual(faults, [{ key, message }]);
    assert.deepEqual(address, emptyAddress());
  }
  const { address, faults } = readAddress("standardize=yes", "reveal=1");
  assert.deepEqual(
    faults.map(({ message }) => message),
    [
      'the address says standardize=yes: "yes" is neither true nor false',
      'the address says reveal=1: "1" is neither true nor false',
    ],
  );
  assert.deepEqual(address, emptyAddress());
});

test("a value of the query is read or refused as by the API, and a null that is the default is not written", () => {
  const file = readFileSync(new URL("../../api/query_values.json", import.meta.url), "utf8");
  const {
    read,
    problems,
    runs,
    refused,
  }: Record<"read" | "problems" | "runs", Record<string, unknown>> & {
    refused: string[];
  } = JSON.parse(file);
  for (const [text, value] of Object.entries(read)) {
    const address = addressIn(text);
    const fields: Record<string, unknown> = { ...address.spec.stop, ...address.spec };
    assert.deepEqual(fields[text.split("=")[0]], value, text);
    if (value === null) assert.equal(writeAddress(address).query, "", text);
  }
  for (const [text, problem] of Object.entries(problems)) assert.deepEqual(addressIn(text).spec.problem, problem, text);
  for (const [text, run] of Object.entries(runs))
    assert.deepEqual(addressIn(`optimizer=${encodeURIComponent(text)}`).spec.optimizers, [run], text);
  for (const text of refused) {
    const { address, faults } = readAddress(text);
    assert.deepEqual([faults.length, address], [1, emptyAddress()], text);
  }
  assert.equal(addressIn("window=null").window, null);
});

test("formulas keep their signs on the way", () => {
  const written = writeAddress({
    ...emptyAddress(),
    spec: { ...emptyAddress().spec, problem: { expression: "x**2 + 3*y & #" } },
  }).query;
  assert.ok(!written.includes("+") && !written.includes(" ") && !written.includes("#"), written);
  assert.equal(addressIn(written).spec.problem.expression, "x**2 + 3*y & #");
});

test("what a query cannot say goes as the whole spec", () => {
  for (const optimizer of [
    { rule: "w = w - lr*g", learning_rate: 0.1 },
    { name: "gd", label: "slow, then fast" },
    { name: "gd", label: "slow; then fast" },
  ]) {
    const given = {
      ...emptyAddress(),
      spec: { ...emptyAddress().spec, problem: { surface: "bowl" }, optimizers: [optimizer] },
    };
    const { query } = writeAddress(given);
    assert.match(query, /^spec=[\w-]+$/);
    assert.deepEqual(addressIn(query).spec, given.spec);
  }
});

test("what cannot be read is told and left at its default", () => {
  const { address: read, faults } = readAddress(
    "surface=bowl&max_steps=many&colour=red&optimizer=gd",
    "step=3&place=here",
  );
  assert.deepEqual(
    faults.map(({ key }) => key),
    ["max_steps", "colour", "place"],
  );
  assert.match(faults[0].message, /"many" is not a number/);
  assert.equal(read.spec.stop.max_steps, 1000);
  assert.equal(read.display.step, 3);
});

test("a window that is none is told by its own name, and the whole domain stands", () => {
  for (const written of ["3,-3,1,2", "1,1,0,2", "1,2,3", "1"]) {
    const { address, faults } = readAddress(`surface=bowl&window=${written}`);
    assert.deepEqual(
      faults.map(({ key }) => key),
      ["window"],
      written,
    );
    assert.equal(address.window, null);
  }
});

test("the first step is said while something explains it, and the start alone is not", () => {
  const state = emptyState();
  const explained = { ...state, explain: { ...state.explain, explanation: "why" as const } };
  assert.deepEqual(
    [addressOf(state, 0), addressOf(explained, 0), addressOf(explained, null), addressOf(state, 3)].map(
      ({ display }) => display.step,
    ),
    [null, 0, null, 3],
  );
});

test("a whole spec of another shape is refused field by field, and the default stays", () => {
  const withSpec = (spec: unknown) => {
    const encoded = Buffer.from(JSON.stringify(spec)).toString("base64url");
    const { address, faults } = readAddress(`?spec=${encoded}`);
    assert.deepEqual(address, emptyAddress());
    writeAddress(address);
    return faults.map(({ message }) => message.replace(/^.*?: /, ""));
  };
  assert.deepEqual(withSpec({ optimizers: 5 }), ["optimizers is a list of objects, not 5"]);
  assert.deepEqual(withSpec({ optimizers: [null] }), ["optimizers is a list of objects, not [null]"]);
  assert.deepEqual(withSpec({ problem: null }), ["problem is an object, not null"]);
  assert.deepEqual(withSpec({ start: ["a"] }), ['start is null or a list of numbers, not ["a"]']);
  assert.deepEqual(withSpec([1]), ["a spec is an object, not [1]"]);
});
