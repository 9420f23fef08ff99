/** The panel of a network: the choice of a sample, the drawing, what the substep computes, and the bar of substeps. */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { repeat } from "lit-html/directives/repeat.js";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, MovingFrame } from "../../figure/part.ts";
import { memo } from "../../memo.ts";
import { createNetworkDrawing, createSetUpDrawing } from "../../pictures/network/index.ts";
import { loadStyle } from "../../service/style.ts";
import { EXPLANATIONS_PANEL, setExplain, setExplanation, showsWorking } from "../../state/explain.ts";
import { WORKING } from "../../state/explanations.ts";
import {
  neighbouringPosition,
  type Substep,
  type SubstepPosition,
  substepIndex,
  substepName,
  substepsIn,
} from "../../state/networkStep.ts";
import type { State, Wire } from "../../state/types.ts";
import { networkLines } from "../../words/networkLines.ts";
import { networkSentence } from "../../words/networkWords.ts";
import { shortRefusal } from "../../words/refusal.ts";
import type { LineText } from "../../words/stepLines.ts";
import { workingLine } from "../working/line.ts";
import { createLineList } from "../working/lineList.ts";
import { createStepRequest } from "../working/stepRequest.ts";
import { networkHead, substepHead } from "./head.ts";
import { backwardOf, createShownStep, type ShownStep, stepOptimizerOf } from "./step.ts";
import { substepBar } from "./substepBar.ts";

const KEYS: Record<string, 1 | -1> = { ",": -1, ".": 1 };

const goesBackward = (substep: Substep | null) => substep?.pass === "backward" || substep?.pass === "update";

/** What the panel shows of a step. */
interface NetworkData {
  /** null: not received yet */
  shown: ShownStep | null;
  /** the working of the step, as received */
  reply: Wire["Step"] | null;
  /** the optimizer and its rate, while the update is shown */
  how: ReturnType<typeof stepOptimizerOf> | null;
  lines: LineText[];
  sentence: string;
  /** the text for a screen reader once nothing moves */
  announced: string;
  /** why the lines are missing */
  wait: string;
}

