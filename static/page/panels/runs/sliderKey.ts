/** The legend of the sliders: the meaning of their marks, and where the hatching of the chosen run begins. */
import { html, nothing } from "lit-html";
import { styles } from "../../component.ts";
import type { Frame } from "../../figure/part.ts";
import { toHex } from "../../math/colour.ts";
import { coveringOf, endLetter } from "../../math/endLooks.ts";
import { formatPlace } from "../../math/format.ts";
import { possessive } from "../../math/text.ts";
import { hasRate } from "../../state/catalog.ts";
import { refusalOf } from "../../state/replies.ts";
import { endsOfRates, isSweepOutdated, sweepKey, sweepOf } from "../../state/sweep.ts";
import type { Entry, Run, Scene, State } from "../../state/types.ts";
import { failureWords } from "../../words/sweep.ts";

/** @returns the letters over sliders, each on its tint, with its place if the map does not show it; nothing: none */
function lettersIn(state: State, { minima, window }: Scene) {
  const ends = endsOfRates(state);
  if (!ends.length) return nothing;
  const keyParts = ends.map((end) => {
    const { at } = minima[end];
    const isOff = window?.some(([low, high], k) => at[k] < low || at[k] > high);
    return html`<span class="key-part" title=${formatPlace(at)}><span class="key-end"
        ${styles({ background: toHex(coveringOf(end, state.theme).drawn) })}>${endLetter(end)}</span>${
          isOff ? `${formatPlace(at)}, off the map` : nothing
        }</span>`;
  });
  return html`<span class="key-ends"><span>ends in</span>${keyParts}</span>`;
}

export function sliderKey({ state, scene, chosen: index }: Frame) {
  const { catalog } = state;
  const untried = (entry: Entry) =>
    refusalOf(state, "sweep", sweepKey(state, entry)) !== undefined || !hasRate(catalog, entry.optimizer);
  const note =
    index !== null && untried(state.entries[index]) && hasRate(catalog, state.entries[index].optimizer)
      ? html`<span class="key-edge">${scene.shownRuns[index].name}: other rates are not tried</span>`
      : nothing;
  if (state.entries.every(untried)) return note;
  const sweep = index === null ? undefined : sweepOf(state, state.entries[index]);
  const late = index === null || isSweepOutdated(state, state.entries[index]);
  const edge =
    sweep && !late
      ? failureWords(sweep, scene.shownRuns[index].columns.loss[0])
      : state.fault
        ? "not known"
        : "being worked out";
  // A limit that follows from the curvature is of no single run.
  const nameOf = ({ name }: Run) => (sweep?.edge.grows ? name : `${possessive(name)} run`);
  const until = index === null ? undefined : scene.shownRuns[index].phases[1]?.from;
  const only = until === undefined ? "" : `. Only its rate before step ${until} varies`;
  return html`<span class="key-part"><span class="key-shade"></span>loss at the end</span><span
    class="key-part"><span class="key-hatch"></span>rises or diverges</span>${
      state.entries.some((entry) => sweepOf(state, entry)?.fault)
        ? html`<span class="key-part"><span class="key-hatch is-fault"></span>fault</span>`
        : nothing
    }${lettersIn(state, scene)}${
      index === null || note !== nothing
        ? note
        : html`<span class="key-edge">${nameOf(scene.shownRuns[index])}: ${edge}${only}</span>`
    }`;
}
