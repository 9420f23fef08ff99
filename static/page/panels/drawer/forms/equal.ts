/** What walks the same path under other values: how they are converted, a button that does it, and whether the paths are one. */
import { optimizerOf, valueOf } from "../../../state/catalog.ts";
import { addBeside, converted, turnInto } from "../../../state/rules.ts";
import { apartness } from "../../../state/distance.ts";
import { chosen } from "../../../math/format.ts";
import { coincidenceWords, endsWords } from "../../../words/coincidence.ts";
import { symbol } from "../../../words/symbol.ts";
import { h, keyed, setText } from "../../../dom.ts";
import type { Entry, Equal, OptimizerSpec, Run, Scene, State } from "../../../state/types.ts";
import type { Store } from "../../../state/store.ts";

/** runs: this one and the equal one, where it is there and both have ended */
interface Row {
  id: number;
  equal: Equal;
  spec: OptimizerSpec;
  label: string;
  values: string;
  runs: [Run, Run] | null;
}

const SIGNS: Record<string, string> = { "*": "×", "/": "/", "-": "−" };
/** What conversions leave of a digit. */
const CLOSE = 1e-9;

/** @param text  of a formula */
const readable = (text: string, print: (name: string) => string) => text.replace(/[a-z_]+\d*/gi, (name) => (name === "sqrt" ? "√" : print(name))).replace(/ ?([*/-]) ?/g, (_, sign) => ` ${SIGNS[sign]} `);

/** "learning rate / (1 − β) = 0.0015 / (1 − 0.9) = 0.015" */
function conversion({ catalog }: State, { optimizer }: Entry, { values: texts }: Equal, values: OptimizerSpec) {
  const put = (name: string) => chosen(valueOf(catalog, optimizer, name) ?? NaN);
  return Object.entries(texts).map(([name, text]) => `${readable(text, symbol)} = ${readable(text, put)} = ${chosen(Number(values[name]))}`).join(", ");
}

/** @returns whether it runs just this */
function runs({ catalog }: State, { optimizer }: Entry, spec: OptimizerSpec): boolean {
  if (optimizer.name !== spec.name || (optimizer.form ?? "standard") !== (spec.form ?? "standard")) return false;
  return (optimizerOf(catalog, spec.name)?.params ?? []).every(({ name }) => {
    const [one, other] = [optimizer, spec].map((each) => valueOf(catalog, each, name) ?? NaN);
    return Math.abs(one - other) <= CLOSE * Math.abs(other);
  });
}

function rowOf(state: State, scene: Scene, index: number, equal: Equal): Row {
  const { catalog, entries } = state;
  const spec = converted(catalog, entries[index].optimizer, equal);
  const known = optimizerOf(catalog, equal.name);
  const form = known?.forms.find(({ name }) => name === equal.form)?.label ?? equal.form;
  const label = `${known?.label ?? equal.name}${equal.form === "standard" ? "" : `, ${form.charAt(0).toLowerCase()}${form.slice(1)},`}`;
  const there = entries.findIndex((entry, k) => k !== index && runs(state, entry, spec));
  const both = there < 0 ? null : [scene.runs[index], scene.runs[there]] as [Run, Run];
  return { id: entries[index].id, equal, spec, label, values: conversion(state, entries[index], equal, spec), runs: both };
}

const createRow = (act: Store["update"]) => (first: Row) => {
  let row = first;
  const words = h("span");
  const how = h("strong");
  const coincidence = h("span", { class: "equal-told" });
  const add = h("button", { type: "button", class: "quiet strong", onclick: () => act(addBeside, row.id, row.spec) }, "Add it");
  const turn = h("button", { type: "button", class: "quiet strong", onclick: () => act(turnInto, row.id, row.spec) }, "Turn this run into it");
  let measuredFor: unknown[] = [];

  /** Once both have ended: it takes as many steps as they have. */
  function measure(both: [Run, Run]) {
    const now = both.flatMap(({ columns, length }) => [columns, length]);
    if (now.every((value, k) => value === measuredFor[k])) return;
    measuredFor = now;
    setText(coincidence, [coincidenceWords(apartness(...both)), endsWords(...both)].filter(Boolean).join(" "));
  }

  return {
    root: h("li", {}, h("span", {}, words, how), coincidence, add, turn),
    render(now: Row) {
      row = now;
      const { values } = now;
      setText(words, `${now.label} walks the same path${now.equal.constant_rate ? " while the rate does not change" : ""}${values ? " at " : "."}`);
      setText(how, values && `${values}.`);
      const ended = now.runs !== null && now.runs.every(({ end }) => end !== null);
      coincidence.hidden = !ended;
      add.hidden = turn.hidden = now.runs !== null;
      if (ended && now.runs) measure(now.runs);
    },
  };
};

export function createEquals(store: Store) {
  const root = h("ul", { class: "equals" });
  const render = keyed(root, ({ id, equal }: Row) => `${id} ${equal.name} ${equal.form}`, createRow(store.update));
  return {
    root,
    render: (state: State, scene: Scene, index: number, equals: Equal[]) => render(equals.map((equal) => rowOf(state, scene, index, equal))),
  };
}
