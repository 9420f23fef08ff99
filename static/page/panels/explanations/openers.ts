/** Buttons that open explanations, besides the tabs. */
import { html } from "lit-html";
import { wordButton } from "../../controls/choice.ts";
import { EXPLANATIONS, type ExplanationName } from "../../state/explanations.ts";

type Open = (name: ExplanationName) => void;

/** The explanations listed under *More*, each with what it answers. @param close  closes that list */
export const moreExplanations = (open: Open, close: () => void) =>
  html`<div class="explain-more">${EXPLANATIONS.filter(({ more }) => more).map(
    ({ name, label, more }) =>
      html`<button type="button" class="choice" @click=${() => {
        close();
        open(name);
      }}><strong>${label}</strong> <span class="note">${more}</span></button>`,
  )}</div>`;

/** A button for each explanation that is opened from a run, or from *Why*. */
export const explanationOpeners = (way: "run" | "why", open: Open) =>
  EXPLANATIONS.filter(({ from }) => from === way).map(({ name, label }) =>
    wordButton(label, () => open(name), "quiet"),
  );
