/**
 * The working of a step, the states, an average or an exhaustive search below a figure of a lesson; the playground has
 * these in its drawer.
 */

import { panelIn, type View } from "../../figure/part.ts";
import { showTab } from "../../state/explain.ts";
import { PATH } from "../../state/network.ts";
import type { Explain } from "../../state/types.ts";
import { lazyPart } from "../shared/lazyView.ts";

/** What a lesson calls it -> what the drawer does. */
const IN_DRAWER: Record<string, string> = { states: "charts", average: "average", search: "search" };

/**
 * @param show  views of a figure
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

export const workingView: View = {
  name: "working",
  place: panelIn("right", "Working of a step"),
  create(root, figure) {
    figure.act(showTab, "working");
    const open = () => figure.withCatalog(() => import("../working/working.ts"));
    return lazyPart(figure, root, async () => (await open()).createWorking(root, figure));
  },
};

export const drawerView: View = {
  name: "drawer",
  place: { within: "root", tag: "section", attributes: { class: "drawer", "aria-label": "Explanations" } },
  needs: () => ["gradient"],
  create(root, figure) {
    const open = () => figure.withCatalog(() => import("../drawer/drawer.ts"));
    return lazyPart(figure, root, async () => (await open()).createDrawer(root, figure));
  },
};
