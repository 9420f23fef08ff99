/** Presets or lessons to choose from, by chapters. */
import { html, nothing } from "lit-html";
import type { PlaylistItem, PlaylistOffer } from "./items.ts";

export interface Choosable {
  /** from 1 */
  number: number;
  title: string;
  group: string;
  minutes: number;
}

/** @param sought  words that all stand in the number, the title or the chapter; empty: all there are */
export function foundIn(offered: PlaylistOffer, kind: PlaylistItem["kind"], sought = ""): Choosable[] {
  const all: Omit<Choosable, "number">[] = kind === "preset" ? offered.presets : offered.lessons;
  const words = sought.toLowerCase().split(/\s+/);
  return all
    .map(({ title, group, minutes }, k) => ({ title, group, minutes, number: k + 1 }))
    .filter(({ title, group, number }) => {
      const text = `${number} ${title} ${group}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
}

/** @param button  what stands in the line of one */
export const choiceList = (all: Choosable[], button: (choosable: Choosable) => unknown) =>
  html`<ol class="play-choice">${all.map((choosable, k) => {
    const begins = choosable.group !== all[k - 1]?.group;
    const head = begins ? html`<li class="play-group remark">${choosable.group}</li>` : nothing;
    return html`${head}<li>${button(choosable)}</li>`;
  })}</ol>`;

/** The number, the title and the length of one, as they stand in its button. */
export const choiceWords = ({ number, title, minutes }: Choosable) =>
  html`<span class="play-number remark">${number}</span><span class="play-title">${title}</span>${
    minutes ? html`<span class="play-minutes">${minutes} min</span>` : nothing
  }`;
