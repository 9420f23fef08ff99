/** The line of each run at the playhead, what the first among them misses each point by, and its equation. */

import { widthOf } from "../../marks/look.ts";
import { group, HALO, type Mark, type Place, path, runInk, runMarker, segments, words } from "../../marks/mark.ts";
import { createOccupancy, type Occupancy, WORDS } from "../../marks/occupancy.ts";
import { PIXELS } from "../../marks/scales.ts";
import { type Box, boxAround, overlap } from "../../math/box.ts";
import { type FittedLine, type Point, rawLine } from "../../math/fit.ts";
import { formatMeasured } from "../../math/format.ts";
import { parametersBetween } from "../../state/columns.ts";
import type { Run } from "../../state/types.ts";
import { endsOf } from "../chart/axes.ts";
import { xOf, yOf } from "../chart/lines.ts";
import { exit } from "../chart/sides.ts";
import type { DataDrawing } from "./drawing.ts";
import { isInArea, isLow, NUMBERED, REST } from "./plotArea.ts";

type Fit = { run: Run; found: FittedLine };

/** Nominal pixels of the marker before a name, and the room for it. */
const MARKER = { radius: 4, wide: 14 };

/** @returns none where it has no rows */
const lineOf = ({ content, step }: DataDrawing, run: Run): FittedLine | null =>
  run.length ? rawLine(content.points, parametersBetween(run, step), content.standardized) : null;

/** Of the run whose residuals are drawn. */
export function leading(drawing: DataDrawing): Fit | null {
  const run = drawing.leader === null ? undefined : drawing.scene.runs[drawing.leader];
  const found = run && lineOf(drawing, run);
  return found ? { run, found } : null;
}

export function fits(drawing: DataDrawing): Mark[] {
  const { scene, leader, box } = drawing;
  const first = leading(drawing);
  const others = scene.runs.flatMap((run, k): Fit[] => {
    const found = k === leader || run.hidden ? null : lineOf(drawing, run);
    return found ? [{ run, found }] : [];
  });
  const shown = first && !first.run.hidden ? [...others, first] : others;
  const numbers = first ? residualNumbers(drawing, first.found, shown) : [];
  return [
    group(
      [
        ...shown.map(({ run: { slot }, found: { slope, intercept } }, k) =>
          path(
            endsOf(drawing.x).map((x): Place => [x, slope * x + intercept]),
            { stroke: runInk(slot), width: k < others.length ? 1.1 : 2.2 },
          ),
        ),
        ...(first ? residuals(drawing, first, numbers) : []),
      ],
      { clip: box },
    ),
    group(labels(drawing, first, others, numbers), { scales: PIXELS, of: "labels" }),
  ];
}

/** Those that are not highlighted step back. */
function residuals(drawing: DataDrawing, { run, found }: Fit, numbers: (ResidualNumber | null)[]): Mark[] {
  const {
    content: { points },
    highlighted,
    y: axis,
  } = drawing;
  const ink = runInk(run.slot);
  const [low, high] = endsOf(axis);
  const all = points.map(([x, y], k) => ({ x, y, fitted: found.slope * x + found.intercept, number: numbers[k] }));
  const drawn = (some: typeof all, width: number, opacity = 1) =>
    group(
      [
        segments(
          some.map(({ x, y, fitted }) => [
            [x, y],
            [x, fitted],
          ]),
          { stroke: ink, width },
        ),
        // One that ends on a line out of sight goes on past the edge.
        ...some.flatMap(({ x, fitted }) =>
          fitted < low || fitted > high ? [exit(drawing, x, fitted > high, ink)] : [],
        ),
        group(
          some.flatMap(({ number }) => (number ? [wordsOf(number)] : [])),
          { scales: PIXELS },
        ),
      ],
      { opacity },
    );
  const strong = all.filter((_, k) => k === highlighted);
  return [
    drawn(
      all.filter((_, k) => k !== highlighted),
      1.2,
      highlighted === null ? 1 : REST,
    ),
    drawn(strong, 2.6),
  ];
}

/** box: where it stands; stem: the residual it is of; both in pixels */
type ResidualNumber = { text: string; box: Box; stem: Box };

const wordsOf = ({ text, box }: ResidualNumber) =>
  words([box.left, box.top + box.height / 2], text, { fill: "ink", halo: HALO });

