/** What the ground of the map is tinted by. */
import { html } from "lit-html";
import { wordChoice } from "../../controls/choice.ts";
import { tintsByEnds } from "../../state/ends.ts";
import type { State } from "../../state/types.ts";

export const tintChoice = (state: State, onChoose: (tint: "loss" | "ends") => void) =>
  html`<div class="tint-choice wraps"><span>Tint the map by</span>${wordChoice({
    label: "Tint the map by",
    options: [
      ["loss", "loss"],
      ["ends", "where each start ends"],
    ],
    value: tintsByEnds(state) ? "ends" : "loss",
    onChoose,
  })}</div>`;
