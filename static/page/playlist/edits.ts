/** A playlist that is being made: each change says what it has done. */
import { itemInfo, MOST_ITEMS, type Playlist, type PlaylistItem, type PlaylistOffer, writePlaylist } from "./items.ts";

/** What a change has done, in words, or why it was not made. */
export interface EditedPlaylist {
  message: string;
  faults: string[];
}

export function createEdits(first: Playlist, offered: PlaylistOffer) {
  let { name } = first;
  let items = first.items.map((item) => ({ ...item }));
  const titleOf = (item: PlaylistItem) => itemInfo(item, offered).title;
  const shown = () => items.filter(({ skipped }) => !skipped);
  const edited = (message: string): EditedPlaylist => ({ message, faults: [] });

  return {
    name: () => name,
    /** @returns in their order; an item stays the same object while it is in the list */
    items: () => items,
    /** @returns those that are not skipped */
    shown,
    /** @returns the query of its address, with "?" where there is one */
    query: () => `${items.length || name ? "?" : ""}${writePlaylist({ name, items }, offered)}`,
    rename(to: string): EditedPlaylist {
      name = to;
      return edited("");
    },
    add(item: PlaylistItem): EditedPlaylist {
      if (items.length >= MOST_ITEMS) return { message: "", faults: [`A playlist has at most ${MOST_ITEMS} parts.`] };
      items = [...items, item];
      return edited(`${titleOf(item)} is part ${shown().length}.`);
    },
    /** @returns null: it is there, or there is no such place */
    moveTo(item: PlaylistItem, to: number): EditedPlaylist | null {
      const at = items.indexOf(item);
      if (to === at || !items[to]) return null;
      items = items.toSpliced(at, 1).toSpliced(to, 0, item);
      return edited(`${titleOf(item)} is in place ${to + 1} of ${items.length}.`);
    },
    /** Skips it, or shows it again. */
    skip(item: PlaylistItem): EditedPlaylist {
      item.skipped = !item.skipped;
      return edited(`${titleOf(item)} is ${item.skipped ? "skipped; it keeps its place" : "shown again"}.`);
    },
    remove(item: PlaylistItem): EditedPlaylist {
      items = items.filter((other) => other !== item);
      return edited(`${titleOf(item)} is taken out.`);
    },
    /** Leaves a section of a lesson out, or shows it again; its last one stays, as it would show nothing. */
    toggleSection(item: PlaylistItem, section: number): EditedPlaylist {
      const { sections } = item;
      const left = sections.filter((other) => other !== section);
      item.sections = sections.includes(section)
        ? left.length
          ? left
          : sections
        : [...left, section].sort((a, b) => a - b);
      return edited("");
    },
  };
}

export type Edits = ReturnType<typeof createEdits>;
