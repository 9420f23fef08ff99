/** What stands in the place of the runs where there are none. */
import { html } from "lit-html";

/** Comparisons to begin with: their words, and the names of the optimizers. */
const COMPARISONS = [
  ["Gradient descent against Adam", ["gd", "adam"]],
  ["With and without momentum", ["gd", "momentum", "heavy_ball"]],
] as [string, string[]][];

export const invitation = (
  begin: (names: string[]) => void,
) => html`<div class="invitation column"><p><strong>No runs yet.</strong></p>
  <p class="note">A run is one optimizer walking down from the start. Add one, or begin with a
  comparison:</p>${COMPARISONS.map(
    ([words, names]) => html`<button type="button" class="button" @click=${() => begin(names)}>${words}</button>`,
  )}</div>`;
