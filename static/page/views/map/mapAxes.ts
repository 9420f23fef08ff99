/**
 * What the two axes of the map are: the two parameters, or the only parameter and the loss. Everything else on the map
 * asks here and does not know which it is.
 */

import type { Type } from "../../marks/mark.ts";
import type { Box } from "../../math/box.ts";
import type { Problem, Run, Scene, Window } from "../../state/types.ts";
import { lossAt, lossRange } from "./profile.ts";
import { areaOf, fitsOneScale, type VisibleArea } from "./visibleArea.ts";

/** A known minimum: on the axes, and in parameters. */
export interface KnownMinimum {
  x: number;
  y: number;
  loss: number;
  at: number[];
  /** in the place of its usual words: in short, at length, and how what is short is set */
  said?: [text: string, long: string, type: Type];
}

export interface MapAxes {
  /** of the axes */
  names: [string, string];
  /** the only parameter, and the loss */
  curve: boolean;
  area: (scene: Scene, box: Box) => VisibleArea;
  /** of the run that the axes show */
  columns: (run: Run) => [ArrayLike<number>, ArrayLike<number>];
  start: (scene: Scene) => [number, number];
  /** of a point of the ground */
  place: (point: number[], scene: Scene) => [number, number];
  minima: (scene: Scene) => KnownMinimum[];
  /** as the state keeps it */
  window: (window: Window) => Window;
  /** of the parameters */
  position: (x: number, y: number, scene: Scene) => number[];
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
  minima: (scene) => toldMinima(scene).map(({ at, loss }) => ({ x: at[0], y: at[1], loss, at })),
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
  minima: (scene) => toldMinima(scene).map(({ at, loss }) => ({ x: at[0], y: loss, loss, at })),
  window: ([range]) => [range],
  position: (x) => [x],
};

const NONE: Problem["minima"] = [];

/**
 * Known minima that may be told. While a question is open that is none of a fit, as finding it is the question; those
 * of a surface belong to the ground that is shown.
 */
export const toldMinima = ({ problem, hidesAhead }: Pick<Scene, "problem" | "hidesAhead">): Problem["minima"] =>
  hidesAhead && problem.kind === "line_fit" ? NONE : problem.minima;

export function axesOf({ problem: { parameters } }: Scene): MapAxes {
  const axes = parameters.length === 1 ? PROFILE : SURFACE;
  return { ...axes, names: [parameters[0], parameters[1] ?? "loss"] };
}
