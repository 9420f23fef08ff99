/**
 * The map: the loss as ground, the runs as routes on it.
 *
 * It keeps no state of its own. Every frame it is handed the scene and the playhead; it redraws the background when
 * what stands still has changed, the routes' canvases when a run has, and otherwise only what moves.
 */

import { createCanvasPainter } from "../../marks/canvas.ts";
import { shownAt } from "../../marks/hit.ts";
import type { Mark } from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { memo, shared } from "../../reads.ts";
import { lazy } from "../../service/lazy.ts";
import type { PaintingOrders } from "../../service/painting/orders.ts";
import type { Hit, Playhead, Scene } from "../../state/types.ts";
import { SHOWN } from "./arrows.ts";
import { createBackground } from "./background.ts";
import { buildMap, sizeCanvases } from "./dom.ts";
import { layerMarks } from "./layers.ts";
import { lookOf, type MapLook } from "./look.ts";
import { axesOf } from "./mapAxes.ts";
import { sinkUnder } from "./minima.ts";
import type { MapDrawing, MapMoment } from "./moment.ts";
import { createNeeds } from "./needs.ts";
import { createOverlay } from "./overlay.ts";
import type { MapEvents } from "./pointer.ts";
import { standingRoom } from "./room.ts";
import { createRoutes, type RoutesContent } from "./routes.ts";
import type { StepOnCurve } from "./stepOnCurve.ts";
import { tickEveryOf } from "./ticks.ts";
import { createTraces, type Trace } from "./trace.ts";
import { sameArea } from "./visibleArea.ts";

/** Pixels from an arrow within which it is meant. */
const NEAR = 5;
/** Words that stand still move out of a route's way only once it has come to rest. */
const ROUTES_QUIET = 350;

