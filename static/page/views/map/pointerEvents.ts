/** From what the pointer does on the map to what it asks of the page. */

import { type Box, inside } from "../../math/box.ts";
import { round } from "../../math/scales.ts";
import type { Hit, Window } from "../../state/types.ts";
import type { Parts } from "./dom.ts";
import { attach, NEARER, type PointerActions, zoomAtCentre } from "./interaction.ts";
import type { MapDrawing } from "./moment.ts";
import { nearestRow } from "./trace.ts";

/** What the map asks of the page. */
export interface MapEvents {
  /** it is to be rendered again */
  invalidate: () => void;
  /** the window can be set; else wheel and arrows scroll the page */
  zooms: boolean;
  /** moving: more is to come (a drag) */
  onStart: (point: number[], moving: boolean) => void;
  /** a click on the ground @returns whether it was asked for; otherwise it moves the start */
  onPlace: (point: number[]) => boolean;
  onWindow: (window: Window | null, moving: boolean) => void;
  onSeek: (run: number, step: number) => void;
  /** the words beside the start were pressed */
  onStartName: () => void;
  onHover: (hit: Hit | null) => void;
  /** the window in sight, frame to frame */
  onNeedLandscape: (window: Window, resolution: number) => void;
}

/** A window is kept between these shares of the domain's size. */
const NARROWEST = 1e-7;
const WIDEST = 60;

function sensible(window: Window, domain: Window): boolean {
  return window.every(([low, high], k) => {
    const share = (high - low) / (domain[k][1] - domain[k][0]);
    return share > NARROWEST && share < WIDEST && high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high));
  });
}

/** To a fraction of a pixel, so that an address stays short. */
function tidy(window: Window): Window {
  return window.map(([low, high]) => {
    const unit = 10 ** Math.floor(Math.log10((high - low) / 5000));
    return [round(low, unit), round(high, unit)] as [number, number];
  });
}

function hitAt({ traces, content, scene, playhead }: MapDrawing, x: number, y: number, reach: number): Hit | null {
  let best: { hit: Hit; distance: number } | null = null;
  for (const trace of traces) {
    const found = nearestRow(trace, x, y, reach, scene.hidesAhead ? Math.floor(playhead.step) : undefined);
    if (!found) continue;
    const distance = found.distance - (trace.index === content.focus ? 2 : 0);
    if (!best || distance < best.distance) best = { hit: { run: trace.index, step: found.step }, distance };
  }
  return best?.hit ?? null;
}

/** @returns lets go */
export function listenToPointer(
  root: HTMLElement,
  parts: Parts,
  events: MapEvents,
  {
    drawing,
    startName,
    hover,
  }: { drawing: () => MapDrawing | null; startName: () => Box | null; hover: (hit: Hit | null) => void },
): () => void {
  const actions: PointerActions = {
    zooms: events.zooms,
    area: () => drawing()?.area ?? null,
    asked: () => drawing()?.scene.window ?? null,
    start() {
      const now = drawing();
      return now?.axes.start(now.scene) ?? null;
    },
    hit(x, y, reach) {
      const now = drawing();
      return now && hitAt(now, x, y, reach);
    },
    name(x, y) {
      const box = startName();
      const there = box !== null && inside(box, x, y) && !drawing()?.scene.plane;
      if (there) events.onStartName();
      return there;
    },
    hover,
    seek: (hit) => events.onSeek(hit.run, hit.step),
    window(window, moving) {
      const now = drawing();
      if (!now || !events.zooms) return;
      const kept = window && now.axes.window(window);
      if (kept && !sensible(kept, now.scene.problem.domain)) return;
      events.onWindow(kept && !moving ? tidy(kept) : kept, moving);
    },
    place(x, y) {
      const now = drawing();
      return now !== null && events.onPlace(now.axes.position(x, y, now.scene));
    },
    moveStart(x, y, moving) {
      const now = drawing();
      if (now && !now.scene.plane) events.onStart(now.axes.position(x, y, now.scene), moving);
    },
  };
  const release = attach(parts.ground, parts.start, root, actions);
  parts.buttons.in.onclick = () => zoomAtCentre(actions, NEARER);
  parts.buttons.out.onclick = () => zoomAtCentre(actions, 1 / NEARER);
  parts.buttons.whole.onclick = () => actions.window(null, false);
  return release;
}
