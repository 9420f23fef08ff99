/**
 * The curvature at the head of the chosen run: the ellipse of the local quadratic and its two directions, the path that
 * these predict, and the region in which noise keeps the run.
 */

import { circle, group, type Place, path, segment } from "../../../marks/mark.ts";
import type { Line } from "../../../marks/occupancy.ts";
import { screenPlace } from "../../../marks/scales.ts";
import { isInside } from "../../../math/box.ts";
import { memo } from "../../../memo.ts";
import type { Principal } from "../../../state/types.ts";
import type { Layer, LayerDrawing, MapLayout, MarkOrWords } from "../moment.ts";
import { haloOutline, labelBeside, labelInSight } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";

type TurnedAngle = NonNullable<Principal["turned"]>;
type Cloud = NonNullable<Principal["cloud"]>;

/** The longer direction reaches this share of the shorter side of the map. */
const REACH = 0.16;
const TYPE = { size: 12.5, weight: 600 };
const GAP = 6;
/**
 * The line from which a ravine is turned reaches this share of the shorter side of the map; the arc has this share of
 * the line as radius.
 */
const [ANGLE_REACH, ARC] = [0.45, 0.4];
/** Shares of the time that a run spends within an ellipse of the cloud, for a Gaussian. */
const CLOUD = [
  [0.5, "half of the time"],
  [0.95, "95 % of the time"],
] as const;
/** Dots of a predicted path: diameter and distance, in nominal pixels. */
const DOTS = { width: 2.4, apart: 5 };

/** The lengths of the directions, in parameters proportional to 1 over the root of the curvature. */
function lengthsOf(directions: Principal["directions"], { area, look }: MapLayout): number[] {
  const lengths = directions.map(({ curvature }) => 1 / Math.sqrt(Math.max(Math.abs(curvature), Number.MIN_VALUE)));
  const pixels = ([x, y]: number[]) => Math.hypot(x * area.kx, y * area.ky);
  const longest = Math.max(...directions.map(({ along }, k) => pixels(along) * lengths[k]));
  const reach = REACH * Math.min(look.box.width, look.box.height);
  return lengths.map((length) => (length * reach) / longest);
}

/** Of a closed line. */
const sidesOf = (places: Place[]): Line[] => places.map((place, k): Line => [...place, ...(places.at(k - 1) as Place)]);

/** The directions, with names at their ends, as in the panel that explains them. Words keep off the ellipse. */
function directionMarks({ at, directions }: Principal, layout: MapLayout): LayerDrawing {
  const { area, look } = layout;
  const head = screenPlace(area, at[0], at[1]);
  if (directions.length < 2 || !isInside(area.box, ...head)) return {};
  const lengths = lengthsOf(directions, layout);
  const placeOf = (shares: readonly number[]): Place => {
    const [x, y] = at.map((value, axis) =>
      directions.reduce((sum, { along }, k) => sum + shares[k] * lengths[k] * along[axis], value),
    );
    return screenPlace(area, x, y);
  };
  const ends = directions.flatMap(({ name }, k) => {
    const unitVector = directions.map((_, other) => Number(other === k));
    return name ? [{ name, from: placeOf(unitVector.map((value) => -value)), to: placeOf(unitVector) }] : [];
  });
  const isBowl = directions.every(({ curvature }) => curvature > 0);
  const ellipse = isBowl ? circle(1).map(placeOf) : [];
  const marks = [
    ...ends.map(({ from, to }) => segment(from, to, { ...haloOutline(1.3), of: "principal direction" })),
    isBowl && path(ellipse, { ...haloOutline(1.3), closed: true, of: "ellipse" }),
  ];
  const words = ends.map(({ to, name }) => labelBeside(look, to, GAP, name, TYPE));
  return { on: [group(marks, { clip: area.box }), ...words], obstacles: sidesOf(ellipse) };
}

/**
 * The ellipses of the cloud, one for each share: -2 log(1 - share) of the covariance; fainter where it is uncertain.
 */
function cloudMarks({ center, covariance: [[xx, xy], [, yy]] }: Cloud, layout: MapLayout): LayerDrawing {
  const { area } = layout;
  // With L the lower triangle for which L Lᵀ is the covariance, L times a circle is its ellipse.
  const [lxx, lyx] = [Math.sqrt(xx), xy / Math.sqrt(xx)];
  const lyy = Math.sqrt(Math.max(0, yy - lyx * lyx));
  const ellipses = CLOUD.map(([share]) =>
    circle(Math.sqrt(-2 * Math.log(1 - share))).map(([u, v]) =>
      screenPlace(area, center[0] + lxx * u, center[1] + lyx * u + lyy * v),
    ),
  );
  const on = ellipses.flatMap((around, k) => {
    const ellipse = path(around, { ...haloOutline(k ? 1.6 : 2), closed: true, of: "cloud" });
    return [group([ellipse], { clip: area.box }), ...labelInSight(layout, around[k ? 45 : 27], GAP, CLOUD[k][1], TYPE)];
  });
  return { on, obstacles: ellipses.flatMap(sidesOf) };
}

/** A dotted line from the minimum along the first axis, and an arc from it to the ravine, with the angle. */
function turnedMarks([a, b]: number[], { degrees, start }: TurnedAngle, layout: MapLayout): MarkOrWords[] {
  const { area, look } = layout;
  const reach = ANGLE_REACH * Math.min(look.box.width / area.kx, look.box.height / area.ky);
  const angle = (degrees * Math.PI) / 180;
  const back = (start[0] - a) * Math.cos(angle) + (start[1] - b) * Math.sin(angle) < 0 ? Math.PI : 0;
  const placeOf = (radius: number, turn: number): Place =>
    screenPlace(area, a + radius * Math.cos(back + turn), b + radius * Math.sin(back + turn));
  const arc = Array.from({ length: 72 }, (_, k) => placeOf(ARC * reach, (angle * k) / 71));
  const dotted = { ...haloOutline(1.8), dash: [0.01, 4], round: true, casing: { stroke: "halo", width: 4 } } as const;
  const marks = [
    segment(placeOf(0, 0), placeOf(reach, 0), { ...dotted, of: "first axis" }),
    segment(placeOf(0, angle), placeOf(reach, angle), { ...haloOutline(1.1), of: "ravine" }),
    path(arc, { ...haloOutline(1.6), of: "angle" }),
  ];
  const words = labelInSight(layout, placeOf(ARC * reach, angle / 2), GAP, `${Math.round(degrees)}°`, {
    size: 15,
    weight: 700,
  });
  return [group(marks, { clip: area.box }), ...words];
}

export function createPrincipal(): Layer {
  /** Made again only when the path or the area changes. */
  const predictedPath = memo(([x, y]: number[][], area: VisibleArea) =>
    path(
      x.map((value, k) => screenPlace(area, value, y[k])),
      { stroke: "ink", width: DOTS.width, dash: [0.01, DOTS.apart], round: true, of: "predicted path" },
    ),
  );

  return {
    draw({ stillMap, playhead }) {
      const { axes, area } = stillMap;
      const { principal } = playhead;
      if (!principal || axes.curve) return {};
      const { at, cloud, turned, predicted } = principal;
      const drawings = turned
        ? []
        : [...(cloud ? [cloudMarks(cloud, stillMap)] : []), directionMarks(principal, stillMap)];
      return {
        under: predicted ? [group([predictedPath(predicted, area)], { clip: area.box })] : [],
        on: turned ? turnedMarks(at, turned, stillMap) : drawings.flatMap(({ on = [] }) => on),
        obstacles: drawings.flatMap(({ obstacles = [] }) => obstacles),
      };
    },
  };
}
