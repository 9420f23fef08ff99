/** The map and every chart that is open, each as SVG and as PNG. */
import { getMapPicture } from "../net/takeHome.js";
import { writeAddress } from "../state/address.js";
import { viewOf } from "../state/state.js";
import { withLetters } from "../home/fonts.js";
import { drawPlate, pngOfPlate, pngOfSvg } from "../home/raster.js";
import { fileName, save } from "../home/saving.js";
import { svgOf } from "../home/svg.js";
import { h } from "../dom.js";
import { told } from "./takeHomeFaults.js";

/** @typedef {import("../state/types.js").Plate} Plate */
/** @typedef {import("../state/types.js").View} View */
/** @typedef {import("./takeHome.js").Desk} Desk */
/** @typedef {import("./takeHome.js").Page} Page */

/**
 * @typedef {object} Picture
 * @property {string} name
 * @property {string} title
 * @property {Element} preview
 * @property {() => Promise<string>} svg
 * @property {() => Promise<Blob>} png
 */

/** Of the map: wide enough for a slide, and its type large on it. */
const SIZE = "&width=840&height=560";
/** Across, in pixels of the page: on a phone a preview is as wide as the screen. */
const PREVIEW = 340;

/** The query of the map as it stands: its window, the runs shown in their colours, the playhead. @param {Page} page */
export function mapQuery({ state, scene, step }) {
  const view = viewOf(state, null);
  const shown = state.entries.filter(({ hidden }) => !hidden);
  const bare = { ...view, spec: { ...view.spec, optimizers: shown.map(({ optimizer }) => optimizer) }, window: scene.window };
  const runs = shown.length ? `&slots=${shown.map(({ slot }) => slot).join(",")}&step=${step}` : "";
  return `${writeAddress(bare).query}${runs}&theme=${state.theme}${SIZE}`;
}

/** @param {Page} page @returns {Picture} */
function mapPicture(page) {
  const whole = getMapPicture(mapQuery(page)).then(withLetters);
  const preview = h("img", { class: "home-preview", alt: "" });
  whole.then((svg) => (preview.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }))), (error) => preview.replaceWith(h("p", { class: "home-preview note" }, told(error))));
  preview.addEventListener("load", () => URL.revokeObjectURL(preview.src));
  return { name: "map", title: "Map", preview, svg: () => whole, png: async () => pngOfSvg(await whole) };
}

/** @param {Plate} plate @returns {HTMLCanvasElement} */
function previewOf(plate) {
  const canvas = h("canvas", { class: "home-preview", "aria-hidden": "true" });
  const share = (PREVIEW * (devicePixelRatio || 1)) / plate.width;
  canvas.width = Math.round(plate.width * share);
  canvas.height = Math.round(plate.height * share);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(share, share);
  drawPlate(context, plate);
  return canvas;
}

/** @param {Plate} plate @returns {Picture} */
const chartPicture = (plate) => ({ name: plate.name, title: plate.title, preview: previewOf(plate), svg: () => withLetters(svgOf(plate)), png: () => pngOfPlate(plate) });

/** @param {Desk} desk @param {Picture} picture */
function card({ page, run }, { name, title, preview, svg, png }) {
  const keep = async (/** @type {Blob} */ blob, /** @type {string} */ extension) => {
    const file = fileName([page.scene.problem.label, name], extension);
    save(blob, file);
    return `Saved ${file}.`;
  };
  const asSvg = () => run(async () => keep(new Blob([await svg()], { type: "image/svg+xml" }), "svg"));
  const asPng = () => run(async () => keep(await png(), "png"));
  return h("li", { class: "home-card", "data-picture": name }, preview, h("div", { class: "home-caption" }, h("span", { class: "home-name" }, title),
    h("button", { type: "button", class: "quiet strong", "aria-label": `${title} as SVG`, onclick: asSvg }, "SVG"),
    h("button", { type: "button", class: "quiet strong", "aria-label": `${title} as PNG`, onclick: asPng }, "PNG")));
}

/** @param {Desk} desk */
export function createPictures(desk) {
  const pictures = [mapPicture(desk.page), ...desk.page.plates.map(chartPicture)];
  const root = h("ul", { class: "home-cards" }, ...pictures.map((picture) => card(desk, picture)));
  return {
    root,
    /** @param {string} name  of a picture; another: the first */
    focus(name) {
      const of = root.querySelector(`[data-picture="${CSS.escape(name)}"]`) ?? root;
      of.querySelector("button")?.focus();
    },
  };
}
