/**
 * The two axes of the map: the two parameters, or the only parameter and the loss; other modules of the map do not
 * distinguish these. It also draws the axes: frame, ladder, coordinates, and crosses at the grid points.
 */

import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { widthOf } from "../../marks/look.ts";
import {
  bars,
  type Mark,
  type Place,
  rectangle,
  segments,
  shape,
  type Type,
  type WordsStyle,
  words,
} from "../../marks/mark.ts";
import { screenPlace, screenX, screenY } from "../../marks/scales.ts";
import { type Box, withMargin } from "../../math/box.ts";
import { formatTick } from "../../math/format.ts";
import { multiples, niceStep } from "../../math/ticks.ts";
import type { Run, Scene, StillScene, Window } from "../../state/types.ts";
import { lossAt, lossRange } from "./ground/profile.ts";
import { label, type MapLook } from "./style.ts";
import { areaOf, fitsOneScale, type VisibleArea } from "./visibleArea.ts";

/** A known minimum, as a point of the axes and in parameters. */
export interface KnownMinimum {
  x: number;
  y: number;
  loss: number;
  at: number[];
  /** words in place of the usual ones: short, long, and the type of the short ones */
  words?: [text: string, long: string, type: Type];
}

export interface MapAxes {
  /** of the axes */
  names: [string, string];
  /** whether the axes are the only parameter and the loss */
  curve: boolean;
  area: (scene: StillScene, box: Box) => VisibleArea;
  /** the columns of a run along the axes */
  columns: (run: Run) => [ArrayLike<number>, ArrayLike<number>];
  start: (scene: StillScene) => [number, number];
  /** the place of parameters on the axes */
  place: (point: number[], scene: StillScene) => [number, number];
  minima: (scene: StillScene) => KnownMinimum[];
  /** a window in the form of the state */
  window: (window: Window) => Window;
  /** the parameters at a place of the axes */
  position: (x: number, y: number, scene: StillScene) => number[];
}

const SURFACE: MapAxes = {
  names: ["x", "y"],
  curve: false,
  area({ problem, window }, box) {
    const domain = problem.domain as Window;
    return areaOf(window ?? domain, box, fitsOneScale(domain, box));
  },
  columns: ({ columns }) => [columns.parameters[0], columns.parameters[1]],
  start: ({ start }) => [start[0], start[1]],
  place: ([x, y]) => [x, y],
  minima: (scene) => shownMinima(scene).map(({ at, loss }) => ({ x: at[0], y: at[1], loss, at })),
  window: (window) => window,
  position: (x, y) => [x, y],
};

const PROFILE: MapAxes = {
  names: ["x", "loss"],
  curve: true,
  area({ problem, window, landscape, scale }, box) {
    const [range] = window ?? problem.domain;
    return areaOf([range, lossRange(landscape, range, box.height / scale)], box, false);
  },
  columns: ({ columns }) => [columns.parameters[0], columns.loss],
  start: ({ start, landscape }) => [start[0], landscape ? lossAt(landscape, start[0]) : NaN],
  place: ([x], { landscape }) => [x, landscape ? lossAt(landscape, x) : NaN],
  minima: (scene) => shownMinima(scene).map(({ at, loss }) => ({ x: at[0], y: loss, loss, at })),
  window: ([range]) => [range],
  position: (x) => [x],
};

const NONE: Scene["minima"] = [];

/**
 * Minima that may be shown. While a question is open, the minimum of a fit is hidden, as finding it is the
 * question; those of a surface show.
 */
export const shownMinima = ({
  problem,
  minima,
  hasHiddenRows,
}: Pick<Scene, "problem" | "minima" | "hasHiddenRows">): Scene["minima"] =>
  hasHiddenRows && problem.kind === "line_fit" ? NONE : minima;

export function axesOf(parameters: string[]): MapAxes {
  const axes = parameters.length === 1 ? PROFILE : SURFACE;
  return { ...axes, names: [parameters[0], parameters[1] ?? "loss"] };
}

type Ticks = { step: number; at: number[] };
type BothTicks = { x: Ticks; y: Ticks };
/** names: of the axes */
type AxesDrawing = { area: VisibleArea; look: MapLook; ticks: BothTicks; names: [string, string] };

const LADDER = table.frame.ladder;
const LEAST_X = table.frame.apart.x;
const LEAST_Y = table.frame.apart.y;

/** @returns ticks, at the same distance on both axes if these have one scale */
function ticksOf(area: VisibleArea, look: MapLook): BothTicks {
  const leastX = LEAST_X * look.scale;
  const leastY = (area.equal ? LEAST_X : LEAST_Y) * look.scale;
  const [stepX, stepY] = [niceStep(leastX / area.kx), niceStep(leastY / area.ky)];
  return {
    x: { step: stepX, at: multiples(area.x0, area.x1, stepX) },
    y: { step: stepY, at: multiples(area.y0, area.y1, stepY) },
  };
}

