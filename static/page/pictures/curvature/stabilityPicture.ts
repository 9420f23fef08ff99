/**
 * The factor of a step as a map over the learning rate times the curvature, and over the hyperparameter of momentum,
 * with a dot for each direction of the run. Its regions are where a run creeps, swings, turns over and grows. Below it
 * the same without momentum.
 */

import { type Look, widthOf } from "../../marks/look.ts";
import {
  BOLD,
  dot,
  group,
  HALO,
  hatching,
  type Ink,
  inPixels,
  line,
  type Mark,
  NOWHERE,
  type Place,
  path,
  rectangle,
  rootScale,
  runInk,
  runMarker,
  segment,
  shape,
  words,
} from "../../marks/mark.ts";
import type { PictureKind, Themed } from "../../marks/picture.ts";
import { evenScale, type Scales, SHARE, screenPlace, screenX, screenY, valueX, valueY } from "../../marks/scales.ts";
import { type Box, boxWithin, indexOfNearest, isInside } from "../../math/box.ts";
import { fromOklab, toHex } from "../../math/colour.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import { tints } from "../../math/palette.ts";
import type { Wire } from "../../state/types.ts";
import { areasAbove, linesAt, type ValueGrid } from "../bands.ts";
import type { Sized } from "../chart/lineChart.ts";

interface StabilityContent extends Themed {
  plane: Wire["StabilityPlane"];
  /** the hyperparameter of momentum, in letters */
  letter: string;
}

/** Where a run stands on it: rate times curvature of each direction. */
interface StabilityMoment {
  dots: { product: number; name: string }[];
  momentum: number;
  slot: number;
}

/** strip: below it, without momentum; reach: of the products */
interface StabilityLayout extends Scales {
  look: Look;
  strip: Scales;
  reach: number;
  still: Mark;
  plane: Wire["StabilityPlane"];
}

const LEVELS = [0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];
const NAMED = [0.4, 0.6, 0.8, 0.9];
/** The value of rate times curvature at which contours are named. */
const NAMED_AT = 0.6;
/** A direction that is not curved keeps all of its distance. */
const GROWS = 1.00005;
/** Shares of the reach that have a tick. */
const TICKS = [0, 0.0025, 0.025, 0.0625, 0.125, 0.25, 0.5, 0.75, 1];
/** Nominal pixels: around the plane and its strip, and of that. */
const MARGIN = { left: 42, right: 14, top: 14, bottom: 38 };
const STRIP = 50;
/** With less height than this there is no strip below the plane, only its numbers. */
const LOW = { height: 170, bottom: 22 };
/** Pixels from a dot within which it is pointed at. */
const HIT_RADIUS = 16;
/** A region of a smaller share of the plane has no name. */
const SMALL = 0.01;

const gridOf = (rows: (number | null)[][]): ValueGrid => ({
  values: Float64Array.from(rows.toReversed().flat(), (value) => value ?? Number.NaN),
  columns: rows[0].length,
  rows: rows.length,
});

function wayAt({ factor, real, discriminant }: Wire["StabilityPlane"], j: number, i: number): string {
  if ((factor[j][i] ?? 2) > GROWS) return "grows";
  if ((discriminant[j][i] as number) < 0) return "swings";
  return (real[j][i] as number) < 0 ? "turns over" : "creeps";
}

/** The middle of each region, of its places the one nearest to their mean, as shares of the sides. */
function regionsOf(plane: Wire["StabilityPlane"]): { way: string; at: Place }[] {
  const [rows, columns] = [plane.momentum.length, plane.product.length];
  const places = new Map<string, Place[]>();
  for (let j = 1; j < rows - 1; j++)
    for (let i = 1; i < columns - 1; i++) {
      const way = wayAt(plane, j, i);
      places.set(way, [...(places.get(way) ?? []), [i / (columns - 1), j / (rows - 1)]]);
    }
  return [...places].flatMap(([way, all]) => {
    if (all.length < SMALL * rows * columns) return [];
    const [x, y] = [0, 1].map((axis) => all.reduce((sum, place) => sum + place[axis], 0) / all.length);
    const distanceFromMean = (place: Place) => Math.hypot(place[0] - x, place[1] - y);
    return [
      { way, at: all.reduce((best, place) => (distanceFromMean(place) < distanceFromMean(best) ? place : best)) },
    ];
  });
}

/** A contour is named near this rate times curvature. @param middle  in pixels */
function contourName({ x, y }: { x: number[]; y: number[] }, box: Box, middle: number, text: string): Mark[] {
  // Of a straight part only the ends are there.
  const crossed = x.findIndex(
    (left, k) => (left - middle) * (x[k + 1] - middle) < 0 && isInside(box, middle, y[k], -8),
  );
  const distances = x.map((left, k) => (isInside(box, left, y[k], -8) ? Math.abs(left - middle) : Infinity));
  const at = crossed < 0 ? distances.indexOf(Math.min(...distances)) : crossed;
  if (crossed < 0 && !Number.isFinite(distances[at])) return [];
  return [words([crossed < 0 ? x[at] : middle, y[at]], text, { anchor: "middle", fill: "ink2", halo: HALO })];
}

