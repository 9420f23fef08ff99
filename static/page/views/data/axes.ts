/** The axes of the data, with what is measured on them. */
import { valueSide } from "../chart/sides.ts";
import { crisp, line, widthOf, write } from "../chart/svg.ts";
import type { DataDrawing } from "./drawing.ts";
import { bottomOf, EDGE } from "./plotArea.ts";

export function axes({ area, look, content }: DataDrawing): string {
  const { box, strip, titleRow } = area;
  const {
    colours: { ink, ink2 },
    scale,
  } = look;
  const [right, bottom] = [box.left + box.width, bottomOf(area)];
  const free = right - (titleRow ? -20 : widthOf(look, content.xLabel) + 8);
  const foot = (height: number) =>
    line(box.left, crisp(height), right, crisp(height), ink, { "stroke-opacity": strip ? 0.3 : null });
  const row = bottom + 4 + 9 * scale;
  const ticks = area.x.ticks.map(({ at, text }) => {
    const place = crisp(box.left + at * box.width);
    return (
      line(place, bottom, place, bottom + 4, ink) +
      (place + widthOf(look, text) / 2 < free ? write(look, text, place, row, { anchor: "middle", fill: ink2 }) : "")
    );
  });
  // Each title at the end of its axis, in line with the numbers.
  return [
    valueSide(area, look),
    ...(strip ? [foot(box.top + box.height)] : []),
    foot(bottom),
    ...ticks,
    write(look, content.xLabel, right, row + titleRow, { anchor: "end", fill: ink }),
    write(look, content.yLabel, EDGE, box.top - 12 * scale, { fill: ink }),
  ].join("");
}
