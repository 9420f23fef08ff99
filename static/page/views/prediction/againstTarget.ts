/** With more inputs than can be drawn: each sample by its target and its output. On the diagonal they are the same. */
import { moveApart } from "../../math/apart.ts";
import { inputName } from "../../words/networkWords.ts";
import { endsOf } from "../chart/axes.ts";
import { xOf, yOf } from "../chart/lines.ts";
import { stepSide, valueSide } from "../chart/sides.ts";
import { clipped, line, widthOf, write } from "../chart/svg.ts";
import type { PredictionDrawing } from "./drawing.ts";
import { FEW } from "./drawing.ts";
import { samples } from "./samples.ts";

const sides = ({ area, look, size }: PredictionDrawing) =>
  valueSide(area, look) +
  stepSide(area, look, "target", size.width) +
  write(look, "output", 4, area.box.top - 10 * look.scale);

function diagonal({
  area,
  look: {
    colours: { ink2 },
    scale,
  },
}: PredictionDrawing): string {
  const [low, high] = endsOf(area.x);
  return clipped(
    area.box,
    line(xOf(area, low), yOf(area, low), xOf(area, high), yOf(area, high), ink2, {
      "stroke-width": 1.2 * scale,
      "stroke-dasharray": `${4 * scale} ${4 * scale}`,
    }),
  );
}

/** How far each output is from its target. */
function misses({
  network: { samples: all },
  outputs,
  shown,
  area,
  look: {
    colours: { warn, ink3 },
    scale,
  },
}: PredictionDrawing): string {
  return clipped(
    area.box,
    all
      .map(({ target }, k) =>
        line(
          xOf(area, target),
          yOf(area, target),
          xOf(area, target),
          yOf(area, outputs[k]),
          k === shown ? warn : ink3,
          { "stroke-width": (k === shown ? 2 : 1.2) * scale },
        ),
      )
      .join(""),
  );
}

const dots = (drawing: PredictionDrawing) =>
  samples(
    drawing,
    (k) => drawing.outputs[k],
    (k) => drawing.network.samples[k].target,
    false,
  );

/** Where a name stands beside its sample, to the right of it or to the left. */
interface Name {
  text: string;
  x: number;
  y: number;
  right: boolean;
}

/** From one name to the next below it, in pixels at a scale of 1. */
const LINE = 15;

/** A few samples are named by the category that is 1. */
function namesOf({ network, outputs, area }: PredictionDrawing, scale: number): Name[] {
  if (network.samples.length > FEW) return [];
  const isCategory = network.inputs.map((_, column) =>
    network.samples.every(({ inputs }) => inputs[column] === 0 || inputs[column] === 1),
  );
  return network.samples.flatMap(({ inputs, target }, k) => {
    const category = inputs.findIndex((value, column) => value === 1 && isCategory[column]);
    const [x, y] = [xOf(area, target), yOf(area, outputs[k])];
    const right = x < area.box.left + 0.7 * area.box.width;
    if (category < 0 || y < area.box.top || y > area.box.top + area.box.height) return [];
    return [{ text: inputName(network, category), x: x + (right ? 10 : -10) * scale, y: y + 3 * scale, right }];
  });
}

/** Those of samples whose targets are almost the same, one below the other. */
function names(drawing: PredictionDrawing): string {
  const {
    area: { box },
    look,
  } = drawing;
  const all = namesOf(drawing, look.scale);
  const wide = Math.max(0, ...all.map(({ text }) => widthOf(look, text)));
  const columns: Name[][] = [];
  for (const name of [...all].sort((a, b) => a.x - b.x)) {
    const column = columns.find(([{ x, right }]) => right === name.right && name.x - x < wide);
    if (column) column.push(name);
    else columns.push([name]);
  }
  for (const column of columns) moveApart(column, LINE * look.scale, box.top, box.top + box.height);
  return all
    .map(({ text, x, y, right }) =>
      write(look, text, x, y, { anchor: right ? undefined : "end", halo: 3, fill: look.colours.ink }),
    )
    .join("");
}

export const againstTarget = [sides, diagonal, misses, dots, names];
