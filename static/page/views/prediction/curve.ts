/** The output along one input, through the samples. */
import { outputsAt } from "../../math/network.ts";
import { inputLetter } from "../../words/networkWords.ts";
import { endsOf } from "../chart/axes.ts";
import { pathOf, xOf, yOf } from "../chart/lines.ts";
import { stepSide, valueSide } from "../chart/sides.ts";
import type { Moving } from "../chart/svg.ts";
import { clipped, line, movingTag, write } from "../chart/svg.ts";
import type { PredictionDrawing, PredictionMoment } from "./drawing.ts";
import { samples } from "./samples.ts";

const ALONG = 161;

const sides = ({ area, look, network, size }: PredictionDrawing) => {
  const { stem, below } = inputLetter(network, 0);
  return (
    valueSide(area, look) +
    stepSide(area, look, stem + below, size.width) +
    write(look, network.target, 4, area.box.top - 10 * look.scale)
  );
};

const curve = (
  {
    area,
    look: {
      colours: { ink },
      scale,
    },
  }: PredictionDrawing,
  moving: Moving,
) => clipped(area.box, movingTag("curve", "path", moving, { fill: "none", stroke: ink, "stroke-width": 2.2 * scale }));

export function curveMoving({ network, area }: PredictionDrawing, { w }: PredictionMoment): Moving {
  const [low, high] = endsOf(area.x);
  const at = Float64Array.from({ length: ALONG }, (_, k) => low + ((high - low) * k) / (ALONG - 1));
  const outputs = outputsAt(network, w, at);
  return { curve: { d: pathOf([...at].map((x, k) => [xOf(area, x), yOf(area, outputs[k])])) } };
}

/** How far the output misses the sample that goes through. */
function miss({
  network: { samples: all },
  outputs,
  shown,
  area,
  look: {
    colours: { warn },
    scale,
  },
}: PredictionDrawing): string {
  const {
    inputs: [x],
    target,
  } = all[shown];
  return clipped(
    area.box,
    line(xOf(area, x), yOf(area, target), xOf(area, x), yOf(area, outputs[shown]), warn, { "stroke-width": 2 * scale }),
  );
}

const dots = (drawing: PredictionDrawing) => {
  const {
    network: { samples: all },
  } = drawing;
  return samples(
    drawing,
    (k) => all[k].target,
    (k) => all[k].inputs[0],
    false,
  );
};

export const curvePieces = [sides, curve, miss, dots];