/** @param painter  draws its ground */
export function createMap(root: HTMLElement, painter: PaintingOrders, events: MapEvents) {
  const parts = buildMap(root);
  const { contexts } = parts;
  const { invalidate } = events;
  const listening = new AbortController();
  const { signal } = listening;
  const needs = createNeeds(events.onNeedLandscape);
  const background = createBackground(painter, invalidate);
  const later = <T>(load: () => Promise<T>) => lazy(load, { ended: signal, invalidate });
  // The first picture does not wait for it.
  const naming = later(async () => {
    const { createNaming, listenToPointer } = await import("./afterwards.ts");
    listenToPointer(root, parts, () => drawing, events, { signal });
    return createNaming();
  });
  // Drawn on few maps.
  const stepOnCurve = later(async () => (await import("./stepOnCurve.ts")).createStepOnCurve());
  const searchDots = later(async () => (await import("./searchDots.ts")).createSearchDots());
  const changes = later(async () => (await import("./changesOnTheWay.ts")).createChangesOnTheWay());
  const guess = later(() => import("./guess.ts"));
  const evidence = later(async () => (await import("./evidence.ts")).evidenceMarks);
  const tilt = later(async () => (await import("./tilt/index.ts")).createTilt(root, parts.buttons.tilt, invalidate));
  const routesMark = createRoutes(contexts);
  const paint = createCanvasPainter(contexts.live);
  const tracesOf = createTraces();
  const overlay = createOverlay(root, parts);
  let drawing: MapDrawing | null = null;
  let shown: Mark[] = [];
  /** Traces that words keep off, or will once these have come to rest. */
  let checked: Trace[] = [];
  let size = 0;
  let quiet = 0;
  /** The minimum that is pointed at, -1 for none; and whether the keys are on the ground. */
  let [pointed, keyed] = [-1, false];
  /** Whether the ground is to stand risen, and whether it is seen so, as it also is on its way down. */
  let [raised, tilted] = [false, false];

  /** size: a number for each size of the root */
  const look = memo(
    ({ theme, projector, scale, size: _ }: Pick<Scene, "theme" | "projector" | "scale"> & { size: number }) => {
      const made = lookOf(root, { theme, projector, scale });
      sizeCanvases(contexts, made);
      return made;
    },
  );
  // The same object as long as it says the same: what was placed on the map stays.
  const axesNow = memo(axesOf);
  const room = memo(standingRoom, "content");
  const routesContent = memo((given: Omit<RoutesContent, "tickEvery">) => ({
    ...given,
    tickEvery: tickEveryOf(given.traces, given.look),
  }));

  function drawingOf(scene: Scene, playhead: Playhead): MapDrawing {
    const made = look({ ...scene, size });
    const axes = axesNow(scene);
    const fresh = axes.area(scene, made.box);
    const area = drawing && sameArea(drawing.area, fresh) ? drawing.area : fresh;
    const traces = tracesOf(scene, axes, area);
    const served = needs.check(scene, area, made.ratio);
    const content = pictureOf(scene, traces, made, playhead);
    const parts = { scene, playhead, look: made, area, axes, traces, served, content };
    return { ...parts, taken: shared(drawing?.taken, overlay.taken(parts)) };
  }

  function pictureOf(
    { selected, hidesAhead }: Scene,
    traces: Trace[],
    look: MapLook,
    { hovered }: Playhead,
  ): RoutesContent {
    const inHand = hovered?.run ?? null;
    return routesContent({
      traces,
      look,
      ahead: !hidesAhead,
      focus: inHand ?? selected,
      hovering: inHand !== null,
      words: background.words().boxes,
    });
  }

  function render(scene: Scene, playhead: Playhead) {
    const { width, height } = look({ ...scene, size });
    if (!width || !height) return;
    const hit = hitOf(scene, playhead);
    drawing = drawingOf(scene, playhead);
    if (background.draw(contexts.background, drawing)) {
      clearTimeout(quiet);
      drawing.content = pictureOf(scene, drawing.traces, drawing.look, playhead);
    } else if (drawing.traces !== checked) calm();
    checked = drawing.traces;
    const onCurve = drawing.axes.curve ? stepOnCurve() : null;
    overlay.update(drawing, hit, onCurve);
    const moment = momentOf(drawing, hit, onCurve);
    if (raised || tilted) tilted = tilt()?.draw(moment, background.painted(), raised && !drawing.axes.curve) ?? false;
    shown = tilted ? [] : layerMarks(moment);
    if (tilted) return;
    paint({
      size: { width, height },
      scales: PIXELS,
      look: drawing.look,
      ratio: drawing.look.ratio,
      marks: shown,
    });
  }

  function momentOf(given: MapDrawing, hit: Hit | null, onCurve: StepOnCurve | null): MapMoment {
    const { step } = given.playhead;
    const standing = { ...given, ...background.words(), onCurve };
    const ground = { ...standing, room: room(standing) };
    const { sinks } = ground;
    const moving = ground.room.over();
    onCurve?.take(given, Math.floor(step), moving);
    const named = naming();
    return {
      ...ground,
      hit,
      searchDots: given.scene.search ? searchDots() : null,
      guess: given.scene.guess || (given.scene.dwells.length && step) ? guess() : null,
      evidence: given.scene.evidence.length ? evidence() : null,
      told: keyed ? [...sinks.keys()] : sinks[pointed] ? [pointed] : [],
      naming: named,
      changes: given.scene.runs.some(({ phases }) => phases.length > 1) ? changes() : null,
      routes: routesMark(given.content, step),
      names: named?.at(ground, step, moving) ?? { exits: [], tags: [] },
      moving,
    };
  }

  /** What is pointed at here, while it has that row. */
  function hitOf({ runs }: Scene, { hovered }: Playhead): Hit | null {
    return hovered?.onMap && (runs[hovered.run]?.length ?? 0) > hovered.step ? hovered : null;
  }

  function calm() {
    clearTimeout(quiet);
    quiet = window.setTimeout(() => {
      background.forget();
      invalidate();
    }, ROUTES_QUIET);
  }

  parts.buttons.tilt.onclick = () => {
    raised = !raised;
    parts.buttons.tilt.ariaPressed = String(raised);
    invalidate();
  };

  function tell(next: number, byKeys: boolean) {
    if (next === pointed && byKeys === keyed) return;
    [pointed, keyed] = [next, byKeys];
    invalidate();
  }

  // Wherever the pointer is: the handle of the start may lie over a minimum.
  root.addEventListener(
    "pointermove",
    ({ clientX, clientY }) => {
      const { left, top } = root.getBoundingClientRect();
      tell(sinkUnder(background.words().sinks, clientX - left, clientY - top), keyed);
    },
    { signal },
  );
  root.addEventListener("pointerleave", () => tell(-1, keyed), { signal });
  parts.ground.addEventListener("focus", () => tell(pointed, parts.ground.matches(":focus-visible")));
  parts.ground.addEventListener("blur", () => tell(pointed, false));

  document.fonts?.addEventListener("loadingdone", resize);
  naming();
  const observer = new ResizeObserver(() => {
    if (!fits()) resize();
  });
  observer.observe(root);

  /** @returns whether the canvases still have the size of the map */
  function fits(): boolean {
    const made = drawing?.look;
    return made !== undefined && made.width === root.clientWidth && made.height === root.clientHeight;
  }

  function resize() {
    size++;
    invalidate();
  }

  return {
    render,
    /** @returns the quantity whose arrow is there */
    arrowAt(clientX: number, clientY: number): string | null {
      const { left, top } = root.getBoundingClientRect();
      const at = [clientX - left, clientY - top] as const;
      return drawing && shownAt(shown, drawing, at, NEAR * drawing.look.scale, SHOWN);
    },
    tilt: () => parts.buttons.tilt.hidden || parts.buttons.tilt.click(),
    resize,
    destroy() {
      clearTimeout(quiet);
      document.fonts?.removeEventListener("loadingdone", resize);
      observer.disconnect();
      needs.destroy();
      background.destroy();
      listening.abort();
      root.replaceChildren();
      root.classList.remove("map");
    },
  };
}
