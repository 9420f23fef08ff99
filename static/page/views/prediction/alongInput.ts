/** The output along one input, and how far it misses the sample that goes through. */

import { line, type Mark, uprights } from "../../marks/mark.ts";
import { outputsAt } from "../../math/network.ts";
import { endsOf } from "../chart/axes.ts";
import type { PredictionDrawing } from "./drawing.ts";

const ALONG = 161;

export function alongInput({ network, outputs, shown, w, x }: PredictionDrawing): { below: Mark[]; above: Mark[] } {
  const [low, high] = endsOf(x);
  const at = Float64Array.from({ length: ALONG }, (_, k) => low + ((high - low) * k) / (ALONG - 1));
  const {
    inputs: [input],
    target,
  } = network.samples[shown];
  const below = [
    line(at, outputsAt(network, w, at), { stroke: "ink", width: 2.2, of: "curve" }),
    uprights([[input, target, outputs[shown]]], { stroke: "warn", width: 2 }),
  ];
  return { below, above: [] };
}
