/** The loss chart as it is taken home, for a slide: larger than in a column of a page, and with its legend. */

import { type Look, widthOf } from "../../marks/look.ts";
import { group, type Mark, runInk, runMarker, segment, words } from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { svgOf } from "../../marks/svgFile.ts";
import type { ChartExport, Run } from "../../state/types.ts";
import { isShown } from "./axes.ts";
import { chartOf, type LossContent, lossTitle } from "./chart.ts";
import { lossMarks, stillOf } from "./drawing.ts";

export type ShownLoss = LossContent & { step: number };

const SLIDE = { width: 840, height: 560 };
/** Of type and lines. */
export const SCALE = 1.2;

const EDGE = 20;
const SAMPLE = 34;
const ROW = 24;
const TYPE = { size: 15 };

/** Row after row, as words are set. @returns with where it ends */
function legend(look: Look, runs: Run[], top: number): { marks: Mark[]; bottom: number } {
  let [x, y] = [EDGE, top];
  const marks = runs.flatMap(({ slot, name }) => {
    const width = SAMPLE + 8 + widthOf(look, name, TYPE);
    if (x > EDGE && x + width > SLIDE.width - EDGE) [x, y] = [EDGE, y + ROW];
    const left = x;
    x += width + 26;
    return [
      segment([left, y], [left + SAMPLE, y], { stroke: runInk(slot), width: 2.2, round: true }),
      runMarker([left + SAMPLE / 2, y], slot, 5),
      words([left + SAMPLE + 8, y], name, { ...TYPE, fill: "ink" }),
    ];
  });
  return { marks, bottom: y + ROW / 2 };
}

/** @returns none where there is no line to draw */
export function slideOf({ scene, step, counted, bands, epochs }: ShownLoss, look: Look): ChartExport[] {
  const runs = scene.runs.filter(isShown);
  if (!runs.length) return [];
  const plain = { ...look, scale: 1 };
  const { marks, bottom } = legend(plain, runs, 66);
  const top = bottom + 10;
  const chart = chartOf({
    scene,
    counted,
    bands,
    epochs,
    size: { width: SLIDE.width - EDGE, height: SLIDE.height - top - 10 },
    look,
  });
  const title = `${scene.problem.label}: ${lossTitle(chart.y.base).toLowerCase()} against ${chart.title}`;
  const drawn = lossMarks(chart, stillOf(chart), step, null);
  const svg = svgOf("Loss", {
    size: SLIDE,
    scales: PIXELS,
    look: plain,
    marks: [
      words([EDGE, 31], title, { size: 22, weight: 600, fill: "ink" }),
      ...marks,
      group(drawn, { scales: chart, look, shift: [0, top] }),
    ],
  });
  return [{ name: "loss", title: "Loss", svg }];
}
