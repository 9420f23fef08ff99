/**
 * The map: the loss as ground, the runs as routes on it.
 *
 * It keeps no state of its own. Every frame it is handed the scene and the playhead; it redraws the background when
 * what stands still has changed, the routes' canvases when a run has, and otherwise only what moves.
 */

import { onEnd } from "../../figure/ending.ts";
import { createCanvasPainter } from "../../marks/canvas.ts";
import { shownAt } from "../../marks/hit.ts";
import type { Mark } from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { memo, shared } from "../../reads.ts";
import { lazy } from "../../service/lazy.ts";
import type { OrderPainting } from "../../service/painting/orders.ts";
import { sizeOf } from "../../size.ts";
import type { Hit, Playhead, Scene } from "../../state/types.ts";
import { createBackground } from "./background.ts";
import { createLayers, layerMarks } from "./layers.ts";
import { axesOf } from "./mapAxes.ts";
import { type MapDrawing, type MapGround, type MapMoment, standingOf } from "./moment.ts";
import { createNeeds } from "./needs.ts";
import { buildMap, createOverlay, sizeCanvases } from "./overlay.ts";
import type { MapEvents, MapPorts } from "./pointer.ts";
import { createRoutes, type RoutesContent } from "./routes.ts";
import { lookOf, type MapLook, SHOWN } from "./style.ts";
import { tickEveryOf } from "./ticks.ts";
import { createTraces } from "./trace.ts";
import { sameArea } from "./visibleArea.ts";

/** Pixels from an arrow within which it is meant. */
const NEAR = 5;

/** @param orderPainting  of its ground */
export function createMap(root: HTMLElement, orderPainting: OrderPainting, ports: MapPorts, events: MapEvents) {
  const elements = buildMap(root);
  const { contexts, buttons } = elements;
  const { invalidate, ended } = ports;
  const isServed = createNeeds(events.onNeedLandscape, ports);
  const background = createBackground(orderPainting, ports);
  const layersOf = createLayers(ports);
  // The first picture does not wait for it.
  const hand = lazy(async () => (await import("./pointer.ts")).createHand(root, elements, ports, now, events), ports);
  const endsGround = lazy(async () => (await import("./endsGround.ts")).createEndsGround(), ports);
  const callout = lazy(() => import("./callout.ts"), ports);
  const tilt = lazy(async () => (await import("./tilt/index.ts")).createTilt(root, buttons.tilt, invalidate), ports);
  const routesMark = createRoutes(contexts);
  const paint = createCanvasPainter(contexts.live);
  const tracesOf = createTraces();
  const overlay = createOverlay(root, elements);
  let moment: MapMoment | null = null;
  const now = () => moment;
  let shown: Mark[] = [];
  /** How often fonts have come, by which words are measured. */
  let fonts = 0;

  type LookParts = Parameters<typeof lookOf>[1] & { fonts: number };
  const lookNow = memo(({ theme, projector, scale, width, height, fonts: _ }: LookParts) => {
    const made = lookOf(root, { theme, projector, scale, width, height });
    sizeCanvases(contexts, made);
    return made;
  });
  // The same object as long as it says the same: what was placed on the map stays.
  const axesNow = memo(axesOf);
  const tickEveryNow = memo(({ traces, look }: Pick<MapDrawing, "traces" | "look">) => tickEveryOf(traces, look));
  const standing = memo(standingOf, "content");
  const routesContent = memo((given: RoutesContent) => ({ ...given }));

  /** Where all lies on the screen. */
  function drawingOf(scene: Scene, playhead: Playhead, look: MapLook): MapDrawing {
    const axes = axesNow(scene);
    const fresh = axes.area(scene, look.box);
    const area = moment && sameArea(moment.area, fresh) ? moment.area : fresh;
    const traces = tracesOf(scene, axes, area);
    const tickEvery = tickEveryNow({ traces, look });
    const served = isServed(scene, area, look.ratio);
    const tint = scene.ends ? endsGround() : null;
    const placed = { scene, playhead, look, area, axes, traces, tickEvery, served, endsGround: tint };
    return { ...placed, taken: shared(moment?.taken, overlay.taken(placed)) };
  }

  /** With the ground as it is printed. */
  function groundOf(given: MapDrawing): MapGround {
    const { traces, look, tickEvery, scene, playhead } = given;
    const { boxes: words, ...printed } = background.words();
    const inHand = playhead.hovered?.run ?? scene.guesses?.run ?? (scene.bundle && -1);
    const content = routesContent({
      traces,
      look,
      tickEvery,
      words,
      ahead: !scene.hidesAhead,
      focus: inHand ?? scene.selected,
      hovering: inHand !== null,
    });
    return { ...given, ...printed, content };
  }

  function render(scene: Scene, playhead: Playhead) {
    const look = lookNow({ ...scene, ...sizeOf(root), fonts });
    if (!look.width || !look.height) return;
    const drawing = drawingOf(scene, playhead, look);
    background.draw(contexts.background, drawing);
    const ground = groundOf(drawing);
    const layers = layersOf(drawing);
    const stands = standing({ ...ground, ...layers });
    hand()?.plate({ ...ground, ...stands });
    const hit = hitOf(scene, playhead);
    const { curveStep, enlarged } = layers;
    overlay.update(drawing, hit, curveStep, hit && callout());
    const told = hand()?.told(ground.sinks) ?? [];
    moment = {
      ...ground,
      ...stands,
      curveStep,
      enlarged,
      hit,
      told,
      routes: routesMark(ground.content, playhead.step),
    };
    const raised = buttons.tilt.ariaPressed === "true";
    // It also is drawn on its way down.
    const risen = raised ? tilt() : tilt.now();
    const tilted = risen?.draw(moment, layers, background.painted(), raised && !drawing.axes.curve) ?? false;
    shown = tilted ? [] : layerMarks(moment, layers);
    if (!tilted) paint({ size: look, scales: PIXELS, look, ratio: look.ratio, marks: shown });
  }

  /** What is pointed at here, while it has that row. */
  function hitOf({ runs }: Scene, { hovered }: Playhead): Hit | null {
    return hovered?.onMap && (runs[hovered.run]?.length ?? 0) > hovered.step ? hovered : null;
  }

  buttons.tilt.onclick = () => {
    buttons.tilt.ariaPressed = String(buttons.tilt.ariaPressed !== "true");
    invalidate();
  };
  const fontsCame = () => {
    fonts++;
    invalidate();
  };
  document.fonts?.addEventListener("loadingdone", fontsCame, { signal: ended });
  hand();
  onEnd(ended, () => {
    root.replaceChildren();
    root.classList.remove("map");
  });

  return {
    render,
    /** @returns the quantity whose arrow is there */
    arrowAt(clientX: number, clientY: number): string | null {
      const { left, top } = root.getBoundingClientRect();
      const at = [clientX - left, clientY - top] as const;
      return moment && shownAt(shown, moment, at, NEAR * moment.look.scale, SHOWN);
    },
    tilt: () => buttons.tilt.hidden || buttons.tilt.click(),
  };
}
