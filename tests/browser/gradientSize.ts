/** The size of the gradient against step, all runs: a view that tests add to a figure, and that CONTRIBUTING shows. */
import { chartView } from "../../static/page/panels/chartView.ts";

export const gradientSize = chartView({
  name: "gradient-size",
  title: "Gradient’s size",
  tab: "Gradient",
  needs: () => ["gradient"],
  first: 1,
  log: true,
  y: ({ columns: { gradient }, length }) =>
    gradient && Float64Array.from({ length: length - 1 }, (_, row) => Math.hypot(...gradient.map((of) => of[row]))),
});
