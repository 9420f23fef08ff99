/** Shares of the starts by where they end, on top of each other, against the learning rate. */

import {
  imageMark,
  inPixels,
  line,
  type Mark,
  rectangle,
  runInk,
  runMarker,
  segment,
  words,
} from "../../marks/mark.ts";
import { createPicture, type StillLayout, type Themed } from "../../marks/picture.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { boxWithin } from "../../math/box.ts";
import { DIVERGED, ELSEWHERE, endLetter } from "../../math/endLooks.ts";
import type { SharesAtRate } from "../../resources/sharesAtRates.ts";
import type { Interval } from "../../state/types.ts";
import type { Sized } from "../chart/lineChart.ts";
import { evenAxis, logAxis, type PlotArea, stepSide } from "../chart/plot.ts";
import { endsImage } from "../map/ground/endsGround.ts";
import { placedImageOf } from "../map/ground/relief.ts";

interface SharesContent extends Themed {
  /** from the least rate on, as far as they have come */
  points: SharesAtRate[];
  rates: Interval;
}

interface SharesMoment {
  /** of the run */
  rate: number;
  slot: number;
}

/** Nominal pixels. */
const SIDES = { left: 22, right: 22, top: 8, bottom: 24 };
const NUMBER = 52;
/** The least height of a band with a name. */
const HIGH = 16;
const WIDE = 30;
/** The least height of a band with an edge. */
const THICK = 4;
/** Places along each side of the picture of the tints. */
const FINE = 256;

/** A band from its lower to its upper edge at each rate. */
interface ShareBand {
  end: number;
  low: number[];
  high: number[];
}

/** @returns from the top down: the minima in the order of their letters, what ends in none, what flies off */
export function shareBands(points: SharesAtRate[]): ShareBand[] {
  const ends = [...new Set(points.flatMap(({ shares }) => [...shares.keys()]))];
  const minima = ends.filter((end) => end >= 0).sort((a, b) => a - b);
  let high = points.map(() => 1);
  return [...minima, ELSEWHERE, DIVERGED].map((end) => {
    const low = points.map(({ shares }, k) => high[k] - (shares.get(end) ?? 0));
    const band = { end, low, high };
    high = low;
    return band;
  });
}

const nameOf = (end: number) => (end === DIVERGED ? "flies off" : end === ELSEWHERE ? "in none" : endLetter(end));

/** @returns the name of a band where it is highest, if it has the room */
function nameMark({ end, low, high }: ShareBand, points: SharesAtRate[], area: PlotArea, scale: number): Mark[] {
  const sizes = high.map((top, k) => top - low[k]);
  const most = Math.max(...sizes);
  if (most * area.box.height < HIGH * scale) return [];
  // In the middle of the first stretch that is about as high.
  const first = sizes.findIndex((size) => size > 0.98 * most);
  const after = sizes.findIndex((size, k) => k > first && size <= 0.98 * most);
  const k = Math.floor((first + (after < 0 ? sizes.length : after) - 1) / 2);
  const half = WIDE * scale * (end < 0 ? 1 : 0.4);
  const { left, width } = area.box;
  const x = Math.min(left + width - half, Math.max(left + half, screenX(area, points[k].rate)));
  const y = screenY(area, (low[k] + high[k]) / 2);
  const size = end < 0 ? {} : { size: 15, weight: 700 };
  return [words([x, y], nameOf(end), { ...size, fill: "ink", anchor: "middle", halo: { stroke: "halo", width: 4 } })];
}

function sharesLayout({ points, rates, theme, size, look }: SharesContent & Sized): PlotArea & StillLayout {
  const { scale } = look;
  const box = boxWithin(size, SIDES, scale);
  const area = { box, x: logAxis(rates, box.width / (NUMBER * scale)), y: evenAxis([0, 1], 2) };
  const bands = shareBands(points);
  // Thin bands have no edges.
  const thick = ({ end, low, high }: ShareBand) =>
    end < 0 || Math.max(...high.map((top, k) => top - low[k])) * box.height > THICK * scale;
  const along = points.map(({ rate }) => rate);
  const edges = bands.filter((band, k) => bands[k + 1] && (thick(band) || bands[k + 1].end < 0));
  const over = [
    ...bands.flatMap((band) => nameMark(band, points, area, scale)),
    rectangle(box, { stroke: "ink", width: 1 }),
  ];
  const [left, right] = [points[0], points[points.length - 1]].map(({ rate }) => screenX(area, rate));
  const place = { ...box, left, width: right - left };
  const fine = Math.max(1, devicePixelRatio);
  const pixels: [number, number] = [Math.round(place.width * fine), Math.round(place.height * fine)];
  const tints = placedImageOf(tintsOf(points, theme, pixels, fine * scale));
  const marks = [
    inPixels([imageMark(place, tints.canvas)]),
    ...edges.map(({ low }) => line(along, low, { stroke: "ink", width: 0.8, of: "edge" })),
    stepSide(area, look, "", size.width),
    inPixels(over),
  ];
  return { ...area, marks };
}

/** @returns the tints of the bands, from the first rate to the last */
export function tintsOf(
  points: SharesAtRate[],
  theme: Themed["theme"],
  [width, height]: [number, number],
  fine: number,
) {
  const bands = shareBands(points);
  const last = points.length - 1;
  const at = Array.from({ length: FINE }, (_, k) => k / (FINE - 1));
  const end = new Int16Array(FINE * FINE);
  at.forEach((across, i) => {
    const k = Math.min(last - 1, Math.floor(across * last));
    const part = across * last - k;
    at.forEach((up, j) => {
      const within = bands.find(({ low }) => low[k] + part * (low[k + 1] - low[k]) <= up);
      end[j * FINE + i] = within?.end ?? DIVERGED;
    });
  });
  return endsImage({ x: at, y: at, end }, { x0: 0, x1: 1, y0: 0, y1: 1 }, [width, height], theme, fine);
}

/** @param onRate  the line is dragged to a rate, as a share of the scale */
export const createSharesChart = (onRate: (share: number) => void) =>
  createPicture<SharesContent, PlotArea & StillLayout, SharesMoment>({
    least: { width: 120, height: 90 },
    layOut: sharesLayout,
    marks: ({ marks }, { rate, slot }) => [
      ...marks,
      segment([rate, 0], [rate, 1], { stroke: runInk(slot), width: 2, casing: { stroke: "casing", width: 4 } }),
      { ...runMarker([rate, 0], slot, 5.6), of: "rate" },
    ],
    onHold: ({ box: { left, width } }, x) => onRate(Math.max(0, Math.min(1, (x - left) / width))),
  });
