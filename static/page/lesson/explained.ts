/** What a figure of a lesson explains. */
import { PATH } from "../state/network.ts";
import type { Explain } from "../state/types.ts";

/** What a lesson calls an explanation -> its name. */
const OF_A_FIGURE: Record<string, string> = { states: "charts", average: "average", search: "search", why: "why" };

/**
 * @param show  views of a figure of a lesson
 * @returns what of them is explained; of a network, the map is the plane along its path
 */
export function explainedBy(show: string[]): Partial<Explain> {
  const named = show.find((name) => name in OF_A_FIGURE);
  return {
    working: show.includes("working"),
    explanation: named ? OF_A_FIGURE[named] : null,
    plane: show.includes("map") ? PATH : null,
  };
}
