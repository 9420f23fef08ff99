/** The line of each run at the playhead, what the first among them misses each point by, and its equation. */
import { measured } from "../../math/format.ts";
import { rawLine } from "../../math/fit.ts";
import { clipped, drawMark, line, setFont } from "../chart/pen.ts";
import { createRoom } from "./free.ts";
import { isLow, isWithin, xOf, yOf } from "./frame.ts";
import type { Run } from "../../state/types.ts";
import type { Figure } from "./drawing.ts";
import type { Box } from "../chart/curves.ts";

type Context = CanvasRenderingContext2D;
type Room = ReturnType<typeof createRoom>;
/** in raw units */
type Line = { slope: number; intercept: number };

/** whose residuals are not drawn */
type Other = { run: Run; found: Line };

/** With more points than this their residuals go without figures. */
const FIGURES = 8;
/** How much of their strength the others keep while one is lit. */
const REST = 0.32;
/** Of the marker before a name, and the room for it. */
const MARK = { radius: 4, wide: 14 };

/** The parameters between two rows. */
function parametersAt({ columns, length }: Run, step: number): number[] {
  const row = Math.min(Math.floor(step), length - 1);
  const next = Math.min(row + 1, length - 1);
  const share = Math.min(step, length - 1) - row;
  return columns.parameters.map((column) => column[row] + share * (column[next] - column[row]));
}

/** @returns none where it has no rows */
export function lineOf({ picture, step }: Figure, run: Run | null): Line | null {
  return run?.length ? rawLine(picture.points, parametersAt(run, step), picture.standardized) : null;
}

export const leading = ({ scene, leader }: Figure): Run | null => (leader === null ? null : (scene.runs[leader] ?? null));

export function drawFits(context: Context, figure: Figure) {
  const { scene, leader, frame } = figure;
  const run = leading(figure);
  clipped(context, frame.box, () => {
    scene.runs.forEach((each, k) => k === leader || drawLine(context, figure, each, 1.1));
    if (run) drawLine(context, figure, run, 2.2);
    if (run) drawResiduals(context, figure, run);
  });
  drawWords(context, figure);
}

function drawLine(context: Context, figure: Figure, run: Run, width: number) {
  const found = run.hidden ? null : lineOf(figure, run);
  if (!found) return;
  const { frame, look } = figure;
  const [from, to] = frame.x.map((x) => yOf(frame, found.slope * x + found.intercept));
  context.strokeStyle = look.sheet.runs[run.slot];
  context.lineWidth = width * look.scale;
  line(context, xOf(frame, frame.x[0]), from, xOf(frame, frame.x[1]), to);
}

function drawResiduals(context: Context, figure: Figure, run: Run) {
  const { frame, look, picture, lit } = figure;
  const found = lineOf(figure, run);
  if (!found) return;
  context.strokeStyle = look.sheet.runs[run.slot];
  picture.points.forEach(([x, y], k) => {
    const fitted = found.slope * x + found.intercept;
    context.globalAlpha = lit === null || lit === k ? 1 : REST;
    context.lineWidth = (lit === k ? 2.6 : 1.2) * look.scale;
    line(context, xOf(frame, x), yOf(frame, y), xOf(frame, x), yOf(frame, fitted));
    drawExit(context, figure, x, fitted);
    if (picture.points.length <= FIGURES || lit === k) drawFigure(context, figure, [x, y], fitted);
  });
  context.globalAlpha = 1;
}

/** A residual that ends on a line out of sight goes on past the edge. */
function drawExit(context: Context, { frame, look }: Figure, x: number, fitted: number) {
  const [low, high] = frame.y;
  if (fitted >= low && fitted <= high) return;
  const [at, edge, size] = [xOf(frame, x), yOf(frame, fitted < low ? low : high), 5 * look.scale];
  const back = edge + (fitted < low ? -1.5 : 1.5) * size;
  context.beginPath();
  context.moveTo(at - size * 0.8, back);
  context.lineTo(at, edge);
  context.lineTo(at + size * 0.8, back);
  context.closePath();
  context.fillStyle = context.strokeStyle;
  context.fill();
}

/** How far the line misses a point, beside the middle of the gap as far as it is in sight. */
function drawFigure(context: Context, { frame, look }: Figure, [x, y]: [number, number], fitted: number) {
  const { left, top, width, height } = frame.box;
  const inside = xOf(frame, x) + 50 * look.scale < left + width;
  const within = (at: number) => Math.min(Math.max(at, top), top + height);
  setFont(context, look, 12);
  context.fillStyle = look.sheet.ink;
  context.textBaseline = "middle";
  context.textAlign = inside ? "left" : "right";
  haloed(context, look, measured(y - fitted, 2), xOf(frame, x) + (inside ? 7 : -7), (within(yOf(frame, y)) + within(yOf(frame, fitted))) / 2);
}

