/** The traces of the scene's runs, made again only for what has changed. */
import { traceOf } from "./trace.ts";
import { screenX, screenY } from "./visibleArea.ts";
import type { Trace } from "./trace.ts";
import type { Box, VisibleArea } from "./visibleArea.ts";
import type { Run, Scene } from "../../state/types.ts";
import type { Plane } from "./plane.ts";

type Entry = { trace: Trace; x: ArrayLike<number>; y: ArrayLike<number>; view: VisibleArea };

function same({ run: old, index: at, length }: Trace, run: Run, index: number) {
  return at === index && length === run.length && old.slot === run.slot && old.name === run.name && old.end === run.end
    && old.columns.gradient === run.columns.gradient;
}

/** Where the view of the whole domain lies on the screen of another view. */
function sheetBox({ x0, x1, y0, y1 }: VisibleArea, view: VisibleArea): Box {
  const [left, top] = [screenX(view, x0), screenY(view, y1)];
  return { left, top, width: screenX(view, x1) - left, height: screenY(view, y0) - top };
}

export function createTraces() {
  let entries: Entry[] = [];
  let list: Trace[] = [];

  function entryOf(run: Run, index: number, plane: Plane, view: VisibleArea, sheet: Box): Entry {
    const [x, y] = plane.columns(run);
    const known = entries.find((entry) => entry.x === x && entry.y === y && entry.view === view && same(entry.trace, run, index));
    return known ?? { trace: traceOf(run, index, x, y, view, sheet), x, y, view };
  }

  /** @returns of the runs not hidden; the same array as before if nothing changed */
  return function tracesOf(scene: Scene, plane: Plane, view: VisibleArea): Trace[] {
    const sheet = sheetBox(plane.view({ ...scene, window: null }, view.box), view);
    entries = scene.runs.flatMap((run, index) => (run.hidden || !run.length ? [] : [entryOf(run, index, plane, view, sheet)]));
    const next = entries.map((entry) => entry.trace);
    if (next.length !== list.length || next.some((trace, k) => trace !== list[k])) list = next;
    return list;
  };
}
