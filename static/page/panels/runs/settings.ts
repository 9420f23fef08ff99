/** The settings of a run: optimizer, form, hyperparameters, schedule, batches and noise. */
import { html, nothing } from "lit-html";
import { select } from "../../controls/choice.ts";
import { numberField } from "../../controls/numberField.ts";
import { selectRun, setValue } from "../../state/actions.ts";
import {
  hasData,
  hyperparameterOf,
  isMethod,
  labelInColumn,
  optimizerOf,
  refuses,
  scheduleOf,
} from "../../state/catalog.ts";
import { setExplanation } from "../../state/explain.ts";
import type { ExplanationName } from "../../state/explanations.ts";
import { proposedValue } from "../../state/preset.ts";
import { suitsProblem } from "../../state/refusedFields.ts";
import { paramsOf } from "../../state/rules.ts";
import { changeOptimizer, setSchedule, setTint } from "../../state/settingActions.ts";
import { hasOwnMap } from "../../state/stage.ts";
import type { Act } from "../../state/store.ts";
import type { Entry, OptimizerSpec, State } from "../../state/types.ts";
import { explanationOpeners } from "../explanations/openers.ts";
import { paramRow } from "../shared/paramRow.ts";
import { tintChoice } from "../shared/tintChoice.ts";
import { word } from "../shared/word.ts";
import { runChanges } from "./changes.ts";
import { byFamily, OWN_FAMILY } from "./families.ts";

/** A label with its control. @param apiName  its name in the API, by which the glossary may link the label */
const line = (label: string, control: unknown, apiName = "") =>
  html`<label class="line">${word(apiName, label)}${control}</label>`;

const uncapitalized = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const OWN = { name: "", label: "A rule of your own" };
const SAMPLINGS = [
  { name: "shuffle", label: "shuffled each epoch" },
  { name: "replacement", label: "drawn with replacement" },
];

/** Buttons that explain this run. */
function explanationButtons(act: Act, id: number) {
  const open = (explanation: ExplanationName) => {
    act(selectRun, id);
    act(setExplanation, explanation);
  };
  return html`<div class="run-actions">${explanationOpeners("run", open)}</div>`;
}

/** The controls of the batch: how many points, how they are drawn, and how many are available from the start. */
function batch({ catalog, problem }: State, spec: OptimizerSpec, set: (name: string, value: unknown) => void) {
  const word = problem.network ? "Samples a step" : "Points a step";
  const usual = optimizerOf(catalog, spec.name)?.batch_size ?? null;
  const value = spec.batch_size === undefined ? usual : spec.batch_size;
  const size = numberField({
    label: word,
    value,
    none: "all",
    range: { whole: true, least: 1 },
    onCommit: (value) => set("batch_size", value ?? undefined),
  });
  const sampling = select({
    label: "Sampling",
    options: SAMPLINGS,
    value: spec.sampling ?? "shuffle",
    onChoose: (name) => set("sampling", name === "shuffle" ? undefined : name),
  });
  const thereWord = problem.network ? "Samples there yet" : "Points there yet";
  const pointsThere = numberField({
    label: thereWord,
    value: spec.first_points ?? null,
    none: "all",
    range: { whole: true, least: 1 },
    onCommit: (value) => set("first_points", value ?? undefined),
  });
  return html`<div class="params">${line(word, size, "batch_size")}${
    value === null ? nothing : line(problem.network ? "Samples" : "Points", sampling)
  }${line(thereWord, pointsThere)}</div>`;
}

/**
 * @param row  of the playhead; null: it plays
 * @param was  the optimizer as its preset has it, if the run was changed
 */
export function runSettings(state: State, act: Act, entry: Entry, row: number | null, was?: OptimizerSpec) {
  const { id, slot, optimizer: spec } = entry;
  const { catalog } = state;
  const set = (name: string, value: unknown, dragging = false) => act(setValue, id, name, value, dragging);
  const { summary: ofOptimizer = "", forms = [] } = optimizerOf(catalog, spec.name) ?? {};
  const summary = forms.find(({ name }) => name === spec.form)?.summary ?? ofOptimizer;
  const plan = spec.schedule ?? { name: "constant" };
  const [rate, ...others] = paramsOf(catalog, spec);
  const hasEnds = !refuses(catalog, spec, "sweep") && hasOwnMap(state);
  const [drawn, scheduled] = [!refuses(catalog, spec, "noise"), !refuses(catalog, spec, "schedule")];

  function chooseSchedule(name: string) {
    const values = Object.fromEntries(
      (scheduleOf(catalog, name)?.params ?? []).map((param) => [param.name, param.default]),
    );
    act(setSchedule, id, { name, ...values }, false);
  }

  /** Tints the map by ends, and opens their shares. */
  function chooseTint(tint: "loss" | "ends") {
    act(selectRun, id);
    act(setTint, tint);
  }

  // By their short names, as the box would cut longer ones.
  const choosable = (catalog?.optimizers ?? []).filter((candidate) => suitsProblem(state.problem, candidate));
  const optimizer = select({
    label: "Optimizer",
    options: byFamily(choosable).map(([family, members]): [string, (typeof OWN)[]] => [
      family,
      [
        ...members.map(({ name, label }) => ({ name, label: labelInColumn(label) })),
        ...(family === OWN_FAMILY && spec.rule !== undefined ? [OWN] : []),
      ],
    ]),
    value: spec.name ?? "",
    onChoose: (name) => act(changeOptimizer, id, name),
  });
  const form = select({
    label: "Form",
    options: forms,
    value: String(spec.form ?? forms[0]?.name),
    onChoose: (name) => set("form", name === "standard" ? undefined : name),
  });
  const schedule = select({
    label: "Schedule",
    options: catalog?.schedules ?? [],
    value: plan.name,
    onChoose: chooseSchedule,
  });
  const noise = numberField({
    label: "Noise on the gradient",
    value: spec.noise ?? 0,
    range: { least: 0 },
    onCommit: (value) => set("noise", value || undefined),
  });
  return html`<div class="fold">${line("Optimizer", optimizer, spec.name)}${
    forms.length < 2 ? nothing : line("Form", form)
  }<p class="note">${summary}${isMethod(catalog, spec) ? ` Learning rate: ${uncapitalized(rate.help ?? "")}` : ""}</p>
    <div class="params">${others.map((param) =>
      paramRow(
        param,
        hyperparameterOf(catalog, spec, param.name) ?? param.default,
        slot,
        (value, dragging) => set(param.name, value, dragging),
        "",
        {
          was: was && hyperparameterOf(catalog, was, param.name),
          target: proposedValue(state, state.entries.indexOf(entry), param.name),
        },
      ),
    )}</div>
    ${scheduled ? line("Schedule", schedule, "schedule") : nothing}
    <div class="params">${(scheduleOf(catalog, plan.name)?.params ?? []).map((param) =>
      paramRow(param, Number(plan[param.name] ?? param.default), slot, (value, dragging) =>
        act(setSchedule, id, { ...plan, [param.name]: value }, dragging),
      ),
    )}</div>
    ${drawn && hasData(state.problem) ? batch(state, spec, set) : nothing}${
      drawn
        ? line("Noise on the gradient", noise, "noise")
        : html`<p class="note">It needs loss and gradient of all data as they are: no batches, no noise${
            scheduled ? "" : ", no schedule"
          }.</p>`
    }${hasEnds ? tintChoice(state, chooseTint) : nothing}
    ${[runChanges({ state, act, entry, row }), explanationButtons(act, id)]}</div>`;
}
