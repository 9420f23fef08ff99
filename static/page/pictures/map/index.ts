/**
 * The map: the loss as ground, the runs as routes on it.
 *
 * For every frame it takes the scene and the playhead; it redraws the background when anything that stands still has
 * changed, the canvases of the routes when a run has, and otherwise only what moves.
 */

import { onEnd } from "../../figure/ending.ts";
import { createCanvasPainter } from "../../marks/canvas.ts";
import type { Mark } from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { memo, shared } from "../../reads.ts";
import { lazy } from "../../service/lazy.ts";
import type { OrderPainting } from "../../service/painting/orders.ts";
import { sizeOf } from "../../size.ts";
import type { Hit, MapShown, Scene } from "../../state/types.ts";
import { createBackground } from "./ground/background.ts";
import { createNeeds } from "./ground/needs.ts";
import { createLayers, layerMarks } from "./layers.ts";
import type { MapMoment } from "./moment.ts";
import { buildMap, createOverlay } from "./overlay.ts";
import { sizeCanvas } from "./paths/routes.ts";
import { createMapPicture } from "./picture.ts";
import type { MapEvents, MapPorts } from "./pointer/pointer.ts";
import { lookOf } from "./style.ts";

/** @param orderPainting  paints its ground */
export function createMap(root: HTMLElement, orderPainting: OrderPainting, ports: MapPorts, events: MapEvents) {
  const elements = buildMap(root);
  const { buttons } = elements;
  const { invalidate, ended } = ports;
  const isServed = createNeeds(events.onNeedLandscape, ports);
  const background = createBackground(orderPainting, ports);
  const layersOf = createLayers(ports);
  // The first picture does not wait for it.
  const pointerGestures = lazy(
    async () =>
      (await import("./pointer/pointer.ts")).createPointerGestures(root, elements, ports, currentMoment, events),
    ports,
  );
  const endsGround = lazy(async () => (await import("./ground/endsGround.ts")).createEndsGround(), ports);
  const callout = lazy(() => import("./pointer/callout.ts"), ports);
  const tilt = lazy(async () => (await import("./tilt/index.ts")).createTilt(root, buttons.tilt, invalidate), ports);
  const picture = createMapPicture();
  const paint = createCanvasPainter(elements.live);
  const overlay = createOverlay(root, elements);
  let moment: MapMoment | null = null;
  const currentMoment = () => moment;
  let shown: Mark[] = [];
  const createLook = () =>
    memo((sized: Parameters<typeof lookOf>[0]) => {
      const { fontFamily } = getComputedStyle(root);
      const look = lookOf(sized, fontFamily, devicePixelRatio || 1);
      for (const context of [elements.background, elements.live]) sizeCanvas(context, look);
      return look;
    });
  let currentLook = createLook();

  function render(scene: Scene, playhead: MapShown) {
    const look = currentLook({ ...scene, ...sizeOf(root) });
    if (!look.width || !look.height) return;
    const drawing = picture.drawing(scene, look, (placed) => shared(moment?.taken, overlay.taken(placed, playhead)));
    const served = isServed(scene, drawing.area, look.ratio);
    background.draw(elements.background, drawing, served, scene.ends ? endsGround() : null);
    const layers = layersOf(drawing, playhead);
    const hit = hitOf(scene, playhead);
    overlay.update(drawing, playhead, hit, layers.curveStep, hit && callout());
    const groundWords = background.groundWords();
    const pointedMinima = pointerGestures()?.pointedMinima(groundWords.minimumLabels) ?? [];
    moment = picture.moment(drawing, groundWords, layers, { playhead, hit, pointedMinima });
    pointerGestures()?.instruction(moment);
    const raised = playhead.tilted ?? false;
    // It is also drawn while it goes down.
    const risen = raised ? tilt() : tilt.loaded();
    const tilted = risen?.draw(moment, layers, background.painted(), raised && !drawing.axes.curve) ?? false;
    shown = tilted ? [] : layerMarks(moment, layers);
    if (!tilted) paint({ size: look, scales: PIXELS, look, ratio: look.ratio, marks: shown });
  }

  /** The row that is pointed at, while its run has that row. */
  function hitOf({ runs }: Scene, { hovered }: MapShown): Hit | null {
    return hovered?.onMap && (runs[hovered.run]?.length ?? 0) > hovered.step ? hovered : null;
  }

  buttons.tilt.onclick = () => events.onTilt(buttons.tilt.ariaPressed !== "true");
  /** With another look words are measured again. */
  const fontsCame = () => {
    currentLook = createLook();
    invalidate();
  };
  document.fonts?.addEventListener("loadingdone", fontsCame, { signal: ended });
  pointerGestures();
  onEnd(ended, () => {
    root.replaceChildren();
    root.classList.remove("map");
  });

  return {
    render,
    /** @returns the quantity whose arrow is there */
    arrowAt(clientX: number, clientY: number): string | null {
      const { left, top } = root.getBoundingClientRect();
      return (moment && pointerGestures()?.arrowAt(moment, shown, [clientX - left, clientY - top])) ?? null;
    },
    tilt: () => buttons.tilt.hidden || buttons.tilt.click(),
  };
}
