/** What stands under the wall: where students join, how many are here, and how many have answered. */
import { html, nothing, render } from "lit-html";
import { cells } from "../panels/guesses/cells.ts";
import type { WallState } from "./atWall.ts";

/** A word that is pressed. pressed: of one that is on or off */
interface StripWay {
  word: string;
  act: () => void;
  pressed?: boolean;
}

/** Fewer seats are counted in words alone: their cells would look like letters that are missing. */
const FEWEST_CELLS = 5;

interface StripNow extends Pick<WallState, "room" | "typed" | "waits"> {
  /** another window leads: how this one does again */
  take: (() => void) | null;
  /** the question that is open is counted */
  counts: boolean;
  /** what ends the question that is open */
  run?: StripWay;
  ways: StripWay[];
}

export function drawStrip(place: HTMLElement, { room, typed, waits, take, counts, run, ways }: StripNow) {
  const { seats = 0, entries = 0, question = null } = room ?? {};
  const total = Math.max(seats, entries);
  const status = take
    ? html`<strong role="status">Another window leads the class now.</strong> <button type="button" class="button"
        @click=${take}>Lead it from here</button>`
    : waits
      ? html`<span class="room-away" role="status">${waits}: the class sees what was shown last.</span>`
      : question && counts
        ? html`<span role="status"><strong>${entries} of ${total}</strong> have answered</span>${
            total < FEWEST_CELLS
              ? nothing
              : html`<span class="strip-cells">${cells({ count: entries, total: total, whole: true })}</span>`
          }${run ? html`<button type="button" class="button" @click=${run.act}>${run.word}</button>` : nothing}`
        : nothing;
  const way = ({ word, act, pressed }: StripWay) => html`<button type="button" class="quiet underlined"
    aria-pressed=${pressed ?? nothing} @click=${act}>${word}</button>`;
  render(
    html`<p>${typed}</p><div
      class="strip-said row">${status}</div>${take ? nothing : ways.map(way)}<p><strong>${seats} here</strong></p>`,
    place,
  );
}
