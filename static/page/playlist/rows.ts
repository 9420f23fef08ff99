/** The rows of a playlist that is being made: a part each, which is moved, skipped, opened and taken out. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../controls/icons.ts";
import { pictureOf } from "../service/api.ts";
import { theme } from "../theme.ts";
import type { EditedPlaylist, Edits } from "./edits.ts";
import { type PlaylistOffer, type PlayPart, partInfo, partWords } from "./parts.ts";

const PICTURE = { width: 110, height: 74 };

interface RowPorts {
  offered: PlaylistOffer;
  edits: Edits;
  /** something was done, or a row was opened */
  changed: (edit: EditedPlaylist | null) => void;
}

export function createRows(place: HTMLElement, { offered, edits, changed }: RowPorts) {
  /** The part whose row is open. */
  let open: PlayPart | null = null;
  const rows = () => [...place.querySelectorAll<HTMLElement>(".play-row")];
  const focusOn = (k: number) => rows()[k]?.querySelector<HTMLElement>(".play-name")?.focus();

  function remove(part: PlayPart) {
    const at = edits.parts().indexOf(part);
    changed(edits.remove(part));
    focusOn(Math.min(at, edits.parts().length - 1));
  }

  function pressInRow(event: KeyboardEvent, part: PlayPart) {
    const { key, altKey, ctrlKey, metaKey } = event;
    const by = altKey ? ({ ArrowUp: -1, ArrowDown: 1 } as Record<string, number>)[key] : undefined;
    if (by) {
      changed(edits.moveTo(part, edits.parts().indexOf(part) + by));
      focusOn(edits.parts().indexOf(part));
    } else if (altKey || ctrlKey || metaKey) return;
    else if (key.toLowerCase() === "s") changed(edits.skip(part));
    else if (key === "Delete") remove(part);
    else return;
    event.preventDefault();
  }

  /** Moves a row with the pointer that holds it. */
  function dragRow(event: PointerEvent, part: PlayPart) {
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
      const at = edits.parts().indexOf(part);
      const above = rows().filter((row, k) => {
        const { top, height } = row.getBoundingClientRect();
        return k !== at && top + height / 2 < clientY;
      });
      const moved = edits.moveTo(part, above.length);
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
  function buttons(part: PlayPart, at: number, isOpen: boolean) {
    const { title } = partInfo(part, offered);
    const last = edits.parts().length - 1;
    const skip = html`<button type="button" class="quiet" @click=${() => changed(edits.skip(part))}>${
      part.skipped ? "Show again" : "Skip"
    }</button>`;
    const moves = html`${button(`Move ${title} up`, "left", () => changed(edits.moveTo(part, at - 1)), at > 0)}
        ${button(`Move ${title} down`, "right", () => changed(edits.moveTo(part, at + 1)), at < last)}`;
    return html`${isOpen ? moves : nothing}${isOpen || part.skipped ? skip : nothing}${button(
      `Take ${title} out`,
      "close",
      () => remove(part),
    )}`;
  }

  /** The sections of a lesson, of which those that are shown are ticked. */
  const ticks = (part: PlayPart) =>
    html`<fieldset class="play-sections tiles"><legend class="reader-only">Sections</legend>${offered.lessons[
      part.number - 1
    ].sections.map(
      ({ title }, k) => html`<label class="row"><input type="checkbox" class="tick"
        .checked=${part.sections.includes(k + 1)} ?disabled=${`${part.sections}` === `${k + 1}`}
        @change=${() => changed(edits.toggleSection(part, k + 1))}> ${title}</label>`,
    )}</fieldset>`;

  function row(part: PlayPart, at: number) {
    const { kind, number, skipped } = part;
    const { title, minutes, query } = partInfo(part, offered);
    const isOpen = open === part;
    const toggle = () => {
      open = isOpen ? null : part;
      changed(null);
    };
    const picture = () => pictureOf(`${query}&paths=false`, { ...PICTURE, theme: theme() });
    return html`<li class="play-row" ?data-skipped=${skipped} ?data-open=${isOpen}>
      <span class="play-handle" aria-hidden="true" title="Drag to another place"
        @pointerdown=${(event: PointerEvent) => dragRow(event, part)}>⠿</span>
      <span class="play-at">${skipped ? "–" : edits.shown().indexOf(part) + 1}</span>
      ${
        kind === "preset"
          ? html`<img class="play-picture" src=${picture()} width="56" height="38" alt="" loading="lazy">`
          : html`<span class="play-picture">${number}</span>`
      }
      <button type="button" class="play-name" aria-expanded=${isOpen} @click=${toggle}
        @keydown=${(event: KeyboardEvent) => pressInRow(event, part)}><strong>${title}</strong><span>${partWords(
          part,
          offered,
        )}</span></button>
      <span class="play-acts row">${buttons(part, at, isOpen)}</span>
      <span class="play-minutes">${minutes && !skipped ? `${minutes} min` : ""}</span>
      ${isOpen && kind === "lesson" ? ticks(part) : nothing}</li>`;
  }

  return () => html`<ol>${repeat(edits.parts(), (part) => part, row)}</ol>`;
}
