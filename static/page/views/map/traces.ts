/** The traces of the scene's runs, made again only for what has changed. */

import { screenX, screenY } from "../../marks/scales.ts";
import type { Box } from "../../math/box.ts";
import type { Run, Scene } from "../../state/types.ts";
import type { MapAxes } from "./mapAxes.ts";
import { type Trace, traceOf } from "./trace.ts";
import type { VisibleArea } from "./visibleArea.ts";

type KnownTrace = { trace: Trace; area: VisibleArea };

/** Where the view of the whole domain lies on the screen of another view. */
function wholeBox({ x0, x1, y0, y1 }: VisibleArea, area: VisibleArea): Box {
  const [left, top] = [screenX(area, x0), screenY(area, y1)];
  return { left, top, width: screenX(area, x1) - left, height: screenY(area, y0) - top };
}

export function createTraces() {
  let entries: KnownTrace[] = [];
  let list: Trace[] = [];

  function entryOf(run: Run, index: number, axes: MapAxes, area: VisibleArea, whole: Box): KnownTrace {
    const known = entries.find(({ trace, area: seen }) => trace.run === run && trace.index === index && seen === area);
    return known ?? { trace: traceOf({ run, index, columns: axes.columns(run), area, whole }), area };
  }

  /** @returns of the runs not hidden, as far as they go; the same array as before if nothing changed */
  return function tracesOf(scene: Scene, axes: MapAxes, area: VisibleArea): Trace[] {
    const whole = wholeBox(axes.area({ ...scene, window: null }, area.box), area);
    entries = scene.wholeRuns.flatMap((run, index) =>
      run.hidden || !run.length ? [] : [entryOf(run, index, axes, area, whole)],
    );
    const next = entries.map((entry) => entry.trace);
    if (next.length !== list.length || next.some((trace, k) => trace !== list[k])) list = next;
    return list;
  };
}
