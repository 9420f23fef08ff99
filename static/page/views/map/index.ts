/**
 * The map: the loss as ground, the runs as routes on it.
 *
 * It keeps no state of its own. Every frame it is handed the scene and the playhead; it redraws the background when
 * what stands still has changed, the routes' canvases when a run has, and otherwise only what moves.
 */

import { listenOn } from "../../dom.ts";
import { onEnd, watchSize } from "../../figure/ending.ts";
import { createCanvasPainter } from "../../marks/canvas.ts";
import { shownAt } from "../../marks/hit.ts";
import type { Mark } from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { memo, shared } from "../../reads.ts";
import { lazy } from "../../service/lazy.ts";
import type { OrderPainting } from "../../service/painting/orders.ts";
import type { Hit, Playhead, Scene } from "../../state/types.ts";
import { createBackground } from "./background.ts";
import { buildMap, sizeCanvases } from "./dom.ts";
import { layerMarks } from "./layers.ts";
import { lookOf, type MapLook } from "./look.ts";
import { axesOf } from "./mapAxes.ts";
import { sinkUnder } from "./minima.ts";
import { type Fetched, type MapDrawing, type MapGround, type MapMoment, momentOf } from "./moment.ts";
import { createNeeds } from "./needs.ts";
import { createOverlay } from "./overlay.ts";
import type { MapEvents, MapPorts } from "./pointer.ts";
import { standingRoom } from "./room.ts";
import { createRoutes, type RoutesContent } from "./routes.ts";
import { SHOWN } from "./style.ts";
import { tickEveryOf } from "./ticks.ts";
import { createTraces, type Trace } from "./trace.ts";
import { sameArea } from "./visibleArea.ts";

/** Pixels from an arrow within which it is meant. */
const NEAR = 5;
/** Words that stand still move out of a route's way only once it has come to rest. */
const ROUTES_QUIET = 350;