export function haloed(context: Context, { sheet, scale }: Figure["look"], text: string, x: number, y: number) {
  context.save();
  context.strokeStyle = sheet.paper;
  context.lineWidth = 3 * scale;
  context.lineJoin = "round";
  context.strokeText(text, x, y);
  context.restore();
  context.fillText(text, x, y);
}

/** The equation of the first and the names of the others, where they cover least. */
function drawWords(context: Context, figure: Figure) {
  const { scene, leader, frame, picture } = figure;
  const others = scene.runs.flatMap((run, k) => {
    const found = k === leader || run.hidden ? null : lineOf(figure, run);
    return found ? [{ run, found }] : [];
  });
  const run = leading(figure);
  const found = lineOf(figure, run);
  const room = createRoom(frame, picture.points, [...(found ? [found] : []), ...others.map((other) => other.found)]);
  if (run && found) drawEquation(context, figure, run, found, room);
  const draw = isLow(frame, figure.look.scale) ? drawEnd : drawName;
  others.forEach((other, k) => draw(context, figure, other, room, k));
}

/** Where there is no room for names: the marker at the end of the line, each a little before the other. */
function drawEnd(context: Context, { frame, look }: Figure, { run, found }: Other, room: Room, place: number) {
  const across = frame.box.width - (7 + 14 * place) * look.scale;
  const x = frame.x[0] + (across / frame.box.width) * (frame.x[1] - frame.x[0]);
  const y = found.slope * x + found.intercept;
  if (isWithin(frame, [x, y])) drawMark(context, run.slot, xOf(frame, x), yOf(frame, y), MARK.radius * look.scale, look.sheet.runs[run.slot], look.sheet.paper);
}

/** At one of the ends of its line, above or below it, after the run's marker. */
function drawName(context: Context, { frame, look }: Figure, { run: { name, slot }, found: { slope, intercept } }: Other, room: Room) {
  const { left, top, width, height } = frame.box;
  setFont(context, look, 12);
  const [wide, high] = [context.measureText(name).width + MARK.wide * look.scale, 15 * look.scale];
  const at = (x: number) => yOf(frame, slope * (frame.x[0] + ((x - left) / width) * (frame.x[1] - frame.x[0])) + intercept);
  const ends = [[left + width - wide - 2, at(left + width - wide / 2)], [left + 4, at(left + wide / 2)]] as [number, number][];
  const places = ends.flatMap(([x, y]) => [-1, 1].flatMap((side) => [0.9, 1.5, 2.2].map((far) => [x, y - high / 2 + side * far * high] as [number, number])));
  const within = places.filter(([, y]) => y > top && y + high < top + height);
  if (!within.length) return;
  const box = room(within, wide, high);
  context.fillStyle = look.sheet.ink;
  context.textAlign = "left";
  context.textBaseline = "middle";
  haloed(context, look, name, box.left + MARK.wide * look.scale, box.top + high / 2);
  drawMark(context, slot, box.left + (MARK.wide / 2 - 1) * look.scale, box.top + high / 2, MARK.radius * look.scale, look.sheet.runs[slot], look.sheet.paper);
}

export function equation({ slope, intercept }: Line): string {
  return `y = ${measured(slope, 3)} x ${intercept < 0 ? "−" : "+"} ${measured(Math.abs(intercept), 3)}`;
}

/** In the corner where there is room. */
function drawEquation(context: Context, { frame, look, scene }: Figure, run: Run, found: Line, room: Room) {
  setFont(context, look, 13, "600");
  const named = scene.runs.length > 1 && !isLow(frame, look.scale);
  const texts = [...(named ? [run.name] : []), equation(found)];
  const wide = Math.max(...texts.map((text) => context.measureText(text).width)) + 22 * look.scale;
  const high = 17 * look.scale;
  const { left, top } = room(corners(frame.box, wide, high * texts.length), wide, high * texts.length);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = look.sheet.ink;
  texts.forEach((text, k) => {
    setFont(context, look, 13, k ? "400" : "600");
    haloed(context, look, text, left + 20 * look.scale, top + high * (k + 0.5));
  });
  drawMark(context, run.slot, left + 8 * look.scale, top + high / 2, 5 * look.scale, look.sheet.runs[run.slot], look.sheet.paper);
}

function corners({ left, top, width: wide, height: high }: Box, width: number, height: number): [number, number][] {
  const [right, bottom] = [left + wide - width - 2, top + high - height - 4];
  return [[left + 6, top + 2], [left + 6, bottom], [right, bottom], [right, top + 2]];
}
