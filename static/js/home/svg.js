/** A chart as an SVG of its own. */
import { element, escaped } from "./markup.js";
import { SvgContext } from "./svgContext.js";

/** @typedef {import("../state/types.js").Plate} Plate */

/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/** As the page itself sets it. @type {import("./svgContext.js").Measure} */
function measure(text, font, baseline) {
  ruler ??= /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  ruler.font = font;
  ruler.textBaseline = baseline;
  return ruler.measureText(text);
}

/**
 * @param {Plate} plate
 * @returns {string}
 * @throws where the chart draws with what a picture cannot say
 */
export function svgOf({ title, width, height, paper, draw }) {
  const context = new SvgContext(measure);
  draw(/** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context)));
  const ground = element("rect", { width, height, fill: paper });
  return element("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "img" }, `${element("title", {}, escaped(title))}${ground}${context.markup()}`);
}