/** @param orderPainting  of its ground */
export function createMap(root: HTMLElement, orderPainting: OrderPainting, ports: MapPorts, events: MapEvents) {
  const elements = buildMap(root);
  const { contexts } = elements;
  const { invalidate, ended: signal, after, cancel } = ports;
  const needs = createNeeds(events.onNeedLandscape, ports);
  const background = createBackground(orderPainting, ports);
  const later = <T>(load: () => Promise<T>) => lazy(load, ports);
  // The first picture does not wait for it.
  const naming = later(async () => {
    const { createNaming, createPlate, listenToPointer } = await import("./afterwards.ts");
    listenToPointer(root, elements, () => moment, events);
    return { ...createNaming(), plate: createPlate(root, elements) };
  });
  // Drawn on few maps.
  const stepOnCurve = later(async () => (await import("./stepOnCurve.ts")).createStepOnCurve());
  const searchDots = later(async () => (await import("./searchDots.ts")).createSearchDots());
  const ends = later(async () => (await import("./endsGround.ts")).createEndsGround());
  const before = later(async () => (await import("./runsBefore.ts")).createRunsBefore());
  const guess = later(() => import("./guess.ts"));
  const evidence = later(async () => (await import("./evidence.ts")).evidenceMarks);
  const principal = later(() => import("./principal.ts"));
  const callout = later(() => import("./callout.ts"));
  const tilt = later(async () => (await import("./tilt/index.ts")).createTilt(root, elements.buttons.tilt, invalidate));
  const routesMark = createRoutes(contexts);
  const paint = createCanvasPainter(contexts.live);
  const tracesOf = createTraces();
  const overlay = createOverlay(root, elements);
  let drawing: MapDrawing | null = null;
  /** What the canvases have their size by, which is none while the map is hidden. */
  let sized: MapLook | null = null;
  let moment: MapMoment | null = null;
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
  const tickEveryNow = memo(({ traces, look }: Pick<MapDrawing, "traces" | "look">) => tickEveryOf(traces, look));
  const room = memo(standingRoom, "content");
  const routesContent = memo((given: RoutesContent) => ({ ...given }));

  /** Where all lies on the screen. */
  function drawingOf(scene: Scene, playhead: Playhead): MapDrawing {
    const made = look({ ...scene, size });
    const axes = axesNow(scene);
    const fresh = axes.area(scene, made.box);
    const area = drawing && sameArea(drawing.area, fresh) ? drawing.area : fresh;
    const traces = tracesOf(scene, axes, area);
    const tickEvery = tickEveryNow({ traces, look: made });
    const served = needs.check(scene, area, made.ratio);
    const tint = scene.basins ? ends() : null;
    const placed = { scene, playhead, look: made, area, axes, traces, tickEvery, served, ends: tint };
    return { ...placed, taken: shared(drawing?.taken, overlay.taken(placed)) };
  }

  function printGround(given: MapDrawing) {
    if (background.draw(contexts.background, given)) cancel(quiet);
    else if (given.traces !== checked) calm();
    checked = given.traces;
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
    const standing = { ...given, ...printed, content };
    return { ...standing, room: room(standing) };
  }

  /** @returns what there is to draw, asked for with the first time that there is */
  function fetchedFor({ scene, axes, playhead }: MapDrawing): Fetched {
    return {
      naming: naming(),
      onCurve: axes.curve ? stepOnCurve() : null,
      searchDots: scene.search ? searchDots() : null,
      before:
        scene.bundle || scene.prepared.length || scene.runs.some(({ phases }) => phases.length > 1) ? before() : null,
      guess: scene.guess || scene.guesses || (scene.dwells.length && playhead.step) ? guess() : null,
      evidence: scene.evidence.length ? evidence() : null,
      principal: playhead.principal || typeof playhead.averaged === "number" ? principal() : null,
    };
  }

  function render(scene: Scene, playhead: Playhead) {
    sized = look({ ...scene, size });
    const { width, height } = sized;
    if (!width || !height) return;
    drawing = drawingOf(scene, playhead);
    printGround(drawing);
    const ground = groundOf(drawing);
    const fetched = fetchedFor(drawing);
    naming.now()?.plate(ground);
    const hit = hitOf(scene, playhead);
    overlay.update(drawing, hit, fetched.onCurve, hit && callout());
    const told = keyed ? [...ground.sinks.keys()] : ground.sinks[pointed] ? [pointed] : [];
    moment = momentOf(ground, fetched, { hit, told, routes: routesMark(ground.content, playhead.step) });
    if (raised || tilted) tilted = tilt()?.draw(moment, background.painted(), raised && !drawing.axes.curve) ?? false;
    shown = tilted ? [] : layerMarks(moment);
    if (tilted) return;
    const { ratio } = drawing.look;
    paint({ size: { width, height }, scales: PIXELS, look: drawing.look, ratio, marks: shown });
  }

  /** What is pointed at here, while it has that row. */
  function hitOf({ runs }: Scene, { hovered }: Playhead): Hit | null {
    return hovered?.onMap && (runs[hovered.run]?.length ?? 0) > hovered.step ? hovered : null;
  }

  function calm() {
    cancel(quiet);
    quiet = after(() => {
      background.forget();
      invalidate();
    }, ROUTES_QUIET);
  }

  elements.buttons.tilt.onclick = () => {
    raised = !raised;
    elements.buttons.tilt.ariaPressed = String(raised);
    invalidate();
  };

  function tell(next: number, byKeys: boolean) {
    if (next === pointed && byKeys === keyed) return;
    [pointed, keyed] = [next, byKeys];
    invalidate();
  }

  // Wherever the pointer is: the handle of the start may lie over a minimum.
  const on = listenOn(root, signal);
  on("pointermove", ({ clientX, clientY }) => {
    const { left, top } = root.getBoundingClientRect();
    tell(sinkUnder(background.words().sinks, clientX - left, clientY - top), keyed);
  });
  on("pointerleave", () => tell(-1, keyed));
  elements.ground.addEventListener("focus", () => tell(pointed, elements.ground.matches(":focus-visible")));
  elements.ground.addEventListener("blur", () => tell(pointed, false));

  document.fonts?.addEventListener("loadingdone", resize, { signal });
  naming();
  watchSize(root, () => fits() || resize(), signal);
  onEnd(signal, () => {
    root.replaceChildren();
    root.classList.remove("map");
  });

  /** @returns whether the canvases still have the size of the map */
  function fits(): boolean {
    return sized?.width === root.clientWidth && sized.height === root.clientHeight;
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
    tilt: () => elements.buttons.tilt.hidden || elements.buttons.tilt.click(),
  };
}
