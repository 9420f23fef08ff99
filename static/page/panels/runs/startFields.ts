/** The start of the runs, as a sentence in which each coordinate is a field. */
import { html, nothing } from "lit-html";
import { numberField } from "../../controls/numberField.ts";
import { setStart } from "../../state/actions.ts";
import { hasFixedStart } from "../../state/stage.ts";
import type { Act } from "../../state/store.ts";
import type { Scene } from "../../state/types.ts";

/** The server refuses coordinates beyond this. */
const FAR = 1e100;
/** A problem of more parameters has no start that one would type. */
const MOST_FIELDS = 2;

export function startFields(scene: Scene, act: Act) {
  const {
    problem: { parameters },
    start,
  } = scene;
  if (
    hasFixedStart(scene) ||
    !parameters.length ||
    parameters.length > MOST_FIELDS ||
    start.length !== parameters.length
  )
    return nothing;
  const field = (name: string, k: number) =>
    numberField({
      label: `Start: ${name}`,
      value: start[k],
      range: { least: -FAR, most: FAR },
      onCommit: (value) => value !== null && act(setStart, start.with(k, value), false),
    });
  return html`<p class="stop-sentence">${parameters.map(
    (name, k) => html`${k ? ", " : "Start at "}<em>${name}</em> ${field(name, k)}`,
  )}.</p>`;
}
