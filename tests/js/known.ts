/** An answer that has come, put into a state. */
import { receiveKnown, withDrawnReplies } from "../../static/page/state/known.ts";
import type { State } from "../../static/page/state/types.ts";

export function withKnown(state: State, name: string, key: string, value: unknown, subject?: string | number): State {
  const { replies = {}, latestKeys = {} } = state;
  return withDrawnReplies(receiveKnown({ ...state, replies, latestKeys }, name, key, { value }), name, [
    { key, subject },
  ]);
}