export function crossMarks(area: VisibleArea, look: MapLook): Mark[] {
  const { x, y } = ticksOf(area, look);
  const arm = table.frame.cross;
  const cross = `M${-arm} 0H${arm}M0 ${-arm}V${arm}`;
  const style = { crisp: true, stroke: "ink", width: 0.8, opacity: 0.5 } as const;
  // Numbers inside the frame have none of its crosses beside them, which would read as a minus.
  const beside = look.compact ? screenX(area, area.x0) + arm * look.scale : -Infinity;
  return x.at
    .filter((tx) => screenX(area, tx) > beside)
    .flatMap((tx) => y.at.map((ty) => shape(screenPlace(area, tx, ty), cross, style)));
}

/** @param names  of the axes */
export function axesMarks(area: VisibleArea, look: MapLook, names: [string, string]): Mark[] {
  const ticks = ticksOf(area, look);
  return [
    ...(look.box.left > 0 ? ladder(area, look, ticks) : edges(look.box)),
    ...(look.compact ? numbersInside : numbersOutside)({ area, look, ticks, names }),
  ];
}

/** @returns every other stretch between ticks, from end to end */
function filledRungs({ at, step }: Ticks, low: number, high: number): [number, number][] {
  const bounds = [low, ...at, high];
  const odd = at.length ? Math.round(at[0] / step) : 0;
  return bounds
    .slice(1)
    .map((end, k): [number, number] => [bounds[k], end])
    .filter((_, k) => (odd + k) % 2 === 0);
}

function ladder(area: VisibleArea, look: MapLook, { x, y }: BothTicks): Mark[] {
  const { left, top, width, height } = area.box;
  const [right, bottom] = [left + width, top + height];
  const wide = LADDER * look.scale;
  const across = filledRungs(x, area.x0, area.x1).map((ends) => ends.map((value) => screenX(area, value)));
  const up = filledRungs(y, area.y0, area.y1).map((ends) => ends.map((value) => screenY(area, value)));
  const filled = [
    ...across.flatMap(([a, b]) => [top - wide, bottom].map((from) => [a, b, from, from + wide] as const)),
    ...up.flatMap(([b, a]) => [left - wide, right].map((from) => [from, from + wide, a, b] as const)),
  ];
  return [
    bars(filled, { fill: "ink" }),
    ...[0.5, wide + 0.5].map((out) => rectangle(withMargin(area.box, out), { stroke: "ink", width: 1 / look.scale })),
  ];
}

const NUMBER = { size: 12.5 };
const NAME = { size: 13.5, weight: 600, italic: true, fill: "ink" } as const;

/** The numbers of both axes and their places along them, in pixels. */
const numbersOf = (area: VisibleArea, { x, y }: BothTicks) => ({
  across: x.at.map((tick) => ({ text: formatTick(tick, x.step), at: screenX(area, tick) })),
  up: y.at.map((tick) => ({ text: formatTick(tick, y.step), at: screenY(area, tick) })),
});

function numbersOutside({ area, look, ticks, names: [nameX, nameY] }: AxesDrawing): Mark[] {
  const { left, top, width, height } = area.box;
  const [right, bottom] = [left + width, top + height];
  const s = look.scale;
  const nameWidth = 20 * s + widthOf(look, nameX, NUMBER);
  const { across, up } = numbersOf(area, ticks);
  // A short name stands at the corner of the frame, a long one along it.
  const short = widthOf(look, nameY, NAME) < 30 * s;
  const beside: WordsStyle = short ? { shift: [-11, 5] } : { turn: -Math.PI / 2, shift: [-38, -4] };
  return [
    ...across
      .filter(({ at }) => at < right - nameWidth && at > left + 4)
      .map(({ text, at }) => words([at, bottom], text, { ...NUMBER, anchor: "middle", shift: [0, 16] })),
    ...up
      .filter(({ text, at }) => at > top + 18 * s && widthOf(look, text, NUMBER) < left - 11 * s)
      .map(({ text, at }) => words([left, at], text, { ...NUMBER, anchor: "end", shift: [-11, 0] })),
    words([right, bottom], nameX, { ...NAME, anchor: "end", shift: [0, 16] }),
    words([left, top], nameY, { ...NAME, anchor: "end", ...beside }),
  ];
}

function numbersInside({ area, look, ticks, names: [nameX, nameY] }: AxesDrawing): Mark[] {
  const { left, top, width, height } = area.box;
  const [right, bottom] = [left + width, top + height];
  const s = look.scale;
  const { across, up } = numbersOf(area, ticks);
  const name = { ...NAME, size: 13 };
  return [
    ...across
      .filter(({ at }) => at > left + 28 * s && at < right - 20 * s - widthOf(look, nameX, name))
      .map(({ text, at }) => label([at, bottom], text, { fill: "ink2", anchor: "middle", shift: [0, -11] })),
    ...up
      .filter(({ at }) => at > top + 34 * s && at < bottom - 24 * s)
      .map(({ text, at }) => label([left, at], text, { fill: "ink2", shift: [6, 0] })),
    label([left, top], nameY, { ...name, shift: [6, 12] }),
    label([right, bottom], nameX, { ...name, anchor: "end", shift: [-7, -11] }),
  ];
}

/** The edges of the frame where the ground fills the width of the screen. */
function edges({ left, top, width, height }: Box): Mark[] {
  const rules = [top, top + height - 1].map((y): [Place, Place] => [
    [left, y],
    [left + width, y],
  ]);
  return [segments(rules, { crisp: true, stroke: "ink" })];
}
