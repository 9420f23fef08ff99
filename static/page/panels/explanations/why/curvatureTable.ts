/** The curvature along each direction at the playhead, and what the step of the rule makes of it, as a table. */

import { html, nothing } from "lit-html";
import { formatMeasured } from "../../../math/format.ts";
import type { Wire } from "../../../state/types.ts";
import { conditionWords, factorText, motionAlong } from "../../../words/curvature.ts";
import type { Cause } from "./cause.ts";

const row = (name: string, { eigenvalue, factor }: Wire["Mode"], rate: number, way: string) =>
  html`<tr>
    <th scope="row">${name}</th>
    <td>${formatMeasured(eigenvalue)}</td>
    ${factor === null ? nothing : html`<td>${formatMeasured(rate * eigenvalue)}</td><td>× ${factorText(factor)}</td>`}
    <td>${way}</td>
  </tr>`;

export function curvatureTable({ reply, names, values }: Cause) {
  const { modes } = reply;
  const numbered = modes.length > 2;
  const rows = modes.flatMap((mode, k) =>
    names[k] || numbered ? [row(names[k] || `${k + 1}.`, mode, values.learning_rate, motionAlong(mode))] : [],
  );
  const factorHeads = modes[0]?.roots ? ["times the rate", "a step keeps"] : [];
  const heads = ["curvature", ...factorHeads].map((text) => html`<th scope="col">${text}</th>`);
  const words = conditionWords(reply);
  return html`<div class="why-table"><table><thead><tr><td></td>${heads}<td></td></tr></thead><tbody>${rows.reverse()}
    </tbody></table><p class="note" ?hidden=${!words}>${words}</p></div>`;
}
