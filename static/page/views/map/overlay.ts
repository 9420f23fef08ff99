/** The elements over the canvases: where they stand, what they say to those who cannot see the map. */

import { setAttribute } from "../../dom.ts";
import { type Box, grown, inside } from "../../math/box.ts";
import { formatExact, formatPlace } from "../../math/format.ts";
import { memo } from "../../reads.ts";
import type { Hit } from "../../state/types.ts";
import { asWritten } from "../../words/symbol.ts";
import { type MapElements, place } from "./dom.ts";
import { createKey } from "./key.ts";
import { toldMinima } from "./mapAxes.ts";
import type { MapDrawing } from "./moment.ts";
import { startOn } from "./start.ts";
import type { StepOnCurve } from "./stepOnCurve.ts";

/** So far inside the frame waits the handle of a start that is out of sight, in pixels. */
const EDGE = 14;

/** Pixels around the zoom buttons that words keep off. */
const CLEAR = 4;

type Callout = Pick<typeof import("./callout.ts"), "fillCallout" | "placeCallout">;

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

function startLabel({ scene }: MapDrawing): string {
  const where = scene.start.map((value, k) => `${scene.problem.parameters[k]} ${formatExact(value, 4)}`).join(", ");
  return `Start at ${where}. Arrow keys move it, with Shift by larger steps.`;
}

/** Minima that are read out, at the most. */
const READ = 8;

/** @param stands  where a run stands on a curve, in a sentence */
function groundLabel({ scene }: MapDrawing, stands: string): string {
  const known = toldMinima(scene)
    .slice(0, READ)
    .map(({ at, loss }) => `${formatExact(loss, 4)} at ${formatPlace(at, 4)}`);
  const minima = known.length ? ` Known minima: ${known.join(", ")}.` : "";
  const what = scene.plane
    ? `${asWritten(scene.plane.sentence)} Loss of ${scene.problem.label} on it.`
    : `Map of the loss of ${scene.problem.label}.`;
  const keys = "Arrow keys move the view, plus and minus zoom, 0 shows the whole domain.";
  return `${what}${minima}${stands && ` ${stands}`} ${keys}`;
}

export function createOverlay(
  root: HTMLElement,
  { ground, start, zoom, buttons, callout, note, wait, key }: MapElements,
) {
  let lastHit: Hit | null = null;
  const keyed = createKey(key);
  /** Where the zoom buttons stand; null: they are not shown. */
  let zoomBox: Box | null = null;

  const layOut = memo(({ look }: Pick<MapDrawing, "look">) => {
    const { left, top, width, height } = look.box;
    ground.style.left = `${left}px`;
    ground.style.top = `${top}px`;
    ground.style.width = `${width}px`;
    ground.style.height = `${height}px`;
    place(zoom, left + width, top);
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = zoom;
    const buttonsBox = {
      left: left + width + offsetLeft,
      top: top + offsetTop,
      width: offsetWidth,
      height: offsetHeight,
    };
    zoomBox = offsetWidth ? grown(buttonsBox, CLEAR) : null;
    place(key, left + width, top);
    place(wait, left + width / 2, top + height / 2);
    root.classList.toggle("map-compact", look.compact);
  });

  function moveStart(drawing: MapDrawing) {
    const { area } = drawing;
    const [px, py] = startOn(drawing);
    start.hidden = !Number.isFinite(px + py) || drawing.scene.plane !== null;
    const away = !inside(area.box, px, py);
    start.classList.toggle("map-start-away", away);
    if (!away) return place(start, px, py);
    const { left, top, width, height } = area.box;
    const [ex, ey] = [within(px, left + EDGE, left + width - EDGE), within(py, top + EDGE, top + height - EDGE)];
    start.style.setProperty("--way", `${Math.round((Math.atan2(py - ey, px - ex) * 180) / Math.PI)}deg`);
    place(start, ex, ey);
  }

  function tell(drawing: MapDrawing, hit: Hit | null, onCurve: StepOnCurve | null, told: Callout | null) {
    const { scene, traces } = drawing;
    const trace = hit && traces.find(({ index }) => index === hit.run);
    callout.hidden = !trace || !told;
    if (hit && trace && told && hit !== lastHit) {
      const step = onCurve?.told(drawing, hit.run, hit.step) ?? null;
      told.fillCallout(callout, trace.run, hit.step, scene.problem, step);
      told.placeCallout(callout, trace.xs[hit.step], trace.ys[hit.step], drawing);
    }
    lastHit = told && hit;
  }

  note.textContent = "axes not to scale";

  return {
    /**
     * @param onCurve  null where there is no curve, or until it is there
     * @param told  tells of what is hit, once it is there
     */
    update(drawing: MapDrawing, hit: Hit | null, onCurve: StepOnCurve | null, told: Callout | null) {
      const { scene, area } = drawing;
      moveStart(drawing);
      tell(drawing, hit, onCurve, told);
      setAttribute(start, "aria-label", startLabel(drawing));
      const stands = onCurve?.sentence(drawing, drawing.playhead.step);
      setAttribute(ground, "aria-label", groundLabel(drawing, stands ?? ""));
      root.classList.toggle("map-stale", scene.stale);
      root.classList.toggle("map-nearer", scene.window !== null);
      ground.classList.toggle("map-ground-route", hit !== null);
      buttons.whole.disabled = scene.window === null;
      buttons.tilt.hidden = drawing.axes.curve;
      wait.hidden = scene.landscape !== null;
      root.classList.toggle("map-asks", (drawing.playhead.asks ?? null) !== null);
      const uneven = !area.equal && scene.problem.parameters.length > 1;
      note.hidden = !uneven;
    },
    /** Room at the edge of the map that is taken: by the key, and by the zoom buttons. */
    taken(drawing: Parameters<typeof keyed>[0]): Box[] {
      layOut(drawing);
      return [keyed(drawing), zoomBox].filter((box) => box !== null);
    },
  };
}
