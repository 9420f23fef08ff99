/** Presets found by words. */
import type { Preset } from "./types.ts";

/** @returns the names of its optimizers, as "heavy ball" */
const namesRun = (query: string) =>
  new URLSearchParams(query)
    .getAll("optimizer")
    .map((optimizerText) => optimizerText.split(":")[0].replaceAll("_", " "));

/**
 * @returns the one with a number, or those with all of some words, be it in part, in chapter, title, question, lesson,
 * names of optimizers or the words by which readers may look for them
 */
export function presetsWith(presets: Preset[], words: string): Preset[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (/^\s*\d+\s*$/.test(words)) return presets.filter((_, k) => k + 1 === Number(words));
  return presets.filter(({ group, title, question, query, lesson_title = "", words: more = [] }) => {
    const text = [group, title, question, lesson_title, ...more, ...namesRun(query)].join(" ").toLowerCase();
    return parts.every((part) => text.includes(part));
  });
}
