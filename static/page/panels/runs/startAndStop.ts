/** The start and the stop rules of the runs, as sentences in which each value is a field. */
import { html, nothing } from "lit-html";
import { numberField } from "../../controls/numberField.ts";
import { asTyped } from "../../controls/sliderScale.ts";
import { createPanel } from "../../figure/panel.ts";
import { panelIn, type View } from "../../figure/part.ts";
import { setSeed, setStop } from "../../state/actions.ts";
import { proposesStart } from "../../state/beats.ts";
import { isRandom } from "../../state/seeds.ts";
import type { Refusal, State } from "../../state/types.ts";
import { refusalWords } from "../../words/refusal.ts";
import { word } from "../shared/word.ts";
import { startFields } from "./startFields.ts";

/** How the page names the parts of a spec that stand in the sentence. */
type Key = "max_steps" | "min_step_size" | "target_loss" | "seed";

/** @returns why the server refuses that part of the spec; empty: it does not */
const refusalsOf = ({ fault }: State, key: Key): Refusal[] =>
  fault?.kind === "refused" ? fault.errors.filter(({ loc }) => loc.includes(key)) : [];

const grow = (value: number, direction: 1 | -1, far: boolean) =>
  Math.max(1, Math.round(asTyped(value * (far ? 2 : 1.1) ** direction) + (far ? 0 : direction * 0.5)));

export const stopView: View = {
  name: "stop",
  below: "runs",
  place: panelIn("left", "When a run stops"),
  create(root, figure) {
    return createPanel(figure, root, ({ state, scene: currentScene }) => {
      const { act } = figure;
      const { stop, seed, catalog } = state;
      const steps = numberField({
        label: "Steps at the most",
        value: stop.max_steps,
        fault: refusalWords(refusalsOf(state, "max_steps")),
        range: { whole: true, least: 1, most: catalog?.limits.max_steps },
        next: grow,
        onCommit: (value) => value !== null && act(setStop, { max_steps: value }),
      });
      const small = numberField({
        label: "Smallest step",
        value: stop.min_step_size,
        fault: refusalWords(refusalsOf(state, "min_step_size")),
        none: "off",
        range: { least: 0 },
        onCommit: (value) => act(setStop, { min_step_size: value || null }),
      });
      const target = numberField({
        label: "Loss to reach",
        value: stop.target_loss,
        fault: refusalWords(refusalsOf(state, "target_loss")),
        none: "off",
        onCommit: (value) => act(setStop, { target_loss: value }),
      });
      const number = numberField({
        label: "Seed",
        value: seed,
        fault: refusalWords(refusalsOf(state, "seed")),
        range: { whole: true, least: 0, most: catalog?.limits.max_seed },
        onCommit: (value) => value !== null && act(setSeed, value),
      });
      root.classList.toggle("proposes-start", proposesStart(state));
      return html`${startFields(currentScene, act)}
        <p class="stop-sentence">Stop after ${steps} steps, or when every step is below ${small}, or at loss
          ${target}.${
            // Of a network the seed also draws the weights, and stands beside these.
            state.problem.network || !state.entries.some((entry) => isRandom(state, entry))
              ? nothing
              : html` ${word("seed", "Seed")} ${number}`
          }</p>`;
    });
  },
};
