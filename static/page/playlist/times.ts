/** How long the items of a playlist take, drawn as a ladder; where the minutes of all are known. */
import { html, nothing } from "lit-html";
import { styles } from "../component.ts";

const sum = (minutes: number[]) => minutes.reduce((all, partMinutes) => all + partMinutes, 0);

/**
 * @param minutes  of each item
 * @param passed  minutes since it began; null: it has not
 */
export const ladder = (minutes: number[], passed: number | null = null) => html`<div class="ladder-of-parts"
  aria-hidden="true"><ol>${minutes.map(
    (partMinutes, k) => html`<li ${styles({ "flex-grow": `${partMinutes}` })}>${k + 1}</li>`,
  )}</ol>${
    passed === null ? nothing : html`<i ${styles({ left: `${Math.min(100, (100 * passed) / sum(minutes))}%` })}></i>`
  }</div>`;

/**
 * @param at  the item that is shown, from 0
 * @param passed  minutes since it began
 * @returns how far behind its time it is, or ahead of it; empty where it is in time
 */
export function delayOf(minutes: number[], at: number, passed: number): string {
  const [from, to] = [sum(minutes.slice(0, at)), sum(minutes.slice(0, at + 1))];
  const [late, early] = [Math.floor(passed - to), Math.floor(from - passed)];
  const words = (count: number, word: string) => `${count} minute${count === 1 ? "" : "s"} ${word}`;
  return late > 0 ? words(late, "behind") : early > 0 ? words(early, "ahead") : "";
}
