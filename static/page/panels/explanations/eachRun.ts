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
      const visible = scene.wholeRuns.flatMap((run, index) =>
        run.hidden || !run.length ? [] : [{ run, entry: state.entries[index] }],
      );
      const replies = want(
        state,
        visible.map(({ run, entry }) => ({ ...wishOf(run, entry), subject: entry.id, later: playing })),
      );
      const answers = visible.flatMap(({ run, entry }, k): RunAnswer<A>[] => {
        const { last, refused } = replies[k];
        return last && !refused ? [{ run, entry, answer: last }] : [];
      });
      const refused = [...new Set(replies.flatMap((reply) => reply.refused?.map(inPlainWords) ?? []))].join(" ");
      const waits = answers.length ? "" : (replies.find((reply) => reply.waits)?.waits ?? "Working it out.");
      return { answers, note: refused || (visible.length ? waits : none) };
    },
  };
}
