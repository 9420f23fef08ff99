/**
 * Makes from a scene the moment that its layers draw, without elements of the page, so that a film has the same
 * picture.
 */
import type { Mark } from "../../marks/mark.ts";
import type { Box } from "../../math/box.ts";
import { keepSame, memo } from "../../memo.ts";
import type { Scene, StillScene } from "../../state/types.ts";
import type { GroundWords } from "./ground/background.ts";
import { axesOf } from "./mapAxes.ts";
import type { MapLayer, MapLayout, MapMoment } from "./moment.ts";
import { createRoutes, type RoutesContent } from "./paths/routes.ts";
import { tickEveryOf } from "./paths/ticks.ts";
import { createTraces } from "./paths/trace.ts";
import type { MapLook } from "./style.ts";
import { keptArea, type VisibleArea } from "./visibleArea.ts";
import { withSpaces } from "./words/space.ts";

/** @param routesMark  draws the routes up to a step, by default on canvases */
export function createMapPicture(routesMark: (content: RoutesContent, step: number) => Mark = createRoutes()) {
  // Keeps an equal object, so that what was placed on the map stays.
  const axesFor = memo(axesOf);
  const tracesOf = createTraces();
  const tickEveryFor = memo(tickEveryOf);
  const stillSceneOf = keepSame<StillScene>();
  const stillMapOf = memo(withSpaces);
  const routesContentOf = keepSame<RoutesContent>();
  let area: VisibleArea | null = null;
  let domainArea: VisibleArea | null = null;

  return {
    /** @param edgeBoxesOf  the boxes that are taken at the edge of the map, where they depend on its layout */
    layOut(
      { shownRuns: _, ...still }: Scene,
      look: MapLook,
      edgeBoxesOf: (bare: MapLayout) => Box[] = () => [],
    ): MapLayout {
      const scene = stillSceneOf(still);
      const axes = axesFor(scene.problem.parameters);
      area = keptArea(area, axes.area(scene, look.box));
      domainArea = keptArea(domainArea, axes.area({ ...scene, window: null }, look.box));
      const traces = tracesOf(scene.wholeRuns, { axes, area, domainArea });
      const tickEvery = tickEveryFor(traces, look);
      const bare: MapLayout = { scene, look, area, domainArea, axes, traces, tickEvery, edgeBoxes: [] };
      return { ...bare, edgeBoxes: edgeBoxesOf(bare) };
    },
    /** @returns the map with its playhead, of which layers make marks */
    moment(
      layout: MapLayout,
      { boxes: words, ...groundWords }: GroundWords,
      layers: MapLayer[],
      at: Pick<MapMoment, "playhead" | "hit" | "pointedMinima">,
    ): MapMoment {
      const { traces, look, tickEvery, scene } = layout;
      const { playhead } = at;
      const inHand = playhead.hovered?.run ?? scene.guesses?.run ?? (scene.bundle && -1);
      // Once it is told what the runs come to, the words may be about any of them.
      const tellsAll = scene.guesses && !scene.hasHiddenRows && !playhead.hovered;
      const content = routesContentOf({
        traces,
        look,
        tickEvery,
        words,
        ahead: !scene.hasHiddenRows,
        focus: inHand ?? scene.selected ?? scene.runOfQuestion,
        numbered: inHand ?? scene.selected,
        hovering: inHand !== null && !tellsAll,
      });
      const stillMap = stillMapOf({ ...layout, ...groundWords, content, layers });
      return { stillMap, ...at, routes: routesMark(content, playhead.step) };
    },
  };
}
