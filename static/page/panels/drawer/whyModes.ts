/** Small charts of *Why*: how far a run is along each direction of a quadratic, beside what is predicted. */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { Themed } from "../../marks/picture.ts";
import { formatExact } from "../../math/format.ts";
import { memo } from "../../reads.ts";
import type { WireCurvature, WireMode } from "../../resources/curvature.ts";
import type { Run } from "../../state/types.ts";
import { aloneAt, createLineChart } from "../../views/chart/lineChart.ts";
import { modeChartOf, modePaths, stepsToShow } from "../../views/curvature/modeChart.ts";
import { factorText, wayOf } from "../../words/curvature.ts";

type ModesGiven = Pick<Run, "columns" | "length"> & { predicted: number[][] | null; told: WireCurvature };

/** @param onSeek  a step is pressed */
export function createWhyModes(onSeek: (step: number) => void) {
  const charts = [0, 1].map(() => createLineChart(modeChartOf, { onSeek }));
  const pathsOf = memo(({ columns, length, predicted, told: { modes } }: ModesGiven) => {
    const paths = predicted && modePaths({ columns, length }, predicted, modes);
    return paths && { paths, steps: stepsToShow(paths) };
  });

  const words = ({ eigenvalue, factor }: WireMode) =>
    `curvature ${formatExact(eigenvalue, 3)}${factor === null ? "" : `, × ${factorText(factor)} a step`}`;

  return {
    /** @returns whether there are any */
    there: (given: ModesGiven): boolean => pathsOf(given) !== null,
    figures: (modes: WireMode[], names: string[]) =>
      modes.map((mode, k) => {
        const label = `${names[k]}: ${[words(mode), wayOf(mode)].filter(Boolean).join(", ")}`;
        return html`<figure><figcaption>${label}${k ? "" : "; dotted: predicted"}</figcaption><div
          class="chart why-mode" role="img"
          aria-label="Distance by step, ${label}" ${ref(charts[k].place)}></div></figure>`;
      }),
    draw(given: ModesGiven, look: Themed & { slot: number }, step: number) {
      const found = pathsOf(given);
      found?.paths.forEach((path, k) => void charts[k].render({ ...look, path, steps: found.steps }, aloneAt(step)));
    },
  };
}
