/** The line of each run at the playhead, the residuals of the first, and its equation. */

import { widthOf } from "../../marks/look.ts";
import {
  group,
  HALO,
  inPixels,
  type Mark,
  type Place,
  path,
  runInk,
  runMarker,
  STRONG,
  verticals,
  words,
} from "../../marks/mark.ts";
import { createOccupancy, type Occupancy, SPARED, type Spot } from "../../marks/occupancy.ts";
import { screenPlace, valueX } from "../../marks/scales.ts";
import { type Box, boxAround } from "../../math/box.ts";
import { type FittedLine, type Point, rawLine } from "../../math/fit.ts";
import { formatMeasured, withoutRounding } from "../../math/format.ts";
import { parametersBetween } from "../../state/columns.ts";
import type { Run } from "../../state/types.ts";
import { everyone } from "../../words/sentence.ts";
import { endsOf, exitArrow, xOf, yOf } from "../chart/plot.ts";
import type { DataDrawing } from "./index.ts";
import { isInArea, isLow, NUMBERED, REST } from "./plotArea.ts";

type Fit = { run: Run; line: FittedLine };

/** The radius of the marker at the end of a line without a name, in nominal pixels. */
const MARKER = 4;
/** A piece of its line before a name, not its marker, which would pass for a point; and the space for it. */
const SAMPLE = { length: 11, wide: 15 };

/** @returns null where the run has no rows */
const lineOf = ({ content, step }: DataDrawing, run: Run): FittedLine | null =>
  run.length ? rawLine(content.points, parametersBetween(run, step), content.standardized) : null;

/** The run whose residuals are drawn. */
export function fitWithResiduals(drawing: DataDrawing): Fit | null {
  const run = drawing.leader === null ? undefined : drawing.scene.shownRuns[drawing.leader];
  const line = run && lineOf(drawing, run);
  return line ? { run, line } : null;
}

const heightOf = ({ slope, intercept }: FittedLine, x: number) => slope * x + intercept;

export function fitMarks(drawing: DataDrawing): Mark[] {
  const { scene, leader, box } = drawing;
  const first = fitWithResiduals(drawing);
  const others = scene.shownRuns.flatMap((run, k): Fit[] => {
    const line = k === leader || run.hidden ? null : lineOf(drawing, run);
    return line ? [{ run, line }] : [];
  });
  const fits = first && !first.run.hidden ? [...others, first] : others;
  const space = spaceOf(drawing, first, fits);
  // Before the numbers of residuals, each of which may be left out.
  const together = fits.length > 1 && lieTogether(drawing, fits);
  const ofFirst = first ? equationOf(drawing, first, space, together ? fits.length : 1) : [];
  const numbers = first ? residualNumbers(drawing, first.line, space) : [];
  const low = isLow(drawing, drawing.look.scale);
  const lines = fits.map(({ run, line }, k) => {
    const ends = endsOf(drawing.x).map((x): Place => [x, heightOf(line, x)]);
    return path(ends, { stroke: runInk(run.slot), width: k < others.length ? 1.1 : 2.2 });
  });
  const taken: number[] = [];
  const labels = [
    ...ofFirst,
    ...(together && ofFirst.length ? [] : others).flatMap(
      (other) => (low ? null : name(drawing, other, space)) ?? end(drawing, other, taken),
    ),
  ];
  return [
    group([...lines, ...(first ? residuals(drawing, first, numbers) : [])], { clip: box }),
    inPixels(labels, { of: "labels" }),
  ];
}

/** Lines that are nowhere so many pixels apart are told together. */
const TOGETHER = 3;

/** @returns whether all lines lie on one another in the chart */
function lieTogether(drawing: DataDrawing, fits: Fit[]): boolean {
  return endsOf(drawing.x).every((x) => {
    const heights = fits.map(({ line }) => yOf(drawing, heightOf(line, x)));
    return Math.max(...heights) - Math.min(...heights) < TOGETHER;
  });
}

/** Words keep so many pixels from the middle of a point. */
const DOT = 6;

