/** What the signs over the sliders mean, and where the hatching of the chosen run begins. */
import { html, nothing } from "lit-html";
import { styles } from "../../component.ts";
import { toHex } from "../../math/colour.ts";
import { coveringOf, endLetter } from "../../math/ends.ts";
import { formatPlace } from "../../math/format.ts";
import type { ThemeName } from "../../math/palette.ts";
import { possessive } from "../../math/text.ts";
import { hasRate } from "../../state/catalog.ts";
import { runRefuses } from "../../state/phases.ts";
import { isCatchingUp, sweepOf } from "../../state/sweep.ts";
import type { Entry, Run, Scene, State, Sweep } from "../../state/types.ts";
import { edgeOf } from "../../words/sweep.ts";

/** @returns which minimum each letter over a slider stands for; nothing where all end in one */
function lettersIn(sweeps: (Sweep | undefined)[], theme: ThemeName) {
  const places: Map<number, string> = new Map();
  for (const { end, minima } of sweeps.flatMap((sweep) => sweep ?? []))
    for (const minimum of new Set(end?.filter((minimum) => minimum >= 0)))
      if (minima) places.set(minimum, formatPlace(minima[minimum].slice(0, -1)));
  if (places.size < 2) return nothing;
  const keyParts = [...places]
    .sort(([a], [b]) => a - b)
    .map(
      ([end, place]) => html`<span class="key-part"><span class="key-end"
        ${styles({ background: toHex(coveringOf(end, theme).drawn) })}>${endLetter(end)}</span>${place}</span>`,
    );
  return html`<span class="key-ends"><span>ends at</span>${keyParts}</span>`;
}

export function sliderKey(state: State, scene: Scene) {
  const index = scene.chosen;
  const { catalog } = state;
  const untried = ({ optimizer }: Entry) => runRefuses(catalog, optimizer, "sweep") || !hasRate(catalog, optimizer);
  const note =
    index !== null && untried(state.entries[index]) && hasRate(catalog, state.entries[index].optimizer)
      ? html`<span class="key-edge">${scene.runs[index].name}: other rates are not tried</span>`
      : nothing;
  if (state.entries.every(untried)) return note;
  const sweep = index === null ? undefined : sweepOf(state, state.entries[index]);
  const late = index === null || isCatchingUp(state, state.entries[index]);
  const edge =
    sweep && !late ? edgeOf(sweep, scene.runs[index].columns.loss[0]) : state.fault ? "not known" : "being worked out";
  // A limit that follows from the curvature is of no single run.
  const nameOf = ({ name }: Run) => (sweep?.edge.grows ? name : `${possessive(name)} run`);
  const until = index === null ? undefined : scene.runs[index].phases[1]?.from;
  const only = until === undefined ? "" : `. Only its rate before step ${until} varies`;
  return html`<span class="key-part"><span class="key-shade"></span>loss at the end</span><span
    class="key-part"><span class="key-hatch"></span>rises or diverges</span>${
      state.entries.some((entry) => sweepOf(state, entry)?.fault)
        ? html`<span class="key-part"><span class="key-hatch is-fault"></span>fault</span>`
        : nothing
    }${lettersIn(
      state.entries.map((entry) => sweepOf(state, entry)),
      state.theme,
    )}${
      index === null || note !== nothing
        ? note
        : html`<span class="key-edge">${nameOf(scene.runs[index])}: ${edge}${only}</span>`
    }`;
}
