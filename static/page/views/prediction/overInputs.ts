/**
 * The output over two inputs: its contours, the border between the labels, and the samples. Its tints are below
 * it, on a canvas.
 */

import { fromHex, fromOklab, mix, toOklab } from "../../math/colour.ts";
import { outputsAt } from "../../math/network.ts";
import { memo } from "../../reads.ts";
import type { ContourLines } from "../../service/painting/contours.ts";
import { contours } from "../../service/painting/contours.ts";
import { inputLetter } from "../../words/networkWords.ts";
import { endsOf } from "../chart/axes.ts";
import type { PlotArea } from "../chart/lines.ts";
import type { Moving } from "../chart/svg.ts";
import { crisp, letterSpans, line, movingTag, rect, short, write } from "../chart/svg.ts";
import type { PredictionDrawing, PredictionMoment } from "./drawing.ts";
import { FEW } from "./drawing.ts";
import { samples } from "./samples.ts";

/** Outputs along a side: while it plays, and at rest. */
const ALONG = { playing: 33, fine: 121 };
const BANDS = 10;
/** Between the labels. */
const BORDER = 0.5;
/** How much of the colour of a positive weight the highest band has. */
const STRONGEST = 0.34;
const SLOT = 6;

export interface OutputGrid {
  /** a side has so many */
  along: number;
  /** the first at the top left */
  values: Float64Array;
  /** outputs that the lowest and the highest tint stand for */
  low: number;
  high: number;
}

/** Labels go from 0 to 1; numbers as far as the targets do. */
function spanOf({ kind, samples: all }: PredictionDrawing["network"]): [number, number] {
  const targets = all.map(({ target }) => target);
  return kind === "classification" ? [0, 1] : [Math.min(...targets), Math.max(...targets)];
}

/** fine: the playhead rests, and it is drawn as finely as is to be seen */
type Places = { area: PlotArea; fine: boolean };

/** Where the outputs of a grid are: the first at the top left. */
function placesOf({ area, fine }: Places): Float64Array {
  const along = fine ? ALONG.fine : ALONG.playing;
  const [[x0, x1], [y0, y1]] = [endsOf(area.x), endsOf(area.y)];
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

/** What the network says at each place of a grid; the places are the same from frame to frame. */
export function createGrid(): (
  given: Places & Pick<PredictionDrawing, "network"> & Pick<PredictionMoment, "w">,
) => OutputGrid {
  const places = memo(placesOf);
  return memo(({ network, w, area, fine }) => {
    const [low, high] = spanOf(network);
    return {
      along: fine ? ALONG.fine : ALONG.playing,
      values: outputsAt(network, w, places({ area, fine })),
      low,
      high,
    };
  });
}

/** The tint of each band, from the lowest: red, green, blue, opaque. */
export function bandTints({ colours }: PredictionDrawing["look"]): Uint32Array {
  const [paper, ink] = [toOklab(fromHex(colours.paper)), toOklab(fromHex(colours.runs[SLOT]))];
  return Uint32Array.from({ length: BANDS }, (_, k) => {
    const [r, g, b] = fromOklab(mix(paper, ink, (STRONGEST * k) / (BANDS - 1))).map((share) => Math.round(255 * share));
    return (255 << 24) | (b << 16) | (g << 8) | r;
  });
}

/** Outputs between those of the grid, straight, as pixels of their bands. */
export function tintPixels(
  { along, values, low, high }: OutputGrid,
  tints: Uint32Array,
  width: number,
  height: number,
): Uint32Array {
  const pixels = new Uint32Array(width * height);
  const scale = BANDS / (high - low || 1);
  const row = new Float64Array(along);
  for (let py = 0; py < height; py++) {
    const y = (py / Math.max(1, height - 1)) * (along - 1);
    const j = Math.min(along - 2, Math.floor(y));
    const down = y - j;
    for (let i = 0; i < along; i++) row[i] = values[j * along + i] * (1 - down) + values[(j + 1) * along + i] * down;
    for (let px = 0; px < width; px++) {
      const x = (px / Math.max(1, width - 1)) * (along - 1);
      const i = Math.min(along - 2, Math.floor(x));
      const band = Math.floor((row[i] + (x - i) * (row[i + 1] - row[i]) - low) * scale);
      pixels[py * width + px] = tints[band > 0 ? Math.min(BANDS - 1, band) : 0];
    }
  }
  return pixels;
}

function pathOf({ points, starts }: ContourLines, { area: { box } }: PredictionDrawing, along: number): string {
  let path = "";
  for (let n = 0; n + 1 < starts.length; n++) {
    for (let k = starts[n]; k < starts[n + 1]; k++) {
      const x = box.left + (points[2 * k] / (along - 1)) * box.width;
      const y = box.top + (points[2 * k + 1] / (along - 1)) * box.height;
      path += `${k === starts[n] ? "M" : "L"}${short(x)} ${short(y)}`;
    }
  }
  return path;
}

function lines(
  {
    network: { kind },
    look: {
      colours: { ink },
      scale,
    },
  }: PredictionDrawing,
  moving: Moving,
): string {
  const style = { fill: "none", stroke: ink, "stroke-linejoin": "round" };
  return (
    movingTag("contours", "path", moving, { ...style, "stroke-opacity": 0.3, "stroke-width": scale }) +
    (kind === "classification" ? movingTag("border", "path", moving, { ...style, "stroke-width": 2.6 * scale }) : "")
  );
}

export function overInputsMoving(drawing: PredictionDrawing, { grid }: PredictionMoment): Moving {
  if (!grid) return {};
  const { along, values, low, high } = grid;
  const levels = Array.from({ length: BANDS - 1 }, (_, k) => low + ((k + 1) * (high - low)) / BANDS);
  const border = drawing.network.kind === "classification" ? [BORDER] : [];
  const found = contours(values, along, along, [...border, ...levels.filter((level) => !border.includes(level))]).map(
    (each) => pathOf(each, drawing, along),
  );
  return { border: { d: border.length ? found[0] : "" }, contours: { d: found.slice(border.length).join("") } };
}

function frame({ area: { box, x, y }, network, look }: PredictionDrawing): string {
  const {
    colours: { ink },
    scale,
  } = look;
  const bottom = box.top + box.height;
  const across = x.ticks
    .map(
      ({ at, text }) =>
        line(crisp(box.left + at * box.width), bottom, crisp(box.left + at * box.width), bottom + 4 * scale, ink) +
        write(look, text, box.left + at * box.width, bottom + 13 * scale, { anchor: "middle" }),
    )
    .join("");
  const up = y.ticks
    .map(({ at, text }) => write(look, text, box.left - 7 * scale, box.top + (1 - at) * box.height, { anchor: "end" }))
    .join("");
  const letter = (k: number, left: number, top: number, anchor: "end" | "middle") =>
    write(look, "", left, top, { fill: ink, anchor, spans: letterSpans(look, inputLetter(network, k), 14) });
  return (
    rect(
      { left: Math.round(box.left) + 0.5, top: Math.round(box.top) + 0.5, width: box.width, height: box.height },
      { fill: "none", stroke: ink },
    ) +
    across +
    up +
    letter(0, box.left + box.width, bottom + 13 * scale, "end") +
    letter(1, box.left - 7 * scale, box.top - 9 * scale, "end")
  );
}

const dots = (drawing: PredictionDrawing) => {
  const {
    network: { samples: all },
  } = drawing;
  return samples(
    drawing,
    (k) => all[k].inputs[1],
    (k) => all[k].inputs[0],
    all.length <= FEW,
  );
};

export const overInputsPieces = [lines, frame, dots];
