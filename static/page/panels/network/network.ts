/** A network in its panel: which sample goes through it, the drawing, what the substep computes, and their bar. */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { icon } from "../../controls/icons.ts";
import type { Figure } from "../../figure/figure.ts";
import { listenToHighlights } from "../../figure/highlight.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { capital } from "../../math/text.ts";
import { memo } from "../../reads.ts";
import type { WireStep } from "../../resources/step.ts";
import { loadStyle } from "../../service/style.ts";
import { explain, showsWorking, showTab } from "../../state/explain.ts";
import { type NetworkStep, substepsIn } from "../../state/networkStep.ts";
import { nextPosition, type Position, substepIndex, substepName } from "../../state/substep.ts";
import { fit, unfit } from "../../views/formula.ts";
import { createNetworkDrawing } from "../../views/network/index.ts";
import { inShort } from "../../words/refusal.ts";
import { networkSentence, sampleWords, substepTitle } from "../../words/networkWords.ts";
import { createFollower } from "../working/following.ts";
import { type Formulas, formulas } from "../working/formulas.ts";
import { arithmetic, countWords, numbersTable } from "./arithmetic.ts";
import { backwardOf, createShownStep, type ShownStep, steppingOf } from "./step.ts";
import { substepBar } from "./substepBar.ts";

/** A sample of more inputs takes two lines on a phone. */
const SHORT = 2;

const KEYS: Record<string, 1 | -1> = { ",": -1, ".": 1 };

/** With the formulas it sets. @returns makes it */
export async function openNetwork() {
  /** One was set anew, and not only its digits: it is to be measured. */
  const setting = { anew: false };
  const [formula] = await Promise.all([
    formulas({
      style: "text",
      onSet() {
        setting.anew = true;
      },
    }),
    loadStyle("working"),
  ]);
  return (root: HTMLElement, figure: Figure) => createNetwork(root, figure, formula, setting);
}

