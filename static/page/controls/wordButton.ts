/** A word that is pressed. */
import { html } from "lit-html";

export const wordButton = (word: string, click: () => void, className: string = "quiet strong") =>
  html`<button type="button" class=${className} @click=${click}>${word}</button>`;
