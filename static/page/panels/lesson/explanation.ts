/**
 * The working of a step, the states, an average or an exhaustive search below a figure of a lesson; the playground has
 * these in its drawer.
 */

import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { lazy } from "../../service/lazy.ts";
import { showTab } from "../../state/explain.ts";
import { PATH } from "../../state/network.ts";
import type { Column, Explain } from "../../state/types.ts";

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

export const createWorkingPart = (figure: Figure) => {
  figure.act(showTab, "working");
  const working = lazy(
    async () => {
      await figure.wholeCatalog();
      return (await import("../working/working.ts")).createWorking(figure.place("working"), figure);
    },
    figure,
    figure.invalidate,
    () => figure.place("working"),
  );
  return {
    render: (frame: Frame) => void working()?.render(frame),
    destroy: () => working()?.destroy(),
  };
};

export const createDrawerPart = (figure: Figure) => {
  const root = () => figure.found("drawer") as HTMLElement;
  const drawer = lazy(
    async () => {
      await figure.wholeCatalog();
      return (await import("../drawer/drawer.ts")).createDrawer(root(), figure);
    },
    figure,
    figure.invalidate,
    root,
  );
  return {
    needs: (): Column[] => ["gradient"],
    render: (frame: Frame) => void drawer()?.render(frame),
    destroy: () => drawer()?.destroy(),
  };
};
