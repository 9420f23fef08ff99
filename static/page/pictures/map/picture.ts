/**
 * Makes from a scene the moment that its layers draw, without elements of the page, so that a film has the same
 * picture.
 */
import type { Mark } from "../../marks/mark.ts";
import { memo } from "../../memo.ts";
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
  const axesNow = memo(axesOf);
  const tracesOf = createTraces();
  const tickEveryNow = memo(tickEveryOf);
  const stillScene = memo((still: StillScene) => still);
  const standingNow = memo(withSpaces);
  const routesContent = memo((content: RoutesContent) => ({ ...content }));
  let area: VisibleArea | null = null;
  let whole: VisibleArea | null = null;

  return {
    /** Lays a scene out on the screen. @param edge  the boxes at the edge */
    drawing(
      { runs: _, ...still }: Scene,
      look: MapLook,
      edge: (placed: MapLayout) => MapLayout["edgeBoxes"],
    ): MapLayout {
      const scene = stillScene(still);
      const axes = axesNow(scene.problem.parameters);
      area = keptArea(area, axes.area(scene, look.box));
      whole = keptArea(whole, axes.area({ ...scene, window: null }, look.box));
      const traces = tracesOf(scene.wholeRuns, { axes, area, whole });
      const tickEvery = tickEveryNow(traces, look);
      const placed: MapLayout = { scene, look, area, whole, axes, traces, tickEvery, edgeBoxes: [] };
      return { ...placed, edgeBoxes: edge(placed) };
    },
    /** @param groundWords  the words on the ground */
    moment(
      drawing: MapLayout,
      { boxes: words, ...groundWords }: GroundWords,
      layers: MapLayer[],
      at: Pick<MapMoment, "playhead" | "hit" | "pointedMinima">,
    ): MapMoment {
      const { traces, look, tickEvery, scene } = drawing;
      const { playhead } = at;
      const inHand = playhead.hovered?.run ?? scene.guesses?.run ?? (scene.bundle && -1);
      // Once it is told what the runs come to, the words may be about any of them.
      const tellsAll = scene.guesses && !scene.hasHiddenRows && !playhead.hovered;
      const content = routesContent({
        traces,
        look,
        tickEvery,
        words,
        ahead: !scene.hasHiddenRows,
        focus: inHand ?? scene.selected ?? scene.runOfQuestion,
        numbered: inHand ?? scene.selected,
        hovering: inHand !== null && !tellsAll,
      });
      const stillMap = standingNow({ ...drawing, ...groundWords, content, layers });
      return { stillMap, ...at, routes: routesMark(content, playhead.step) };
    },
  };
}
