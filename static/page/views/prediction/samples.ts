/** The samples at their places: full where the label is 1, ringed in the batch, stronger the one that goes through. */

import { dot, HALO, type Mark, type Place, words } from "../../marks/mark.ts";
import { networkNumber } from "../../words/networkWords.ts";
import { exit } from "../chart/sides.ts";
import type { PredictionDrawing } from "./drawing.ts";

/** Samples that are so few have room around them, and their numbers beside them. */
export const FEW = 8;
/** Of a dot in which its label stands; and of those that are many, in the batch and not. */
const RADIUS = { labelled: 10, seen: 4.4, other: 3 };
/** How much of their strength those keep that are many and not in the batch. */
const REST = 0.55;
const BOLD = { size: 13, weight: 600, anchor: "middle" } as const;

/** Where a sample stands: over its inputs, over its input and target, or over target and output. */
export function samplePlace({ network, outputs }: Pick<PredictionDrawing, "network" | "outputs">, k: number): Place {
  const { inputs, target } = network.samples[k];
  if (inputs.length === 2) return [inputs[0], inputs[1]];
  return inputs.length === 1 ? [inputs[0], target] : [target, outputs[k]];
}

const ring = (at: Place, radius: number, width: number): Mark =>
  dot(at, radius, { stroke: "ink", width, casing: { stroke: "paper", width: width + 2.4 } });

export function samples(drawing: PredictionDrawing): Mark[] {
  const { network, batch, shown, highlighted, outputs, y } = drawing;
  const { samples: all, kind, inputs } = network;
  /** The label stands in the dot, and the output above it. */
  const labelled = inputs.length === 2 && all.length <= FEW;
  const placed = { network, outputs };
  const order = [...all.keys()].sort((a, b) => Number(a === shown) - Number(b === shown));
  return order.flatMap((k): Mark[] => {
    const at = samplePlace(placed, k);
    const height = y.place(at[1]);
    // Beyond the top or the bottom: where it left.
    if (height < 0 || height > 1) return [exit(drawing, at[0], height > 1, "ink")];
    const seen = !batch || batch.includes(k);
    const radius = labelled ? RADIUS.labelled : seen ? RADIUS.seen : RADIUS.other;
    const full = kind === "regression" || all[k].target > 0.5;
    const chosen = k === shown || k === highlighted;
    const [fill, stroke] = full ? (["ink", "paper"] as const) : (["paper", "ink"] as const);
    return [
      ...(chosen ? [ring(at, radius + 4, 2.2)] : labelled && batch?.includes(k) ? [ring(at, radius + 3, 1.2)] : []),
      dot(at, radius, { fill, stroke, width: 1.3, opacity: labelled || seen || chosen ? 1 : REST, of: "sample" }),
      ...(labelled ? [words(at, networkNumber(all[k].target), { ...BOLD, fill: stroke })] : []),
      ...(labelled || k === highlighted
        ? [
            words(at, networkNumber(outputs[k]), {
              ...BOLD,
              fill: "ink",
              halo: { ...HALO, width: 4 },
              shift: [0, -radius - (chosen ? 15 : 11)],
              of: "output",
            }),
          ]
        : []),
    ];
  });
}
