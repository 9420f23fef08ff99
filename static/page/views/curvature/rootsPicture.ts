/** The roots of a step in the complex plane: their track as the rate grows, and where they stand at the run's own. */

import type { Look } from "../../marks/look.ts";
import { dot, group, HALO, type Mark, type Place, path, runInk, segment, words } from "../../marks/mark.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import { evenScale, type Scales } from "../../marks/scales.ts";
import type { Size } from "../../math/box.ts";
import type { WireCurvature } from "../../resources/curvature.ts";

/** names: of each direction; slot: of the run */
export interface CurvatureContent extends Themed {
  told: WireCurvature;
  names: string[];
  slot: number;
}

/** The plane in sight, in both of its directions from 0. */
const REACH = 1.25;
/** Nominal pixels. */
const MARGIN = 4;
const DOT = 5;
const CIRCLES = [0.25, 0.5, 0.75];

const circle = (radius: number): Place[] =>
  Array.from({ length: 121 }, (_, k) => {
    const angle = (k / 60) * Math.PI;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

export function rootsScales({ size: { width, height } }: { size: Size }): Scales {
  const side = Math.min(width, height) - 2 * MARGIN;
  const box = { left: (width - side) / 2, top: (height - side) / 2, width: side, height: side };
  return { box, x: evenScale(-REACH, REACH), y: evenScale(-REACH, REACH) };
}

/** Where the roots of one direction go; each rate's roots are in any order, so that a track is dots on end. */
function trackMarks({ told: { curve }, slot }: CurvatureContent): Mark[] {
  return (curve?.roots ?? []).map((byRate) => {
    const places = byRate.flatMap((roots) => roots.filter(([x, y]) => Math.hypot(x, y) < 2 * REACH));
    return group(
      places.map((at) => dot(at, 1, { fill: runInk(slot), opacity: 0.4 })),
      { of: "track" },
    );
  });
}

/** @param look  by which names keep apart */
export function rootsMarks(content: CurvatureContent & { look: Look }): Mark[] {
  const { told, names, slot } = content;
  const inside = CIRCLES.map((radius) => path(circle(radius), { stroke: "ink", strokeOpacity: 0.12 }));
  const axes = [segment([-REACH, 0], [REACH, 0]), segment([0, -REACH], [0, REACH])].map((one) => ({
    ...one,
    crisp: true,
    stroke: "ink" as const,
    strokeOpacity: 0.25,
  }));
  const roots = told.modes.flatMap(({ roots }, k): Mark[] => {
    const own = roots ?? [];
    const dots = own.map((at) =>
      dot(at, DOT, { fill: runInk(slot), casing: { stroke: "casing", width: 2.4 }, of: `root ${k}` }),
    );
    const [x, y] = own[0] ?? [Number.NaN, 0];
    const right = x < 0.2;
    const name = words([x, Math.abs(y)], names[k], {
      anchor: right ? "start" : "end",
      shift: [right ? 9 : -9, told.modes.length > 1 && k === 0 && Math.abs(y) < 0.1 ? 12 : -9],
      weight: 600,
      fill: "ink",
      halo: HALO,
    });
    return [...dots, name];
  });
  return [
    ...inside,
    ...axes,
    path(circle(1), { stroke: "ink", width: 2.2, of: "unit circle" }),
    words([0, -1.12], "outside it grows", { anchor: "middle", fill: "warn", weight: 600, halo: HALO }),
    words([1, 0], "1", { shift: [6, 11], fill: "ink2" }),
    words([-1, 0], "−1", { anchor: "end", shift: [-6, 11], fill: "ink2" }),
    ...trackMarks(content),
    ...roots,
  ];
}

export const createRootsPicture = () =>
  createPicture<CurvatureContent, Scales & { marks: Mark[] }>({
    least: { width: 120, height: 120 },
    layOut: (given) => ({ ...rootsScales(given), marks: rootsMarks(given) }),
    marks: ({ marks }) => marks,
  });