/** @param shown  lines that no number covers @returns of each point, null: left out */
function residualNumbers(drawing: DataDrawing, found: FittedLine, shown: Fit[]): (ResidualNumber | null)[] {
  const { points } = drawing.content;
  const highlighted = drawing.highlighted ?? -1;
  const places = points.map((point) => missed(drawing, point, found));
  const told = points.length <= NUMBERED ? apart(drawing, places, shown, highlighted) : points.map(() => null);
  if (highlighted >= 0) told[highlighted] ??= places[highlighted][0] ?? null;
  return told;
}

/** Pixels around the middle of a point and of a line that no number covers. */
const DOT = 6;
const CLEAR = 2;

/** The residual in numbers: beside the gap as far as that is in sight, or beyond the point, away from the line. */
function missed(drawing: DataDrawing, [x, y]: Point, { slope, intercept }: FittedLine): ResidualNumber[] {
  const { box, look } = drawing;
  const { left, top, width, height } = box;
  const fitted = slope * x + intercept;
  const at = xOf(drawing, x);
  const [from, to] = [y, fitted].map((value) => Math.min(Math.max(yOf(drawing, value), top), top + height));
  const text = formatMeasured(y - fitted, 2);
  const [wide, high] = [widthOf(look, text), 13 * look.scale];
  const stem = { left: at, top: Math.min(from, to), width: 0, height: Math.abs(to - from) };
  const beyond = from + (fitted > y ? 1 : -1) * (DOT + high / 2);
  const sides = (middle: number, gap: number) => [1, -1].map((side) => [side > 0 ? at + gap : at - gap - wide, middle]);
  const places = [...sides((from + to) / 2, 7), [at - wide / 2, beyond], ...sides(beyond, 2), ...sides(from, DOT + 3)];
  return places
    .filter(([near]) => near >= left && near + wide <= left + width)
    .map(([near, middle]) => ({
      text,
      box: { left: near, top: middle - high / 2, width: wide, height: high },
      stem,
    }));
}

/** Whether a line goes through a box. */
function crosses(drawing: DataDrawing, { slope, intercept }: FittedLine, { left, top, width, height }: Box): boolean {
  const { box, x: axis } = drawing;
  const ends = [left, left + width].map((x) =>
    yOf(drawing, slope * axis.valueAt((x - box.left) / box.width) + intercept),
  );
  return Math.max(...ends) > top - CLEAR && Math.min(...ends) < top + height + CLEAR;
}

/**
 * Each where it covers neither a line, a point, a residual nor another.
 * @param numbers  of each point, where its number may stand @param first  index of the one that is placed first
 * @returns null: left out
 */
function apart(
  drawing: DataDrawing,
  numbers: ResidualNumber[][],
  shown: Fit[],
  first: number,
): (ResidualNumber | null)[] {
  const taken: Box[] = [
    ...drawing.content.points.map(([x, y]) => boxAround(xOf(drawing, x), yOf(drawing, y), DOT - 1)),
    ...numbers.flatMap(([number]) => (number ? [number.stem] : [])),
  ];
  const placed: (ResidualNumber | null)[] = numbers.map(() => null);
  for (const k of [first, ...numbers.keys()]) {
    if (!numbers[k] || placed[k]) continue;
    const free = ({ box }: ResidualNumber) =>
      !taken.some((other) => overlap(other, box)) && !shown.some(({ found }) => crosses(drawing, found, box));
    placed[k] = numbers[k].find(free) ?? null;
    if (placed[k]) taken.push(placed[k].box);
  }
  return placed;
}

/** Points, lines and residuals, and the numbers of these. */
function occupancyOf(drawing: DataDrawing, first: Fit | null, others: Fit[], numbers: (ResidualNumber | null)[]) {
  const {
    box,
    x: axis,
    content: { points },
  } = drawing;
  const { left, width } = box;
  const heightOf = ({ found: { slope, intercept } }: Fit, x: number) => yOf(drawing, slope * x + intercept);
  const occupancy = createOccupancy(box);
  for (const fit of first ? [first, ...others] : others) {
    const [from, to] = endsOf(axis).map((x) => heightOf(fit, x));
    occupancy.markSegment(left, from, left + width, to);
  }
  for (const [x, y] of points) {
    const [across, down] = [xOf(drawing, x), yOf(drawing, y)];
    occupancy.markSegment(across, down, across, first ? heightOf(first, x) : down);
  }
  for (const number of numbers) if (number) occupancy.markBox(number.box, WORDS);
  return occupancy;
}

