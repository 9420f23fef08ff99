/** The way to the telling step of a scene, from what explains a step. */
import { html, nothing } from "lit-html";
import { wordButton } from "../../controls/wordButton.ts";
import type { PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { formatGrouped } from "../../math/format.ts";
import { selectRun } from "../../state/actions.ts";
import { presetOf } from "../../state/preset.ts";

/**
 * @returns the button that leads to the step at which what the scene is about happens, once its runs have run; nothing
 * where the run that it is of stands there already
 */
export function tellingWay({ act, seek }: StatePorts & PlaybackPorts, { state, scene, wordsStep }: Frame) {
  const telling = presetOf(state, "prepared")?.telling;
  if (!telling || !scene.tells) return nothing;
  const { run, step } = telling;
  const isAtStep = scene.chosen === run && Math.floor(wordsStep) === step - 1;
  const words = `To step ${formatGrouped(step)} of ${scene.wholeRuns[run].short}, where it shows`;
  const go = () => {
    act(selectRun, state.entries[run].id);
    seek(step - 1);
  };
  return isAtStep ? nothing : html`<p class="telling-way">${wordButton(words, go, "quiet underlined")}</p>`;
}
