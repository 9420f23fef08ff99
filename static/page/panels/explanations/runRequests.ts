/** Requests a reply for each visible run; the last one of a run is shown until the next is received. */
import type { Requests } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Need, Resource } from "../../resources/resource.ts";
import type { Entry, Run } from "../../state/types.ts";
import { refusalSentence } from "../../words/refusal.ts";

export interface RunReply<A> {
  run: Run;
  entry: Entry;
  reply: A;
}

export interface RunReplies<A> {
  replies: RunReply<A>[];
  /** why replies are missing, in words */
  note: string;
}

/** @param none  the message without a visible run */
export function createRunRequests<W extends Need, A>({ createRequest }: Requests, kind: Resource<W, A>, none: string) {
  const request = createRequest(kind);
  return {
    /** Requests the replies, unless a run plays. */
    follow({ state, scene, playing }: Frame, needOf: (run: Run, entry: Entry) => W): RunReplies<A> {
      const visible = scene.wholeRuns.flatMap((run, index) =>
        run.hidden || !run.length ? [] : [{ run, entry: state.entries[index] }],
      );
      const progresses = request(
        state,
        visible.map(({ run, entry }) => ({ ...needOf(run, entry), subject: entry.id, later: playing })),
      );
      const replies = visible.flatMap(({ run, entry }, k): RunReply<A>[] => {
        const { last, refused } = progresses[k];
        return last && !refused ? [{ run, entry, reply: last }] : [];
      });
      const refused = [...new Set(progresses.flatMap((progress) => progress.refused?.map(refusalSentence) ?? []))].join(
        " ",
      );
      const waits = replies.length ? "" : (progresses.find((progress) => progress.waits)?.waits ?? "Working it out.");
      return { replies, note: refused || (visible.length ? waits : none) };
    },
  };
}
