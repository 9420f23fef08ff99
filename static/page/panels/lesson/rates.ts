/** The rates of the runs, and up to which each comes to rest, in their panel. */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { FramePorts } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, Part } from "../../figure/part.ts";
import { createRatesPicture, type RateRow } from "../../pictures/rates.ts";
import { shared } from "../../reads.ts";
import { limitOf } from "../../state/evidence.ts";

/** What it is there to show, told or not. */
const rowsOf = ({ scene: { runs, expected }, state: { entries } }: Frame): RateRow[] =>
  runs.flatMap(({ slot, short }, k) => {
    const limit = limitOf(expected, k);
    const { learning_rate: rate } = entries[k].optimizer;
    return limit && rate ? [{ slot, name: short, rate, limit: limit.rate, text: limit.text }] : [];
  });

export function createRates(root: HTMLElement, figure: FramePorts): Part {
  const picture = createRatesPicture();
  return createPanel(figure, root, {
    prepare: (frame, before?: RateRow[]) => shared(before, rowsOf(frame)),
    template: (_, rows) => html`<div class="panel-head row wraps"><h2>Rates, hatched where a run flies off</h2></div>
      <div class="chart" role="img" aria-label=${rows
        .map(({ name, rate, text }) => `${name} at ${rate}; it flies off beyond ${text}`)
        .join(". ")} ${ref(picture.place)}></div>`,
    rendered: ({ scene: { theme, scale } }, rows) => rows.length && picture.render({ rows, theme, scale }),
  });
}