/** The space that points, lines and the residuals of the first leave. */
function spaceOf(drawing: DataDrawing, first: Fit | null, shown: Fit[]): Occupancy {
  const space = createOccupancy(drawing.box);
  const placeOf = ({ line }: Fit, x: number) => screenPlace(drawing, x, heightOf(line, x));
  const [from, to] = endsOf(drawing.x);
  for (const fit of shown) space.markLine([...placeOf(fit, from), ...placeOf(fit, to)]);
  for (const [x, y] of drawing.content.points) {
    const at = screenPlace(drawing, x, y);
    space.markWords(boxAround(...at, DOT - 1), SPARED);
    if (first) space.markLine([...at, ...placeOf(first, x)]);
  }
  return space;
}

/** The residuals; the others fade while one is highlighted. */
function residuals(drawing: DataDrawing, { run, line }: Fit, numbers: (ResidualNumber | null)[]): Mark[] {
  const { content, highlighted, y: axis } = drawing;
  const ink = runInk(run.slot);
  const [low, high] = endsOf(axis);
  const all = content.points.map(([x, y], k) => ({ x, y, fitted: heightOf(line, x), number: numbers[k] }));
  const drawn = (some: typeof all, width: number, opacity = 1) => {
    const stems = some.map(({ x, y, fitted }) => [x, y, fitted] as const);
    // A residual that ends on a line out of sight is drawn beyond the edge.
    const out = some.filter(({ fitted }) => fitted < low || fitted > high);
    const marks = [
      verticals(stems, { stroke: ink, width }),
      ...out.map(({ x, fitted }) => exitArrow(drawing, x, fitted > high, ink)),
      inPixels(some.map(({ number }) => number && wordsOf(number))),
    ];
    return group(marks, { opacity });
  };
  const isStrong = (_: unknown, k: number) => k === highlighted;
  const others = all.filter((residual, k) => !isStrong(residual, k));
  return [drawn(others, 1.2, highlighted === null ? 1 : REST), drawn(all.filter(isStrong), 2.6)];
}

type ResidualNumber = Spot & { text: string };

const wordsOf = ({ text, box }: ResidualNumber) =>
  words([box.left, box.top + box.height / 2], text, { fill: "ink", halo: HALO });

/** The number of the highlighted residual, and of others where it covers nothing. @returns one for each point */
function residualNumbers(drawing: DataDrawing, line: FittedLine, space: Occupancy): (ResidualNumber | null)[] {
  const { content, highlighted } = drawing;
  const { points } = content;
  const placed = (k: number, most?: number) => space.place(residualSpots(drawing, points[k], line), most);
  const strong = highlighted !== null && points[highlighted] ? placed(highlighted) : null;
  return points.map((_, k) => (k === highlighted ? strong : points.length <= NUMBERED ? placed(k, FREE) : null));
}

/** A number may cover so many squares at most. */
const FREE = 2;
/** Pixels between a line and a number. */
const CLEAR = 2;

/** Spots for the number of a residual: beside the visible part of it, or beyond the point, away from the line. */
function residualSpots(drawing: DataDrawing, [x, y]: Point, line: FittedLine): ResidualNumber[] {
  const { box, look } = drawing;
  const { left, top, width, height } = box;
  const fitted = heightOf(line, x);
  const at = xOf(drawing, x);
  const [from, to] = [y, fitted].map((value) => Math.min(Math.max(yOf(drawing, value), top), top + height));
  const text = formatMeasured(y - fitted, 2);
  const [wide, high] = [widthOf(look, text), 13 * look.scale + 2 * CLEAR];
  const beyond = from + (fitted > y ? 1 : -1) * (DOT + high / 2);
  const sides = (middle: number, gap: number) => [1, -1].map((side) => [side > 0 ? at + gap : at - gap - wide, middle]);
  const places = [...sides((from + to) / 2, 7), [at - wide / 2, beyond], ...sides(beyond, 2), ...sides(from, DOT + 3)];
  return places
    .filter(([near]) => near >= left && near + wide <= left + width)
    .map(([near, middle], k) => ({
      text,
      box: { left: near, top: middle - high / 2, width: wide, height: high },
      cost: LATER * k,
    }));
}

/** Each further spot costs so many squares more. */
const LATER = 0.2;

