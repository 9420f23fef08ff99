/** A chart as an SVG of its own. */
import { element, escaped } from "./markup.ts";
import { SvgContext } from "./svgContext.ts";
import type { Plate } from "../state/types.ts";
import type { Measure } from "./svgContext.ts";

let ruler: CanvasRenderingContext2D | null = null;

/** As the page itself sets it. */
const measure: Measure = (text, font, baseline) => {
  ruler ??= document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  ruler.font = font;
  ruler.textBaseline = baseline;
  return ruler.measureText(text);
};

/** @throws where the chart draws with what a picture cannot say */
export function svgOf({ title, width, height, paper, draw }: Plate): string {
  const context = new SvgContext(measure);
  draw(context as unknown as CanvasRenderingContext2D);
  const ground = element("rect", { width, height, fill: paper });
  return element("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "img" }, `${element("title", {}, escaped(title))}${ground}${context.markup()}`);
}
