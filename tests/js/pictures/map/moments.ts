/** Moments of runs by hand, in place of the server's, as pictures of the map. */
import { group, type Mark } from "../../../../static/page/marks/mark.ts";
import { createOccupancy } from "../../../../static/page/marks/occupancy.ts";
import { PIXELS } from "../../../../static/page/marks/scales.ts";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import { COLOURS } from "../../../../static/page/math/palette.ts";
import createAverage from "../../../../static/page/pictures/map/average.ts";
import createDwells from "../../../../static/page/pictures/map/dwells.ts";
import createEvidence from "../../../../static/page/pictures/map/evidence.ts";
import createGuess from "../../../../static/page/pictures/map/guess.ts";
import { createLayers, layerMarks } from "../../../../static/page/pictures/map/layers.ts";
import { axesMarks, axesOf, crossMarks } from "../../../../static/page/pictures/map/mapAxes.ts";
import { minimaMarks, placeMinima } from "../../../../static/page/pictures/map/minima.ts";
import createNaming from "../../../../static/page/pictures/map/naming.ts";
import createPrincipal from "../../../../static/page/pictures/map/principal.ts";
import { standingOf } from "../../../../static/page/pictures/map/room.ts";
import createRunsBefore from "../../../../static/page/pictures/map/runsBefore.ts";
import createSearchDots from "../../../../static/page/pictures/map/searchDots.ts";
import createCurveStep from "../../../../static/page/pictures/map/stepOnCurve.ts";
import createEnlarged from "../../../../static/page/pictures/map/stepParts.ts";
import { tickEveryOf, tickMarks } from "../../../../static/page/pictures/map/ticks.ts";
import { createTraces } from "../../../../static/page/pictures/map/trace.ts";
import { runOf, sceneOf } from "../../runs.ts";

export const BOX = { left: 48, top: 24, width: 440, height: 340 };
export const LOOK: any = {
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
export function falling(slot: number, name: string, length: number, more: object = {}): any {
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

export function bowl(runs: any[], more: object = {}): any {
  const domain = [
    [-3, 3],
    [-2, 2],
  ];
  const problem = { kind: "surface", label: "Bowl", domain, parameters: ["x", "y"], minima: [{ at: [0, 0], loss: 0 }] };
  return sceneOf(runs, { problem, selected: 0, start: [2, 1.5], ...more });
}

/** All that moves at a step, over its minima and ticks. @param more  of the moment */
export function momentAt(scene: any, step: number, more: object = {}, playhead: object = {}) {
  const axes = axesOf(scene);
  const area = axes.area(scene, BOX);
  const traces = createTraces()(scene, axes, area);
  const sinks = placeMinima(area, LOOK, axes.minima(scene), createOccupancy(BOX));
  const tickEvery = tickEveryOf(traces, LOOK);
  const content: any = { look: LOOK, focus: scene.selected, hovering: false, tickEvery, words: [] };
  const startWords = { left: 12, top: -14, width: 60, height: 29 };
  const now = { step, highlighted: null, hovered: null, direction: null, ...playhead };
  const given = { scene, playhead: now, axes, area, traces, look: LOOK, content, sinks, startWords } as any;
  const ground = { ...given, labels: [], taken: [] };
  const layers: any = {
    ...createLayers({ ended: AbortSignal.abort(), redraw() {} })(ground),
    search: createSearchDots(),
    before: createRunsBefore(),
    principal: createPrincipal(),
    average: createAverage(),
    curveStep: axes.curve ? createCurveStep() : null,
    guess: createGuess(),
    evidence: createEvidence(),
    enlarged: createEnlarged(),
    names: createNaming(),
    dwells: createDwells(),
  };
  const all = { ...ground, layers: Object.values(layers).filter((layer) => layer !== null) };
  const moment = { ...all, ...standingOf(all), hit: null, pointedMinima: [], routes: group([]), ...more };
  const ticks = traces.flatMap((trace) => tickMarks(content, trace, 0, Math.floor(step)));
  return [group([...minimaMarks(sinks), ...ticks], { clip: BOX }), ...layerMarks(moment, layers)];
}

/** What stands around it, the same whatever moves. */
export function aroundOf(scene: any) {
  const axes = axesOf(scene);
  const area = axes.area(scene, BOX);
  return [group(crossMarks(area, LOOK), { clip: BOX }), ...axesMarks(area, LOOK, axes.names)];
}

export const pictureOf = (marks: Mark[]) =>
  svgOf("Map", { size: { width: LOOK.width, height: LOOK.height }, scales: PIXELS, look: LOOK, marks });

export const TWO = [falling(0, "Gradient descent", 12), falling(1, "Momentum", 9)];
