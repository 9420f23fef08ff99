/** With more inputs than can be drawn: each sample by its target and its output. On the diagonal they are the same. */

import { widthOf } from "../../marks/look.ts";
import { group, HALO, type Mark, segment, uprights, words } from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { moveApart } from "../../math/apart.ts";
import { inputName } from "../../words/networkWords.ts";
import { endsOf } from "../chart/axes.ts";
import { xOf, yOf } from "../chart/lines.ts";
import type { PredictionDrawing } from "./drawing.ts";
import { FEW } from "./samples.ts";

/** How far each output is from its target, and the names of a few samples. */
export function againstTarget(drawing: PredictionDrawing): { below: Mark[]; above: Mark[] } {
  const { network, outputs, shown, x } = drawing;
  const [low, high] = endsOf(x);
  const missOf = (k: number) => {
    const { target } = network.samples[k];
    return [target, target, outputs[k]] as const;
  };
  const others = [...network.samples.keys()].filter((k) => k !== shown);
  const below = [
    segment([low, low], [high, high], { stroke: "ink2", width: 1.2, dash: [4, 4] }),
    uprights(others.map(missOf), { stroke: "ink3", width: 1.2 }),
    uprights([missOf(shown)], { stroke: "warn", width: 2 }),
  ];
  return { below, above: [group(names(drawing), { scales: PIXELS })] };
}

/** Where a name stands beside its sample, to the right of it or to the left. */
interface Name {
  text: string;
  x: number;
  y: number;
  right: boolean;
}

/** From one name to the next below it, in nominal pixels. */
const LINE = 15;

/** A few samples are named by the category that is 1. */
function namesOf(drawing: PredictionDrawing): Name[] {
  const {
    network,
    outputs,
    box,
    look: { scale },
  } = drawing;
  if (network.samples.length > FEW) return [];
  const isCategory = network.inputs.map((_, column) =>
    network.samples.every(({ inputs }) => inputs[column] === 0 || inputs[column] === 1),
  );
  return network.samples.flatMap(({ inputs, target }, k) => {
    const category = inputs.findIndex((value, column) => value === 1 && isCategory[column]);
    const [x, y] = [xOf(drawing, target), yOf(drawing, outputs[k])];
    const right = x < box.left + 0.7 * box.width;
    if (category < 0 || y < box.top || y > box.top + box.height) return [];
    return [{ text: inputName(network, category), x: x + (right ? 10 : -10) * scale, y: y + 3 * scale, right }];
  });
}

/** Those of samples whose targets are almost the same, one below the other. */
function names(drawing: PredictionDrawing): Mark[] {
  const { box, look } = drawing;
  const all = namesOf(drawing);
  const wide = Math.max(0, ...all.map(({ text }) => widthOf(look, text)));
  const columns: Name[][] = [];
  for (const name of [...all].sort((a, b) => a.x - b.x)) {
    const column = columns.find(([{ x, right }]) => right === name.right && name.x - x < wide);
    if (column) column.push(name);
    else columns.push([name]);
  }
  for (const column of columns) moveApart(column, LINE * look.scale, box.top, box.top + box.height);
  return all.map(({ text, x, y, right }) =>
    words([x, y], text, { anchor: right ? "start" : "end", fill: "ink", halo: HALO }),
  );
}
