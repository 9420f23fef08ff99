/** The panel with the learning rate of each run, and the largest rate at which it does not fail. */

import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { FramePorts } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, Part } from "../../figure/part.ts";
import { createPicture } from "../../marks/picture.ts";
import { keepEqual } from "../../memo.ts";
import { type RateRow, ratesPicture } from "../../pictures/ratesPicture.ts";
import { limitOf } from "../../state/evidence.ts";

/** @returns a row for each run, with its limit also before the answer shows. The limit holds at any rate of the run. */
const rateRows = ({ scene: { shownRuns, wholeEvidence }, state: { entries } }: Frame): RateRow[] =>
  shownRuns.flatMap(({ slot, short }, k) => {
    const limit = limitOf(wholeEvidence, k);
    const { learning_rate: rate } = entries[k].optimizer;
    const edge = { limit: limit?.rate ?? null, text: limit?.text ?? "its limit is another one now" };
    return rate ? [{ slot, name: short, rate, ...edge }] : [];
  });

export function createRates(root: HTMLElement, figure: FramePorts): Part {
  const picture = createPicture(ratesPicture);
  return createPanel(figure, root, {
    prepare: (frame, previous?: RateRow[]) => keepEqual(previous, rateRows(frame)),
    template: (_, rows) => html`<div class="panel-head row wraps"><h2>Rates, hatched where a run flies off</h2></div>
      <div class="chart" role="img" aria-label=${rows
        .map(({ name, rate, limit, text }) => `${name} at ${rate}; ${limit ? "it flies off beyond " : ""}${text}`)
        .join(". ")} ${ref(picture.place)}></div>`,
    rendered: ({ scene: { theme, scale } }, rows) => rows.length && picture.render({ rows, theme, scale }),
  });
}
