/** What tints and lines mean on a map that is tinted by where each start ends. */
import { html, nothing } from "lit-html";
import { styles } from "../../component.ts";
import { toHex } from "../../math/colour.ts";
import { coveringOf, DIFFERENT, endLetter } from "../../math/endLooks.ts";
import { formatLevel } from "../../math/format.ts";
import { loadStyle } from "../../service/style.ts";
import type { Scene } from "../../state/types.ts";

/** Contours whose losses are listed, at the most. */
const MOST_LOSSES = 5;

/** Each letter on its tint. */
const lettersOn = (count: number, theme: Scene["theme"]) =>
  Array.from(
    { length: Math.min(count, DIFFERENT) },
    (_, end) =>
      html`<span class="legend-end" ${styles({ background: toHex(coveringOf(end, theme).plain) })}>${endLetter(
        end,
      )}</span>`,
  );

function legendOfEnds({ ends, levels, theme }: Scene) {
  const lines = ends?.y && levels ? levels.values.filter((_, k) => levels.index[k]).map(formatLevel) : [];
  if (lines.length > MOST_LOSSES) lines.splice(2, lines.length - 3, "…");
  const lossLines = lines.length ? html`<span>Lines: loss ${lines.join(", ")}.</span>` : nothing;
  const repeats = ends && ends.minima.length > DIFFERENT;
  const tints = repeats
    ? `Tints of the ends, repeated from ${endLetter(DIFFERENT)} on.`
    : "Each start has the tint of its end.";
  return html`<p class="note legend-ends"><span>${tints}</span>${
    ends ? html`<span>${lettersOn(ends.minima.length, theme)}</span>` : nothing
  }${lossLines}</p>`;
}

export async function createLegendOfEnds() {
  await loadStyle("explanation");
  return legendOfEnds;
}
