/** Where the data of a line fit stand; what stands there is fetched with the first line fit. */

import type { Figure } from "../figure/figure.ts";
import type { Frame } from "../figure/part.ts";
import { isLineFit } from "../state/catalog.ts";
import type { Column, State } from "../state/types.ts";
import { lazyPart } from "./shared/lazyView.ts";

export function createDataPart(figure: Figure) {
  const root = figure.place("data");
  const open = async () => (await import("./dataPanel.ts")).createDataPanel(root, figure);
  const part = lazyPart(figure, () => root, open);
  return {
    ...part,
    needs: ({ problem }: State): Column[] => (isLineFit(problem) ? ["batch"] : []),
    render(frame: Frame) {
      root.hidden = !isLineFit(frame.state.problem);
      figure.root.classList.toggle("has-data", !root.hidden);
      return part.render(frame);
    },
    destroy() {
      part.destroy();
      figure.root.classList.remove("has-data");
    },
  };
}
