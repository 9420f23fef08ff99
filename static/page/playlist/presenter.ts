/** The presenter's view in a window of its own: what the class sees, what comes next, notes and the time. */
import { html, nothing, render } from "lit-html";
import { pictureOf } from "../service/api.ts";
import { theme } from "../theme.ts";
import { type OnWall, openChannel } from "./channel.ts";
import type { LedPage } from "./iframe.ts";
import { ITEM_WORDS, itemInfo, minutesOf, type PlaylistItem, type PlaylistOffer } from "./items.ts";
import { createNotes } from "./notes.ts";
import { createSmallWall } from "./smallWall.ts";
import { delayOf, ladder } from "./times.ts";

const KEYS = /^(PageDown|PageUp|b|\.)$/i;
const PICTURE = { width: 404, height: 260 };
const listAddress = `${location.pathname}${location.search}`;
const twoDigits = (number: number) => String(Math.floor(number)).padStart(2, "0");

/**
 * @param items  without those that are skipped
 * @param ports.back  the list that they are from @param ports.how  how they are put on the wall
 * @param ports.shown  told, again and again, what shows here of the wall
 * @returns it is shown again
 */
export function openPresenter(
  place: HTMLElement,
  items: PlaylistItem[],
  offered: PlaylistOffer,
  root: string,
  {
    back = { word: "Playlist", address: listAddress },
    how = "Start with the class",
    shown = () => {},
  }: { back?: { word: string; address: string }; how?: string; shown?: (page: Window, ledPage: LedPage) => void } = {},
) {
  let current: OnWall | null = null;
  let hasLargeNotes = false;
  const minutes = minutesOf(items, offered);
  const notes = createNotes(offered, root, draw);
  const wall = createSmallWall(items, offered, root, shown);

  const post = openChannel((message) => {
    if (message.to !== "presenter") return;
    current = message.onWall;
    draw();
    wall.update(current);
  });

  const press = (key: string) => post({ to: "wall", press: key });
  const goTo = (item: number) => post({ to: "wall", item });

  /** The sections of a lesson that are shown, and the one on the wall, from 0. */
  function sectionOf({ number, sections }: PlaylistItem) {
    const all = offered.lessons[number - 1].sections;
    const at = current?.shown?.place?.[0] ?? 0;
    return { at, count: sections.length, now: all[sections[at] - 1], next: all[sections[at + 1] - 1] };
  }

  /** What comes after what is on the wall: of a lesson its next section, else the next item. */
  function comingAfter(item: PlaylistItem) {
    const after = items[(current?.item ?? 0) + 1];
    const section = item.kind === "lesson" ? sectionOf(item).next : undefined;
    if (section) return { title: section.title, query: section.query, comes: "the next section" };
    return after && { ...itemInfo(after, offered), comes: `the next ${ITEM_WORDS[after.kind]}` };
  }

  /** @returns what a press goes to; empty where only the page knows */
  const nextBeat = ({ beats, beat }: OnWall) => (beat < 0 ? "" : (beats[beat + 1] ?? ""));

  const elapsed = (ms: number) => `${Math.floor(ms / 60_000)}:${twoDigits((ms / 1000) % 60)}`;

  function clock() {
    const time = new Date();
    const passed = current && Math.max(0, time.getTime() - current.began);
    const late = current && passed !== null && minutes ? delayOf(minutes, current.item, passed / 60_000) : "";
    const all = minutes?.reduce((sum, partMinutes) => sum + partMinutes, 0);
    const clockTime = `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
    return html`<p class="presenter-clock to-end"><strong>${clockTime}</strong>${
      passed === null ? nothing : html` <span>${elapsed(passed)}${all ? ` of ${all} min` : ""}</span>`
    }${late ? html` <span>now, ${late}</span>` : nothing}</p>
    ${minutes ? ladder(minutes, passed && passed / 60_000) : nothing}`;
  }

  const beatStrip = ({ beats, beat }: OnWall) =>
    beats.length
      ? html`<ol class="wraps to-end" aria-label="Beats of this scene">${beats.map(
          (word, k) => html`<li aria-current=${k === beat ? "step" : nothing}>${word}</li>`,
        )}</ol>`
      : nothing;

  function sheet(onWall: OnWall, item: PlaylistItem) {
    const coming = comingAfter(item);
    const beat = nextBeat(onWall);
    const { title } = itemInfo(item, offered);
    const section = item.kind === "lesson" ? sectionOf(item) : null;
    const toggleSize = () => {
      hasLargeNotes = !hasLargeNotes;
      draw();
    };
    return html`<section class="presenter-now" aria-labelledby="presenter-now"><header class="wraps"><h2
      id="presenter-now">The class sees</h2>${
        section ? html`<p>section ${section.at + 1} of ${section.count}: ${section.now.title}</p>` : beatStrip(onWall)
      }</header>${wall.box}${onWall.black ? html`<p role="status"><strong>The wall is black.</strong></p>` : nothing}
      <p class="play-ways row wraps"><button type="button" class="button"
        @click=${() => press("PageUp")}>Back</button>
        <button type="button" class="button strong" @click=${() => press("PageDown")}>Next${
          beat ? `: ${beat.toLowerCase()}` : ""
        } <kbd>Page Down</kbd></button>
        <button type="button" class="quiet" aria-pressed=${onWall.black}
          @click=${() => press("b")}>Black <kbd>b</kbd></button>
        ${
          items[onWall.item + 1]
            ? html`<button type="button" class="quiet" @click=${() => goTo(onWall.item + 1)}>Skip this part</button>`
            : nothing
        }</p>
      <ol class="presenter-parts wraps" aria-label="Parts">${items.map(
        (item, k) => html`<li><button type="button" class="quiet" aria-current=${k === onWall.item ? "step" : nothing}
          @click=${() => goTo(k)}>${k + 1} ${itemInfo(item, offered).title}</button></li>`,
      )}</ol></section>
    <section class="presenter-next" aria-labelledby="presenter-next"><header class="wraps"><h2
      id="presenter-next">Next</h2><p>${coming ? coming.comes : "nothing: this part is the last"}</p></header>${
        coming
          ? html`${
              coming.query
                ? html`<img alt="" width=${PICTURE.width} height=${PICTURE.height}
                src=${pictureOf(`${coming.query}&paths=false`, { ...PICTURE, theme: theme() })}>`
                : nothing
            }<p><strong>${coming.title}</strong></p>`
          : nothing
      }</section>
    <section class="presenter-notes" aria-labelledby="presenter-notes" ?data-large=${hasLargeNotes}><header
      class="wraps"><h2
      id="presenter-notes">Notes</h2><p>${title}</p><button type="button" class="quiet to-end"
      aria-pressed=${hasLargeNotes}
      @click=${toggleSize}>Larger</button></header>${notes(item, section?.now.title ?? "")}</section>`;
  }

  const waiting = () => html`<p class="presenter-waits">The wall is not open.
    <a href=${`${listAddress}#1`} target="_blank">Open it in a window</a>, put that on the wall, and it is shown here;
    or press <em>${how}</em> in the list.</p>`;

  function draw() {
    const item = current && items[current.item];
    const at =
      current && item
        ? html`<p>part <strong>${current.item + 1}</strong> of ${items.length}: ${itemInfo(item, offered).title}</p>`
        : nothing;
    render(
      html`<header class="presenter-head wraps"><h1><a
        href=${back.address}>${back.word}</a></h1>${at}${clock()}</header>
      <div class="presenter-sheet">${current && item ? sheet(current, item) : waiting()}</div>`,
      place,
    );
  }

  addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey || !KEYS.test(key)) return;
    event.preventDefault();
    press(key);
  });
  setInterval(draw, 1000);
  draw();
  post({ to: "wall" });
  return { again: wall.follow };
}
