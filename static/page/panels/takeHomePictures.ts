/** The map and every chart that is open, each as SVG and as PNG. */
import { getMapPicture } from "../net/takeHome.ts";
import { writeAddress } from "../state/address.ts";
import { viewOf } from "../state/state.ts";
import { withLetters } from "../home/fonts.ts";
import { drawPlate, pngOfPlate, pngOfSvg } from "../home/raster.ts";
import { fileName, save } from "../home/saving.ts";
import { svgOf } from "../home/svg.ts";
import { h } from "../dom.ts";
import { told } from "./takeHomeFaults.ts";
import type { Plate } from "../state/types.ts";
import type { Desk, Page } from "./takeHome.ts";

interface Picture {
  name: string;
  title: string;
  preview: Element;
  svg: () => Promise<string>;
  png: () => Promise<Blob>;
}

/** Of the map: wide enough for a slide, and its type large on it. */
const SIZE = "&width=840&height=560";
/** Across, in pixels of the page: on a phone a preview is as wide as the screen. */
const PREVIEW = 340;

/** The query of the map as it stands: its window, the runs shown in their colours, the playhead. */
export function mapQuery({ state, scene, step }: Page) {
  const view = viewOf(state, null);
  const shown = state.entries.filter(({ hidden }) => !hidden);
  const bare = { ...view, spec: { ...view.spec, optimizers: shown.map(({ optimizer }) => optimizer) }, window: scene.window };
  const runs = shown.length ? `&slots=${shown.map(({ slot }) => slot).join(",")}&step=${step}` : "";
  return `${writeAddress(bare).query}${runs}&theme=${state.theme}${SIZE}`;
}

function mapPicture(page: Page): Picture {
  const whole = getMapPicture(mapQuery(page)).then(withLetters);
  const preview = h("img", { class: "home-preview", alt: "" });
  whole.then((svg) => (preview.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }))), (error) => preview.replaceWith(h("p", { class: "home-preview note" }, told(error))));
  preview.addEventListener("load", () => URL.revokeObjectURL(preview.src));
  return { name: "map", title: "Map", preview, svg: () => whole, png: async () => pngOfSvg(await whole) };
}

function previewOf(plate: Plate): HTMLCanvasElement {
  const canvas = h("canvas", { class: "home-preview", "aria-hidden": "true" });
  const share = (PREVIEW * (devicePixelRatio || 1)) / plate.width;
  canvas.width = Math.round(plate.width * share);
  canvas.height = Math.round(plate.height * share);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.scale(share, share);
  drawPlate(context, plate);
  return canvas;
}

const chartPicture = (plate: Plate): Picture => ({ name: plate.name, title: plate.title, preview: previewOf(plate), svg: () => withLetters(svgOf(plate)), png: () => pngOfPlate(plate) });

function card({ page, run }: Desk, { name, title, preview, svg, png }: Picture) {
  const keep = async (blob: Blob, extension: string) => {
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

export function createPictures(desk: Desk) {
  const pictures = [mapPicture(desk.page), ...desk.page.plates.map(chartPicture)];
  const root = h("ul", { class: "home-cards" }, ...pictures.map((picture) => card(desk, picture)));
  return {
    root,
    /** @param name  of a picture; another: the first */
    focus(name: string) {
      const of = root.querySelector(`[data-picture="${CSS.escape(name)}"]`) ?? root;
      of.querySelector("button")?.focus();
    },
  };
}
