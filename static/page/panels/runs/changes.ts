/**
 * The list of changes of a run on its way: each sets another rate, other values or another optimizer from a row on.
 * Changes can be edited, moved to another row and removed.
 */
import { html, nothing } from "lit-html";
import { select } from "../../controls/choice.ts";
import { icon } from "../../controls/icons.ts";
import { numberField } from "../../controls/numberField.ts";
import { formatExact } from "../../math/format.ts";
import { hyperparameterOf, labelOf, refuses } from "../../state/catalog.ts";
import {
  addChange,
  canChangeAt,
  moveChange,
  removeChange,
  setChangeOptimizer,
  setChangeValue,
} from "../../state/changes.ts";
import { effectiveChanges, optimizersOf } from "../../state/phases.ts";
import { suitsProblem } from "../../state/refusedFields.ts";
import { paramsOf } from "../../state/rules.ts";
import type { Act } from "../../state/store.ts";
import type { Entry, OptimizerSpec, State } from "../../state/types.ts";
import { paramRow } from "../shared/paramRow.ts";

/** row: of the playhead; null: it plays */
interface RunToChange {
  state: State;
  act: Act;
  entry: Entry;
  row: number | null;
}

/** Moves the focus to an element that the next frame draws. */
function focusLater(list: Element, selector: string) {
  requestAnimationFrame(() => requestAnimationFrame(() => list.querySelector<HTMLElement>(selector)?.focus()));
}

function oneChange({ state, act, entry: { id, slot } }: RunToChange, change: OptimizerSpec, inForce: OptimizerSpec) {
  const { catalog } = state;
  const at = Number(change.at);
  const optimizerName = change.name ?? "";
  // A method that reads its rate only at the start has no rate to change.
  const readsRate = optimizerName !== "" || !refuses(catalog, inForce, "schedule");
  const params = paramsOf(catalog, inForce).filter(({ name }) => readsRate || name !== "learning_rate");
  const optimizer = select({
    label: `Optimizer from step ${at} on`,
    value: optimizerName,
    options: [
      { name: "", label: "the same" },
      ...(catalog?.optimizers ?? []).filter((optimizer) => suitsProblem(state.problem, optimizer)),
    ],
    onChoose: (name) => act(setChangeOptimizer, id, at, name || null),
  });
  const from = numberField({
    label: "Changes from step",
    value: at,
    range: { whole: true, least: 1 },
    onCommit: (to) => to !== null && act(moveChange, id, at, to),
  });
  return html`<fieldset class="change" data-at=${at}><legend><span>From step</span> ${from} <span>on</span></legend>
    <button type="button" class="icon-button" aria-label="Take back the change from step ${at}" title="Take back"
      @click=${({ currentTarget }: Event) => {
        focusLater((currentTarget as Element).closest(".changes") as Element, ".add-change");
        act(removeChange, id, at);
      }}>${icon("close")}</button>
    <label class="line"><span>Optimizer</span>${optimizer}</label>
    <div class="params">${params.map((param) =>
      paramRow(
        param,
        hyperparameterOf(catalog, inForce, param.name) ?? param.default,
        slot,
        (value, dragging) => act(setChangeValue, id, at, param.name, value, dragging),
        `${labelOf(catalog, inForce)} from step ${at} on`,
      ),
    )}</div></fieldset>`;
}

export function runChanges(runToChange: RunToChange) {
  const { state, act, entry, row } = runToChange;
  const {
    id,
    optimizer: { changes = [] },
  } = entry;
  const phases = optimizersOf(entry.optimizer);
  const ran = (state.runs[id]?.length ?? 0) - 1;
  const possible = row !== null && row < ran && canChangeAt(state, entry, row);
  const first = phases.findLast((_, k) => k === 0 || Number(changes[k - 1].at) <= (row ?? 0)) ?? entry.optimizer;
  const another = refuses(state.catalog, first, "schedule") ? "something else" : "another rate";
  const words =
    row === null
      ? `Pause to set ${another} from there on`
      : row < 1 || row >= ran
        ? `Go to a step to set ${another} there`
        : `Set ${another} from step ${formatExact(row)} on`;
  function add({ currentTarget }: Event) {
    if (row === null) return;
    focusLater((currentTarget as Element).parentElement as Element, `[data-at="${row}"] .slider-input`);
    act(addChange, id, row);
  }

  return html`<div class="changes">${changes.map((change, k) => oneChange(runToChange, change, phases[k + 1]))}
    <button type="button" class="quiet add-change" ?disabled=${!possible} @click=${add}>${icon("plus")}${words}</button>
    ${
      effectiveChanges(state.catalog, entry.optimizer).length
        ? html`<p class="note">The dotted path is the run before its last change.</p>`
        : nothing
    }</div>`;
}
