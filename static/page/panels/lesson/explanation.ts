/** The working of a step, the states or an average below a figure of a lesson: what the playground has in its drawer. */
import { showTab, explain } from "../../state/explain.ts";
import { fetched } from "../shared/fetched.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Column } from "../../service/api.ts";

/** What a lesson calls it -> what the drawer does. */
const IN_DRAWER: Record<string, string> = { states: "charts", average: "average" };

export const createWorkingPart = (figure: Figure) => {
  figure.act(explain, { working: true });
  figure.act(showTab, "working");
  const working = fetched(async () => {
    await figure.wholeCatalog();
    return (await import("../working/working.ts")).createWorking(figure.place("working"), figure);
  }, figure);
  return {
    render: (frame: Frame) => void working()?.render(frame),
    destroy: () => working()?.destroy(),
  };
};

/** @param name  states or average */
export const createDrawerPart = (name: string) => (figure: Figure) => {
  figure.act(explain, { drawer: IN_DRAWER[name] });
  const drawer = fetched(async () => {
    await figure.wholeCatalog();
    return (await import("../drawer/drawer.ts")).createDrawer(figure.found("drawer") as HTMLElement, figure);
  }, figure);
  return {
    needs: (): Column[] => ["gradient"],
    render: (frame: Frame) => void drawer()?.render(frame),
    destroy: () => drawer()?.destroy(),
  };
};
