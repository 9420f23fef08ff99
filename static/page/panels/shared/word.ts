/** Words that the glossary explains: links to it, opened in place where scripts run. */
import { html } from "lit-html";
import { glossaryAddress } from "../../service/glossary.ts";
import names from "../../words/glossary.json" with { type: "json" };
import { openWord } from "./wordSheet.ts";

/** What the API calls something -> its entry. */
const ENTRIES: Record<string, string> = names;

/** @param of  a name of the API @param shown  the word itself, without a link where the glossary does not have it */
export function word(of: string, shown: unknown, className = "") {
  const address = glossaryAddress();
  return ENTRIES[of] && address
    ? html`<a class="glossed ${className}" href="${address}#${ENTRIES[of]}" title="What is this?">${shown}</a>`
    : html`<span class=${className}>${shown}</span>`;
}

/** Opens what a word means beside it, unless the link is to be opened elsewhere. */
export function openWordsInPlace() {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.glossed");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openWord(link);
  });
}
