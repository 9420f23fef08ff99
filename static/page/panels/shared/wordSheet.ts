/** What a word means, beside it: its entry of the glossary. */
import { html } from "lit-html";
import { createPopover } from "../../controls/popover.ts";
import { entryOf } from "../../service/glossary.ts";
import { typeset } from "../../service/katex.ts";
import { loadStyle } from "../../service/style.ts";

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

export function openWord(link: HTMLAnchorElement) {
  if (prepared.has(link)) return;
  prepared.add(link);
  createPopover({
    button: link,
    label: link.textContent ?? "",
    className: "word-popover",
    fill: () => contents(link.hash.slice(1)),
  }).open();
}
