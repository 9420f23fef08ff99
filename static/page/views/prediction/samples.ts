/** The samples at their places: full where the label is 1, ringed in the batch, stronger the one that goes through. */
import { networkNumber } from "../../words/networkWords.ts";
import { xOf, yOf } from "../chart/lines.ts";
import { closedPath, tag, write } from "../chart/svg.ts";
import type { PredictionDrawing } from "./drawing.ts";

/** Of a dot in which its label stands; and of those that are many, in the batch and not. */
const RADIUS = { labelled: 10, seen: 4.4, other: 3 };
/** How much of their strength those keep that are many and not in the batch. */
const REST = 0.55;

const circle = (x: number, y: number, r: number, more: Record<string, string | number>) =>
  tag("circle", { cx: x, cy: y, r, ...more });

function ring(drawing: PredictionDrawing, x: number, y: number, radius: number, width: number): string {
  const { colours, scale } = drawing.look;
  return (
    circle(x, y, radius, { fill: "none", stroke: colours.paper, "stroke-width": (width + 2.4) * scale }) +
    circle(x, y, radius, { fill: "none", stroke: colours.ink, "stroke-width": width * scale })
  );
}

/** Of a sample beyond the top or the bottom: where it left. */
function exit({ area: { box }, look: { colours, scale } }: PredictionDrawing, x: number, up: boolean): string {
  const [edge, size] = [up ? box.top : box.top + box.height, 5 * scale * (up ? 1 : -1)];
  return tag("path", {
    d: closedPath([x - 4 * scale, edge + 1.5 * size], [x, edge], [x + 4 * scale, edge + 1.5 * size]),
    fill: colours.ink,
  });
}

/**
 * @param heightOf  of a sample, along the upward side
 * @param labelled  the label stands in the dot, and the output above it
 */
export function samples(
  drawing: PredictionDrawing,
  heightOf: (k: number) => number,
  xAt: (k: number) => number,
  labelled: boolean,
): string {
  const {
    network: { samples: all, kind },
    batch,
    shown,
    highlighted,
    outputs,
    area,
    look,
  } = drawing;
  const {
    colours: { ink, paper },
    scale,
  } = look;
  const order = [...all.keys()].sort((a, b) => Number(a === shown) - Number(b === shown));
  return order
    .map((k) => {
      const [x, y] = [xOf(area, xAt(k)), yOf(area, heightOf(k))];
      if (y < area.box.top || y > area.box.top + area.box.height) return exit(drawing, x, y < area.box.top);
      const seen = !batch || batch.includes(k);
      const radius = (labelled ? RADIUS.labelled : seen ? RADIUS.seen : RADIUS.other) * scale;
      const full = kind === "regression" || all[k].target > 0.5;
      const chosen = k === shown || k === highlighted;
      const around = chosen
        ? ring(drawing, x, y, radius + 4 * scale, 2.2)
        : labelled && batch?.includes(k)
          ? ring(drawing, x, y, radius + 3 * scale, 1.2)
          : "";
      const style = { opacity: labelled || seen || chosen ? 1 : REST, "stroke-width": 1.3 * scale };
      const dot = circle(
        x,
        y,
        radius,
        full ? { fill: ink, stroke: paper, ...style } : { fill: paper, stroke: ink, ...style },
      );
      const digits = labelled
        ? write(look, networkNumber(all[k].target), x, y, {
            size: 13,
            weight: 600,
            anchor: "middle",
            fill: full ? paper : ink,
          })
        : "";
      const output =
        labelled || k === highlighted
          ? write(look, networkNumber(outputs[k]), x, y - radius - (chosen ? 15 : 11) * scale, {
              size: 13,
              weight: 600,
              anchor: "middle",
              fill: ink,
              halo: 4,
            })
          : "";
      return around + dot + digits + output;
    })
    .join("");
}
