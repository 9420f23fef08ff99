/** The names at the ends of the lines. */
import { drawMark, setFont } from "../chart/pen.ts";
import { xOf, yOf } from "./curves.ts";
import { MARK, createCover, placeNames } from "./names.ts";
import type { Run, Scene } from "../../state/types.ts";
import type { Plot } from "./curves.ts";
import type { Look } from "../chart/pen.ts";
import type { Label } from "./names.ts";

export type Name = Label & { text: string; slot: number };
/** off: out of the top */
type End = { run: Run; index: number; x: number; y: number; off: boolean };

/** Half the height of a name, in nominal pixels. */
const HALF = 6;

/** Where a line leaves the chart for good. */
function exitX({ columns: { loss }, length }: Run, index: number, plot: Plot): number {
  let row = length - 1;
  while (row > 0 && plot.loss.place(loss[row - 1]) > 1) row--;
  if (row === 0) return xOf(plot, index, 0);
  const [inside, outside] = [plot.loss.place(loss[row - 1]), plot.loss.place(loss[row])];
  const [from, to] = [xOf(plot, index, row - 1), xOf(plot, index, row)];
  return from + ((to - from) * (1 - inside)) / (outside - inside);
}

/** @returns of the lines that are shown */
export function endsOf({ runs }: Scene, plot: Plot): End[] {
  return runs.flatMap((run, k) => {
    if (run.hidden || run.length === 0) return [];
    const { box } = plot;
    const off = plot.loss.place(run.columns.loss[run.length - 1]) > 1.02;
    const x = off ? exitX(run, k, plot) : xOf(plot, k, run.length - 1);
    const y = off ? box.top : Math.min(box.top + box.height, yOf(plot, run.columns.loss[run.length - 1]));
    return [{ run, index: k, x, y, off }];
  });
}

/** What the lines and their ends cover. */
function coverOf({ runs }: Scene, plot: Plot, ends: End[], scale: number) {
  const cover = createCover(plot.width, plot.box.top + plot.box.height + 20);
  runs.forEach((run, k) => {
    if (run.hidden || run.length === 0) return;
    const { loss } = run.columns;
    const at = (row: number) => [xOf(plot, k, row), yOf(plot, loss[row])] as const;
    const every = Math.max(1, Math.floor(run.length / (2 * plot.box.width)));
    for (let row = every; row < run.length; row += every) cover.addLine(...at(row - every), ...at(row));
  });
  for (const { x, y } of ends) cover.addLabel({ x: x - 3 * scale, y, width: 6 * scale }, 3 * scale);
  return cover;
}

/**
 * @param context  that measures them
 * @param names  as they are written
 * @returns those that have a place
 */
export function namesOf(context: CanvasRenderingContext2D, plot: Plot, scene: Scene, names: string[], look: Look): Name[] {
  const { scale } = look;
  const ends = endsOf(scene, plot);
  setFont(context, look, 13);
  const room = { left: plot.box.left + 2, top: 0, width: plot.width - plot.box.left - 3, height: plot.box.top + plot.box.height - 1 };
  const measured = ends.map(({ index, x, y }) => ({ x, y, width: context.measureText(names[index]).width }));
  const labels = placeNames(measured, coverOf(scene, plot, ends, scale), room, HALF * scale, scale);
  return ends.flatMap(({ index, run: { slot } }, k) => (labels[k] && names[index] ? [{ ...labels[k], text: names[index], slot }] : []));
}

export function drawNames(context: CanvasRenderingContext2D, names: Name[], look: Look) {
  const { sheet, scale } = look;
  setFont(context, look, 13);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineJoin = "round";
  for (const { text, slot, x, y, marked } of names) {
    const left = marked ? x + MARK * scale : x;
    context.lineWidth = 3 * scale;
    context.strokeStyle = sheet.paper;
    context.strokeText(text, left, y);
    context.fillStyle = sheet.ink;
    context.fillText(text, left, y);
    if (marked) drawMark(context, slot, x + 4 * scale, y, 3.6 * scale, sheet.runs[slot], sheet.casing, false);
  }
}
