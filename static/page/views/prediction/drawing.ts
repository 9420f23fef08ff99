/** What a network says at a row: over two inputs, along one, or for each sample against its target. */

import type { Box, Size } from "../../math/box.ts";
import type { Interval, NetworkProblem } from "../../state/types.ts";
import { evenAxis } from "../chart/axes.ts";
import type { PlotArea } from "../chart/lines.ts";
import { NUMBERS } from "../chart/sides.ts";
import type { Look, Moving } from "../chart/svg.ts";
import { againstTarget } from "./againstTarget.ts";
import { curveMoving, curvePieces } from "./curve.ts";
import type { OutputGrid } from "./overInputs.ts";
import { overInputsMoving, overInputsPieces } from "./overInputs.ts";

export interface Prediction {
  network: NetworkProblem;
  /** of each sample, in numbers that are read */
  outputs: number[];
  /** indices of the samples of the step; null: all */
  batch: number[] | null;
  /** index of the one that goes through the network */
  shown: number;
  /** index of one that is pointed at */
  highlighted: number | null;
}

/** Where the playhead stands, perhaps between two rows. */
export interface PredictionMoment {
  /** weights and biases */
  w: number[];
  /** over two inputs */
  grid: OutputGrid | null;
}

export interface PredictionDrawing extends Prediction {
  area: PlotArea;
  size: Size;
  look: Look;
}

type Piece = (drawing: PredictionDrawing, moving: Moving) => string;

/** Samples that are so few have room around them, and their numbers beside them. */
export const FEW = 8;
/** Of what the samples span: the room around them. */
const AROUND = { few: 0.45, many: 0.12 };
const MARGIN = { top: 18, right: 14, bottom: NUMBERS.bottom, left: 38 };

function padded(values: number[], share: number): Interval {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * share;
  return [low - room, high + room];
}

/** @returns as wide as the other, around the same middle */
function widened([low, high]: Interval, wide: number): Interval {
  const middle = (low + high) / 2;
  return [middle - wide / 2, middle + wide / 2];
}

/** What stands along the sides. Nothing of it depends on the weights, so that it keeps its place while they change. */
function endsOf({ inputs, samples }: NetworkProblem): { x: Interval; y: Interval } {
  const share = samples.length <= FEW ? AROUND.few : AROUND.many;
  const targets = samples.map(({ target }) => target);
  const given = (k: number) => samples.map((sample) => sample.inputs[k]);
  if (inputs.length === 1) return { x: padded(given(0), 0.04), y: padded(targets, 0.25) };
  if (inputs.length > 2) return { x: padded(targets, 0.2), y: padded(targets, 0.35) };
  const [x, y] = [padded(given(0), share), padded(given(1), share)];
  const wide = Math.max(x[1] - x[0], y[1] - y[0]);
  return { x: widened(x, wide), y: widened(y, wide) };
}

export function predictionArea(network: NetworkProblem, { width, height }: Size, scale: number): PlotArea {
  const [left, top] = [MARGIN.left * scale, MARGIN.top * scale];
  const room: Box = {
    left,
    top,
    width: width - left - MARGIN.right * scale,
    height: height - top - MARGIN.bottom * scale,
  };
  const side = Math.max(1, Math.min(room.width, room.height));
  // Two inputs have one scale on both sides.
  const box =
    network.inputs.length === 2 ? { left: left + (room.width - side) / 2, top, width: side, height: side } : room;
  const { x, y } = endsOf(network);
  return {
    box,
    x: evenAxis(x, Math.max(3, box.width / (56 * scale))),
    y: evenAxis(y, Math.max(3, box.height / (34 * scale))),
  };
}

const PIECES: Piece[][] = [[], curvePieces, overInputsPieces];

/** Of one input, of two, of more. */
export const piecesOf = ({ inputs }: NetworkProblem): Piece[] => PIECES[inputs.length] ?? againstTarget;

const MOVING: ((drawing: PredictionDrawing, moment: PredictionMoment) => Moving)[] = [
  () => ({}),
  curveMoving,
  overInputsMoving,
];

/** Of more inputs nothing lies between two samples. */
export const predictionMoving = (drawing: PredictionDrawing, moment: PredictionMoment): Moving =>
  MOVING[drawing.network.inputs.length]?.(drawing, moment) ?? {};

export function predictionMarkup(drawing: PredictionDrawing, moment: PredictionMoment): string {
  const moving = predictionMoving(drawing, moment);
  return piecesOf(drawing.network)
    .map((piece) => piece(drawing, moving))
    .join("");
}
