/** Words that the glossary explains: links to it, opened in place where scripts run. */
import { html } from "lit-html";
import { createPopover } from "../../controls/popover.ts";
import { entryOf, glossaryAddress } from "../../service/glossary.ts";
import { typeset } from "../../service/katex.ts";
import { loadStyle } from "../../service/style.ts";
import names from "../../words/glossary.json" with { type: "json" };

/** Name in the API -> entry of the glossary. */
const ENTRIES: Record<string, string> = names;

/**
 * @param apiName  what the API calls it
 * @param shown  the word itself, without a link where the glossary does not have it
 */
export function word(apiName: string, shown: unknown, className = "") {
  const address = glossaryAddress();
  return ENTRIES[apiName] && address
    ? html`<a class="glossed ${className}" href="${address}#${ENTRIES[apiName]}" title="What is this?">${shown}</a>`
    : html`<span class=${className}>${shown}</span>`;
}

const prepared: WeakSet<HTMLElement> = new WeakSet();

async function contents(name: string) {
  const [entry] = await Promise.all([entryOf(name), loadStyle("help")]);
  for (const formula of entry?.querySelectorAll<HTMLElement>(".formula") ?? [])
    void typeset(formula, formula.textContent ?? "");
  const [title, ...paragraphs] = [
    entry?.querySelector("dt")?.textContent,
    ...(entry?.querySelector("dd")?.children ?? []),
  ];
  return html`<div class="word-sheet" tabindex="-1" autofocus><h2>${title}</h2>${paragraphs}</div>`;
}

/** Shows beside a word its entry of the glossary. */
function openWord(link: HTMLAnchorElement) {
  if (prepared.has(link)) return;
  prepared.add(link);
  createPopover({
    button: link,
    label: link.textContent ?? "",
    className: "word-popover",
    fill: () => contents(link.hash.slice(1)),
  }).open();
}

/** Makes links to the glossary open beside the word, unless a modifier key opens them elsewhere. */
export function openWordsInPlace() {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.glossed");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openWord(link);
  });
}
