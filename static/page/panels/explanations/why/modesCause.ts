/** The distance of a run from the minimum along each direction of a quadratic, with the predicted distances. */
import { formatExact } from "../../../math/format.ts";
import { memo } from "../../../memo.ts";
import { aloneAt, createLineChart } from "../../../pictures/chart/lineChart.ts";
import { modeChartOf, modePaths, stepsToShow } from "../../../pictures/curvature/modeChart.ts";
import type { Interval, Principal, Run, Wire } from "../../../state/types.ts";
import { directionNames, factorText, motionAlong } from "../../../words/curvature.ts";
import { type CausePicture, type CausePorts, causeFigure } from "./cause.ts";

const words = ({ eigenvalue, factor }: Wire["Mode"]) =>
  `curvature ${formatExact(eigenvalue, 3)}${factor === null ? "" : `, × ${factorText(factor)} a step`}`;

type ModePaths = { paths: NonNullable<ReturnType<typeof modePaths>>; steps: Interval };

export function createModesCause({ seek: onSeek }: CausePorts): CausePicture<ModePaths> {
  const charts = [0, 1].map(() => createLineChart(modeChartOf, { onSeek }));
  const pathsOf = memo((run: Run, principal: Principal | null, modes: Wire["Mode"][]) => {
    const paths = principal?.predicted && directionNames(modes)[0] ? modePaths(run, principal.predicted, modes) : null;
    return paths && { paths, steps: stepsToShow(paths) };
  });

  return {
    name: "modes",
    word: () => "Each direction",
    prepare: (_, { run, principal, reply }) => pathsOf(run, principal, reply.modes),
    figures: ({ reply: { modes }, names }) =>
      modes.map((mode, k) => {
        const label = `${names[k]}: ${[words(mode), motionAlong(mode)].filter(Boolean).join(", ")}`;
        const caption = k ? label : `${label}; dotted: predicted`;
        return causeFigure(caption, "why-mode", `Distance by step, ${label}`, charts[k].place);
      }),
    draw({ run: { slot } }, { paths, steps }, look, step) {
      for (const [k, path] of paths.entries()) charts[k].render({ ...look, slot, path, steps }, aloneAt(step));
    },
  };
}
