/** The map of a film: the marks that the page's map has, painted at the size of the film. */

import type { Figure } from "../../../figure/figure.ts";
import { createCanvasPainter, paint } from "../../../marks/canvas.ts";
import { PIXELS } from "../../../marks/scales.ts";
import type { Size } from "../../../math/box.ts";
import { createEndsGround, createLayers } from "../../../pictures/map/allLayers.ts";
import {
  BARE,
  orderGround,
  type PaintedGround,
  stillGroundOf,
  subjectOf,
} from "../../../pictures/map/ground/background.ts";
import { gridFor, roughnessOf } from "../../../pictures/map/ground/grid.ts";
import { layerMarks } from "../../../pictures/map/layers.ts";
import { createMapPicture } from "../../../pictures/map/mapPicture.ts";
import type { MapLayout } from "../../../pictures/map/moment.ts";
import { lookOf } from "../../../pictures/map/style.ts";
import type { Scene, State } from "../../../state/types.ts";

/** The parts of a figure that a film uses. */
export type FilmFigure = Pick<Figure, "service">;

export function contextOf(size: Size): CanvasRenderingContext2D {
  const canvas = Object.assign(document.createElement("canvas"), { width: size.width, height: size.height });
  return canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
}

/** @returns the landscape at the resolution of the film, if the server has it */
async function sampled(
  { scene, area, look }: MapLayout,
  problem: State["problem"],
  { service }: FilmFigure,
  ended: AbortSignal,
): Promise<Scene["landscape"]> {
  const { landscape, levels, plane } = scene;
  const grid = gridFor(scene, area, look.ratio, levels && landscape ? roughnessOf(landscape, levels) : Infinity);
  if (!grid || !landscape || plane) return landscape;
  try {
    return await service.getLandscape(problem, grid.window, grid.resolution, ended);
  } catch (error) {
    if (!ended.aborted) console.warn("the ground of the film stays coarse:", error);
    return landscape;
  }
}

/** @returns the painted ground; the promise is never resolved once the film is cancelled */
const painted = (layout: MapLayout, { service }: FilmFigure, ended: AbortSignal) =>
  new Promise<PaintedGround>((resolve) => {
    const subject = subjectOf(layout);
    if (!subject) resolve(BARE);
    else
      orderGround(service.painter(ended), subject, (near, relief) =>
        resolve({ ...BARE, near, relief, sampled: relief.extent }),
      );
  });

/**
 * @param scene  with its evidence
 * @param problem  of the landscape
 * @returns when everything that does not move is painted
 */
export async function createFilmMap(
  scene: Scene,
  problem: State["problem"],
  size: Size,
  figure: FilmFigure,
  ended: AbortSignal,
) {
  const look = lookOf({ ...scene, ...size }, getComputedStyle(document.body).fontFamily, 1, true);
  const last = Math.max(0, ...scene.shownRuns.map(({ length }) => length - 1));
  const picture = createMapPicture();
  const layOut = (drawnScene: Scene) => picture.layOut(drawnScene, look);
  const playheadAt = (step: number) => ({ step: Math.min(step, last) });
  const withEvidence = { ...scene, hasHiddenRows: true };
  withEvidence.landscape = await sampled(layOut(withEvidence), problem, figure, ended);
  const withoutEvidence: Scene = { ...withEvidence, shownEvidence: [] };
  const layers = createLayers();
  const endsGround = scene.ends ? createEndsGround() : null;
  const layout = layOut(withEvidence);
  const { marks, groundWords } = stillGroundOf(layout, await painted(layout, figure, ended), endsGround);
  const [still, moving] = [contextOf(size), contextOf(size)];
  const painting = { size, scales: PIXELS, look, ratio: 1 };
  paint(still, { ...painting, marks });
  const paintMoving = createCanvasPainter(moving);

  return {
    /** says that the axes have different scales */
    note: layout.area.equal || scene.problem.parameters.length < 2 ? "" : "axes not to scale",
    /** the evidence of its sentence is drawn once all runs have ended, as on the page */
    drawAt(context: CanvasRenderingContext2D, step: number, isThrough: boolean, left: number, top: number) {
      const sceneThen = isThrough ? withEvidence : withoutEvidence;
      const at = { playhead: playheadAt(step), hit: null, pointedMinima: [] };
      const moment = picture.moment(layOut(sceneThen), groundWords, layers, at);
      paintMoving({ ...painting, marks: layerMarks(moment) });
      for (const { canvas } of [still, moving]) context.drawImage(canvas, left, top);
    },
  };
}
