/** The answers of a class to a check: a row of cells below each option, and how many were right. */
import { html, nothing, render } from "lit-html";
import { countRow } from "../panels/guesses/cells.ts";
import { loadStyle } from "../service/style.ts";
import { countsByChoice } from "../state/guesses.ts";
import type { Guesses } from "../state/types.ts";
import { guessesWords } from "../words/guesses.ts";
import { queryAll } from "./elements.ts";

/** @returns the element for the cells, the last within an element */
function placeIn(element: Element): HTMLElement {
  const existing = element.querySelector<HTMLElement>(":scope > .guessed");
  if (existing) return existing;
  const made = document.createElement("div");
  made.className = "guessed";
  element.append(made);
  return made;
}

/** @param guesses  null: the cells are removed */
export async function showGuesses(check: HTMLElement, guesses: Guesses | null) {
  await loadStyle("guesses");
  const options = queryAll(".option", check);
  const { entries = [], again = null, truth = null } = guesses ?? {};
  const most = Math.max(entries.length, again?.length ?? 0);
  const [counts, before] = [entries, again ?? []].map((answers) => countsByChoice(answers, options.length));
  const row = (count: number, earlier: boolean) => countRow({ count, total: most, before: earlier });
  for (const [k, option] of options.entries()) {
    const place = placeIn(option.parentElement as Element);
    place.classList.toggle("is-right", k === truth);
    render(guesses ? [row(counts[k], false), again ? row(before[k], true) : nothing] : nothing, place);
  }
  const names = options.map(({ textContent }) => textContent.trim());
  const { strong, more } = guesses ? guessesWords(guesses, { names }) : { strong: "", more: "" };
  render(strong ? html`<p><strong>${strong}</strong> ${more}</p>` : nothing, placeIn(check));
}
