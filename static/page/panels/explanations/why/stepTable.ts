/** A table of the parts of the explained step: what it keeps of the step before, and what the gradient adds. */
import { html, nothing } from "lit-html";
import type { Frame } from "../../../figure/part.ts";
import { formatGrouped, formatMeasured } from "../../../math/format.ts";
import { stepFrom } from "../../../state/keptAndAdded.ts";
import type { EvidenceOf } from "../../../state/types.ts";
import { KEPT_AND_ADDED } from "../../../words/keptAndAdded.ts";

/** @returns the step after a row split into its parts; null: the preset declares no such step of the run */
function partsAt({ scene: { wholeEvidence, wholeRuns }, chosen }: Frame, row: number): EvidenceOf<"step"> | null {
  const declared = wholeEvidence.find((item) => item.kind === "step" && item.run === chosen) as EvidenceOf<"step">;
  if (!declared) return null;
  const last = wholeRuns[declared.run].length - 2;
  return last < 0 ? null : stepFrom(Math.min(row, last), declared, wholeRuns);
}

/** @returns a table: each part, its term in the rule, how far it goes along each parameter and in all */
export function partsTable(frame: Frame) {
  const { scene, wordsStep } = frame;
  // On a wall the sentence and its picture have all the height.
  const parts = scene.projector ? null : partsAt(frame, Math.floor(wordsStep));
  if (!parts) return nothing;
  const { step, kept, added, terms } = parts;
  const rows = [
    [KEPT_AND_ADDED[0].whole, terms[0], kept],
    [KEPT_AND_ADDED[1].whole, terms[1], added],
    ["the step", "", kept.map((value, k) => value + added[k])],
  ] as const;
  const row = ([name, term, part]: (typeof rows)[number]) =>
    html`<tr><th scope="row">${name}${
      term ? html` <span class="note">−${term}</span>` : nothing
    }</th>${[...part, Math.hypot(...part)].map((value) => html`<td>${formatMeasured(value, 2)}</td>`)}</tr>`;
  const heads = [...scene.problem.parameters, "length"].map((name) => html`<th scope="col">${name}</th>`);
  return html`<table class="results-table why-parts"><caption>Step ${formatGrouped(step)} is made of two parts</caption>
    <thead><tr><td></td>${heads}</tr></thead><tbody>${rows.map(row)}</tbody></table>`;
}
