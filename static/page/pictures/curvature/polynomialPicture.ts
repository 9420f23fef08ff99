/**
 * What the steps so far leave of a distance, against the curvature, as a line for each run; its zeros in a row below.
 */

import type { Look } from "../../marks/look.ts";
import {
  BOLD,
  group,
  HALO,
  inPixels,
  line,
  type Mark,
  type Place,
  rectangle,
  rootScale,
  runInk,
  runMarker,
  segment,
  verticals,
  words,
} from "../../marks/mark.ts";
import type { PictureKind, StillLayout, Themed } from "../../marks/picture.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { boxWithin, indexOfNearest } from "../../math/box.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import { DASHES } from "../../math/palette.ts";
import { withNaN } from "../../math/series.ts";
import type { Wire } from "../../state/types.ts";
import { cutOff, type Sized } from "../chart/lineChart.ts";
import { type Axis, evenAxis, type PlotArea, stepSide, valueSide } from "../chart/plot.ts";

interface PolynomialLine {
  slot: number;
  polynomial: Wire["ResidualPolynomial"];
}

/** curvatures, names: of the directions, from the least curved */
interface PolynomialContent extends Themed {
  runs: PolynomialLine[];
  curvatures: number[];
  names: string[];
}

/** The axis goes up to this share of the distance at the start. */
const REACH = 1.08;
/** Nominal pixels. */
const ROW = 20;
const SIDES = { left: 46, right: 14, top: 8, bottom: 24 };
const APART = 34;
const SAME = 1e-6;
/** A lower bound would lie on the axis, and is not drawn. */
const APART_FROM_0 = 0.04;

function curvatureAxis(curvatures: number[], high: number, width: number): Axis {
  const scale = rootScale(high);
  const size = 10 ** Math.floor(Math.log10(high));
  const others = [0.01, 0.04, 0.1, 0.25, 0.5, 1, 2, 4, 6].map((part) => part * size).filter((value) => value < high);
  const spaced: number[] = [];
  for (const value of [0, ...curvatures, ...others])
    if (spaced.every((other) => Math.abs(scale.place(value) - scale.place(other)) * width >= APART)) spaced.push(value);
  return { ...scale, ticks: spaced.map((value) => ({ at: scale.place(value), text: formatExact(value, 3) })) };
}

/** Of a run, by its index: a curvature of which nothing is left, and how many zeros lie there. */
interface Zero {
  run: number;
  value: number;
  count: number;
  at: Place;
}

type PolynomialLayout = PlotArea & StillLayout & { zeros: Zero[] };

/** Pixels from a zero within which it is taken. */
const HIT_RADIUS = 16;
/** A zero cannot be dragged nearer to 0 than this share of the scale: its rate would have no limit. */
const LEAST = 0.03;

/** @returns the zero that is taken there */
export const grippedZero = ({ zeros }: PolynomialLayout, left: number, top: number): Zero | undefined =>
  zeros[
    indexOfNearest(
      zeros.map(({ at: [x, y] }) => Math.hypot(x - left, y - top)),
      HIT_RADIUS,
    )
  ];

/** @returns the curvature there */
export const curvatureAt = ({ box, x }: PolynomialLayout, left: number): number =>
  x.valueAt(Math.min(1, Math.max(LEAST, (left - box.left) / box.width)));

function polynomialLayout(content: PolynomialContent & Sized): PolynomialLayout {
  const { runs, curvatures, size, look } = content;
  const { scale } = look;
  const whole = boxWithin(size, SIDES, scale);
  const high = runs[0]?.polynomial.curvature.at(-1) ?? 1;
  const box = { ...whole, height: whole.height - (runs.length + 0.5) * ROW * scale };
  const area = { box, x: curvatureAxis(curvatures, high, whole.width / scale), y: evenAxis([-REACH, REACH], 5) };
  const zeros = runs.flatMap(({ polynomial }, run) =>
    zerosOf(polynomial, area).map((zero) => {
      const at: Place = [screenX(area, zero.value), rowTop(area, run, scale)];
      return { ...zero, run, at };
    }),
  );
  return { ...area, zeros, marks: [...chartMarks(content, area), ...rowsOfZeros(content, area, zeros, whole.height)] };
}

