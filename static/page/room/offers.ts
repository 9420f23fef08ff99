/** What a wall can ask of a class beside the questions: a contest; of runs in which chance has a part, seeds. */
import { isLesson, type LedPage } from "../playlist/iframe.ts";
import { isRandom } from "../state/seeds.ts";

export interface ClassOffers {
  contest: boolean;
  seeds: boolean;
}

export function offersOf(ledPage: LedPage | null): ClassOffers {
  const state = ledPage && !isLesson(ledPage) ? ledPage.store.get() : null;
  return {
    contest: state !== null && state.entries.length > 0,
    seeds: state?.entries.some((entry) => isRandom(state, entry)) ?? false,
  };
}

interface ClassWay {
  name: "close" | "seeds" | "contest" | "notes";
  word: string;
  pressed?: boolean;
}

/**
 * @param now.inContest  a contest shows in place of its preset
 * @param now.seeds  each seat has a seed of its own
 * @param now.asks  a question is open
 * @returns the words under the wall
 */
export function waysOnWall(
  offers: ClassOffers,
  { inContest, seeds, asks }: { inContest: boolean; seeds: boolean; asks: boolean },
): ClassWay[] {
  if (inContest) return [{ name: "close", word: "Back to the wall" }];
  return [
    ...(offers.seeds || seeds ? [{ name: "seeds" as const, word: "Each of you a seed", pressed: seeds }] : []),
    ...(offers.contest && !asks ? [{ name: "contest" as const, word: "Open a contest" }] : []),
    { name: "notes", word: "Notes" },
  ];
}
