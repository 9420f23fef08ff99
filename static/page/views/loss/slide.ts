/** The loss chart as it is taken home, for a slide: larger than in a column of a page, and with its legend. */

import type { ChartExport, Run } from "../../state/types.ts";
import { svgOf } from "../chart/drawing.ts";
import type { Look } from "../chart/svg.ts";
import { at, line, runMarker, tag, widthOf, write } from "../chart/svg.ts";
import { isShown } from "./axes.ts";
import type { LossContent } from "./chart.ts";
import { chartOf, lossTitle } from "./chart.ts";
import { lossMarkup, lossMoving } from "./drawing.ts";

export type ShownLoss = LossContent & { step: number };

const SLIDE = { width: 840, height: 560 };
/** Of type and lines. */
export const SCALE = 1.2;

const EDGE = 20;
const SAMPLE = 34;
const ROW = 24;
const TYPE = { size: 15 };

/** Row after row, as words are set. @returns with where it ends */
function legend(look: Look, runs: Run[], top: number): { content: string; bottom: number } {
  const { runs: colours, casing, ink } = look.colours;
  let [x, y, content] = [EDGE, top, ""];
  for (const { slot, name } of runs) {
    const width = SAMPLE + 8 + widthOf(look, name, TYPE);
    if (x > EDGE && x + width > SLIDE.width - EDGE) [x, y] = [EDGE, y + ROW];
    content +=
      line(x, y, x + SAMPLE, y, colours[slot], { "stroke-width": 2.2, "stroke-linecap": "round" }) +
      runMarker(slot, x + SAMPLE / 2, y, 5, colours[slot], casing) +
      write(look, name, x + SAMPLE + 8, y, { ...TYPE, fill: ink });
    x += width + 26;
  }
  return { content, bottom: y + ROW / 2 };
}

/** @returns none where there is no line to draw */
export function slideOf({ scene, step, counted, bands, epochs }: ShownLoss, look: Look): ChartExport[] {
  const runs = scene.runs.filter(isShown);
  if (!runs.length) return [];
  const plain = { ...look, scale: 1 };
  const { content, bottom } = legend(plain, runs, 66);
  const top = bottom + 10;
  const chart = chartOf({
    scene,
    counted,
    bands,
    epochs,
    size: { width: SLIDE.width - EDGE, height: SLIDE.height - top - 10 },
    look,
  });
  const head = write(
    plain,
    `${scene.problem.label}: ${lossTitle(chart.y.base).toLowerCase()} against ${chart.title}`,
    EDGE,
    31,
    { size: 22, weight: 600, fill: look.colours.ink },
  );
  const drawn = tag("g", { transform: at(0, top) }, lossMarkup(chart, lossMoving(chart, step, null)));
  return [{ name: "loss", title: "Loss", svg: svgOf("Loss", SLIDE, plain, head + content + drawn) }];
}
