/** What is asked of each run that is shown: while the next answer is on its way the last one stands. */
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { type Keyed, knownOf, type Wish } from "../../resources/resource.ts";
import type { Entry, Run } from "../../state/types.ts";
import { inPlainWords } from "../../words/refusal.ts";

export interface RunAnswer<A> {
  run: Run;
  entry: Entry;
  answer: A;
}

/** @param none  said where there is no run */
export function createEachRun<W extends Wish, A>({ ask }: Figure, kind: Keyed<W, A>, none: string) {
  const want = ask(kind);
  const last = new Map<number, A>();
  return {
    /** Asks while nothing plays. @returns the answers that there are, and what is to be said of others */
    follow({ state, scene, playing }: Frame, wishOf: (run: Run, entry: Entry) => W) {
      const asked = scene.wholeRuns.flatMap((run, index) =>
        run.hidden || !run.length
          ? []
          : [{ run, entry: state.entries[index], wish: wishOf(run, state.entries[index]) }],
      );
      if (!playing) want(asked.map(({ wish }) => wish));
      const known = asked.map(({ wish }) => knownOf(state, kind, wish.key));
      const shown = asked.flatMap(({ run, entry }, k): RunAnswer<A>[] => {
        const { value, refused } = known[k] ?? {};
        if (value) last.set(entry.id, value);
        const answer = refused ? undefined : last.get(entry.id);
        return answer ? [{ run, entry, answer }] : [];
      });
      const refused = [...new Set(known.flatMap((one) => one?.refused?.map(inPlainWords) ?? []))].join(" ");
      const waits = shown.length ? "" : (known.find((one) => one?.waits)?.waits ?? "Working it out.");
      return { shown, said: refused || (asked.length ? waits : none) };
    },
  };
}
