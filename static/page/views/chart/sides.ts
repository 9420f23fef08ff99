/** The sides of a chart: grid lines and numbers at the left, ticks and numbers below. */

import type { PlotArea } from "./lines.ts";
import type { Look } from "./svg.ts";
import { crisp, line, widthOf, write } from "./svg.ts";

/** Pixels that numbers take at the left of a chart and below it, at a scale of 1. */
export const NUMBERS = { left: 46, bottom: 22 };

/** @param gap  from the numbers to the chart */
export function valueSide({ box, y }: PlotArea, look: Look, gap: number = 7): string {
  return y.ticks
    .map(({ at, text }) => {
      const height = crisp(box.top + (1 - at) * box.height);
      const grid = line(box.left, height, box.left + box.width, height, look.colours.ink, {
        "stroke-opacity": text === "0" ? 0.5 : 0.14,
      });
      return grid + write(look, text, box.left - gap, height, { anchor: "end" });
    })
    .join("");
}

/**
 * @param title  what the steps are called, after their last number where there is room
 * @param right  edge of the chart
 */
export function stepSide({ box, x }: PlotArea, look: Look, title: string, right: number): string {
  const {
    colours: { ink, ink2 },
    scale,
  } = look;
  const bottom = crisp(box.top + box.height);
  const y = bottom + 12 * scale;
  const places = x.ticks.map(({ at }) => crisp(box.left + at * box.width));
  const last = x.ticks.at(-1);
  const taken = last ? (places.at(-1) as number) + widthOf(look, last.text) / 2 + 8 * scale : box.left;
  const wide = widthOf(look, title, { weight: 600 });
  const start = Math.max(taken, box.left + box.width + 10 * scale - wide);
  return (
    line(box.left, bottom, box.left + box.width, bottom, ink2) +
    x.ticks
      .map(
        ({ text }, k) =>
          line(places[k], bottom, places[k], bottom + 4 * scale, ink2) +
          write(look, text, places[k], y, { anchor: "middle" }),
      )
      .join("") +
    (start + wide <= right ? write(look, title, start, y, { weight: 600, fill: ink }) : "")
  );
}
