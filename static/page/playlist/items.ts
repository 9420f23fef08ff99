/**
 * A playlist as its address has it: `/play?opening,momentum:1-2.4.6,~rolls_past&name=Tuesday`. A name is a preset; one
 * with a colon a lesson, of which the sections behind it are shown, or all where none stand there; `~` before an item
 * skips it in its place. A number in the place of a name, as in addresses of before, counts presets, or lessons.
 */

import type { QuestionKind } from "../state/types.ts";
import { questionWords } from "../words/questions.ts";

interface PlaySection {
  title: string;
  /** 0: the notes do not say */
  minutes: number;
  /** of a picture of it, without "?" */
  query: string | null;
}

/** name: of its address */
interface Offered {
  name: string;
  title: string;
  group: string;
  minutes: number;
}

interface PlayPreset extends Offered {
  query: string;
  /** how its question is answered */
  guess: QuestionKind;
  look_at: "map" | "loss";
  /** of its address, each with "&" before it */
  flags: string;
  notes: string[];
}

interface PlayLesson extends Offered {
  /** whether there are any */
  notes: boolean;
  handout: boolean;
  sections: PlaySection[];
}

/** All that there is to choose from, as the server writes it into the page. */
export interface PlaylistOffer {
  presets: PlayPreset[];
  lessons: PlayLesson[];
}

export interface PlaylistItem {
  kind: "preset" | "lesson";
  /** from 1 */
  number: number;
  /** of a lesson those that are shown, from 1; none of a preset */
  sections: number[];
  skipped: boolean;
}

/** What visitors read. */
export const ITEM_WORDS: Record<PlaylistItem["kind"], string> = { preset: "scene", lesson: "lesson" };

/** What fits into an address that can be passed on. */
export const MOST_ITEMS = 60;
/** Letters of a name. */
export const LONGEST_NAME = 60;
/** Faults that are told one by one, and letters of each. */
const TOLD = 4;
const LETTERS = 24;

const FORM = /^(~?)(\d{1,4}|[a-z][a-z0-9_]*)(?:(:)((?:\d{1,3}(?:-\d{1,3})?)(?:\.\d{1,3}(?:-\d{1,3})?)*)?)?$/;

export const allSections = ({ sections }: PlayLesson): number[] => sections.map((_, k) => k + 1);

