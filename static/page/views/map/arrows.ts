/**
 * Arrows at the head of the selected run: hollow ink is downhill, solid colour is the step it takes. Directions only.
 * A quantity that is pointed at in the working brings its arrow forward, or one of its own.
 */
import { gradientAt } from "../../state/columns.ts";
import type { MapLook } from "./look.ts";
import type { Trace } from "./trace.ts";
import type { VisibleArea } from "./visibleArea.ts";

/** angles on the screen */
export type Directions = { downhill: number | null; step: number | null };

/** What the arrows stand for in a rule. */
const MEANINGS: { of: string; direction: keyof Directions }[] = [
  { of: "w", direction: "step" },
  { of: "g", direction: "downhill" },
];
/** Of an arrow while another one is meant. */
const BEHIND = 0.28;
/** Pixels from an arrow within which it is meant. */
const NEAR = 7;

export const LENGTH = 50;
const START = 9;

/** On a curve its step says both. */
export const NO_DIRECTIONS: Directions = { downhill: null, step: null };

/** The two directions on the screen at a row; null where there is none (the end, a gradient of 0, or none received). */
export function directionsAt(trace: Trace, row: number, area: VisibleArea): Directions {
  const { xs, ys, length, run } = trace;
  if (row + 1 >= length) return NO_DIRECTIONS;
  const step = angleOf(xs[row + 1] - xs[row], ys[row + 1] - ys[row]);
  const [gx, gy] = gradientAt(run.columns, row, length) ?? [NaN, NaN];
  return { downhill: angleOf(-gx * area.kx, gy * area.ky), step };
}

/** The way a vector of the problem's parameters points on the screen. */
export const angleAlong = ([x, y = 0]: number[], area: VisibleArea) => angleOf(x * area.kx, -y * area.ky);

/**
 * The quantity whose arrow lies at a place.
 * @param dx  from the head
 */
export function arrowUnder(directions: Directions, dx: number, dy: number, scale: number): string | null {
  const meant = MEANINGS.find(({ direction }) => {
    const angle = directions[direction];
    if (angle === null) return false;
    const along = dx * Math.cos(angle) + dy * Math.sin(angle);
    const beside = Math.abs(dy * Math.cos(angle) - dx * Math.sin(angle));
    return along > START * scale && along < (LENGTH + 4) * scale && beside < NEAR * scale;
  });
  return meant?.of ?? null;
}

function angleOf(dx: number, dy: number): number | null {
  return Number.isFinite(dx) && Number.isFinite(dy) && (dx || dy) ? Math.atan2(dy, dx) : null;
}

/** @param shaft  half its width @returns an arrow along x */
function arrowPath(scale: number, shaft: number): Path2D {
  const [a, b, tip, head] = [START, LENGTH - 13, LENGTH, 6.2].map((v) => v * scale);
  const half = shaft * scale;
  return new Path2D(`M${a} ${-half}L${b} ${-half}L${b} ${-head}L${tip} 0L${b} ${head}L${b} ${half}L${a} ${half}Z`);
}

/**
 * @param colour  of the run
 * @param highlighted  the quantity that is pointed at
 * @param ownAngle  its own direction, where it is none of these
 */
export function drawArrows(
  context: CanvasRenderingContext2D,
  look: MapLook,
  x: number,
  y: number,
  { downhill, step }: Directions,
  colour: string,
  highlighted: string | null,
  ownAngle: number | null,
) {
  const { scale } = look;
  const meant = ownAngle !== null || MEANINGS.some(({ of }) => of === highlighted);
  const show = (angle: number | null, forward: boolean, draw: () => void) => {
    if (angle === null) return;
    context.globalAlpha = forward || !meant ? 1 : BEHIND;
    turned(context, x, y, angle, draw);
    context.globalAlpha = 1;
  };
  show(downhill, highlighted === "g", () => outlined(context, look, arrowPath(scale, 2.6), look.colours.ink));
  show(step, highlighted === "w", () => filled(context, look, arrowPath(scale, 1.3), colour));
  show(ownAngle, true, () => outlined(context, look, arrowPath(scale * 1.2, 2.2), colour));
}

function turned(context: CanvasRenderingContext2D, x: number, y: number, angle: number, draw: () => void) {
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.lineJoin = "round";
  draw();
  context.restore();
}

/** A hollow shape. */
export function outlined(context: CanvasRenderingContext2D, look: MapLook, path: Path2D, ink: string) {
  context.lineWidth = 4 * look.scale;
  context.strokeStyle = look.colours.casing;
  context.stroke(path);
  context.fillStyle = look.colours.casing;
  context.fill(path);
  context.lineWidth = 1.5 * look.scale;
  context.strokeStyle = ink;
  context.stroke(path);
}

function filled(context: CanvasRenderingContext2D, look: MapLook, path: Path2D, colour: string) {
  context.lineWidth = 3 * look.scale;
  context.strokeStyle = look.colours.casing;
  context.stroke(path);
  context.fillStyle = colour;
  context.fill(path);
}
