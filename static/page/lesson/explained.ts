/** What a figure of a lesson explains. */
import { PATH } from "../state/network.ts";
import type { Explain } from "../state/types.ts";

/** What a lesson calls an explanation -> its name. */
export const OF_A_FIGURE: Record<string, string> = {
  working: "working",
  states: "charts",
  average: "average",
  search: "search",
  why: "why",
};

/**
 * @param show  views of a figure of a lesson
 * @returns the first of its explanations, the others show beside it; of a network, the map is the plane along its path
 */
export const explainedBy = (show: string[]): Partial<Explain> => ({
  explanation: Object.entries(OF_A_FIGURE).find(([called]) => show.includes(called))?.[1] ?? null,
  plane: show.includes("map") ? PATH : null,
});
