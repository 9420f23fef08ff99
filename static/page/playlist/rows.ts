/** The rows of a playlist that is being made: an item each, which is moved, skipped, opened and taken out. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../controls/icons.ts";
import { pictureOf } from "../service/api.ts";
import { theme } from "../theme.ts";
import type { EditedPlaylist, Edits } from "./edits.ts";
import { itemInfo, itemWords, type PlaylistItem, type PlaylistOffer } from "./items.ts";

const PICTURE = { width: 110, height: 74 };

interface RowPorts {
  offered: PlaylistOffer;
  edits: Edits;
  /** something was done, or a row was opened */
  changed: (edit: EditedPlaylist | null) => void;
}

export function createRows(place: HTMLElement, { offered, edits, changed }: RowPorts) {
  /** The item whose row is open. */
  let open: PlaylistItem | null = null;
  const rows = () => [...place.querySelectorAll<HTMLElement>(".play-row")];
  const focusOn = (k: number) => rows()[k]?.querySelector<HTMLElement>(".play-name")?.focus();

  function remove(item: PlaylistItem) {
    const at = edits.items().indexOf(item);
    changed(edits.remove(item));
    focusOn(Math.min(at, edits.items().length - 1));
  }

  function pressInRow(event: KeyboardEvent, item: PlaylistItem) {
    const { key, altKey, ctrlKey, metaKey } = event;
    const by = altKey ? ({ ArrowUp: -1, ArrowDown: 1 } as Record<string, number>)[key] : undefined;
    if (by) {
      changed(edits.moveTo(item, edits.items().indexOf(item) + by));
      focusOn(edits.items().indexOf(item));
    } else if (altKey || ctrlKey || metaKey) return;
    else if (key.toLowerCase() === "s") changed(edits.skip(item));
    else if (key === "Delete") remove(item);
    else return;
    event.preventDefault();
  }

  /** Moves a row with the pointer that holds it. */
  function dragRow(event: PointerEvent, item: PlaylistItem) {
    const handle = event.currentTarget as HTMLElement;
    if (event.button !== 0) return;
    event.preventDefault();
    const moving = new AbortController();
    const { signal } = moving;
    place.classList.add("is-moving");
    const end = () => {
      moving.abort();
      place.classList.remove("is-moving");
    };
    const move = ({ clientY }: PointerEvent) => {
      const at = edits.items().indexOf(item);
      const above = rows().filter((row, k) => {
        const { top, height } = row.getBoundingClientRect();
        return k !== at && top + height / 2 < clientY;
      });
      const moved = edits.moveTo(item, above.length);
      if (moved) changed(moved);
    };
    // On the window, as a row loses its captured pointer when it is moved in the document.
    addEventListener("pointermove", move, { signal });
    for (const over of ["pointerup", "pointercancel"]) addEventListener(over, end, { signal });
    handle.focus();
  }

  const button = (label: string, name: "left" | "right" | "close", act: () => void, able = true) =>
    html`<button type="button" class="icon-button play-${name}" aria-label=${label} title=${label} ?disabled=${!able}
      @click=${act}>${icon(name)}</button>`;

  /** The buttons of a row. @param at  its place */
  function buttons(item: PlaylistItem, at: number, isOpen: boolean) {
    const { title } = itemInfo(item, offered);
    const last = edits.items().length - 1;
    const skip = html`<button type="button" class="quiet" @click=${() => changed(edits.skip(item))}>${
      item.skipped ? "Show again" : "Skip"
    }</button>`;
    const moves = html`${button(`Move ${title} up`, "left", () => changed(edits.moveTo(item, at - 1)), at > 0)}
        ${button(`Move ${title} down`, "right", () => changed(edits.moveTo(item, at + 1)), at < last)}`;
    return html`${isOpen ? moves : nothing}${isOpen || item.skipped ? skip : nothing}${button(
      `Take ${title} out`,
      "close",
      () => remove(item),
    )}`;
  }

  /** The sections of a lesson, of which those that are shown are ticked. */
  const ticks = (item: PlaylistItem) =>
    html`<fieldset class="play-sections tiles"><legend class="reader-only">Sections</legend>${offered.lessons[
      item.number - 1
    ].sections.map(
      ({ title }, k) => html`<label class="row"><input type="checkbox" class="tick"
        .checked=${item.sections.includes(k + 1)} ?disabled=${`${item.sections}` === `${k + 1}`}
        @change=${() => changed(edits.toggleSection(item, k + 1))}> ${title}</label>`,
    )}</fieldset>`;

  function row(item: PlaylistItem, at: number) {
    const { kind, number, skipped } = item;
    const { title, minutes, query } = itemInfo(item, offered);
    const isOpen = open === item;
    const toggle = () => {
      open = isOpen ? null : item;
      changed(null);
    };
    const picture = () => pictureOf(`${query}&paths=false`, { ...PICTURE, theme: theme() });
    return html`<li class="play-row" ?data-skipped=${skipped} ?data-open=${isOpen}>
      <span class="play-handle" aria-hidden="true" title="Drag to another place"
        @pointerdown=${(event: PointerEvent) => dragRow(event, item)}>⠿</span>
      <span class="play-at">${skipped ? "–" : edits.shown().indexOf(item) + 1}</span>
      ${
        kind === "preset"
          ? html`<img class="play-picture" src=${picture()} width="56" height="38" alt="" loading="lazy">`
          : html`<span class="play-picture">${number}</span>`
      }
      <button type="button" class="play-name" aria-expanded=${isOpen} @click=${toggle}
        @keydown=${(event: KeyboardEvent) => pressInRow(event, item)}><strong>${title}</strong><span>${itemWords(
          item,
          offered,
        )}</span></button>
      <span class="play-acts row">${buttons(item, at, isOpen)}</span>
      <span class="play-minutes">${minutes && !skipped ? `${minutes} min` : ""}</span>
      ${isOpen && kind === "lesson" ? ticks(item) : nothing}</li>`;
  }

  return () => html`<ol>${repeat(edits.items(), (item) => item, row)}</ol>`;
}
