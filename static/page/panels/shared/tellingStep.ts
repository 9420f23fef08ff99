/**
 * The telling step of a preset is the one at which the thing happens that the preset is about. Explanations of a step
 * show it once the runs have ended, with links to it and from it.
 */
import { html, nothing } from "lit-html";
import { wordButton } from "../../controls/choice.ts";
import type { PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import type { Frame, MovingFrame } from "../../figure/part.ts";
import { formatGrouped } from "../../math/format.ts";
import { selectRun } from "../../state/actions.ts";
import { presetWithStatus } from "../../state/exercise.ts";
import { setExplain } from "../../state/explain.ts";

const tellingStepOf = ({ state, outcomeShows }: Frame) =>
  (outcomeShows ? presetWithStatus(state, "prepared")?.telling : null) ?? null;

/** @returns whether the playhead stands at the end, where runs rest */
const isAtLastStep = ({ wordsStep, longest }: Frame) => Math.floor(wordsStep) >= longest;

/**
 * @returns the row before the telling step, if that is explained in place of the step at the playhead: the playhead is
 *   at the end, the run of the telling step is chosen, and the visitor has not asked for the step at the playhead; else
 *   null
 */
export function tellingStepRow(frame: Frame): number | null {
  const telling = tellingStepOf(frame);
  const { state, chosen } = frame;
  const isMeant = telling && chosen === telling.run && !state.explain.followsPlayhead;
  return isMeant && isAtLastStep(frame) ? telling.step - 1 : null;
}

/**
 * @param row  the row before the telling step, from which it is computed, or the row that it makes
 * @returns the frame moved to that row, if the telling step is explained; else unchanged
 */
export function frameAtTellingStep(frame: MovingFrame, row: "before" | "after"): MovingFrame {
  const before = tellingStepRow(frame);
  if (before === null) return frame;
  const step = row === "before" ? before : before + 1;
  return { ...frame, step, wordsStep: step };
}

/**
 * @returns the name of the telling step with a link to the step at the playhead, if it is explained; else a link to it;
 *   nothing if the playhead stands there
 */
export function tellingStepLink({ act, seek }: StatePorts & PlaybackPorts, frame: Frame) {
  const { state, scene, wordsStep } = frame;
  const telling = tellingStepOf(frame);
  if (!telling) return nothing;
  const { run, step } = telling;
  const name = `step ${formatGrouped(step)} of ${scene.wholeRuns[run].short}`;
  if (tellingStepRow(frame) !== null) {
    const follow = wordButton(
      "Show the step at the playhead",
      () => act(setExplain, { followsPlayhead: true }),
      "quiet underlined",
    );
    return html`<p class="telling-way"><span>Shown: ${name}.</span> ${follow}</p>`;
  }
  const isAtStep = frame.chosen === run && Math.floor(wordsStep) === step - 1;
  const { id } = state.entries[run];
  const isAtLast = isAtLastStep(frame);
  const go = () => {
    act(selectRun, id);
    act(setExplain, { followsPlayhead: false });
    if (!isAtLast) seek(step - 1);
  };
  return isAtStep ? nothing : html`<p class="telling-way">${wordButton(`Show ${name}`, go, "quiet underlined")}</p>`;
}
