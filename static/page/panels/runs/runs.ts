/** The runs: the legend of the map, with their settings, and a button to add one. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../controls/icons.ts";
import { popover } from "../../controls/popover.ts";
import type { FramePorts, Requests, StatePorts } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import { type MovingFrame, type Part, panelIn, type View } from "../../figure/part.ts";
import { lazy } from "../../service/lazy.ts";
import { addRun, showSweeps } from "../../state/actions.ts";
import { proposedRun, showAhead } from "../../state/beats.ts";
import { hasRate } from "../../state/catalog.ts";
import { hidesAhead, presetWithStatus } from "../../state/exercise.ts";
import { proposedValue } from "../../state/preset.ts";
import type { Act } from "../../state/store.ts";
import { hidesSweeps } from "../../state/sweep.ts";
import type { Scene, State } from "../../state/types.ts";
import { renderKeepingFocus } from "../shared/focus.ts";
import { runCard } from "./card.ts";

/** Says what is hidden until the playhead comes to it, with a button to show it; in a preset, once it has run, when. */
function hiddenWords(state: State, { hasHiddenRows }: Scene, act: Act) {
  if (presetWithStatus(state, "prepared"))
    return hasHiddenRows ? nothing : "With your first change each slider shows where its rates lead.";
  const hidden = hasHiddenRows
    ? "What lies ahead is hidden, and where each rate leads."
    : "Where each rate leads is hidden.";
  return html`<span>${hidden} <button type="button" class="quiet underlined" title="Show it: h"
      @click=${() => act(showAhead)}>Show it</button></span>`;
}

const isRated = ({ entries, catalog }: State) => entries.some(({ optimizer }) => hasRate(catalog, optimizer));

/** Comparisons to begin with: their words, and the names of the optimizers. */
const COMPARISONS = [
  ["Gradient descent against Adam", ["gd", "adam"]],
  ["With and without momentum", ["gd", "momentum", "heavy_ball"]],
] as [string, string[]][];

/** What stands in the place of the runs where there are none. */
const invitation = (
  begin: (names: string[]) => void,
) => html`<div class="invitation column"><p><strong>No runs yet.</strong></p>
  <p class="note">A run is one optimizer walking down from the start. Add one, or begin with a
  comparison:</p>${COMPARISONS.map(
    ([words, names]) => html`<button type="button" class="button" @click=${() => begin(names)}>${words}</button>`,
  )}</div>`;

function createRuns(root: HTMLElement, figure: StatePorts & FramePorts & Requests): Part {
  const { store, act } = figure;
  const settings = lazy(() => figure.withCatalog(() => import("./settings.ts")), figure);
  /** The signs over the sliders of rates, fetched with the first of them. */
  const signs = lazy(
    () => import("./rateSigns.ts"),
    figure,
    ({ createRateSigns }) => createRateSigns(figure),
  );
  const remarks = lazy(() => import("../../words/remark.ts"), figure);
  const addAll = (names: string[]) => {
    for (const name of names) act(addRun, name);
  };
  /** The list of optimizers to add; without a sentence about each where the server does not answer. */
  const addable = async (close: () => void) => {
    const [{ createOptimizerChoices: choices }] = await Promise.all([
      import("./optimizerChoices.ts"),
      figure.wholeCatalog().catch(() => {}),
    ]);
    return choices(store, close);
  };
  const add = popover({ label: "Add a run", fill: addable });
  const panel = createPanel(figure, root, (frame) => {
    const { state, scene } = frame;
    const questionRun = frame.beat === "question" ? scene.runOfQuestion : null;
    /** The row at the playhead; a function, so that it is read only while the settings of a run are open. */
    const row = () => (frame.playing ? null : Math.floor(frame.wordsStep));
    return html`<div class="panel-head row wraps"><h2>Runs</h2><button type="button" class="quiet add"
      ${add}>${icon("plus")}Add a run</button></div>
    ${isRated(state) ? html`<p class="note rates-head">learning rate</p>` : nothing}
    <ul class="runs">${repeat(
      state.entries,
      ({ id }) => id,
      (entry, index) => {
        const target = proposedValue(state, index, "learning_rate");
        return runCard({
          state,
          act,
          entry,
          run: scene.shownRuns[index],
          proposed: proposedRun(state) === index,
          standsBack: questionRun !== null && questionRun !== index,
          target,
          signs:
            target !== undefined ||
            !hidesAhead(state) ||
            scene.shownEvidence.length ||
            scene.prepared.length ||
            entry.optimizer.schedule
              ? signs()?.over(frame, index)
              : undefined,
          remark: (state.remark && remarks()?.remarkOnRun(state, entry)) || "",
          settings: () =>
            settings.show(({ runSettings }) => {
              const was = scene.prepared.find((preparedRun) => preparedRun.index === index)?.before;
              return runSettings(state, act, entry, row(), was);
            }),
        });
      },
    )}</ul>
    ${
      state.entries.length
        ? html`<p class="note slider-key row wraps">${
            hidesSweeps(state) ? hiddenWords(state, scene, act) : (signs()?.key(frame) ?? nothing)
          }</p>`
        : nothing
    }
    ${state.entries.length ? nothing : invitation(addAll)}`;
  });
  const cards = () => [...root.querySelectorAll(".run")];
  let idsBefore: Set<number> = new Set();
  act(showSweeps);

  /** Scrolls a run that has been added into sight. */
  function scrollToAdded({ entries }: State) {
    const added = entries.findIndex(({ id }) => !idsBefore.has(id));
    const isOneMore = idsBefore.size > 0 && entries.length === idsBefore.size + 1;
    idsBefore = new Set(entries.map(({ id }) => id));
    if (isOneMore) cards()[added]?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** Gives the focus to the run that took the place of one that was removed. */
  function goTo(index: number) {
    const next =
      cards()
        .at(Math.min(index, cards().length - 1))
        ?.querySelector(".run-toggle") ?? root.querySelector(".add");
    (next as HTMLElement).focus();
  }

  return {
    render(frame: MovingFrame) {
      const focused = cards().findIndex((card) => card.contains(document.activeElement));
      renderKeepingFocus(
        root,
        () => panel.render(frame),
        () => root.querySelector(".run-toggle"),
      );
      if (focused >= 0 && !cards().some((card) => card.contains(document.activeElement))) goTo(focused);
      scrollToAdded(frame.state);
    },
  };
}

export const runsView: View = {
  name: "runs",
  place: panelIn("left", "Runs"),
  tab: "Runs",
  create: createRuns,
};