/** Pixels from the right edge to the marker of a line, in the margin; and from one marker to the next, in radii. */
const BESIDE = 7;
const APART = 2.2;

/** A marker beside the end of a line where there is no room for its name. @param taken  heights of those before it */
function end(drawing: DataDrawing, { run, line }: Fit, taken: number[]): Mark[] {
  const { box, x: axis, look } = drawing;
  const [, last] = endsOf(axis);
  const at: Point = [last, heightOf(line, last)];
  const y = yOf(drawing, at[1]);
  const isClear = taken.every((other) => Math.abs(other - y) > APART * MARKER * look.scale);
  if (!isInArea(drawing, at) || !isClear) return [];
  taken.push(y);
  return [runMarker([box.left + box.width + BESIDE, y], run.slot, MARKER)];
}

/** A name may cover so many squares at most; else the marker of its run stands beside the chart. */
const NAMED = 6;

/** @returns the name of a run, after a piece of its line, above or below an end of that; null: there is no room */
function name(drawing: DataDrawing, { run: { short, slot }, line }: Fit, space: Occupancy): Mark[] | null {
  const { look, box } = drawing;
  const [width, height] = [widthOf(look, short) + SAMPLE.wide * look.scale, 15 * look.scale];
  const bottom = box.top + box.height;
  const boxes = [box.left + box.width - width - 2, box.left + 4].flatMap((left, k) => {
    const middle = k ? left - 4 + width / 2 : left + 2 + width / 2;
    const y = yOf(drawing, heightOf(line, valueX(drawing, middle)));
    return [-0.9, 0.9, -1.5, 1.5].map((far) => ({ left, top: y + (far - 0.5) * height, width, height }));
  });
  const within = boxes.filter(({ top }) => top > box.top && top + height < bottom);
  const spot = space.place(inTurn(within), NAMED);
  if (!spot) return null;
  const { left, top } = spot.box;
  const middle = top + height / 2;
  return [
    words([left, middle], short, { fill: "ink", halo: HALO, shift: [SAMPLE.wide, 0] }),
    sample(drawing, slot, [left, middle], 2.2),
  ];
}

const sample = ({ look }: DataDrawing, slot: number, [left, middle]: Place, width: number) =>
  path(
    [0, SAMPLE.length].map((at): Place => [left + at * look.scale, middle]),
    { stroke: runInk(slot), width },
  );

/** Spots at a rising cost, so that the first free one is taken. */
const inTurn = (boxes: Box[]): Spot[] => boxes.map((box, k) => ({ box, cost: LATER * k }));

function equationText(line: FittedLine): string {
  const [slope, intercept] = withoutRounding([line.slope, line.intercept]);
  return `y = ${formatMeasured(slope, 3)} x ${intercept < 0 ? "−" : "+"} ${formatMeasured(Math.abs(intercept), 3)}`;
}

/**
 * The equation, in a corner that is free.
 * @param count  of the runs whose line it is
 */
function equationOf(drawing: DataDrawing, { run, line }: Fit, space: Occupancy, count: number): Mark[] {
  const { box, look, scene } = drawing;
  const named = scene.shownRuns.length > 1 && !isLow(drawing, look.scale);
  const texts = [...(named ? [count > 1 ? `${everyone(count)} runs` : run.short] : []), equationText(line)];
  const width = Math.max(...texts.map((text) => widthOf(look, text, { size: 13, weight: 600 }))) + 22 * look.scale;
  const row = 17 * look.scale;
  const height = row * texts.length;
  const [near, far] = [box.left + 6, box.left + box.width - width - 2];
  const [upper, lower] = [box.top + 2, box.top + box.height - height - 4];
  const corners = [near, near, far, far].map((left, k) => ({ left, top: k % 3 ? lower : upper, width, height }));
  const spot = space.place(inTurn(corners));
  if (!spot) return [];
  const { left, top } = spot.box;
  return [
    ...texts.map((text, k) =>
      words([left, top + row * (k + 0.5)], text, { ...STRONG, weight: k ? 400 : 600, shift: [20, 0] }),
    ),
    sample(drawing, run.slot, [left + 3 * look.scale, top + row / 2], 3),
  ];
}
