/** The sentence about the bands of quartiles in the loss chart. */
import { refusalOf } from "../state/replies.ts";
import { bandKey, bandsOf, bundleOf, isRandom, SEEDS } from "../state/seeds.ts";
import type { State } from "../state/types.ts";
import { refusalSentence } from "./refusal.ts";

/** @returns what the bands are, that they are still to come, or why there are none */
export function bandWords(state: State): string {
  const bundle = bundleOf(state);
  if (bundle) return `${bundle.runs.length} seeds, one each: half of them lie in the band. Thick: their median.`;
  const randomEntries = state.entries.filter((entry) => !entry.hidden && isRandom(state, entry));
  const refused = randomEntries.flatMap((entry) => refusalOf(state, "band", bandKey(state, entry)) ?? [])[0];
  if (refused) return `No ${SEEDS} seeds: ${refusalSentence(refused)}`;
  const bandCount = bandsOf(state)?.filter(Boolean).length ?? 0;
  if (bandCount < randomEntries.length) return `${SEEDS} seeds are being run.`;
  return `${SEEDS} seeds: half of the runs lie in the band. Thick: their median. Thin: this run.`;
}
