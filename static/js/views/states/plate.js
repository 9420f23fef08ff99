/** A chart of quantities as it is taken home: under its title, with the key to its lines. */
import { drawLetter, setFont } from "../chart/pen.js";

/** @typedef {import("../../state/types.js").Plate} Plate */
/** @typedef {import("./chart.js").Line} Line */
/** @typedef {NonNullable<ReturnType<ReturnType<typeof import("./chart.js").createChart>["standing"]>>} Standing */
/** @typedef {CanvasRenderingContext2D} Context */

const HEAD = 34;
const EDGE = 10;

/** What is drawn how, where no name stands beside a line. @param {Context} context @param {Standing} standing @param {Line[]} lines @param {number} x */
function drawKey(context, { sheet, look }, lines, x) {
  let left = x;
  for (const { slot, dash, letter } of lines) {
    context.strokeStyle = slot === null ? sheet.ink3 : sheet.runs[slot];
    context.lineWidth = 1.6;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(left, HEAD / 2);
    context.lineTo(left + 22, HEAD / 2);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = sheet.ink;
    left = drawLetter(context, { ...look, scale: 1 }, letter, left + 28, HEAD / 2, 14) + 18;
  }
}

/**
 * @param {string} title
 * @param {Line[]} key  lines that are not named beside their ends
 * @param {Standing | null} standing
 * @returns {Plate[]} none before the chart is drawn
 */
export function plateOf(title, key, standing) {
  if (!standing) return [];
  const { width, height, sheet, look, draw } = standing;
  return [{
    name: title.toLowerCase().replace(/[^a-z0-9]+/g, "-"), title, width: width + 2 * EDGE, height: height + HEAD + EDGE, paper: sheet.paper,
    draw(context) {
      context.fillStyle = sheet.ink;
      context.textBaseline = "middle";
      context.textAlign = "left";
      setFont(context, { ...look, scale: 1 }, 15, "600");
      context.fillText(title, EDGE, HEAD / 2);
      drawKey(context, standing, key, EDGE + context.measureText(title).width + 20);
      context.save();
      context.translate(EDGE, HEAD);
      draw(context);
      context.restore();
    },
  }];
}
