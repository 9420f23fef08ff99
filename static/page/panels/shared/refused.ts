/** What the server has refused, in words that are fetched with the first of it. */
import { lazy } from "../../service/lazy.ts";
import type { Refusal } from "../../state/types.ts";

/** @returns a function whose sentences are empty until they have come */
export function createRefusedWords(ports: Parameters<typeof lazy>[1]) {
  const words = lazy(() => import("../../words/refusal.ts"), ports);
  return (errors: Refusal[]): string => errors.map((error) => words()?.inPlainWords(error)).join(" ");
}
