/** What opens below a run: its optimizer and form, every other hyperparameter, its schedule, its batch and noise. */
import { changeOptimizer, selectRun, setSchedule, setValue, settle } from "../../state/actions.ts";
import { isLineFit, optimizerOf, scheduleOf, valueOf } from "../../state/catalog.ts";
import { explain } from "../../state/explain.ts";
import { paramsOf } from "../../state/ruleNames.ts";
import { createSlider } from "../../controls/slider.ts";
import { createNumberField } from "../../controls/numberField.ts";
import { createSelect } from "../../controls/choice.ts";
import { scaleOf } from "../../controls/scales.ts";
import { symbol } from "../../words/symbol.ts";
import { h, keyed, setText } from "../../dom.ts";
import type { Entry, OptimizerSpec, Param, State } from "../../state/types.ts";
import type { Store } from "../../state/store.ts";

/** of: what the value belongs to, as a key */
type Row = { param: Param; value: number; slot: number; of: string };

/** A hyperparameter: its letter, a slider, its value. */
const rowOf = (onValue: (row: Row, value: number, moving: boolean) => void, onSettle: () => void) => (first: Row) => {
  let row = first;
  const { param } = first;
  const label = `${param.name.replace(/_/g, " ")}${param.help ? `: ${param.help}` : ""}`;
  const slider = createSlider({ param, label, onInput: (value, moving) => onValue(row, value, moving), onSettle });
  const field = createNumberField({ label, next: scaleOf(param).next, onCommit: (value) => value !== null && onValue(row, value, false) });
  const letter = symbol(param.name);
  const name = h("span", { class: letter.length < 3 ? "param-name letter" : "param-name", title: param.help }, letter);
  const root = h("div", { class: letter.length < 3 ? "param" : "param wordy" }, name, slider.root, field.root);
  return {
    root,
    render(next: Row) {
      row = next;
      slider.render({ value: next.value, slot: next.slot, sweep: undefined, catchingUp: false, ceiling: Infinity });
      field.set(next.value);
    },
  };
};

const OWN = { name: "", label: "A rule of your own" };

/** The ways from a run to what explains it. */
function createDrawerButtons(store: Store, id: number) {
  const button = (drawer: string, word: string) => h("button", { type: "button", class: "quiet", onclick: () => open(drawer) }, word);
  const open = (drawer: string) => {
    store.update(selectRun, id);
    store.update(explain, { drawer });
  };
  return h("div", { class: "run-actions" }, button("forms", "Forms"), button("charts", "States"), button("rule", "Your rule"));
}

const keyOf = (row: Row) => `${row.of} ${row.param.name}`;

/** @param id  of the entry */
export function createFold(store: Store, id: number) {
  const act = store.update;
  const entry = () => store.get().entries.find((known) => known.id === id);
  const optimizer = createSelect({ label: "Optimizer", onChoose: (name) => act(changeOptimizer, id, name) });
  const form = createSelect({ label: "Form", onChoose: (name) => act(setValue, id, "form", name === "standard" ? undefined : name, false) });
  const formRow = h("label", { class: "line" }, h("span", {}, "Form"), form.root);
  const summary = h("p", { class: "note" });
  const params = h("div", { class: "params" });
  const schedule = createSelect({ label: "Schedule", onChoose: chooseSchedule });
  const scheduleParams = h("div", { class: "params" });
  const batch = createBatch(store, id);
  const noise = createNumberField({ label: "Noise on the gradient", range: { least: 0 }, onCommit: (value) => act(setValue, id, "noise", value || undefined, false) });
  const root = h("div", { class: "fold" },
    h("label", { class: "line" }, h("span", {}, "Optimizer"), optimizer.root), formRow, summary, params,
    h("label", { class: "line" }, h("span", {}, "Schedule"), schedule.root), scheduleParams,
    batch.root, h("label", { class: "line" }, h("span", {}, "Noise on the gradient"), noise.root), createDrawerButtons(store, id));

  function chooseSchedule(name: string) {
    const known = scheduleOf(store.get().catalog, name);
    const values = Object.fromEntries((known?.params ?? []).map((param) => [param.name, param.default]));
    act(setSchedule, id, { name, ...values }, false);
  }

  const ownRow = rowOf((row, value, moving) => act(setValue, id, row.param.name, value, moving), () => act(settle));
  const scheduleRow = rowOf((row, value, moving) => {
    const now = entry()?.optimizer.schedule;
    if (now) act(setSchedule, id, { ...now, [row.param.name]: value }, moving);
  }, () => act(settle));
  const renderParams = keyed(params, keyOf, ownRow);
  const renderSchedule = keyed(scheduleParams, keyOf, scheduleRow);

  return {
    root,
    render(state: State, { optimizer: spec, slot }: Entry) {
      const known = optimizerOf(state.catalog, spec.name);
      optimizer.set([...(spec.rule === undefined ? [] : [OWN]), ...(state.catalog?.optimizers ?? [])], spec.name ?? "");
      setText(summary, known?.summary ?? "");
      const forms = known?.forms ?? [];
      formRow.hidden = forms.length < 2;
      if (!formRow.hidden) form.set(forms, String(spec.form ?? forms[0].name));
      renderParams(paramsOf(state.catalog, spec).filter(({ name }) => name !== "learning_rate").map((param) => (
        { param, value: valueOf(state.catalog, spec, param.name) ?? param.default, slot, of: spec.name ?? "" })));
      const plan = spec.schedule ?? { name: "constant" };
      schedule.set(state.catalog?.schedules ?? [], plan.name);
      renderSchedule((scheduleOf(state.catalog, plan.name)?.params ?? []).map((param) => (
        { param, value: Number(plan[param.name] ?? param.default), slot, of: plan.name })));
      batch.render(state, spec);
      noise.set(spec.noise ?? 0);
    },
  };
}

/** How many points a step looks at, and how they are drawn. */
function createBatch(store: Store, id: number) {
  const act = store.update;
  const size = createNumberField({ label: "Points a step", none: "all", range: { whole: true, least: 1 }, onCommit: (value) => act(setValue, id, "batch_size", value ?? undefined, false) });
  const sampling = createSelect({ label: "Sampling", onChoose: (value) => act(setValue, id, "sampling", value === "shuffle" ? undefined : value, false) });
  sampling.set([{ name: "shuffle", label: "shuffled each epoch" }, { name: "replacement", label: "drawn with replacement" }], "shuffle");
  const samplingRow = h("label", { class: "line" }, h("span", {}, "Points"), sampling.root);
  const root = h("div", { class: "params" }, h("label", { class: "line" }, h("span", {}, "Points a step"), size.root), samplingRow);
  return {
    root,
    render(state: State, spec: OptimizerSpec) {
      root.hidden = !isLineFit(state.problem);
      const usual = optimizerOf(state.catalog, spec.name)?.batch_size ?? null;
      const value = spec.batch_size === undefined ? usual : spec.batch_size;
      size.set(value);
      samplingRow.hidden = value === null;
      sampling.set([{ name: "shuffle", label: "shuffled each epoch" }, { name: "replacement", label: "drawn with replacement" }], spec.sampling ?? "shuffle");
    },
  };
}
