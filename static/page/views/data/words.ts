/** A point of the data in words and numbers. */
import { formatExact, formatMeasured } from "../../math/format.ts";
import { leading } from "./fits.ts";
import type { DataDrawing } from "./index.ts";

/** @returns by how much the line misses it, in raw units and in those that are fitted */
function missed(drawing: DataDrawing, point: number): string {
  const { content, shares } = drawing;
  const line = leading(drawing)?.found;
  if (!line) return "";
  const [x, y] = content.points[point];
  const fitted = content.standardized ? shares?.residuals.get(point) : undefined;
  const also = fitted === undefined ? "" : `, standardised ${formatMeasured(fitted, 4)}`;
  return `residual ${formatMeasured(y - (line.slope * x + line.intercept), 4)}${also}`;
}

/** @returns in short */
export function pointWords(drawing: DataDrawing, point: number): string {
  const at = drawing.content.points[point].map((value) => formatExact(value, 4)).join(", ");
  return [`point ${point + 1} at ${at}`, missed(drawing, point)].filter(Boolean).join(": ");
}

/** @returns which it is, for a reader */
export function pointName({ content }: Pick<DataDrawing, "content">, point: number): string {
  const [x, y] = content.points[point];
  return `Point ${point + 1}: ${content.xLabel} ${formatExact(x)}, ${content.yLabel} ${formatExact(y)}`;
}

/** @returns for a reader: all that the chart shows of it */
export function pointTold(drawing: DataDrawing, point: number): string {
  const { shares } = drawing;
  const adds =
    shares?.all.flatMap(({ parameter, value }) =>
      value.has(point) ? [`${formatMeasured(value.get(point) as number, 4)} to the gradient in ${parameter}`] : [],
    ) ?? [];
  const share = shares && (adds.length ? `adds ${adds.join(" and ")}` : "not seen by this step");
  return [pointName(drawing, point), missed(drawing, point), share].filter(Boolean).join("; ");
}
