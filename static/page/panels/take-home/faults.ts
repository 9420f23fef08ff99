/** Why something could not be taken home, in plain words. */

import { formatGrouped } from "../../math/format.ts";
import { Refused } from "../../service/http.ts";
import { inPlainWords } from "../../words/refusal.ts";

export function reasonOf(error: unknown): string {
  if (!(error instanceof Refused)) return `This could not be made: ${error instanceof Error ? error.message : error}.`;
  const large = error.errors.find(({ type }) => type === "reply_too_large");
  if (!large) return error.errors.map(inPlainWords).join(" ");
  const limit = `The server sends at most ${formatGrouped(large.ctx.limit)} numbers at once, and these runs have more.`;
  return `${limit} Hide a run, or take fewer steps.`;
}
