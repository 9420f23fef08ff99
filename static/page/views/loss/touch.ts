/** The loss chart under the pointer: point at a line, drag the playhead. */
import { yOf } from "./curves.ts";
import type { Hit, Scene } from "../../state/types.ts";
import type { Plot } from "./curves.ts";
import type { LossEvents } from "./index.ts";
import type { Chart } from "./plot.ts";

/** A line is pointed at from so many pixels away. */
const REACH = 24;

/** The run whose line passes nearest. */
function nearestRun({ runs }: Scene, plot: Plot, x: number, y: number): Hit | null {
  const share = (x - plot.box.left) / plot.box.width;
  let best: Hit | null = null;
  let least = REACH;
  runs.forEach((run, k) => {
    if (run.hidden || run.length === 0) return;
    const step = Math.round(plot.steps.stepAt(k, share));
    if (step < 0 || step >= run.length) return;
    const away = Math.abs(yOf(plot, run.columns.loss[step]) - y);
    if (away < least) [best, least] = [{ run: k, step }, away];
  });
  return best;
}

/** @returns stops listening */
export function listen(root: HTMLElement, shown: () => Chart | null, { onSeek, onHover }: LossEvents): () => void {
  const control = new AbortController();
  const { signal } = control;
  let held = false;

  function move(event: PointerEvent) {
    const now = shown();
    if (!now) return;
    const edge = root.getBoundingClientRect();
    const [x, y] = [event.clientX - edge.left, event.clientY - edge.top];
    const share = Math.min(1, Math.max(0, (x - now.box.left) / now.box.width));
    if (held) onSeek(Math.round(now.steps.stepAt(now.scene.selected ?? 0, share)));
    else onHover(nearestRun(now.scene, now, x, y));
  }

  root.addEventListener("pointerdown", (event) => {
    held = event.button === 0;
    if (held) root.setPointerCapture(event.pointerId);
    move(event);
  }, { signal });
  root.addEventListener("pointermove", move, { signal });
  root.addEventListener("pointerup", () => (held = false), { signal });
  root.addEventListener("pointercancel", () => (held = false), { signal });
  root.addEventListener("pointerleave", () => onHover(null), { signal });
  return () => control.abort();
}
