/** Moments of runs by hand, in place of the server's, as pictures of the map. */
import { group, type Mark } from "../../../../static/page/marks/mark.ts";
import { PIXELS } from "../../../../static/page/marks/scales.ts";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import { COLOURS } from "../../../../static/page/math/palette.ts";
import { createLayers } from "../../../../static/page/pictures/map/allLayers.ts";
import { BARE, stillGroundOf } from "../../../../static/page/pictures/map/ground/background.ts";
import { minimaMarks } from "../../../../static/page/pictures/map/ground/minima.ts";
import { layerMarks } from "../../../../static/page/pictures/map/layers.ts";
import { axesMarks, axesOf, crossMarks } from "../../../../static/page/pictures/map/mapAxes.ts";
import { createMapPicture } from "../../../../static/page/pictures/map/mapPicture.ts";
import type { MapMoment } from "../../../../static/page/pictures/map/moment.ts";
import { tickMarks } from "../../../../static/page/pictures/map/paths/ticks.ts";
import type { MapLook } from "../../../../static/page/pictures/map/style.ts";
import type { MapAtPlayhead, Run, Scene } from "../../../../static/page/state/types.ts";
import type { Part } from "../../part.ts";
import { runOf, sceneOf } from "../../runs.ts";

export const BOX = { left: 48, top: 24, width: 440, height: 340 };
export const LOOK: MapLook = {
  theme: "day",
  colours: COLOURS.day,
  family: "serif",
  scale: 1,
  compact: false,
  width: 500,
  height: 400,
  box: BOX,
  ratio: 1,
};
export const PHASE = { from: 0, words: "", plain: false, noisy: false };

/** Down f = x² + y² by halves along x, and along y by a tenth of what is left. */
export function falling(slot: number, name: string, length: number, more: Part<Run> = {}): Run {
  const [x, y] = [2, 1.5].map((first, axis) =>
    Float64Array.from({ length }, (_, k) => first * (axis ? 0.9 : slot ? 0.5 : -0.6) ** k),
  );
  const columns = {
    parameters: [x, y],
    loss: x.map((value, k) => value ** 2 + y[k] ** 2),
    gradient: [x.map((value) => 2 * value), y.map((value) => 2 * value)],
    batch: null,
  };
  return runOf({ slot, name, length, columns, ...more });
}

export function bowl(runs: Part<Run>[], more: Part<Scene> = {}): Scene {
  const domain = [
    [-3, 3],
    [-2, 2],
  ];
  const problem = { kind: "surface", label: "Bowl", domain, parameters: ["x", "y"], minima: [{ at: [0, 0], loss: 0 }] };
  return sceneOf(runs, { problem, selected: 0, start: [2, 1.5], ...more });
}

/** All that moves at a step, over its minima and ticks. @param more  of the moment */
export function momentAt(
  scene: Scene,
  step: number,
  more: Partial<MapMoment> = {},
  playhead: Partial<MapAtPlayhead> = {},
) {
  const picture = createMapPicture(() => group([]));
  const layout = picture.layOut(scene, LOOK);
  const shown = { step, ...playhead };
  const layers = createLayers();
  const { groundWords } = stillGroundOf(layout, BARE, null);
  const at = { playhead: shown, hit: null, pointedMinima: [] };
  const moment = { ...picture.moment(layout, groundWords, layers, at), ...more };
  const ticks = layout.traces.flatMap((trace) => tickMarks(moment.stillMap.content, trace, 0, Math.floor(step)));
  return [group([...minimaMarks(moment.stillMap.minimumLabels), ...ticks], { clip: BOX }), ...layerMarks(moment)];
}

/** What stands around it, the same whatever moves. */
export function aroundOf(scene: Scene) {
  const axes = axesOf(scene.problem.parameters);
  const area = axes.area(scene, BOX);
  return [group(crossMarks(area, LOOK), { clip: BOX }), ...axesMarks(area, LOOK, axes.names)];
}

export const pictureOf = (marks: Mark[]) =>
  svgOf("Map", { size: { width: LOOK.width, height: LOOK.height }, scales: PIXELS, look: LOOK, marks });

export const TWO = [falling(0, "Gradient descent", 12), falling(1, "Momentum", 9)];
