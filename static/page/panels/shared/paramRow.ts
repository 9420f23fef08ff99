/** A row with a hyperparameter's letter, its slider and its value. */

import { html } from "lit-html";
import { sliderAndField } from "../../controls/sliderAndField.ts";
import { sliderMarks } from "../../controls/sliderMarks.ts";
import { symbol } from "../../math/text.ts";
import type { Param } from "../../state/types.ts";
import { word } from "./word.ts";

/**
 * @param runName  the run, where several have one of this name
 * @param marked  on its slider, besides its value
 */
export function paramRow(
  param: Param,
  value: number,
  slot: number,
  onValue: (value: number, dragging: boolean) => void,
  runName = "",
  marked: Pick<Parameters<typeof sliderMarks>[0], "was" | "limit" | "target"> = {},
) {
  const ofRun = runName && ` of ${runName}`;
  const label = `${param.name.replace(/_/g, " ")}${ofRun}${param.help ? `: ${param.help}` : ""}`;
  const letter = symbol(param.name);
  const short = letter.length < 3;
  const name = word(param.name, letter, short ? "param-name letter" : "param-name");
  // A value that is asked for stands on the slider.
  const { target = param.max } = marked;
  const { slider, field } = sliderAndField(
    {
      param: target > param.max ? { ...param, max: target } : param,
      label,
      value,
      slot,
      target: marked.target,
      signs: { marks: sliderMarks({ slot, value, ...marked }), words: "" },
      onInput: onValue,
    },
    { range: { whole: param.whole } },
  );
  return html`<div class=${short ? "param" : "param wordy"}>${name}${slider}${field}</div>`;
}