function createNetwork(root: HTMLElement, figure: Figure, formula: Formulas, setting: { anew: boolean }) {
  const { act, highlight, id, invalidate, seek, player } = figure;
  const drawnStep = createShownStep(({ step }) => step);
  const readStep = createShownStep(({ wordsStep }) => Math.floor(wordsStep));
  const steps = createFollower(figure, ({ explain: { sample } }) => sample);
  /** What the server tells of the step. */
  let told: WireStep | null = null;
  const withBackward = memo(({ shown, told }: { shown: ShownStep; told: WireStep | null }) => ({
    ...shown,
    step: { ...shown.step, backward: told && backwardOf(told) },
  }));
  let lines: HTMLElement | null = null;
  let now: ShownStep | null = null;
  const drawing = createNetworkDrawing({
    onNeuron({ layer, neuron }) {
      if (now) go(substepIndex(substepsIn(now.network), substepName({ pass: "forward", layer, neuron })));
    },
    onPoint: (quantity) => highlight.set(quantity),
  });

  function attachLines(element?: Element) {
    lines = (element as HTMLElement | undefined) ?? null;
    if (lines) listenToHighlights(lines, highlight);
  }

  const positionOf = ({ network, substep }: ShownStep, row: number): Position => ({
    row,
    index: substep && substepsIn(network).indexOf(substep),
  });

  function put({ row, index }: Position) {
    if (!now) return;
    if (row !== player.step() || player.playing()) seek(row);
    act(explain, { substep: index === null ? null : substepName(substepsIn(now.network)[index]) });
  }

  /** @param index  null: the whole step */
  function go(index: number | null) {
    if (now) put({ row: Math.min(Math.floor(player.step()), Math.max(0, now.run.length - 2)), index });
  }

  function move(by: 1 | -1) {
    if (now)
      put(nextPosition(positionOf(now, Math.floor(player.step())), by, substepsIn(now.network).length, now.run.length));
  }

  function toggle() {
    if (player.playing()) figure.pause();
    else figure.play();
  }

  /** The way to the lines of a rule that is more than the rate times the gradient; nothing without a working. */
  function workingWay(frame: Frame) {
    if (!figure.found("working")) return nothing;
    const open = showsWorking(frame);
    const toggle = () => (frame.narrow ? act(showTab, "working") : act(explain, { working: !open }));
    return html` <button type="button" class="quiet" aria-expanded=${open}
      @click=${toggle}>Working of the next step</button>`;
  }

  const isSame = (a: Position, b: Position) => a.row === b.row && a.index === b.index;

  /** Which of the batch goes through; of one alone there is nothing to choose. */
  function sampleChoice(step: NetworkStep) {
    const { batch, shown, seesAll } = step;
    const which =
      batch.length > 1 ? `Sample ${shown + 1} of ${batch.length}${seesAll ? "" : " in this batch"}: ` : "This step: ";
    const choose = (to: number) => act(explain, { sample: (to + batch.length) % batch.length });
    const button = (
      label: string,
      by: number,
    ) => html`<button type="button" class="icon-button sample-button" aria-label=${label} title=${label}
      @click=${() => choose(shown + by)}>${icon(by < 0 ? "left" : "right")}</button>`;
    const long = step.network.inputs.length > SHORT;
    const buttons = batch.length > 1 ? [button("The sample before", -1), button("The next sample", 1)] : nothing;
    const words = html`<span>${which}${sampleWords(step)}</span>`;
    return html`<p class="network-sample ${long ? "is-long" : ""}">${buttons}${words}</p>`;
  }

  const legend = html`<div class="network-legend" aria-hidden="true"><span
    class="weight-sample is-positive"></span>positive<span
    class="weight-sample is-negative"></span>negative<span
    class="weight-thick">as thick as the weight is large</span></div>`;

  function head({ network, substep, step }: ShownStep) {
    const close = () => act(explain, { substep: null });
    if (!substep) return html`<h2>The whole step</h2>`;
    const title = substepTitle(network, substep);
    return html`<h2>${capital(title)}</h2><span
      class="aside">${countWords(step, substepsIn(network), substep)}</span><button
      type="button" class="icon-button substep-close" aria-label="Show the whole step" title="Show the whole step"
      @click=${close}>${icon("close")}</button>`;
  }

  /** How an update steps, what is said, and what is read aloud once it rests. */
  let how: ReturnType<typeof steppingOf> | null = null;
  let [sentence, announced] = ["", ""];

  /** Ask for the way back where a substep is shown. @returns why it cannot be said yet; empty: it can */
  function follow({ state, scene }: Frame, { substep, run, index, step: { row, after } }: ShownStep): string {
    if (scene.wholeRuns[index] !== run) return "";
    const answer = substep && after ? steps.follow(state, index, row + 1, false) : null;
    told = answer?.value ?? null;
    if (told || !after || (substep?.pass !== "backward" && substep?.pass !== "update")) return "";
    return answer?.refused?.map(inShort).join(" ") ?? (steps.silent() || "Working it out.");
  }

  function prepare(frame: Frame) {
    const read = readStep(frame);
    const wait = read ? follow(frame, read) : "";
    now = read && withBackward({ shown: read, told });
    if (!now) return;
    const { step, substep, index } = now;
    how = told && substep?.pass === "update" ? steppingOf(frame.state, index, told) : null;
    sentence = wait || networkSentence(step, substep, how);
    if (!frame.playing && !wait) announced = substep ? sentence : "";
  }

  const panel = createPanel(
    invalidate,
    root,
    (frame) => {
      const shown = now;
      if (!shown)
        return html`<p class="note network-wait">${
          frame.state.entries.length
            ? "The first steps are on their way."
            : "Add a run, and the network is drawn with its weights."
        }</p>`;
      const { state, playing, wordsStep, narrow } = frame;
      const { network, step, substep, run } = shown;
      const at = positionOf(shown, Math.floor(wordsStep));
      const count = substepsIn(network).length;
      const ends = {
        first: isSame(nextPosition(at, -1, count, run.length), at),
        last: isSame(nextPosition(at, 1, count, run.length), at),
      };
      return html`<div class="network-head">${sampleChoice(step)}${legend}</div>
      <div class="network-chart" id=${id("network-chart")} data-part="network-chart" ${ref(drawing.place)}></div>
      <div class="network-words"><div class="panel-head">${head(shown)}</div><p
        class="network-sentence">${sentence}${how && how.rate === null ? workingWay(frame) : nothing}</p>
        <div class="network-arithmetic" tabindex="0" role="group" aria-label="Arithmetic"
          ${ref(attachLines)}>${arithmetic({
            formula,
            step,
            substep,
            told,
            stepping: how,
            highlighted: state.highlighted,
          })}</div></div>
      ${substepBar({
        network,
        substeps: substepsIn(network),
        index: at.index,
        ends,
        onMove: move,
        onGo: go,
        play: narrow ? { playing, onPlay: toggle } : null,
      })}
      <p class="reader-only" role="status" aria-live="polite">${announced}</p>
      <div class="reader-only">${playing ? nothing : numbersTable(step)}</div>`;
    },
    () => {
      if (!setting.anew) return;
      setting.anew = false;
      const found = [...(lines?.querySelectorAll<HTMLElement>(".arithmetic-line .set-formula") ?? [])];
      unfit(found);
      fit(found);
    },
    prepare,
  );
  return {
    chartExports: drawing.chartExports,
    /** @returns whether it means something here */
    press(key: string): boolean {
      if (!KEYS[key] || !now) return false;
      move(KEYS[key]);
      return true;
    },
    render(frame: Frame) {
      panel.render(frame);
      const { state, scene, playing } = frame;
      const drawn = drawnStep(frame);
      if (!now || !drawn) return;
      drawing.render(
        {
          read: now.step,
          substep: now.substep,
          highlighted: state.highlighted,
          still: !playing,
          theme: scene.theme,
          scale: scene.scale,
        },
        drawn.step,
      );
    },
    destroy: panel.destroy,
  };
}
