/** Above the drawing of a network the choices of its run and sample, and the legend; above its words, the substep. */

import { html, nothing } from "lit-html";
import { styles } from "../../component.ts";
import { runSample } from "../../controls/choice.ts";
import { icon } from "../../controls/icons.ts";
import type { Frame } from "../../figure/part.ts";
import { networkColours } from "../../math/networkColours.ts";
import { COLOURS } from "../../math/palette.ts";
import { capitalized } from "../../math/text.ts";
import { selectRun } from "../../state/actions.ts";
import { setExplain } from "../../state/explain.ts";
import { type NetworkStep, substepsIn } from "../../state/networkStep.ts";
import type { Act } from "../../state/store.ts";
import { countWords, sampleWords, substepTitle } from "../../words/networkWords.ts";
import { runSelect } from "../working/runAndParameter.ts";
import { type ShownStep, weightsOwner } from "./step.ts";

/** The choice of the run whose network is drawn; its name alone where nobody chooses. */
function runChoice(act: Act, frame: Frame, shown: ShownStep) {
  const { state, scene } = frame;
  const whose = weightsOwner(frame, shown);
  if (!whose) return nothing;
  if (scene.projector || state.exercise.isOwn) return html`<strong>${whose}</strong>`;
  const { entries } = state;
  const choose = (k: number) => act(selectRun, entries[k]?.id ?? null);
  const choice = runSelect("Network of", scene, shown.index, choose);
  return html`<span class="network-run row slot-${shown.run.slot}">${runSample(shown.run.slot)}${choice}</span>`;
}

/** The choice of the sample that goes through the network; none where the batch has one. */
function sampleChoice(act: Act, step: NetworkStep, whose: unknown) {
  const { batch, shown, seesAll } = step;
  const which =
    batch.length > 1 ? `Sample ${shown + 1} of ${batch.length}${seesAll ? "" : " in this batch"}: ` : "This step: ";
  const choose = (to: number) => act(setExplain, { sample: (to + batch.length) % batch.length });
  const button = (
    label: string,
    by: number,
  ) => html`<button type="button" class="icon-button sample-button" aria-label=${label} title=${label}
    @click=${() => choose(shown + by)}>${icon(by < 0 ? "left" : "right")}</button>`;
  const buttons = batch.length > 1 ? [button("The sample before", -1), button("The next sample", 1)] : nothing;
  const words = html`<span>${which}${sampleWords(step)}</span>`;
  return html`<p class="network-sample row">${whose}${buttons}${words}</p>`;
}

function legend({ theme }: Frame["scene"]) {
  const { positive, negative } = networkColours(COLOURS[theme]);
  const sample = (sign: string, colour: string) =>
    html`<span class="weight-sample is-${sign}" ${styles({ "border-color": colour })}></span>${sign}`;
  return html`<div class="network-legend row remark" aria-hidden="true">${sample("positive", positive)}${sample(
    "negative",
    negative,
  )}<span class="weight-thick">as thick as the weight is large</span><span
    class="weight-sample is-bias"></span>stub: bias</div>`;
}

/** What is shown of the step, with a button from a substep to the whole step. */
export function substepHead(act: Act, { network, substep, step }: ShownStep) {
  const close = () => act(setExplain, { substep: null });
  if (!substep) return html`<h2>The whole step</h2>`;
  const title = substepTitle(network, substep);
  return html`<h2>${capitalized(title)}</h2><span
    class="note">${countWords(step, substepsIn(network), substep)}</span><button
    type="button" class="icon-button substep-close" aria-label="Show the whole step" title="Show the whole step"
    @click=${close}>${icon("close")}</button>`;
}

export function networkHead(act: Act, frame: Frame, shown: ShownStep) {
  const choice = sampleChoice(act, shown.step, runChoice(act, frame, shown));
  return html`<div class="network-head wraps">${choice}${legend(frame.scene)}</div>`;
}
