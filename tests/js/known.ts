/** An answer that has come, put into a state. */
import { receiveReply, withDrawnReplies } from "../../static/page/state/replies.ts";
import type { State } from "../../static/page/state/types.ts";

export function withKnown(state: State, name: string, key: string, value: unknown, subject?: string | number): State {
  const { replies = {}, latestKeys = {} } = state;
  return withDrawnReplies(receiveReply({ ...state, replies, latestKeys }, name, key, { value }), name, [
    { key, subject },
  ]);
}
