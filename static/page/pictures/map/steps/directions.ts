/** The two pointers at the head of the chosen run: downhill, and the way of its step. */
import { type Ink, type Mark, type Outline, type Place, runInk, shape } from "../../../marks/mark.ts";
import { type Box, boxAround, isInside } from "../../../math/box.ts";
import { gradientAt } from "../../../state/columns.ts";
import type { MapMoment } from "../moment.ts";
import { placeAt, type Trace } from "../paths/trace.ts";
import { hollowOutline, SHOWN } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";

/** angles on the screen */
type Directions = { downhill: number | null; step: number | null };

/** Opacity of an arrow while another one is highlighted. */
const BEHIND = 0.28;
/** Nominal pixels from the head of the run to where a pointer begins and ends: beyond the ring of a start. */
const [START, END] = [14, 29];

/** On a curve there are no arrows: the step there shows both directions. */
const NO_DIRECTIONS: Directions = { downhill: null, step: null };

/** The two directions on the screen at a row; null where there is none (the end, a gradient of 0, or none received). */
export function directionsAt(trace: Trace, row: number, area: VisibleArea): Directions {
  const { xs, ys, length, run } = trace;
  if (row + 1 >= length) return NO_DIRECTIONS;
  const step = angleOf(xs[row + 1] - xs[row], ys[row + 1] - ys[row]);
  const [gx, gy] = gradientAt(run.columns, row, length) ?? [NaN, NaN];
  return { downhill: angleOf(-gx * area.kx, gy * area.ky), step };
}

/** The way a vector of the problem's parameters points on the screen. */
const angleAlong = ([x, y = 0]: number[], area: VisibleArea) => angleOf(x * area.kx, -y * area.ky);

function angleOf(dx: number, dy: number): number | null {
  return Number.isFinite(dx) && Number.isFinite(dy) && (dx || dy) ? Math.atan2(dy, dx) : null;
}

/** Space that the arrows of a run take at a row, as squares along them. */
export function arrowBoxes(trace: Trace, row: number, area: VisibleArea, scale: number): Box[] {
  const [x, y] = placeAt(trace, row);
  const { downhill, step } = directionsAt(trace, Math.min(row, trace.length - 1), area);
  return [downhill, step]
    .filter((angle) => angle !== null)
    .flatMap((angle) =>
      [16, END - 4].map((along) =>
        boxAround(x + along * scale * Math.cos(angle), y + along * scale * Math.sin(angle), 7 * scale),
      ),
    );
}

/** @param half  of its width @returns a pointer along x: a head without a shaft, which no one takes for a length */
const pointer = (half: number, from: number = START, to: number = END): string =>
  `M${from} ${-half}L${to} 0L${from} ${half}Z`;

const [DOWNHILL, STEP, OWN] = [pointer(8), pointer(5, START + 1, END - 5), pointer(8, START, END + 4)];

/**
 * At the head of the selected run: hollow ink is downhill, solid colour is the step it takes. Directions only. A
 * quantity that is pointed at in the working brings its arrow forward, or one of its own.
 * @param ink  of the run
 * @param highlighted  the quantity that is pointed at
 * @param ownAngle  its own direction, where it is none of these
 */
export function arrowMarks(
  at: Place,
  { downhill, step }: Directions,
  ink: Ink,
  highlighted: string | null,
  ownAngle: number | null,
): Mark[] {
  const isOnePointed = ownAngle !== null || SHOWN.some((quantity) => quantity === highlighted);
  const arrow = (path: string, turn: number | null, quantity: string | undefined, style: Outline): Mark[] =>
    turn === null
      ? []
      : [
          shape(at, path, {
            ...style,
            of: quantity,
            turn,
            opacity: quantity && quantity !== highlighted && isOnePointed ? BEHIND : 1,
          }),
        ];
  return [
    ...arrow(DOWNHILL, downhill, "g", hollowOutline("ink")),
    ...arrow(STEP, step, "w", { fill: ink, casing: { stroke: "casing", width: 3 } }),
    ...arrow(OWN, ownAngle, undefined, hollowOutline(ink)),
  ];
}

/** At the head of the chosen run. */
export function arrowsOfChosen({ stillMap, playhead }: MapMoment): Mark[] {
  const { scene, axes, traces, area } = stillMap;
  const trace = traces.find(({ index }) => index === scene.selected);
  if (!trace || scene.plane) return [];
  const [x, y] = placeAt(trace, playhead.step);
  if (!isInside(area.box, x, y)) return [];
  const row = Math.min(Math.floor(playhead.step), trace.length - 1);
  const ownAngle = playhead.direction ? angleAlong(playhead.direction, area) : null;
  const directions = axes.curve ? NO_DIRECTIONS : directionsAt(trace, row, area);
  return arrowMarks([x, y], directions, runInk(trace.run.slot), playhead.highlighted ?? null, ownAngle);
}
