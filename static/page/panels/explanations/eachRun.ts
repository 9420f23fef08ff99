/** Asks for an answer for each run in sight; the last answer is shown until the next has come. */
import type { Requests } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Resource, Wish } from "../../resources/resource.ts";
import type { Entry, Run } from "../../state/types.ts";
import { inPlainWords } from "../../words/refusal.ts";

export interface RunAnswer<A> {
  run: Run;
  entry: Entry;
  answer: A;
}

/** @param none  said where there is no run */
export function createEachRun<W extends Wish, A>({ ask }: Requests, kind: Resource<W, A>, none: string) {
  const want = ask(kind);
  return {
    /** Asks, unless a run plays. @returns the answers that there are, and what is to be said of others */
    follow({ state, scene, playing }: Frame, wishOf: (run: Run, entry: Entry) => W) {
      const asked = scene.wholeRuns.flatMap((run, index) =>
        run.hidden || !run.length ? [] : [{ run, entry: state.entries[index] }],
      );
      const known = want(
        state,
        asked.map(({ run, entry }) => ({ ...wishOf(run, entry), subject: entry.id, later: playing })),
      );
      const answers = asked.flatMap(({ run, entry }, k): RunAnswer<A>[] => {
        const { last, refused } = known[k];
        return last && !refused ? [{ run, entry, answer: last }] : [];
      });
      const refused = [...new Set(known.flatMap((one) => one.refused?.map(inPlainWords) ?? []))].join(" ");
      const waits = answers.length ? "" : (known.find((one) => one.waits)?.waits ?? "Working it out.");
      return { answers, said: refused || (asked.length ? waits : none) };
    },
  };
}
