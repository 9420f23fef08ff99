/** A text to read, copy and save. */
import { html, nothing } from "lit-html";
import { copyText } from "../shared/copying.ts";
import type { SectionPorts } from "./takeHome.ts";

interface Paper {
  /** what it is */
  what: string;
  text: string;
  /** there is something to copy */
  whole?: boolean;
  /** says what was saved */
  onSave?: () => string;
}

export function copyableText(run: SectionPorts["run"], { what, text, whole = true, onSave }: Paper) {
  const button = (word: string, act: () => Promise<string>) => html`<button type="button" class="quiet strong"
    aria-label="${word} the ${what}" ?disabled=${!whole}
    @click=${() => run(`${word} the ${what}`, act)}>${word}</button>`;

  async function copy() {
    if (await copyText(text)) return `Copied the ${what}.`;
    return "This browser lets no page copy: select the text and press Ctrl+C.";
  }

  return html`<div><pre class="home-text" ?data-words=${!whole} tabindex="0" role="region"
    aria-label="Text of the ${what}">${text}</pre><div class="row">${button("Copy", copy)}${
      onSave ? button("Save", async () => onSave()) : nothing
    }</div></div>`;
}
