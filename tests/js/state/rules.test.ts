import assert from "node:assert/strict";
import { test } from "node:test";
import { addOwnRule, addOwnRuleBelow, replaceOwnRule, setLabel, setRule } from "../../../static/page/state/ownRule.ts";
import { addRunBelow, formulaOf, namesIn, paramsOf, ruleOf, withEqualRule } from "../../../static/page/state/rules.ts";
import { emptyState } from "../../../static/page/state/state.ts";

const rate = { name: "learning_rate", default: 0.01, min: 1e-5, max: 10, scale: "log", help: "" };
const beta = { name: "beta", default: 0.9, min: 0, max: 0.9999, scale: "decay", help: "" };
const AVERAGED = "m = beta*m + (1 - beta)*g\nw = w - lr*m";
const CATALOG: any = {
  optimizers: [
    {
      name: "momentum",
      label: "Momentum",
      rule: AVERAGED,
      params: [rate, beta],
      forms: [
        { name: "standard", rule: AVERAGED },
        { name: "plain", rule: "m = beta*m + g\nw = w - lr*m" },
      ],
    },
    {
      name: "nadam",
      label: "NAdam",
      rule: "p = p*beta\nw = w - lr*g/p",
      params: [rate, beta],
      forms: [],
      initial: { p: "1" },
    },
  ],
  surfaces: [],
  datasets: [],
  losses: [],
  schedules: [],
  limits: {},
  language: { functions: ["abs", "where"], constants: { pi: 3.14, e: 2.71 } },
};
const state = () => ({
  ...emptyState(),
  catalog: CATALOG,
  entries: [{ id: 1, slot: 0, hidden: false, optimizer: { name: "momentum", learning_rate: 0.2, beta: 0.8 } }],
  selected: 1,
});

test("a name that is read before it is assigned is state, one that never is a hyperparameter", () => {
  const found = namesIn(
    "m = b*m + abs(g)*2.5e-3  # kept: nothing\nq = m/(1 - b**t)\nw = w - lr*q*kick + pi*e - where (g > 0, q, m)",
    CATALOG,
  );
  assert.deepEqual(found, { states: ["m"], hyperparameters: ["b", "kick"] });
});

test("a quantity is made by the line of the form in force; a rule of one's own is not printed", () => {
  const printed = {
    name: "momentum",
    label: "Momentum",
    rule: AVERAGED,
    latex: ["averaged", "step"],
    params: [],
    forms: [
      { name: "standard", rule: AVERAGED, latex: ["averaged", "step"] },
      { name: "plain", rule: "m = beta*m + g", latex: ["summed"] },
    ],
  };
  const catalog = { ...CATALOG, optimizers: [printed] };
  assert.deepEqual(
    ["m", "w", "q"].map((name) => formulaOf(catalog, { name: "momentum" }, name)),
    ["averaged", "step", null],
  );
  assert.equal(formulaOf(catalog, { name: "momentum", form: "plain" }, "m"), "summed");
  assert.equal(formulaOf(catalog, { rule: AVERAGED }, "m"), null);
});

test("a typed rule has a slider for each name, as the catalog knows it or a plain one", () => {
  const params = paramsOf(CATALOG, { rule: "w = w - lr*g*beta*kick" });
  assert.deepEqual(
    params.map(({ name, scale }) => [name, scale]),
    [
      ["learning_rate", "log"],
      ["beta", "decay"],
      ["kick", "linear"],
    ],
  );
  assert.deepEqual(paramsOf(CATALOG, { name: "momentum" }), [rate, beta]);
});

test("a rule of one's own begins beside the run, with its values and its text", () => {
  const next = addOwnRuleBelow(state(), 1);
  assert.equal(next.entries.length, 2);
  assert.deepEqual(next.entries[1].optimizer, { rule: AVERAGED, learning_rate: 0.2, label: "My Momentum", beta: 0.8 });
  assert.equal(next.selected, next.entries[1].id);
});

test("while it is typed it keeps the values of the names that stay and finds again those that come back", () => {
  const own = addOwnRuleBelow(state(), 1);
  const id = own.entries[1].id;
  const without = setRule(own, id, "w = w - lr*g*kick", true);
  assert.deepEqual(without.entries[1].optimizer, {
    rule: "w = w - lr*g*kick",
    learning_rate: 0.2,
    label: "My Momentum",
    kick: 0.5,
  });
  const again = setRule(without, id, AVERAGED, true, { beta: 0.8 });
  assert.equal(again.entries[1].optimizer.beta, 0.8);
  assert.equal(setRule(again, id, "w = w - lr*g", false).dragging, false);
});

test("a state that does not begin at 0 does so in the copy too, as long as it is one", () => {
  const from = { ...state(), entries: [{ id: 1, slot: 0, hidden: false, optimizer: { name: "nadam" } }] };
  const own = addOwnRuleBelow(from, 1);
  assert.deepEqual(own.entries[1].optimizer.initial, { p: "1" });
  assert.equal(setRule(own, own.entries[1].id, "w = w - lr*g", true).entries[1].optimizer.initial, undefined);
});

test("it is renamed, begun again from another, and added where nothing runs", () => {
  const own = addOwnRuleBelow(state(), 1);
  const id = own.entries[1].id;
  assert.equal(setLabel(own, id, "  Fast ").entries[1].optimizer.label, "Fast");
  assert.equal(setLabel(own, id, " ").entries[1].optimizer.label, undefined);
  const again = replaceOwnRule(own, id, { name: "momentum", form: "plain" });
  assert.equal(again.entries[1].optimizer.rule, "m = beta*m + g\nw = w - lr*m");
  assert.equal(again.entries[1].optimizer.label, "My Momentum");
  const suited = {
    ...own,
    problem: { surface: "hill" },
    catalog: { ...own.catalog, surfaces: [{ name: "hill", suggested: { momentum: 0.07 } }] } as any,
  };
  assert.equal(replaceOwnRule(suited, id, { name: "momentum" }).entries[1].optimizer.learning_rate, 0.07);
  const added = addOwnRule({ ...state(), entries: [], selected: null });
  assert.deepEqual([added.entries[0].optimizer.rule, added.explain.explanation], [AVERAGED, "rule"]);
});

test("an equal rule is run at the converted values, and the run stays selected", () => {
  const equal = {
    name: "momentum",
    form: "plain",
    values: { learning_rate: "learning_rate*(1 - beta)" },
    constant_rate: false,
  };
  const other = withEqualRule(CATALOG, state().entries[0].optimizer, equal);
  assert.deepEqual(other, { name: "momentum", form: "plain", learning_rate: 0.04, beta: 0.8 });
  const next = addRunBelow(state(), 1, other);
  assert.deepEqual([next.entries.length, next.selected, next.entries[1].optimizer], [2, 1, other]);
  assert.equal(ruleOf(CATALOG, other), "m = beta*m + g\nw = w - lr*m");
});
