/** The legend of the map, made operable: every run, and a way to add one. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../controls/icons.ts";
import { popover } from "../../controls/popover.ts";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import { type Frame, type Part, panelIn, type View } from "../../figure/part.ts";
import { isCatchingUp, sweepOf } from "../../resources/sweep.ts";
import { lazy } from "../../service/lazy.ts";
import { addRun, wantSweeps } from "../../state/actions.ts";
import { runRefuses } from "../../state/phases.ts";
import { proposedRun, setReveal } from "../../state/reveal.ts";
import type { Act } from "../../state/store.ts";
import type { Entry, Scene, State } from "../../state/types.ts";
import { edgeOf } from "../../words/sweep.ts";
import { keepKeys } from "../shared/focus.ts";
import { runCard } from "./card.ts";

/** The signs over the sliders, what they mean, and where the hatching of the chosen run begins. */
function sliderKey(state: State, scene: Scene, act: Act) {
  if (!state.entries.length) return nothing;
  if (state.reveal) {
    const hidden = scene.hidesAhead
      ? "What lies ahead is hidden, and where each rate leads"
      : "Where each rate leads is hidden";
    return html`<p class="note slider-key row wraps"><span>${hidden}. <button type="button" class="quiet underlined"
      title="Show it: h"
      @click=${() => act(setReveal, false)}>Show it</button></span></p>`;
  }
  const index = scene.chosen;
  const untried = ({ optimizer }: Entry) => runRefuses(state.catalog, optimizer, "sweep");
  const note =
    index !== null && untried(state.entries[index])
      ? html`<span class="key-edge">${scene.runs[index].name}: other rates are not tried</span>`
      : nothing;
  if (state.entries.every(untried)) return html`<p class="note slider-key row wraps">${note}</p>`;
  const sweep = index === null ? undefined : sweepOf(state, state.entries[index]);
  const late = index === null || isCatchingUp(state, state.entries[index]);
  const edge =
    sweep && !late ? edgeOf(sweep, scene.runs[index].columns.loss[0]) : state.fault ? "not known" : "being worked out";
  const until = index === null ? undefined : scene.runs[index].phases[1]?.from;
  const only = until === undefined ? "" : `. Only its rate before step ${until} varies`;
  return html`<p class="note slider-key row wraps"><span class="key-part"><span class="key-shade"></span>loss at the
    end</span><span class="key-part"><span class="key-hatch"></span>rises or diverges</span>${
      index === null || note !== nothing
        ? note
        : html`<span class="key-edge">${scene.runs[index].name}: ${edge}${only}</span>`
    }</p>`;
}

function createRuns(root: HTMLElement, figure: Figure): Part {
  const { store, act } = figure;
  const noRuns = lazy(() => import("./noRuns.ts"), figure);
  const openSettings = () => figure.withCatalog(() => import("./settings.ts"));
  const settings = lazy(openSettings, figure);
  /** Fetched with the first remark. */
  const remarks = lazy(() => import("../../words/remark.ts"), figure);
  /** Fetched with the first evidence or schedule, a value that is set otherwise, or once it shows where rates end. */
  const marks = lazy(async () => (await import("./marks.ts")).createRateMarks(figure), figure);
  const addAll = (names: string[]) => {
    for (const name of names) act(addRun, name);
  };
  /** Without a word about each where the server does not answer. */
  const addable = async (close: () => void) => {
    const [{ choices }] = await Promise.all([import("./choices.ts"), figure.wholeCatalog().catch(() => {})]);
    return choices(store, close);
  };
  const add = popover({ label: "Add a run", fill: addable });
  const panel = createPanel(figure, root, (frame) => {
    const { state, scene } = frame;
    /** Read only while a run is open, whose words tell it. */
    const row = () => (frame.playing ? null : Math.floor(frame.wordsStep));
    return html`<div class="panel-head row wraps"><h2>Runs</h2><button type="button" class="quiet add"
      ${add}>${icon("plus")}Add a run</button></div>
    <ul class="runs">${repeat(
      state.entries,
      ({ id }) => id,
      (entry, index) =>
        runCard({
          state,
          act,
          entry,
          run: scene.runs[index],
          remark: (state.remark && remarks()?.remarkOn(state, entry)) ?? "",
          proposed: proposedRun(state) === index,
          marks:
            !state.reveal || scene.evidence.length || scene.prepared.length || entry.optimizer.schedule
              ? marks()?.(frame, index)
              : undefined,
          settings: () =>
            settings()?.runSettings(state, act, entry, row(), scene.prepared.find((one) => one.index === index)?.was) ??
            settings.note(),
        }),
    )}</ul>
    ${sliderKey(state, scene, act)}
    ${state.entries.length ? nothing : (noRuns()?.invitation(addAll) ?? noRuns.note())}`;
  });
  const cards = () => [...root.querySelectorAll(".run")];
  let known: Set<number> = new Set();
  act(wantSweeps);

  /** A run that has been added is brought into sight, where the list is longer than the screen. */
  function reveal({ entries, edit }: State) {
    const added = edit.kind === "runs" && known.size > 0 ? entries.findIndex(({ id }) => !known.has(id)) : -1;
    known = new Set(entries.map(({ id }) => id));
    cards()[added]?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** A run that had the keys is gone: they go to the one in its place. */
  function goTo(index: number) {
    const next =
      cards()
        .at(Math.min(index, cards().length - 1))
        ?.querySelector(".run-toggle") ?? root.querySelector(".add");
    (next as HTMLElement).focus();
  }

  return {
    render(frame: Frame) {
      const focused = cards().findIndex((card) => card.contains(document.activeElement));
      keepKeys(
        root,
        () => panel.render(frame),
        () => root.querySelector(".run-toggle"),
      );
      if (focused >= 0 && !cards().some((card) => card.contains(document.activeElement))) goTo(focused);
      reveal(frame.state);
    },
  };
}

export const runsView: View = {
  name: "runs",
  place: panelIn("left", "Runs"),
  tab: "Runs",
  create: createRuns,
};
