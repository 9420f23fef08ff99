/** Loss against step, all runs: its axis wears the tints of the map, so that height here and colour there are one thing. */
import { SHEETS } from "../../math/palette.ts";
import { createLayer } from "../layer.ts";
import { drawGround } from "./ground.ts";
import { drawMoving } from "./moving.ts";
import { chartOf, titleOf } from "./plot.ts";
import { listen } from "./touch.ts";
import type { Hit, Plate, Playhead, Scene } from "../../state/types.ts";
import type { Chart } from "./plot.ts";
import type { Look } from "../chart/pen.ts";
import type { Shown } from "./slide.ts";

export interface LossEvents {
  onSeek: (step: number) => void;
  onHover: (hit: Hit | null) => void;
}

export function createLoss(root: HTMLElement, { onSeek, onHover }: LossEvents) {
  const ground = createLayer(root, "layer");
  const moving = createLayer(root, "layer");
  let chart: Chart | null = null;
  let key = "";
  let size = { width: 0, height: 0 };
  /** What was to be drawn last, whether there was room for it or not. */
  let shown: Shown | null = null;
  const leave = listen(root, () => chart, { onSeek, onHover });

  /** @returns the same one while nothing but the playhead has changed */
  function survey(scene: Scene, samples: number[] | null): Chart {
    const resized = ground.fit(size.width, size.height);
    moving.fit(size.width, size.height);
    const wanted = samples ? samples.join() : "steps";
    if (chart && !resized && scene === chart.scene && wanted === key) return chart;
    key = wanted;
    const anew = chartOf(ground.context, scene, samples, size, lookOf(root, scene, scene.projector ? 1.4 : 1));
    ground.clear();
    drawGround(ground.context, anew);
    return anew;
  }

  return {
    /** @param samples  a step of each run takes; null: steps count */
    render(scene: Scene, playhead: Playhead, hit: Hit | null, samples: number[] | null) {
      if (!size.width) this.resize();
      shown = { scene, playhead, samples };
      if (size.width < 80 || size.height < 60) return;
      chart = survey(scene, samples);
      moving.clear();
      drawMoving(moving.context, chart, playhead, hit);
    },
    /** @returns what the chart shows: losses, or what they have above the least there is where that is below 0 */
    title: (): string => titleOf(chart?.loss.base ?? 0),
    /** Drawn for a slide, by what is fetched when it is first wanted. */
    async plates(): Promise<Plate[]> {
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
  return { sheet: SHEETS[theme], family: getComputedStyle(root).fontFamily, scale };
}
