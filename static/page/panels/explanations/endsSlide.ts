/** Draws the map of starts as a picture for a slide: the tints of the ends, their letters, and a table of shares. */

import type { Look } from "../../marks/look.ts";
import { imageMark, type Mark, rectangle, words } from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { svgOf } from "../../marks/svgFile.ts";
import { endLetter } from "../../math/endLooks.ts";
import { formatExact } from "../../math/format.ts";
import { endsImage } from "../../pictures/map/ground/endsGround.ts";
import { placedImageOf } from "../../pictures/map/ground/relief.ts";
import type { ChartExport, Ends, Scene } from "../../state/types.ts";
import { endRows, percent, startsWords } from "../../words/ends.ts";
import { swatchPicture } from "../shared/swatch.ts";

const SIZE = { width: 840, height: 560 };
const MAP = { left: 64, top: 70, width: 440, height: 440 };
const TABLE = { left: 536, top: 92, row: 34 };
/** Pixels of the picture for each pixel of the slide. */
const FINE = 2;

/** @param title  the problem and optimizer with its learning rate */
export function endsSlide(
  ends: Ends,
  { problem, theme }: Pick<Scene, "problem" | "theme">,
  title: string,
  look: Look,
): ChartExport {
  const { x, y, minima } = ends;
  const [xs, ys] = [x, y ?? [0, 1]].map((at) => [at[0], at[at.length - 1]]);
  const extent = { x0: xs[0], x1: xs[1], y0: ys[0], y1: ys[1] };
  const ground = placedImageOf(endsImage(ends, extent, [FINE * MAP.width, FINE * MAP.height], theme, FINE));
  const [right, bottom] = [MAP.left + MAP.width, MAP.top + MAP.height];
  const across = (value: number) => MAP.left + (MAP.width * (value - xs[0])) / (xs[1] - xs[0]);
  const up = (value: number) => bottom - (MAP.height * (value - ys[0])) / (ys[1] - ys[0]);
  const letters = minima.map((minimum, end) =>
    words([across(minimum[0]), y ? up(minimum[1]) : MAP.top + MAP.height / 2], endLetter(end), {
      size: 19,
      weight: 700,
      anchor: "middle",
      halo: { stroke: "halo", width: 4 },
    }),
  );
  const number = { size: 14, fill: "ink2" } as const;
  const axes: Mark[] = [
    ...xs.map((value, k) =>
      words([k ? right : MAP.left, bottom + 18], formatExact(value, 4), { ...number, anchor: k ? "end" : "start" }),
    ),
    words([MAP.left + MAP.width / 2, bottom + 18], problem.parameters[0], {
      ...number,
      anchor: "middle",
      italic: true,
    }),
    ...(y ? ys : []).map((value, k) =>
      words([MAP.left - 8, k ? MAP.top + 7 : bottom - 7], formatExact(value, 4), { ...number, anchor: "end" }),
    ),
    ...(y
      ? [words([MAP.left - 8, MAP.top + MAP.height / 2], problem.parameters[1], { ...number, anchor: "end" })]
      : []),
    rectangle(MAP, { stroke: "ink", width: 1 }),
  ];
  const rows = endRows(ends);
  const table = rows.flatMap(({ end, name, where, share }, k): Mark[] => {
    const at = TABLE.top + TABLE.row * k;
    const beside = { left: TABLE.left, top: at - 10, width: 32, height: 20 };
    return [
      ...(end === null ? [] : [imageMark(beside, swatchPicture(end, theme))]),
      words([TABLE.left + 44, at], name, { size: 16, weight: 700, fill: "ink" }),
      words([TABLE.left + 64, at], where, { size: 15, fill: "ink" }),
      words([SIZE.width - 24, at], percent(share), { size: 15, weight: 600, anchor: "end", fill: "ink" }),
    ];
  });
  const heading = words([MAP.left, 34], title, { size: 22, weight: 600, fill: "ink" });
  const below = words([TABLE.left, TABLE.top + TABLE.row * rows.length], startsWords(ends), number);
  const marks = [imageMark(MAP, ground.canvas), heading, ...axes, ...letters.slice(0, 26), ...table, below];
  const svg = svgOf(title, { size: SIZE, scales: PIXELS, look, marks });
  return { name: "ends", title: "Where every start ends", svg };
}