export async function createNetwork(root: HTMLElement, figure: Figure) {
  const { act, highlight, id, seek, player } = figure;
  const [{ formula, attach: attachLines, settle }] = await Promise.all([
    createLineList(figure, ".working-line", "text"),
    loadStyle("working"),
  ]);
  const drawnStep = createShownStep(({ step }: MovingFrame) => step);
  const printedStep = createShownStep(({ wordsStep }: Frame) => Math.floor(wordsStep));
  const follower = createStepRequest(figure);
  const withBackward = memo((shown: ShownStep, reply: Wire["Step"] | null) => ({
    ...shown,
    step: { ...shown.step, backward: reply && backwardOf(reply) },
  }));
  const drawing = createNetworkDrawing(highlight, (at) => {
    const shown = currentStep();
    if (shown) goToSubstep(substepIndex(substepsIn(shown.network), substepName({ pass: "forward", ...at })));
  });

  const setUp = createSetUpDrawing();

  const positionOf = ({ network, substep }: ShownStep, row: number): SubstepPosition => ({
    row,
    index: substep && substepsIn(network).indexOf(substep),
  });

  const currentStep = () => panel.data()?.shown ?? null;

  function goToPosition({ row, index }: SubstepPosition) {
    const shown = currentStep();
    if (!shown) return;
    if (row !== player.step() || player.playing()) seek(row);
    act(setExplain, { substep: index === null ? null : substepName(substepsIn(shown.network)[index]) });
  }

  /** @param index  null: the whole step */
  function goToSubstep(index: number | null) {
    const shown = currentStep();
    if (shown) goToPosition({ row: Math.min(Math.floor(player.step()), Math.max(0, shown.run.length - 2)), index });
  }

  function moveBy(by: 1 | -1) {
    const shown = currentStep();
    if (!shown) return;
    const at = positionOf(shown, Math.floor(player.step()));
    goToPosition(neighbouringPosition(at, by, substepsIn(shown.network).length, shown.run.length));
  }

  function togglePlay() {
    if (player.playing()) figure.pause();
    else figure.play();
  }

  /** A button that opens the working, if a step is not just the rate times the gradient. */
  function workingWay(state: State) {
    if (!figure.elementOf(EXPLANATIONS_PANEL)) return nothing;
    const open = showsWorking(state);
    const toggleWorking = () => act(setExplanation, open ? null : WORKING.name);
    return html` <button type="button" class="quiet" aria-expanded=${open}
      @click=${toggleWorking}>Working of the next step</button>`;
  }

  /**
   * Requests the working of the step while a substep is shown.
   * @returns the working, or why it is missing; empty if none was requested
   */
  function followWorking(
    { state, scene }: Frame,
    { substep, run, index, step: { row, after } }: ShownStep,
    last: Wire["Step"] | null,
  ): Pick<NetworkData, "reply" | "wait"> {
    // While a control is dragged, what is drawn may belong to the run before.
    if (scene.wholeRuns[index] !== run) return { reply: last, wait: "" };
    if (!substep || !after) return { reply: null, wait: "" };
    const { value = null, refused } = follower.follow(state, index, row + 1, false) ?? {};
    const wait = refused?.map(shortRefusal).join(" ") ?? (follower.silent() || "Working it out.");
    return { reply: value, wait: value ? "" : wait };
  }

  function prepare(frame: Frame, previous?: NetworkData): NetworkData {
    const announced = previous?.announced ?? "";
    const printed = printedStep(frame);
    if (!printed) return { shown: null, reply: null, how: null, lines: [], sentence: "", announced, wait: "" };
    const { reply, wait } = followWorking(frame, printed, previous?.reply ?? null);
    const shown = withBackward(printed, reply);
    const { step, substep, index } = shown;
    const how = reply && substep?.pass === "update" ? stepOptimizerOf(frame.state, index, reply) : null;
    const lines = reply && substep ? networkLines(step, substep, reply, frame.scene.projector) : [];
    const sentence = wait && goesBackward(substep) ? "" : networkSentence(step, substep, how);
    const isRead = !frame.playing && sentence;
    return { shown, reply, how, lines, sentence, announced: isRead ? (substep ? sentence : "") : announced, wait };
  }

  const panel = createPanel(figure, root, {
    prepare,
    template(frame, { shown, how, lines, sentence, announced, wait }) {
      if (!shown)
        return html`<div class="network-head"><p class="note">${
          frame.scene.problem.kind !== "network"
            ? nothing
            : frame.state.entries.length
              ? "The first steps are on their way."
              : "Add a run, and the network is drawn with its weights."
        }</p></div><div class="network-chart" ${ref(setUp.place)}></div>`;
      const { playing, wordsStep, narrow } = frame;
      const { network, substep, run } = shown;
      const at = positionOf(shown, Math.floor(wordsStep));
      const isEnd = (by: 1 | -1) => {
        const next = neighbouringPosition(at, by, substepsIn(network).length, run.length);
        return next.row === at.row && next.index === at.index;
      };
      const extent = substep ? "" : "is-whole";
      return html`${networkHead(act, frame, shown)}
      <div class="network-chart" id=${id("network-chart")} data-part="network-chart" ${ref(drawing.place)}></div>
      <div class="network-words column ${extent}"><div class="panel-head row wraps">${substepHead(act, shown)}</div><p
        class="network-sentence">${sentence}${how && how.rate === null ? workingWay(frame.state) : nothing}</p>
        <div class="network-arithmetic ${how && how.rate === null ? "is-long" : ""}"><p class="note">${
          substep ? wait : "Go through the step on the bar, or press a neuron."
        }</p><ol class="working-lines" aria-label="Arithmetic" ${ref(attachLines)}>${repeat(
          lines,
          ({ key }) => key,
          (text, k) => workingLine(formula, text, { result: text.quantity === "w", stop: k === 0 }),
        )}</ol></div></div>
      ${substepBar({
        network,
        substeps: substepsIn(network),
        index: at.index,
        isEnd,
        onMove: moveBy,
        onGo: goToSubstep,
        play: narrow ? { playing, onPlay: togglePlay } : null,
      })}
      <p class="reader-only" role="status" aria-live="polite">${announced}</p>`;
    },
    rendered: (frame, { shown, lines }) => shown && settle(lines.map(({ key }) => key).join(), frame),
    draw(frame, { shown }) {
      const { state, scene, playing } = frame;
      const drawn = drawnStep(frame);
      const { theme, scale, problem } = scene;
      if (!shown && problem.network) setUp.render({ network: problem.network, theme, scale });
      if (!shown || !drawn) return;
      drawing.render(
        {
          printed: shown.step,
          substep: shown.substep,
          highlighted: state.highlighted,
          still: !playing,
          theme,
          scale,
        },
        drawn.step,
      );
    },
  });
  return {
    ...panel,
    chartExports: drawing.chartExports,
    /** @returns whether the key has a meaning in this view */
    press(key: string): boolean {
      if (!KEYS[key] || !currentStep()) return false;
      moveBy(KEYS[key]);
      return true;
    },
  };
}
