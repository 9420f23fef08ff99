/** Where the data of a line fit stand; what stands there is fetched with the first line fit. */

import type { Figure } from "../figure/figure.ts";
import type { Frame } from "../figure/part.ts";
import { lazy } from "../service/lazy.ts";
import { isLineFit } from "../state/catalog.ts";
import type { Column, State } from "../state/types.ts";

export function createDataPart(figure: Figure) {
  const root = figure.place("data");
  const get = lazy(
    async () => (await import("./dataPanel.ts")).createDataPanel(root, figure),
    figure,
    figure.invalidate,
    () => root,
  );
  let panel: ReturnType<typeof get> = null;
  return {
    needs: ({ problem }: State): Column[] => (isLineFit(problem) ? ["batch"] : []),
    chartExports: () => (root.hidden ? [] : (panel?.chartExports() ?? [])),
    render(frame: Frame) {
      root.hidden = !isLineFit(frame.state.problem);
      figure.root.classList.toggle("has-data", !root.hidden);
      if (root.hidden) return;
      panel = get();
      panel?.render(frame);
    },
    destroy() {
      panel?.destroy();
      figure.root.classList.remove("has-data");
    },
  };
}