/** The most that the best run leaves anywhere between the curvatures of the directions; null: it is not drawn. */
function boundOf(runs: PolynomialLine[]): number | null {
  const bound = Math.min(...runs.map(({ polynomial }) => polynomial.at_worst));
  return runs.length > 1 && bound < 1 && bound > APART_FROM_0 ? bound : null;
}

function chartMarks({ runs, curvatures, names, look }: PolynomialContent & { look: Look }, area: PlotArea): Mark[] {
  const { box } = area;
  const [least, most] = [curvatures[0], curvatures.at(-1) as number];
  const [low, high] = [screenX(area, least), screenX(area, most)];
  const bound = boundOf(runs);
  const edge = { stroke: "ink", width: 1.2, dash: [1.4, 4.2] } as const;
  const lines = runs.map(({ slot, polynomial: { curvature, kept } }) =>
    line(withNaN(curvature), withNaN(kept), {
      stroke: runInk(slot),
      width: 1.8,
      dash: DASHES[slot],
      round: true,
      of: "polynomial",
    }),
  );
  const heads = runs.flatMap(({ slot, polynomial }) =>
    curvatures.map((value, k) => ({ ...runMarker([value, polynomial.at_modes[k] ?? NaN], slot, 4.4), of: "kept" })),
  );
  const stems = curvatures.map((value) => [value, -REACH, REACH] as const);
  return [
    inPixels([rectangle({ ...box, left: low, width: high - low }, { fill: "ink", fillOpacity: 0.05 })]),
    valueSide(area, look),
    ...(bound === null ? [] : [bound, -bound]).map((value) => segment([least, value], [most, value], edge)),
    verticals(stems, { stroke: "ink", crisp: true }),
    group([...lines, ...heads], { clip: cutOff(area) }),
    ...curvatures.map((value, k) =>
      words([value, -REACH], names[k] ?? "", { ...BOLD, anchor: k ? "end" : "start", shift: [k ? -5 : 5, -9] }),
    ),
    ...(bound === null
      ? []
      : [
          words([area.x.valueAt(0.5), bound], `±${formatMeasured(bound)}`, {
            ...BOLD,
            anchor: "middle",
            shift: [0, -9 / look.scale],
          }),
        ]),
  ];
}

const rowTop = ({ box }: PlotArea, run: number, scale: number) => box.top + box.height + (run + 1) * ROW * scale;

/** The zeros in sight, equal ones counted together. */
function zerosOf({ zeros }: Wire["ResidualPolynomial"], { x }: PlotArea): { value: number; count: number }[] {
  const real = (zeros ?? []).filter(([re, im]) => re > 0 && Math.abs(im) < SAME * re).map(([re]) => re);
  const visible = real.filter((zero) => zero <= x.valueAt(1));
  const distinct = visible.filter((zero, k) => !k || zero > visible[k - 1] * (1 + SAME));
  return distinct.map((value) => ({
    value,
    count: visible.filter((zero) => Math.abs(zero - value) <= SAME * value).length,
  }));
}

function rowsOfZeros(content: PolynomialContent & Sized, area: PlotArea, zeros: Zero[], height: number): Mark[] {
  const { runs, size, look } = content;
  const { box } = area;
  const rows = runs.flatMap(({ slot, polynomial }, index): Mark[] => {
    const y = rowTop(area, index, look.scale);
    const runZeros = zeros.filter(({ run }) => run === index);
    const counted = runZeros.filter(({ count }) => count > 1);
    return [
      segment([box.left, y], [box.left + box.width, y], { stroke: "ink", strokeOpacity: 0.25, crisp: true }),
      ...runZeros.map(({ at }) => ({ ...runMarker(at, slot, 4, true), of: "zero" })),
      ...counted.map(({ at, count }) => words(at, `× ${count}`, { shift: [9, 0], fill: "ink", halo: HALO })),
      ...(polynomial.zeros ? [] : [words([box.left + 8, y], "too many to be told apart", { halo: HALO })]),
    ];
  });
  const title: Place = [box.left - 7 * look.scale, screenY(area, -REACH) + ROW * look.scale];
  return [
    inPixels([...rows, words(title, "zeros", { anchor: "end" })]),
    stepSide({ ...area, box: { ...box, height } }, look, "", size.width),
  ];
}

export const polynomialPicture: PictureKind<PolynomialContent, PolynomialLayout> = {
  least: { width: 160, height: 140 },
  layOut: polynomialLayout,
};
