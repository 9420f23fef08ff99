/**
 * The map: the loss as ground, the runs as routes on it.
 *
 * For every frame it takes the scene and the playhead; it redraws the background when anything that stands still has
 * changed, the canvases of the routes when a run has, and otherwise only what moves.
 */

import { onEnd } from "../../figure/lifetime.ts";
import { createCanvasPainter } from "../../marks/canvas.ts";
import type { Mark } from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import type { Size } from "../../math/box.ts";
import { keepEqual, memo } from "../../memo.ts";
import { lazy } from "../../service/lazy.ts";
import type { OrderPainting } from "../../service/painting/orders.ts";
import { sizeOf } from "../../size.ts";
import type { Hit, MapAtPlayhead, Scene, SceneLook } from "../../state/types.ts";
import { createBackground } from "./ground/background.ts";
import { createGridRequests } from "./ground/grid.ts";
import { layerMarks, layersOf, wantsLayers } from "./layers.ts";
import { createMapPicture } from "./mapPicture.ts";
import type { MapMoment } from "./moment.ts";
import { buildMap, createOverlay, type MapElements } from "./overlay.ts";
import { sizeCanvas } from "./paths/routes.ts";
import type { MapEvents, MapPorts } from "./pointer/pointer.ts";
import { lookOf, type MapLook } from "./style.ts";

type SizedLook = SceneLook & Size;

/** @returns the look of a map, to which its canvases are sized; another once fonts have come, as words change */
function createLook(root: HTMLElement, { background, live }: MapElements, { invalidate, ended }: MapPorts) {
  const create = () =>
    memo((sized: SizedLook): MapLook => {
      const fills = sized.width >= document.documentElement.clientWidth;
      const look = lookOf(sized, getComputedStyle(root).fontFamily, devicePixelRatio || 1, fills);
      for (const context of [background, live]) sizeCanvas(context, look);
      return look;
    });
  let look = create();
  const fontsCame = () => {
    look = create();
    invalidate();
  };
  document.fonts?.addEventListener("loadingdone", fontsCame, { signal: ended });
  return ({ theme, projector, scale, width, height }: SizedLook): MapLook =>
    look({ theme, projector, scale, width, height });
}

/** @returns the row that is pointed at, while its run has that row */
const hitOf = ({ shownRuns }: Scene, { hovered }: MapAtPlayhead): Hit | null =>
  hovered?.onMap && (shownRuns[hovered.run]?.length ?? 0) > hovered.step ? hovered : null;

/** @param orderPainting  paints its ground */
export function createMap(root: HTMLElement, orderPainting: OrderPainting, ports: MapPorts, events: MapEvents) {
  const elements = buildMap(root);
  const { tilt } = elements.buttons;
  let moment: MapMoment | null = null;
  /** The marks of the flat map, as they were painted last. */
  let marks: Mark[] = [];
  const look = createLook(root, elements, ports);
  const isServed = createGridRequests(events.onGrid, ports);
  const background = createBackground(orderPainting, ports);
  const picture = createMapPicture();
  const layersNow = memo(layersOf);
  const paint = createCanvasPainter(elements.live);
  const overlay = createOverlay(root, elements);
  const namesAndPointer = lazy(
    () => import("./namesAndPointer.ts"),
    ports,
    ({ createNamesAndPointer }) => createNamesAndPointer(elements, [root, elements, ports, () => moment, events]),
  );
  const wantedLayers = lazy(
    () => import("./allLayers.ts"),
    ports,
    ({ createEndsGround, createWantedLayers, curveStep }) => ({
      layers: createWantedLayers(),
      curveStep,
      endsGround: createEndsGround(),
    }),
  );
  const raised = lazy(
    () => import("./tilt/index.ts"),
    ports,
    ({ createTilt }) => createTilt(root, tilt, ports),
  );

  /** Draws the raised ground, also while it goes down. @returns whether it covers the flat map */
  function drawRaised(moment: MapMoment): boolean {
    const isTilted = moment.playhead.tilted ?? false;
    const part = isTilted ? raised() : raised.loaded();
    return part?.draw(moment, background.painted(), isTilted && !moment.stillMap.axes.curve) ?? false;
  }

  function render(scene: Scene, playhead: MapAtPlayhead) {
    const sized = look({ ...scene, ...sizeOf(root) });
    if (!sized.width || !sized.height) return;
    const layout = picture.layOut(scene, sized, (bare) =>
      keepEqual(moment?.stillMap.edgeBoxes, overlay.edgeBoxes(bare, playhead)),
    );
    const usual = namesAndPointer();
    const isWanted = scene.ends || wantsLayers(layout, playhead);
    const wantedParts = isWanted ? wantedLayers() : wantedLayers.loaded();
    const layers = layersNow({ ...usual?.layers, ...wantedParts?.layers });
    const served = isServed(scene, layout.area, sized.ratio);
    background.draw(elements.background, layout, served, (scene.ends && wantedParts?.endsGround) ?? null);
    const hit = hitOf(scene, playhead);
    overlay.update(layout, playhead, hit !== null, wantedParts?.curveStep.sentence(layout, playhead.step) ?? "");
    usual?.callout(layout, hit, wantedParts?.curveStep);
    const groundWords = background.groundWords();
    const pointedMinima = usual?.gestures.pointedMinima(groundWords.minimumLabels) ?? [];
    moment = picture.moment(layout, groundWords, layers, { playhead, hit, pointedMinima });
    usual?.gestures.instruction(moment);
    const isRaised = drawRaised(moment);
    marks = isRaised ? [] : layerMarks(moment);
    if (!isRaised) paint({ size: sized, scales: PIXELS, look: sized, ratio: sized.ratio, marks });
  }

  tilt.onclick = () => events.onTilt(tilt.ariaPressed !== "true");
  onEnd(ports.ended, () => {
    root.replaceChildren();
    root.classList.remove("map");
  });

  return {
    render,
    /** @returns the quantity whose arrow is there */
    arrowAt(clientX: number, clientY: number): string | null {
      const { left, top } = root.getBoundingClientRect();
      return (moment && namesAndPointer()?.gestures.arrowAt(moment, marks, [clientX - left, clientY - top])) ?? null;
    },
    tilt: () => tilt.hidden || tilt.click(),
  };
}
