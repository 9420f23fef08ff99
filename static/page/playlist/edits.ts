/** A playlist that is being made: each change says what it has done. */
import { MOST_PARTS, type Playlist, type PlaylistOffer, type PlayPart, partInfo, writePlaylist } from "./parts.ts";

/** What a change has done, in words, or why it was not made. */
export interface EditedPlaylist {
  message: string;
  faults: string[];
}

export function createEdits(first: Playlist, offered: PlaylistOffer) {
  let { name } = first;
  let parts = first.parts.map((part) => ({ ...part }));
  const titleOf = (part: PlayPart) => partInfo(part, offered).title;
  const shown = () => parts.filter(({ skipped }) => !skipped);
  const edited = (message: string): EditedPlaylist => ({ message, faults: [] });

  return {
    name: () => name,
    /** @returns in their order; a part stays the same object while it is in the list */
    parts: () => parts,
    /** @returns those that are not skipped */
    shown,
    /** @returns the query of its address, with "?" where there is one */
    query: () => `${parts.length || name ? "?" : ""}${writePlaylist({ name, parts }, offered)}`,
    rename(to: string): EditedPlaylist {
      name = to;
      return edited("");
    },
    add(part: PlayPart): EditedPlaylist {
      if (parts.length >= MOST_PARTS) return { message: "", faults: [`A playlist has at most ${MOST_PARTS} parts.`] };
      parts = [...parts, part];
      return edited(`${titleOf(part)} is part ${shown().length}.`);
    },
    /** @returns null: it is there, or there is no such place */
    moveTo(part: PlayPart, to: number): EditedPlaylist | null {
      const at = parts.indexOf(part);
      if (to === at || !parts[to]) return null;
      parts = parts.toSpliced(at, 1).toSpliced(to, 0, part);
      return edited(`${titleOf(part)} is in place ${to + 1} of ${parts.length}.`);
    },
    /** Skips it, or shows it again. */
    skip(part: PlayPart): EditedPlaylist {
      part.skipped = !part.skipped;
      return edited(`${titleOf(part)} is ${part.skipped ? "skipped; it keeps its place" : "shown again"}.`);
    },
    remove(part: PlayPart): EditedPlaylist {
      parts = parts.filter((other) => other !== part);
      return edited(`${titleOf(part)} is taken out.`);
    },
    /** Leaves a section of a lesson out, or shows it again; its last one stays, as it would show nothing. */
    toggleSection(part: PlayPart, section: number): EditedPlaylist {
      const { sections } = part;
      const left = sections.filter((other) => other !== section);
      part.sections = sections.includes(section)
        ? left.length
          ? left
          : sections
        : [...left, section].sort((a, b) => a - b);
      return edited("");
    },
  };
}

export type Edits = ReturnType<typeof createEdits>;
