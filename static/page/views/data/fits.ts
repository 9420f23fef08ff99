/** The line of each run at the playhead, what the first among them misses each point by, and its equation. */

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
  uprights,
  words,
} from "../../marks/mark.ts";
import { createOccupancy, type Occupancy, SPARED, type Spot } from "../../marks/occupancy.ts";
import { type Box, boxAround } from "../../math/box.ts";
import { type FittedLine, type Point, rawLine } from "../../math/fit.ts";
import { formatMeasured } from "../../math/format.ts";
import { parametersBetween } from "../../state/columns.ts";
import type { Run } from "../../state/types.ts";
import { endsOf, exit, xOf, yOf } from "../chart/plot.ts";
import type { DataDrawing } from "./index.ts";
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
  const room = roomOf(drawing, first, shown);
  const numbers = first ? residualNumbers(drawing, first.found, room) : [];
  const low = isLow(drawing, drawing.look.scale);
  const labels = [
    ...(first ? equationOf(drawing, first, room) : []),
    ...others.flatMap((other, k) => (low ? end(drawing, other, k) : name(drawing, other, room))),
  ];
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
    inPixels(labels, { of: "labels" }),
  ];
}

/** Pixels around the middle of a point that no words cover. */
const DOT = 6;

/** Points, lines and the residuals of the first. */
function roomOf(drawing: DataDrawing, first: Fit | null, shown: Fit[]): Occupancy {
  const { box, x: axis, content } = drawing;
  const heightOf = ({ found: { slope, intercept } }: Fit, x: number) => yOf(drawing, slope * x + intercept);
  const room = createOccupancy(box);
  const ends = endsOf(axis);
  for (const fit of shown)
    room.markLine([box.left, heightOf(fit, ends[0]), box.left + box.width, heightOf(fit, ends[1])]);
  for (const [x, y] of content.points) {
    const [across, down] = [xOf(drawing, x), yOf(drawing, y)];
    room.markWords(boxAround(across, down, DOT - 1), SPARED);
    if (first) room.markLine([across, down, across, heightOf(first, x)]);
  }
  return room;
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
        uprights(
          some.map(({ x, y, fitted }) => [x, y, fitted]),
          { stroke: ink, width },
        ),
        // One that ends on a line out of sight goes on past the edge.
        ...some.flatMap(({ x, fitted }) =>
          fitted < low || fitted > high ? [exit(drawing, x, fitted > high, ink)] : [],
        ),
        inPixels(some.flatMap(({ number }) => (number ? [wordsOf(number)] : []))),
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

type ResidualNumber = Spot & { text: string };

const wordsOf = ({ text, box }: ResidualNumber) =>
  words([box.left, box.top + box.height / 2], text, { fill: "ink", halo: HALO });

/** The one that is highlighted has its number, the others where they cover nothing. @returns of each point */
function residualNumbers(drawing: DataDrawing, found: FittedLine, room: Occupancy): (ResidualNumber | null)[] {
  const {
    content: { points },
    highlighted,
  } = drawing;
  const spotsOf = (k: number) => residualSpots(drawing, points[k], found);
  const strong = highlighted !== null && points[highlighted] ? room.place(spotsOf(highlighted)) : null;
  return points.map((_, k) =>
    k === highlighted ? strong : points.length <= NUMBERED ? room.place(spotsOf(k), FREE) : null,
  );
}

/** Squares that a number may cost where nothing is in its way. */
const FREE = 2;
/** Pixels from a line to a number. */
const CLEAR = 2;

/** The residual in numbers: beside the gap as far as that is in sight, or beyond the point, away from the line. */
function residualSpots(drawing: DataDrawing, [x, y]: Point, { slope, intercept }: FittedLine): ResidualNumber[] {
  const { box, look } = drawing;
  const { left, top, width, height } = box;
  const fitted = slope * x + intercept;
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

/** What it costs to stand a place later, in squares that are taken. */
const LATER = 0.2;

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
  { run: { short, slot }, found: { slope, intercept } }: Fit,
  room: Occupancy,
): Mark[] {
  const { x: axis, look } = drawing;
  const { left, top, width, height } = drawing.box;
  const [wide, high] = [widthOf(look, short) + MARKER.wide * look.scale, 15 * look.scale];
  const at = (x: number) => yOf(drawing, slope * axis.valueAt((x - left) / width) + intercept);
  const ends: Point[] = [
    [left + width - wide - 2, at(left + width - wide / 2)],
    [left + 4, at(left + wide / 2)],
  ];
  const spots = ends.flatMap(([x, y]) =>
    [-1, 1].flatMap((side) =>
      [0.9, 1.5, 2.2].map((far) => ({ left: x, top: y - high / 2 + side * far * high, width: wide, height: high })),
    ),
  );
  const within = spots.filter((spot) => spot.top > top && spot.top + high < top + height);
  const spot = room.place(inTurn(within));
  if (!spot) return [];
  const middle = spot.box.top + high / 2;
  return [
    words([spot.box.left, middle], short, { fill: "ink", halo: HALO, shift: [MARKER.wide, 0] }),
    runMarker([spot.box.left + (MARKER.wide / 2 - 1) * look.scale, middle], slot, MARKER.radius),
  ];
}

/** The first of them where all are as free. */
const inTurn = (boxes: Box[]): Spot[] => boxes.map((box, k) => ({ box, cost: LATER * k }));

export function equation({ slope, intercept }: FittedLine): string {
  return `y = ${formatMeasured(slope, 3)} x ${intercept < 0 ? "−" : "+"} ${formatMeasured(Math.abs(intercept), 3)}`;
}

/** In the corner where there is room. */
function equationOf(drawing: DataDrawing, { run, found }: Fit, room: Occupancy): Mark[] {
  const { box, look, scene } = drawing;
  const named = scene.runs.length > 1 && !isLow(drawing, look.scale);
  const texts = [...(named ? [run.short] : []), equation(found)];
  const wide = Math.max(...texts.map((text) => widthOf(look, text, { size: 13, weight: 600 }))) + 22 * look.scale;
  const high = 17 * look.scale;
  const spot = room.place(inTurn(corners(box, wide, high * texts.length)));
  if (!spot) return [];
  const { left, top } = spot.box;
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
