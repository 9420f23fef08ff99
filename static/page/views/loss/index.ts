/** Loss against step, all runs. Its axis has the tints of the map: a colour there is a height here. */

import { createPicture, type Themed } from "../../marks/picture.ts";
import { COLOURS } from "../../math/palette.ts";
import { shared } from "../../reads.ts";
import type { ChartExport, Hit, Playhead } from "../../state/types.ts";
import { nearestLine, stepAt } from "../chart/lines.ts";
import { chartOf, type LossChart, type LossContent, lossTitle } from "./chart.ts";
import { lossMarks, type StillLoss, stillOf } from "./drawing.ts";
import type { ShownLoss } from "./slide.ts";

/** hit: pointed at */
type LossMoment = { step: number; hit: Hit | null };

interface LossEvents {
  onSeek: (step: number) => void;
  onHover: (hit: Hit | null) => void;
}

export function createLoss(root: HTMLElement, { onSeek, onHover }: LossEvents) {
  /** What was to be drawn last, whether there was room for it or not. */
  let latest: ShownLoss | null = null;
  const chart = createPicture<Themed & LossContent, LossChart & { still: StillLoss }, LossMoment>(root, {
    least: { width: 80, height: 60 },
    layOut(given) {
      const laid = chartOf(given);
      return { ...laid, still: stillOf(laid) };
    },
    opened: ["scene"],
    marks: (layout, { step, hit }) => lossMarks(layout, layout.still, step, hit),
    onHold: (layout, left) => onSeek(stepAt(layout, left, layout.counts[layout.selected ?? 0])),
    onPoint(layout, left, top) {
      const line = layout.lines[nearestLine(layout, layout.lines, left, top)];
      onHover(line ? { run: line.index, step: stepAt(layout, left, line.counts) } : null);
    },
    onLeave: () => onHover(null),
  });

  return {
    render({ scene, counted, bands, epochs }: LossContent, { step }: Playhead, hit: Hit | null) {
      latest = {
        scene,
        step,
        counted: shared(latest?.counted, counted),
        bands: shared(latest?.bands, bands),
        epochs: shared(latest?.epochs, epochs),
      };
      chart.render({ ...latest, theme: scene.theme, scale: scene.scale }, { step, hit });
    },
    /** @returns what the chart shows: losses, or what they have above the least there is where that is below 0 */
    title: (): string => lossTitle(chart.shown()?.layout.y.base ?? 0),
    /** Drawn for a slide, by what is fetched when it is first wanted. */
    async chartExports(): Promise<ChartExport[]> {
      const { SCALE, slideOf } = await import("./slide.ts");
      return latest
        ? slideOf(latest, {
            colours: COLOURS[latest.scene.theme],
            family: getComputedStyle(root).fontFamily,
            scale: SCALE,
          })
        : [];
    },
    destroy: chart.destroy,
  };
}
