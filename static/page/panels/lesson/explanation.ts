/**
 * The working of a step, the states, an average or an exhaustive search below a figure of a lesson; the playground has
 * these in its drawer.
 */

import type { Figure } from "../../figure/figure.ts";
import { showTab } from "../../state/explain.ts";
import { PATH } from "../../state/network.ts";
import type { Column, Explain } from "../../state/types.ts";
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

export function createWorkingPart(figure: Figure) {
  figure.act(showTab, "working");
  const root = figure.place("working");
  return lazyPart(
    figure,
    () => root,
    async () => (await figure.withCatalog(() => import("../working/working.ts"))).createWorking(root, figure),
  );
}

export function createDrawerPart(figure: Figure) {
  const root = () => figure.found("drawer") as HTMLElement;
  const open = () => figure.withCatalog(() => import("../drawer/drawer.ts"));
  const part = lazyPart(figure, root, async () => (await open()).createDrawer(root(), figure));
  return { ...part, needs: (): Column[] => ["gradient"] };
}
