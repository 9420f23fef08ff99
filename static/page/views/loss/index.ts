/** Loss against step, all runs: its axis wears the tints of the map, so that height here and colour there are one thing. */
import { COLOURS } from "../../math/palette.ts";
import { nearest, stepAt } from "../chart/lines.ts";
import { createDiffers, createChartSvg, listen } from "../chart/drawing.ts";
import { chartOf, titleOf } from "./chart.ts";
import { markup, movingOf } from "./drawing.ts";
import type { Hit, ChartExport, Playhead, Scene } from "../../state/types.ts";
import type { Look } from "../chart/svg.ts";
import type { Chart } from "./chart.ts";
import type { Shown } from "./slide.ts";

export interface LossEvents {
  onSeek: (step: number) => void;
  onHover: (hit: Hit | null) => void;
}

export function createLoss(root: HTMLElement, { onSeek, onHover }: LossEvents) {
  const chartSvg = createChartSvg(root);
  let chart: Chart | null = null;
  const differs = createDiffers();
  let size = { width: 0, height: 0 };
  /** What was to be drawn last, whether there was room for it or not. */
  let shown: Shown | null = null;

  const leave = listen(root, {
    onHold: (left) => chart && onSeek(stepAt(chart, left, chart.per[chart.scene.selected ?? 0])),
    onPoint(left, top) {
      if (!chart) return;
      const line = chart.lines[nearest(chart, chart.lines, left, top)];
      onHover(line ? { run: line.index, step: stepAt(chart, left, line.per) } : null);
    },
    onLeave: () => onHover(null),
  });

  return {
    /** @param samples  a step of each run takes; null: steps count */
    render(scene: Scene, playhead: Playhead, hit: Hit | null, samples: number[] | null) {
      if (!size.width) this.resize();
      shown = { scene, playhead, samples };
      if (size.width < 80 || size.height < 60) return;
      const runs = scene.runs.flatMap(({ columns, length, end, hidden, slot, name }) => [columns, length, end, hidden, slot, name]);
      const anew = differs([size.width, size.height, String(samples), scene.theme, scene.projector, scene.selected, scene.levels, scene.problem.minima, ...runs]);
      if (anew) chart = chartOf(scene, samples, size, lookOf(root, scene, scene.projector ? 1.4 : 1));
      const now = chart as Chart;
      const moving = movingOf(now, playhead.step, hit);
      if (anew) chartSvg.draw(size, now.look, markup(now, moving));
      else chartSvg.move(moving);
    },
    /** @returns what the chart shows: losses, or what they have above the least there is where that is below 0 */
    title: (): string => titleOf(chart?.y.base ?? 0),
    /** Drawn for a slide, by what is fetched when it is first wanted. */
    async chartExports(): Promise<ChartExport[]> {
      const { SCALE, slideOf } = await import("./slide.ts");
      return shown ? slideOf(shown, lookOf(root, shown.scene, SCALE)) : [];
    },
    resize() {
      size = { width: root.clientWidth, height: root.clientHeight };
    },
    destroy() {
      leave();
      root.replaceChildren();
    },
  };
}

function lookOf(root: HTMLElement, { theme }: Scene, scale: number): Look {
  return { colours: COLOURS[theme], family: getComputedStyle(root).fontFamily, scale };
}
