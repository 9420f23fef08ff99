/** Searches the presets by words. */
import type { Preset } from "./types.ts";

/** @returns the names of the optimizers in an address, in words: "heavy ball" */
const optimizerNames = (query: string) =>
  new URLSearchParams(query)
    .getAll("optimizer")
    .map((optimizerText) => optimizerText.split(":")[0].replaceAll("_", " "));

/**
 * @param words  a number, or words or parts of words
 * @returns the preset with that number, from 1; else those that have all the words in chapter, title, question, lesson,
 *   optimizers or search words
 */
export function searchPresets(presets: Preset[], words: string): Preset[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (/^\s*\d+\s*$/.test(words)) return presets.filter((_, k) => k + 1 === Number(words));
  return presets.filter(({ group, title, question, query, lesson_title = "", words: more = [] }) => {
    const text = [group, title, question, lesson_title, ...more, ...optimizerNames(query)].join(" ").toLowerCase();
    return parts.every((part) => text.includes(part));
  });
}
