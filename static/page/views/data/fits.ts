/** The line of each run at the playhead, what the first among them misses each point by, and its equation. */

import type { Box } from "../../math/box.ts";
import type { FittedLine } from "../../math/fit.ts";
import { rawLine } from "../../math/fit.ts";
import { formatMeasured } from "../../math/format.ts";
import type { Run } from "../../state/types.ts";
import { endsOf } from "../chart/axes.ts";
import { xOf, yOf } from "../chart/lines.ts";
import type { Look } from "../chart/svg.ts";
import { clipped, closedPath, line, runMarker, tag, widthOf, write } from "../chart/svg.ts";
import type { DataDrawing } from "./drawing.ts";
import { createRoom } from "./free.ts";
import type { DataArea } from "./plotArea.ts";
import { isInArea, isLow } from "./plotArea.ts";

type Room = ReturnType<typeof createRoom>;

/** whose residuals are not drawn */
type Other = { run: Run; found: FittedLine };

/** With more points than this their residuals go without numbers. */
const NUMBERED = 8;
/** How much of their strength the others keep while one is highlighted. */
const REST = 0.32;
/** Of the marker before a name, and the room for it. */
const MARKER = { radius: 4, wide: 14 };

/** The parameters between two rows. */
function parametersBetween({ columns, length }: Run, step: number): number[] {
  const row = Math.min(Math.floor(step), length - 1);
  const next = Math.min(row + 1, length - 1);
  const share = Math.min(step, length - 1) - row;
  return columns.parameters.map((column) => column[row] + share * (column[next] - column[row]));
}

/** @returns none where it has no rows */
export function lineOf({ content, step }: DataDrawing, run: Run | null): FittedLine | null {
  return run?.length ? rawLine(content.points, parametersBetween(run, step), content.standardized) : null;
}

export const leading = ({ scene, leader }: DataDrawing): Run | null =>
  leader === null ? null : (scene.runs[leader] ?? null);

export function fits(drawing: DataDrawing): string {
  const { scene, leader, area } = drawing;
  const run = leading(drawing);
  const others = scene.runs.map((each, k) => (k === leader ? "" : fit(drawing, each, 1.1)));
  const numbers = run ? residualNumbers(drawing, run) : [];
  const words = numbers.flatMap((number) => (number ? [number.box] : []));
  return (
    clipped(area.box, others.join("") + (run ? fit(drawing, run, 2.2) + residuals(drawing, run, numbers) : "")) +
    labels(drawing, words)
  );
}

function fit(drawing: DataDrawing, run: Run, width: number): string {
  const found = run.hidden ? null : lineOf(drawing, run);
  if (!found) return "";
  const { area, look } = drawing;
  const [from, to] = endsOf(area.x).map((x) => yOf(area, found.slope * x + found.intercept));
  return line(area.box.left, from, area.box.left + area.box.width, to, look.colours.runs[run.slot], {
    "stroke-width": width * look.scale,
  });
}

/** @returns of each point, null: left out */
function residualNumbers(drawing: DataDrawing, run: Run): (ResidualNumber | null)[] {
  const { points } = drawing.content;
  const highlighted = drawing.highlighted ?? -1;
  const found = lineOf(drawing, run);
  if (!found) return [];
  const lines = drawing.scene.runs.flatMap((each) => (each.hidden ? [] : (lineOf(drawing, each) ?? [])));
  const places = points.map((point) => missed(drawing, point, found));
  const told = points.length <= NUMBERED ? apart(drawing, places, lines, highlighted) : points.map(() => null);
  if (highlighted >= 0) told[highlighted] ??= places[highlighted][0] ?? null;
  return told;
}

