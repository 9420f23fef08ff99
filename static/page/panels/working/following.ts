/** The working of the step at the playhead: at once where it rests, a few times a second while it plays. */

import type { Figure } from "../../figure/figure.ts";
import { knownOf } from "../../resources/resource.ts";
import { step, stepWish } from "../../resources/step.ts";
import { runKey } from "../../state/state.ts";
import type { State } from "../../state/types.ts";

export function createFollower({ ask }: Pick<Figure, "ask">) {
  const want = ask(step);
  let asked: ReturnType<typeof stepWish> | null = null;
  /** Whose step it is. */
  let run = "";
  /** The step last asked for, and which way it went from the one before. */
  let [last, way] = [0, 1];
  let silent = "";

  /** @returns the step there is, or why there is none; nothing while it is on its way */
  function told(state: State, key: string) {
    const known = knownOf(state, step, key);
    silent = known?.waits ?? "";
    return known && !silent ? known : undefined;
  }

  return {
    /** @returns why no answer has come just now; empty where one has, or may come */
    silent: () => silent,
    /** @returns while it plays, what was asked for before, until more has come */
    follow(state: State, index: number, t: number, playing: boolean): ReturnType<typeof told> {
      const entry = state.entries[index];
      const wishAt = (at: number) => stepWish(state, entry, at);
      const another = run !== runKey(state, entry);
      const before = playing && asked && !another ? told(state, asked.key) : undefined;
      if (!playing || !asked || another || before) asked = wishAt(t);
      if (another) run = runKey(state, entry);
      if (t !== last) [last, way] = [t, t < last ? -1 : 1];
      const answer = told(state, asked.key);
      // While nothing moves the step after this one is fetched too, so that it is there when it is gone to.
      const taken = (state.runs[entry.id]?.length ?? 1) - 1;
      const ahead = answer && !playing && t + way >= 1 && t + way <= taken;
      want(ahead ? [asked, wishAt(t + way)] : [asked]);
      return answer ?? before;
    },
  };
}