function groundMarks({ plane, theme, look }: StabilityContent & Sized, scales: Scales): Mark[] {
  const { box } = scales;
  const right = box.left + box.width;
  const factorGrid = gridOf(plane.factor);
  const colours = tints(theme, LEVELS.length + 1).map((tint) => toHex(fromOklab(tint)) as Ink);
  // As far as it is in sight, from the bottom.
  const edge = plane.edge.flatMap((product, j) =>
    product === null ? [] : [screenPlace(scales, product, plane.momentum[j])],
  );
  const above = edge.at(-1)?.[1] ?? box.top;
  const grows = path([...edge, [right, above], [right, box.top + box.height]], { closed: true, fill: "paper" });
  const border = linesAt(gridOf(plane.discriminant), 0, box);
  const band = { closed: true, holes: true, stroke: "ink", strokeOpacity: 0.25, of: "band" } as const;
  const bands = areasAbove(factorGrid, LEVELS, box).map(({ x, y }, k) => line(x, y, { ...band, fill: colours[k + 1] }));
  return [
    rectangle(box, { fill: colours[0] }),
    group(edge.length ? [...bands, grows, hatching(box, { clip: grows })] : bands, { clip: box }),
    ...NAMED.flatMap((level) =>
      contourName(linesAt(factorGrid, level, box), box, screenX(scales, NAMED_AT), formatExact(level)),
    ),
    line(border.x, border.y, { stroke: "ink", width: 1.3, of: "border of swings" }),
    path(edge, { stroke: "ink", width: 2.4, of: "edge" }),
    ...regionsOf(plane).map(({ way, at: [x, y] }) => {
      const half = widthOf(look, way, BOLD) / 2 + 4 * look.scale;
      const middle: Place = [
        Math.min(right - half, Math.max(box.left + half, box.left + x * box.width)),
        box.top + (1 - y) * box.height,
      ];
      return words(middle, way, { ...BOLD, anchor: "middle", fill: way === "grows" ? "warn" : "ink", of: "region" });
    }),
  ];
}

/** Without momentum: the lowest row of the plane, as a hill. */
function stripMarks({ plane: { product, factor, edge: edges } }: StabilityContent, strip: Scales): Mark[] {
  const { box } = strip;
  const edge = edges[0] === null ? box.left + box.width : screenX(strip, edges[0]);
  const top = product.flatMap((value, k): Place[] => {
    const stepFactor = factor[0][k] ?? Number.NaN;
    return stepFactor > GROWS ? [] : [screenPlace(strip, value, stepFactor)];
  });
  if (edges[0] !== null) top.push([edge, screenY(strip, 1)]);
  const foot = box.top + box.height;
  return [
    path([[box.left, foot], ...top, [edge, foot]], { closed: true, fill: "ink", fillOpacity: 0.14, of: "strip" }),
    path(top, { stroke: "ink", width: 1.3 }),
    hatching({ ...box, left: edge, width: box.left + box.width - edge }),
    segment([edge, box.top], [edge, foot], { stroke: "ink", width: 2.4 }),
    words([box.left + 0.13 * box.width, foot - 9], "without momentum", { size: 13, halo: HALO }),
  ];
}

/** @param foot  of all of it, in pixels */
function sideMarks({ letter }: StabilityContent, { box, x }: Scales, foot: number, low: boolean): Mark[] {
  const { left, top, width, height } = box;
  const right = left + width;
  return [
    rectangle(box, { stroke: "ink2", crisp: true }),
    segment([left, foot], [right, foot], { stroke: "ink2", crisp: true }),
    ...TICKS.map((share) => share * x.valueAt(1)).flatMap((value) => {
      const at: Place = [left + x.place(value) * width, foot];
      return [
        shape(at, "M0 0v4", { stroke: "ink2", crisp: true }),
        words(at, formatExact(value), { anchor: "middle", shift: [0, 12] }),
      ];
    }),
    ...[0, 0.5, 1].map((value) =>
      words([left, top + (1 - value) * height], formatExact(value), { anchor: "end", shift: [-7, 0] }),
    ),
    words([left, top], letter, { anchor: "end", shift: [-22, 0], size: 13, weight: 600, fill: "ink" }),
    ...(low
      ? []
      : [words([right, foot], "rate × curvature, on a root scale", { anchor: "end", shift: [0, 28], size: 13 })]),
  ];
}

