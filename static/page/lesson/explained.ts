/** What a figure of a lesson explains. */
import { PATH } from "../state/network.ts";
import type { Explain } from "../state/types.ts";

/** Of a lesson: what it calls it -> what the drawer does. */
const IN_DRAWER: Record<string, string> = { states: "charts", average: "average", search: "search", why: "why" };

/**
 * @param show  views of a figure of a lesson
 * @returns what of them is explained; of a network, the map is the plane along its path
 */
export function explainedBy(show: string[]): Partial<Explain> {
  const inDrawer = show.find((name) => name in IN_DRAWER);
  return {
    working: show.includes("working"),
    drawer: inDrawer ? IN_DRAWER[inDrawer] : null,
    plane: show.includes("map") ? PATH : null,
  };
}