function residuals(drawing: DataDrawing, run: Run, numbers: (ResidualNumber | null)[]): string {
  const {
    area,
    look,
    content: { points },
    highlighted,
  } = drawing;
  const found = lineOf(drawing, run);
  if (!found) return "";
  const colour = look.colours.runs[run.slot];
  return points
    .map(([x, y], k) => {
      const fitted = found.slope * x + found.intercept;
      const stem = line(xOf(area, x), yOf(area, y), xOf(area, x), yOf(area, fitted), colour, {
        "stroke-width": (highlighted === k ? 2.6 : 1.2) * look.scale,
      });
      const number = numbers[k];
      const content =
        stem +
        exit(drawing, x, fitted, colour) +
        (number ? write(look, number.text, number.x, number.y, { fill: look.colours.ink, halo: 3 }) : "");
      return tag("g", { opacity: highlighted === null || highlighted === k ? null : REST }, content);
    })
    .join("");
}

/** A residual that ends on a line out of sight goes on past the edge. */
function exit({ area, look }: DataDrawing, x: number, fitted: number, fill: string): string {
  const [low, high] = endsOf(area.y);
  if (fitted >= low && fitted <= high) return "";
  const [at, edge, size] = [xOf(area, x), yOf(area, fitted < low ? low : high), 5 * look.scale];
  const back = edge + (fitted < low ? -1.5 : 1.5) * size;
  return tag("path", {
    d: closedPath([at - size * 0.8, back], [at, edge], [at + size * 0.8, back]),
    fill,
  });
}

/** x: of its left end; stem: the residual it is of */
type ResidualNumber = { text: string; x: number; y: number; box: Box; stem: Box };

/** Pixels around the middle of a point and of a line that no number covers. */
const DOT = 6;
const CLEAR = 2;

/** The residual in numbers: beside the gap as far as that is in sight, or beyond the point, away from the line. */
function missed(
  { area, look }: DataDrawing,
  [x, y]: [number, number],
  { slope, intercept }: FittedLine,
): ResidualNumber[] {
  const { left, top, width, height } = area.box;
  const fitted = slope * x + intercept;
  const at = xOf(area, x);
  const [from, to] = [y, fitted].map((value) => Math.min(Math.max(yOf(area, value), top), top + height));
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
      x: near,
      y: middle,
      box: { left: near, top: middle - high / 2, width: wide, height: high },
      stem,
    }));
}

const overlap = (a: Box, b: Box) =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

/** Whether a line goes through a box. */
function crosses(area: DataArea, { slope, intercept }: FittedLine, { left, top, width, height }: Box): boolean {
  const ends = [left, left + width].map((x) =>
    yOf(area, slope * area.x.valueAt((x - area.box.left) / area.box.width) + intercept),
  );
  return Math.max(...ends) > top - CLEAR && Math.min(...ends) < top + height + CLEAR;
}

/**
 * Each where it covers neither a line, a point, a residual nor another.
 * @param numbers  of each point, where its number may stand @param first  index of the one that is placed first
 * @returns null: left out
 */
function apart(
  { area, content: { points } }: DataDrawing,
  numbers: ResidualNumber[][],
  lines: FittedLine[],
  first: number,
): (ResidualNumber | null)[] {
  const dots = points.map(([x, y]) => ({
    left: xOf(area, x) - DOT + 1,
    top: yOf(area, y) - DOT + 1,
    width: 2 * DOT - 2,
    height: 2 * DOT - 2,
  }));
  const stems = numbers.flatMap(([number]) => (number ? [number.stem] : []));
  const taken: Box[] = [...dots, ...stems];
  const placed: (ResidualNumber | null)[] = numbers.map(() => null);
  for (const k of [first, ...numbers.keys()]) {
    if (!numbers[k] || placed[k]) continue;
    placed[k] =
      numbers[k].find(
        ({ box }) => !taken.some((other) => overlap(other, box)) && !lines.some((line) => crosses(area, line, box)),
      ) ?? null;
    if (placed[k]) taken.push(placed[k].box);
  }
  return placed;
}

const marker = ({ colours, scale }: Look, slot: number, x: number, y: number, radius: number) =>
  runMarker(slot, x, y, radius * scale, colours.runs[slot], colours.paper);

