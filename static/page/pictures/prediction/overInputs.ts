/** The output over two inputs: the tints of its bands, its contours, and the border between the labels. */

import { spansOf } from "../../marks/letters.ts";
import type { Look } from "../../marks/look.ts";
import {
  bars,
  type GroupMark,
  group,
  type Ink,
  inPixels,
  line,
  type Mark,
  rectangle,
  shape,
  words,
} from "../../marks/mark.ts";
import { shareScales } from "../../marks/scales.ts";
import { fromHex, fromOklab, interpolated, toHex, toOklab } from "../../math/colour.ts";
import { outputsAt } from "../../math/forwardPass.ts";
import { networkColours } from "../../math/networkColours.ts";
import { COLOURS } from "../../math/palette.ts";
import { memo } from "../../memo.ts";
import type { NetworkProblem } from "../../state/types.ts";
import { inputLetter } from "../../words/networkWords.ts";
import { areasAbove } from "../bands.ts";
import { endsOf } from "../chart/plot.ts";
import type { PredictionDrawing, PredictionLayout } from "./index.ts";

/** Outputs along a side, while it plays and at rest. */
const ALONG = { playing: 33, fine: 121 };
const BANDS = 10;
/** The output at the border between the labels. */
const BORDER = 0.5;
/** The share of a label's colour in the highest and in the lowest band; numbers take that of label 1. */
const STRONGEST = { day: 0.34, night: 0.56 };

/** Labels are 0 to 1; numbers span the targets. @returns the levels between the bands */
function bandLevels({ kind, samples }: NetworkProblem): number[] {
  const targets = samples.map(({ target }) => target);
  const [low, high] = kind === "classification" ? [0, 1] : [Math.min(...targets), Math.max(...targets)];
  return Array.from({ length: BANDS - 1 }, (_, k) => low + ((k + 1) * (high - low)) / BANDS);
}

type InputScales = Pick<PredictionDrawing, "x" | "y" | "fine">;

type SurfaceContent = InputScales & Pick<PredictionDrawing, "network" | "w" | "box" | "look">;

const alongOf = (fine: boolean) => (fine ? ALONG.fine : ALONG.playing);

/** The inputs of a grid, the first at the top left. */
export function placesOf(scales: InputScales): Float64Array {
  const along = alongOf(scales.fine);
  const [[x0, x1], [y0, y1]] = [endsOf(scales.x), endsOf(scales.y)];
  const places = new Float64Array(along * along * 2);
  for (let j = 0; j < along; j++) {
    for (let i = 0; i < along; i++) {
      const at = 2 * (j * along + i);
      places[at] = x0 + ((x1 - x0) * i) / (along - 1);
      places[at + 1] = y1 - ((y1 - y0) * j) / (along - 1);
    }
  }
  return places;
}

/** The tint of each band, from the lowest: of labels from one colour to the other, of numbers from none to one. */
function bandTints(look: Look, { kind }: NetworkProblem): Ink[] {
  const [paper, labelZero, labelOne] = [look.colours.paper, ...networkColours(look.colours).labels].map((hex) =>
    toOklab(fromHex(hex)),
  );
  const strongest = look.colours === COLOURS.night ? STRONGEST.night : STRONGEST.day;
  /** @param share  from -1 to 1 */
  const tintOf = (share: number) =>
    toHex(fromOklab(interpolated(paper, share < 0 ? labelZero : labelOne, strongest * Math.abs(share)))) as Ink;
  const shares = Array.from({ length: BANDS }, (_, k) => k / (BANDS - 1));
  return shares.map((share) => tintOf(kind === "classification" ? 2 * share - 1 : share));
}

/** @returns makes the surface, again only when it has changed */
export function createSurface(): (drawing: PredictionDrawing) => GroupMark {
  const places = memo(placesOf);
  const tints = memo(bandTints);
  const surface = memo(({ network, w, box, look, x, y, fine }: SurfaceContent) => {
    const along = alongOf(fine);
    const values = outputsAt(network, w, places({ x, y, fine }));
    const all = bandLevels(network);
    // Of the levels below all values only the highest is drawn, as it covers the others.
    const from = Math.max(
      0,
      all.findLastIndex((level) => values.every((value) => value >= level)),
    );
    const levels = all.slice(from);
    const areas = areasAbove({ values, columns: along, rows: along }, levels, box);
    const [lowest, ...above] = tints(look, network);
    const fills = above.slice(from);
    const borders = network.kind === "classification" ? areas.filter((_, k) => levels[k] === BORDER) : [];
    const band = { closed: true, holes: true, stroke: "ink", strokeOpacity: 0.3, of: "band" } as const;
    const marks = [
      ...(values.some(Number.isFinite) ? [rectangle(box, { fill: lowest, of: "lowest" })] : []),
      ...areas.map(({ x, y }, k) => line(x, y, { ...band, fill: fills[k] })),
      ...borders.map(({ x, y }) => line(x, y, { closed: true, stroke: "ink", width: 2.6, of: "border" })),
    ];
    return inPixels(marks, { clip: box });
  });
  return ({ network, w, box, look, x, y, fine }) => surface({ network, w, box, look, x, y, fine });
}

/** Nominal pixels that the letter of an input has at the end of its side, where no number stands. */
const LETTER = 34;

export function inputSides({ box, look, x, y, network }: PredictionLayout): Mark[] {
  const letter = (k: number) => spansOf(inputLetter(network, k));
  const type = { size: 14, fill: "ink", anchor: "end" } as const;
  const marks = [
    bars([[0, 1, 0, 1]], { crisp: true, stroke: "ink" }),
    ...x.ticks.flatMap(({ at, text }) => [
      shape([at, 0], "M0 0v4", { crisp: true, stroke: "ink" }),
      ...((1 - at) * box.width > LETTER * look.scale
        ? [words([at, 0], text, { anchor: "middle", shift: [0, 13] })]
        : []),
    ]),
    ...y.ticks.map(({ at, text }) => words([0, at], text, { anchor: "end", shift: [-7, 0] })),
    words([1, 0], letter(0), { ...type, shift: [0, 13] }),
    words([0, 1], letter(1), { ...type, shift: [-7, -9] }),
  ];
  return [group(marks, { scales: shareScales(box) })];
}