/** The equation of the first and the names of the others, where they cover least. */
function labels(drawing: DataDrawing, first: Fit | null, others: Fit[], numbers: (ResidualNumber | null)[]): Mark[] {
  const room = occupancyOf(drawing, first, others, numbers);
  const low = isLow(drawing, drawing.look.scale);
  return [
    ...(first ? equationOf(drawing, first, room) : []),
    ...others.flatMap((other, k) => (low ? end(drawing, other, k) : name(drawing, other, room))),
  ];
}

/** Where there is no room for names: the marker at the end of the line, each a little before the other. */
function end(drawing: DataDrawing, { run, found }: Fit, place: number): Mark[] {
  const { box, x: axis, look } = drawing;
  const x = axis.valueAt((box.width - (7 + 14 * place) * look.scale) / box.width);
  const y = found.slope * x + found.intercept;
  return isInArea(drawing, [x, y]) ? [runMarker([xOf(drawing, x), yOf(drawing, y)], run.slot, MARKER.radius)] : [];
}

/** At one of the ends of its line, above or below it, after the run's marker. */
function name(
  drawing: DataDrawing,
  { run: { name, slot }, found: { slope, intercept } }: Fit,
  room: Occupancy,
): Mark[] {
  const { x: axis, look } = drawing;
  const { left, top, width, height } = drawing.box;
  const [wide, high] = [widthOf(look, name) + MARKER.wide * look.scale, 15 * look.scale];
  const at = (x: number) => yOf(drawing, slope * axis.valueAt((x - left) / width) + intercept);
  const ends: Point[] = [
    [left + width - wide - 2, at(left + width - wide / 2)],
    [left + 4, at(left + wide / 2)],
  ];
  const places = ends.flatMap(([x, y]) =>
    [-1, 1].flatMap((side) =>
      [0.9, 1.5, 2.2].map((far) => ({ left: x, top: y - high / 2 + side * far * high, width: wide, height: high })),
    ),
  );
  const within = places.filter((place) => place.top > top && place.top + high < top + height);
  if (!within.length) return [];
  const box = room.take(within);
  const middle = box.top + high / 2;
  return [
    words([box.left, middle], name, { fill: "ink", halo: HALO, shift: [MARKER.wide, 0] }),
    runMarker([box.left + (MARKER.wide / 2 - 1) * look.scale, middle], slot, MARKER.radius),
  ];
}

export function equation({ slope, intercept }: FittedLine): string {
  return `y = ${formatMeasured(slope, 3)} x ${intercept < 0 ? "−" : "+"} ${formatMeasured(Math.abs(intercept), 3)}`;
}

/** In the corner where there is room. */
function equationOf(drawing: DataDrawing, { run, found }: Fit, room: Occupancy): Mark[] {
  const { box, look, scene } = drawing;
  const named = scene.runs.length > 1 && !isLow(drawing, look.scale);
  const texts = [...(named ? [run.name] : []), equation(found)];
  const wide = Math.max(...texts.map((text) => widthOf(look, text, { size: 13, weight: 600 }))) + 22 * look.scale;
  const high = 17 * look.scale;
  const { left, top } = room.take(corners(box, wide, high * texts.length));
  return [
    ...texts.map((text, k) =>
      words([left, top + high * (k + 0.5)], text, {
        size: 13,
        weight: k ? 400 : 600,
        fill: "ink",
        halo: HALO,
        shift: [20, 0],
      }),
    ),
    runMarker([left + 8 * look.scale, top + high / 2], run.slot, 5),
  ];
}

function corners({ left, top, width: wide, height: high }: Box, width: number, height: number): Box[] {
  const [right, bottom] = [left + wide - width - 2, top + high - height - 4];
  return [
    [left + 6, top + 2],
    [left + 6, bottom],
    [right, bottom],
    [right, top + 2],
  ].map(([left, top]) => ({ left, top, width, height }));
}
