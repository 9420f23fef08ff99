/** The parts of a figure, each in the place of its view. */
import type { ChartExport } from "../state/types.ts";
import { reportingFaults } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import type { Frame, Part, View } from "./part.ts";

/** @param placeOf  where a view stands @returns no parts before they are created */
export function createParts(views: View[], placeOf: (view: View) => HTMLElement) {
  const declared = views.map((view) => ({ view, root: placeOf(view) }));
  let parts: Part[] = [];
  const isHidden = ({ view, root }: { view: View; root: HTMLElement }) => view.place && root.hidden;

  return {
    /** @param figure  what views may use of it: their order decides which of them gets a key */
    create(figure: Figure) {
      parts = declared.map(
        ({ view, root }) => reportingFaults(() => view.create(root, figure)) ?? { render: () => false },
      );
    },
    /** @returns the parts that show, whose places are then not hidden */
    inSight: (frame: Frame): Part[] =>
      parts.filter((_, k) => {
        const { view, root } = declared[k];
        if (view.shows) root.hidden = !reportingFaults(() => view.shows?.(frame));
        return !isHidden(declared[k]);
      }),
    press: (key: string): boolean => parts.some((part, k) => !isHidden(declared[k]) && part.press?.(key)),
    takeHome: () => parts.find((part) => part.takeHome)?.takeHome,
    chartExports: (): ChartExport[] => parts.flatMap((part) => part.chartExports?.() ?? []),
  };
}