function stabilityLayout(content: StabilityContent & Sized): StabilityLayout {
  const { plane, size, look } = content;
  const { scale } = look;
  const low = size.height < LOW.height * scale;
  const whole = boxWithin(size, { ...MARGIN, bottom: low ? LOW.bottom : MARGIN.bottom }, scale);
  const height = low ? 0 : STRIP * scale;
  const box = { ...whole, height: whole.height - height };
  const reach = plane.product.at(-1) as number;
  const [x, y] = [rootScale(reach), SHARE];
  const strip = { box: { ...box, top: box.top + box.height, height }, x, y: evenScale(0, 1 / 0.85) };
  const still = inPixels([
    ...groundMarks(content, { box, x, y }),
    ...(low ? [] : stripMarks(content, strip)),
    ...sideMarks(content, { box, x, y }, whole.top + whole.height, low),
  ]);
  return { box, x, y, strip, reach, still, plane, look };
}

/** Of a column of values spaced as the products are. */
function keptAt({ plane: { factor }, x }: StabilityLayout, product: number): number {
  const at = x.place(product) * (factor[0].length - 1);
  const [below, share] = [Math.floor(at), at % 1];
  const [lower, upper] = [factor[0][below], factor[0][Math.min(below + 1, factor[0].length - 1)]];
  return (lower as number) * (1 - share) + (upper as number) * share;
}

/** Nominal pixels from a dot to its name: aside, above the line of momentum, or below it. */
const NAME = { aside: 10, above: -11, below: 13 };

/** @returns the name of each dot, above the line of momentum, or below it where another one stands */
function namesOfDots(layout: StabilityLayout, { dots, momentum }: StabilityMoment): Mark[] {
  const { box, look } = layout;
  const height = screenY(layout, momentum);
  let taken: [number, number] | null = null;
  return dots.map(({ product, name }, k) => {
    const x = screenX(layout, product);
    const side = k === 0 || x < box.left + box.width / 2 ? 1 : -1;
    const text = `${name} ${formatMeasured(product, 2)}`;
    const from = x + side * NAME.aside * look.scale;
    const to = from + side * widthOf(look, text, { weight: 600 });
    const [left, right] = side > 0 ? [from, to] : [to, from];
    const isFree = taken === null || right < taken[0] || left > taken[1];
    taken = isFree ? [left, right] : taken;
    const shift: Place = [NAME.aside * side, isFree ? NAME.above : NAME.below];
    return words([x, height], text, { anchor: side > 0 ? "start" : "end", shift, weight: 600, halo: HALO, of: "mode" });
  });
}

function stabilityMarks(layout: StabilityLayout, moment: StabilityMoment): Mark[] {
  const { dots, momentum, slot } = moment;
  const { box, strip, reach, still } = layout;
  const height = screenY(layout, momentum);
  const ink = runInk(slot);
  const foot = strip.box.top + strip.box.height;
  const visible = dots.filter(({ product }) => product > 0 && product <= reach);
  const marks = visible.map(({ product }): Mark => {
    const x = screenX(layout, product);
    const stepFactor = keptAt(layout, product);
    const below = stepFactor > GROWS || !strip.box.height ? NOWHERE : screenPlace(strip, product, stepFactor);
    return group([
      segment([x, box.top], [x, foot], { stroke: ink, width: 1.3, dash: [1.4, 4.2], of: "stem" }),
      runMarker([x, height], slot, 6.5),
      dot(below, 4, { stroke: ink, width: 1.6, fill: "paper", of: "without momentum" }),
    ]);
  });
  const right = box.left + box.width;
  const across = segment([box.left, height], [right, height], { stroke: "ink", width: 1.3, of: "held" });
  const gone = dots.filter(({ product }) => product > reach);
  const beyond = gone.map(({ name }) =>
    words([right, height], `${name} →`, { anchor: "end", shift: [-6, -11], weight: 600, halo: HALO }),
  );
  const style = { ...BOLD, anchor: "end", shift: [-7, 0], halo: { stroke: "paper", width: 6 } } as const;
  const value = words([box.left, height], formatExact(momentum), style);
  return [still, inPixels([across, value, ...marks, ...namesOfDots(layout, { ...moment, dots: visible }), ...beyond])];
}

/** @returns the dot that is meant at a place in pixels, by its index; null: the line of momentum */
export function grippedDot(layout: StabilityLayout, { dots }: StabilityMoment, left: number): number | null {
  const distances = dots.map(({ product }) => (product > 0 ? Math.abs(screenX(layout, product) - left) : Infinity));
  const index = indexOfNearest(distances, HIT_RADIUS);
  return index < 0 ? null : index;
}

/** @returns rate times curvature and momentum there */
export const stabilityValues = (layout: StabilityLayout, left: number, top: number) => ({
  product: valueX(layout, Math.max(layout.box.left + 1, left)),
  momentum: Math.min(1, Math.max(0, valueY(layout, top))),
});

export const stabilityPicture: PictureKind<StabilityContent, StabilityLayout, StabilityMoment> = {
  least: { width: 200, height: 160 },
  layOut: stabilityLayout,
  marks: stabilityMarks,
};
