/** What else explains the runs, behind *More*: each with what it answers. */
import { html } from "lit-html";
import { startingAt } from "../shared/explanations.ts";

const ANSWERS: Record<string, string> = {
  charts: "what each optimizer keeps from step to step: averages, sums, effective rates",
  average: "how much each past gradient counts in an average",
  ends: "where a run ends from every start of the map",
  tune: "the rate at which each run needs the fewest gradients",
  rule: "an optimizer that you write, in the lines of a textbook",
};

/** @param open  one of them; @param close  what they stand in */
export const moreWays = (open: (explanation: string) => void, close: () => void) =>
  html`<div class="explain-more">${startingAt("more").map(
    ({ name, word }) =>
      html`<button type="button" class="choice" @click=${() => {
        close();
        open(name);
      }}><strong>${word}</strong> <span class="note">${ANSWERS[name]}</span></button>`,
  )}</div>`;