/** The equation of the first and the names of the others, where they cover least. */
function labels(drawing: DataDrawing, words: Box[]): string {
  const { scene, leader, area, content } = drawing;
  const others = scene.runs.flatMap((run, k) => {
    const found = k === leader || run.hidden ? null : lineOf(drawing, run);
    return found ? [{ run, found }] : [];
  });
  const run = leading(drawing);
  const found = lineOf(drawing, run);
  const lines = [...(found ? [found] : []), ...others.map((other) => other.found)];
  const room = createRoom(area, content.points, lines, [...words]);
  const equationText = run && found ? equationOf(drawing, run, found, room) : "";
  return (
    equationText +
    others
      .map((other, k) => (isLow(area, drawing.look.scale) ? end(drawing, other, k) : name(drawing, other, room)))
      .join("")
  );
}

/** Where there is no room for names: the marker at the end of the line, each a little before the other. */
function end({ area, look }: DataDrawing, { run, found }: Other, place: number): string {
  const across = area.box.width - (7 + 14 * place) * look.scale;
  const x = area.x.valueAt(across / area.box.width);
  const y = found.slope * x + found.intercept;
  return isInArea(area, [x, y]) ? marker(look, run.slot, xOf(area, x), yOf(area, y), MARKER.radius) : "";
}

/** At one of the ends of its line, above or below it, after the run's marker. */
function name(
  { area, look }: DataDrawing,
  { run: { name, slot }, found: { slope, intercept } }: Other,
  room: Room,
): string {
  const { left, top, width, height } = area.box;
  const [wide, high] = [widthOf(look, name) + MARKER.wide * look.scale, 15 * look.scale];
  const at = (x: number) => yOf(area, slope * area.x.valueAt((x - left) / width) + intercept);
  const ends = [
    [left + width - wide - 2, at(left + width - wide / 2)],
    [left + 4, at(left + wide / 2)],
  ] as [number, number][];
  const places = ends.flatMap(([x, y]) =>
    [-1, 1].flatMap((side) => [0.9, 1.5, 2.2].map((far) => [x, y - high / 2 + side * far * high] as [number, number])),
  );
  const within = places.filter(([, y]) => y > top && y + high < top + height);
  if (!within.length) return "";
  const box = room(within, wide, high);
  const middle = box.top + high / 2;
  return (
    write(look, name, box.left + MARKER.wide * look.scale, middle, { fill: look.colours.ink, halo: 3 }) +
    marker(look, slot, box.left + (MARKER.wide / 2 - 1) * look.scale, middle, MARKER.radius)
  );
}

export function equation({ slope, intercept }: FittedLine): string {
  return `y = ${formatMeasured(slope, 3)} x ${intercept < 0 ? "−" : "+"} ${formatMeasured(Math.abs(intercept), 3)}`;
}

/** In the corner where there is room. */
function equationOf({ area, look, scene }: DataDrawing, run: Run, found: FittedLine, room: Room): string {
  const named = scene.runs.length > 1 && !isLow(area, look.scale);
  const texts = [...(named ? [run.name] : []), equation(found)];
  const wide = Math.max(...texts.map((text) => widthOf(look, text, { size: 13, weight: 600 }))) + 22 * look.scale;
  const high = 17 * look.scale;
  const { left, top } = room(corners(area.box, wide, high * texts.length), wide, high * texts.length);
  return (
    texts
      .map((text, k) =>
        write(look, text, left + 20 * look.scale, top + high * (k + 0.5), {
          size: 13,
          weight: k ? 400 : 600,
          fill: look.colours.ink,
          halo: 3,
        }),
      )
      .join("") + marker(look, run.slot, left + 8 * look.scale, top + high / 2, 5)
  );
}

function corners({ left, top, width: wide, height: high }: Box, width: number, height: number): [number, number][] {
  const [right, bottom] = [left + wide - width - 2, top + high - height - 4];
  return [
    [left + 6, top + 2],
    [left + 6, bottom],
    [right, bottom],
    [right, top + 2],
  ];
}
