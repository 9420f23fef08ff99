/** What walks the same path under other values: how they are converted, a button that does it, and whether the paths are one. */
import { optimizerOf, valueOf } from "../state/catalog.js";
import { addBeside, converted, turnInto } from "../state/rules.js";
import { apartness } from "../math/distance.js";
import { chosen } from "../math/format.js";
import { coincidenceWords, endsWords } from "../words/coincidence.js";
import { symbol } from "../words/symbol.js";
import { h, keyed, setText } from "../dom.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Run} Run */
/** @typedef {import("../state/types.js").Entry} Entry */
/** @typedef {import("../state/types.js").Equal} Equal */
/** @typedef {import("../state/types.js").OptimizerSpec} OptimizerSpec */
/** @typedef {import("../state/store.js").Store} Store */

/** @typedef {{id: number, equal: Equal, spec: OptimizerSpec, label: string, values: string, runs: [Run, Run] | null}} Row  runs: this one and the equal one, where it is there and both have ended */

/** @type {Record<string, string>} */
const SIGNS = { "*": "×", "/": "/", "-": "−" };
/** What conversions leave of a digit. */
const CLOSE = 1e-9;

/** @param {string} text  of a formula @param {(name: string) => string} print */
const readable = (text, print) => text.replace(/[a-z_]+\d*/gi, (name) => (name === "sqrt" ? "√" : print(name))).replace(/ ?([*/-]) ?/g, (_, sign) => ` ${SIGNS[sign]} `);

/** "learning rate / (1 − β) = 0.0015 / (1 − 0.9) = 0.015" @param {State} state @param {Entry} entry @param {Equal} equal @param {OptimizerSpec} values */
function conversion({ catalog }, { optimizer }, { values: texts }, values) {
  const put = (/** @type {string} */ name) => chosen(valueOf(catalog, optimizer, name) ?? NaN);
  return Object.entries(texts).map(([name, text]) => `${readable(text, symbol)} = ${readable(text, put)} = ${chosen(Number(values[name]))}`).join(", ");
}

/** @param {State} state @param {Entry} entry @param {OptimizerSpec} spec @returns {boolean} whether it runs just this */
function runs({ catalog }, { optimizer }, spec) {
  if (optimizer.name !== spec.name || (optimizer.form ?? "standard") !== (spec.form ?? "standard")) return false;
  return (optimizerOf(catalog, spec.name)?.params ?? []).every(({ name }) => {
    const [one, other] = [optimizer, spec].map((each) => valueOf(catalog, each, name) ?? NaN);
    return Math.abs(one - other) <= CLOSE * Math.abs(other);
  });
}

/** @param {State} state @param {Scene} scene @param {number} index @param {Equal} equal @returns {Row} */
function rowOf(state, scene, index, equal) {
  const { catalog, entries } = state;
  const spec = converted(catalog, entries[index].optimizer, equal);
  const known = optimizerOf(catalog, equal.name);
  const form = known?.forms.find(({ name }) => name === equal.form)?.label ?? equal.form;
  const label = `${known?.label ?? equal.name}${equal.form === "standard" ? "" : `, ${form.charAt(0).toLowerCase()}${form.slice(1)},`}`;
  const there = entries.findIndex((entry, k) => k !== index && runs(state, entry, spec));
  const both = there < 0 ? null : /** @type {[Run, Run]} */ ([scene.runs[index], scene.runs[there]]);
  return { id: entries[index].id, equal, spec, label, values: conversion(state, entries[index], equal, spec), runs: both };
}

/** @param {Store["update"]} act */
const createRow = (act) => (/** @type {Row} */ first) => {
  let row = first;
  const words = h("span");
  const how = h("strong");
  const told = h("span", { class: "equal-told" });
  const add = h("button", { type: "button", class: "quiet strong", onclick: () => act(addBeside, row.id, row.spec) }, "Add it");
  const turn = h("button", { type: "button", class: "quiet strong", onclick: () => act(turnInto, row.id, row.spec) }, "Turn this run into it");
  /** @type {unknown[]} */
  let measuredFor = [];

  /** Once both have ended: it takes as many steps as they have. @param {[Run, Run]} both */
  function measure(both) {
    const now = both.flatMap(({ columns, length }) => [columns, length]);
    if (now.every((value, k) => value === measuredFor[k])) return;
    measuredFor = now;
    setText(told, [coincidenceWords(apartness(...both)), endsWords(...both)].filter(Boolean).join(" "));
  }

  return {
    root: h("li", {}, h("span", {}, words, how), told, add, turn),
    /** @param {Row} now */
    render(now) {
      row = now;
      const { values } = now;
      setText(words, `${now.label} walks the same path${now.equal.constant_rate ? " while the rate does not change" : ""}${values ? " at " : "."}`);
      setText(how, values && `${values}.`);
      const ended = now.runs !== null && now.runs.every(({ end }) => end !== null);
      told.hidden = !ended;
      add.hidden = turn.hidden = now.runs !== null;
      if (ended && now.runs) measure(now.runs);
    },
  };
};

/** @param {Store} store */
export function createEquals(store) {
  const root = h("ul", { class: "equals" });
  const render = keyed(root, (/** @type {Row} */ { id, equal }) => `${id} ${equal.name} ${equal.form}`, createRow(store.update));
  return {
    root,
    /** @param {State} state @param {Scene} scene @param {number} index @param {Equal[]} equals */
    render: (state, scene, index, equals) => render(equals.map((equal) => rowOf(state, scene, index, equal))),
  };
}