/** @returns "1-2.4" as [1, 2, 4], however long a range it says */
function numbersIn(text: string, most: number): number[] {
  const numbers = text.split(".").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: Math.max(0, Math.min(last, most + 1) - first + 1) }, (_, k) => first + k);
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** @throws what is wrong with it, in a sentence */
function readItem(word: string, { presets, lessons }: PlaylistOffer): PlaylistItem {
  const [, skip, text = "", colon, sectionText] = FORM.exec(word) ?? [];
  const [kind, choices] = colon ? (["lesson", lessons] as const) : (["preset", presets] as const);
  const [counted, skipped] = [/^\d/.test(text), skip === "~"];
  const number = counted ? Number(text) : choices.findIndex(({ name }) => name === text) + 1;
  if (!counted && !number)
    throw new Error(
      `“${word.slice(0, LETTERS)}${word.length > LETTERS ? "…" : ""}” is no part of a playlist: a part is the name ` +
        "of a scene, as opening, or of a lesson with a colon, as momentum: or momentum:1-2.4 for some of its " +
        "sections; ~ before it skips it.",
    );
  if (!choices[number - 1])
    throw new Error(`There is no ${ITEM_WORDS[kind]} ${text}: ${ITEM_WORDS[kind]}s are 1 to ${choices.length}.`);
  if (kind === "preset") return { kind, number, sections: [], skipped };
  const lesson = lessons[number - 1];
  const all = allSections(lesson);
  const sections = sectionText ? numbersIn(sectionText, all.length) : all;
  const none = sections.find((section) => !all.includes(section));
  if (none !== undefined || !sections.length)
    throw new Error(`Lesson ${text} has no section ${none ?? sectionText}: its sections are 1 to ${all.length}.`);
  return { kind, number, sections, skipped };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export interface Playlist {
  name: string;
  items: PlaylistItem[];
}

const isName = (piece: string) => piece.startsWith("name=");

/** @param query  with or without "?" @returns the items that can be read, and what is wrong with the others */
export function readPlaylist(query: string, offered: PlaylistOffer): Playlist & { faults: string[] } {
  const pieces = query.replace(/^\?/, "").split("&");
  const name = new URLSearchParams(pieces.find(isName)).get("name")?.trim().slice(0, LONGEST_NAME) ?? "";
  const words = pieces
    .filter((piece) => !isName(piece))
    .flatMap((piece) => decoded(piece).split(","))
    .filter(Boolean);
  const items: PlaylistItem[] = [];
  const faults: string[] = [];
  for (const word of words.slice(0, MOST_ITEMS)) {
    try {
      items.push(readItem(word, offered));
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  if (faults.length > TOLD) faults.splice(TOLD, Infinity, `And ${faults.length - TOLD} more.`);
  if (words.length > MOST_ITEMS)
    faults.push(
      `A playlist has at most ${MOST_ITEMS} parts: the ${words.length - MOST_ITEMS} after these are left out.`,
    );
  return { name, items, faults };
}

/** @param numbers  ascending @returns [1, 2, 4] as "1-2.4" */
function rangesOf(numbers: number[]): string {
  const firsts = numbers.filter((number) => !numbers.includes(number - 1));
  const lasts = numbers.filter((number) => !numbers.includes(number + 1));
  return firsts.map((first, k) => (first === lasts[k] ? `${first}` : `${first}-${lasts[k]}`)).join(".");
}

/** @returns without "?" */
export function writePlaylist({ name, items }: Playlist, { presets, lessons }: PlaylistOffer): string {
  const list = items.map(({ kind, number, sections, skipped }) => {
    const skip = skipped ? "~" : "";
    if (kind === "preset") return `${skip}${presets[number - 1].name}`;
    const { name, sections: all } = lessons[number - 1];
    return `${skip}${name}:${sections.length === all.length ? "" : rangesOf(sections)}`;
  });
  return [list.join(), name && `${new URLSearchParams({ name })}`].filter(Boolean).join("&");
}

/** What is told of an item, in the list and beside it. */
interface ItemInfo {
  title: string;
  /** null: nobody has said how long it takes */
  minutes: number | null;
  query: string | null;
}

export function itemInfo({ kind, number, sections }: PlaylistItem, { presets, lessons }: PlaylistOffer): ItemInfo {
  if (kind === "preset") return presets[number - 1];
  const { title, minutes, sections: all } = lessons[number - 1];
  const taken = sections.map((section) => all[section - 1]);
  const minutesTaken = taken.reduce((sum, section) => sum + section.minutes, 0);
  return {
    title,
    minutes: taken.length === all.length ? minutes : minutesTaken || null,
    query: taken.find(({ query }) => query)?.query ?? null,
  };
}

/** What an item is, in a line. */
export function itemWords(
  { kind, number, sections, skipped }: PlaylistItem,
  { presets, lessons }: PlaylistOffer,
): string {
  const today = skipped ? ", not today" : "";
  if (kind === "preset") return `Scene ${number}, ${questionWords(presets[number - 1].guess).way}${today}`;
  const all = lessons[number - 1].sections.length;
  const which = sections.length === all ? `all ${all}` : `${sections.length} of ${all}`;
  return `Lesson ${number}, ${which} sections${today}`;
}

/** The minutes of items one after the other; null unless they are known of all. */
export function minutesOf(items: PlaylistItem[], offered: PlaylistOffer): number[] | null {
  const minutes = items.flatMap((item) => itemInfo(item, offered).minutes ?? []);
  return items.length && minutes.length === items.length ? minutes : null;
}
