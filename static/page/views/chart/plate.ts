/** A chart as it is taken home: under its title, with the key to lines that have no name beside them. */
import { drawLetter, setFont } from "./pen.ts";
import type { Plate } from "../../state/types.ts";
import type { Look } from "./pen.ts";
import type { Letter } from "../../words/symbol.ts";

type Context = CanvasRenderingContext2D;

/** slot: of its run; null: in grey */
type KeyLine = { slot: number | null; dash: number[]; letter: Letter };
/** a chart as it stands on the page */
export type Standing = { width: number; height: number; look: Look; draw: (context: Context) => void };

const HEAD = 34;
const EDGE = 10;

function drawKey(context: Context, look: Look, lines: KeyLine[], x: number) {
  let left = x;
  for (const { slot, dash, letter } of lines) {
    context.strokeStyle = slot === null ? look.sheet.ink3 : look.sheet.runs[slot];
    context.lineWidth = 1.6;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(left, HEAD / 2);
    context.lineTo(left + 22, HEAD / 2);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = look.sheet.ink;
    left = drawLetter(context, look, letter, left + 28, HEAD / 2, 14) + 18;
  }
}

/**
 * @param standing  null before the chart is drawn
 * @param head  of the title, where the key says the rest
 * @returns none then
 */
export function plateOf(title: string, key: KeyLine[], standing: Standing | null, head: string = title): Plate[] {
  if (!standing) return [];
  const { width, height, draw } = standing;
  const look = { ...standing.look, scale: 1 };
  return [{
    name: title.toLowerCase().replace(/[^a-z0-9]+/g, "-"), title, width: width + 2 * EDGE, height: height + HEAD + EDGE, paper: look.sheet.paper,
    draw(context) {
      context.fillStyle = look.sheet.ink;
      context.textBaseline = "middle";
      context.textAlign = "left";
      setFont(context, look, 15, "600");
      context.fillText(head, EDGE, HEAD / 2);
      drawKey(context, look, key, EDGE + context.measureText(head).width + 20);
      context.save();
      context.translate(EDGE, HEAD);
      draw(context);
      context.restore();
    },
  }];
}
