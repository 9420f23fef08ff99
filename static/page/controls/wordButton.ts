/** A button that is a word. */
import { html } from "lit-html";

export const wordButton = (word: string, click: () => void, className: string = "quiet strong") =>
  html`<button type="button" class=${className} @click=${click}>${word}</button>`;
