/** The map, as the server draws it, and every chart that is open, each as SVG and as PNG. */
import { getMapPicture } from "../../service/takeHome.ts";
import { writeAddress } from "../../state/address.ts";
import { addressOf } from "../../state/state.ts";
import { withLetters } from "./fonts.ts";
import { pngOfSvg } from "./raster.ts";
import { fileName, save } from "./saving.ts";
import { h } from "../../dom.ts";
import { reasonOf } from "./faults.ts";
import type { Desk, Page } from "./takeHome.ts";

/** Of the map: wide enough for a slide, and its type large on it. */
const SIZE = "&width=840&height=560";

/** The query of the map as it stands: its window, the runs shown in their colours, the playhead. */
export function mapQuery({ state, scene, step }: Page) {
  const address = addressOf(state, null);
  const shown = state.entries.filter(({ hidden }) => !hidden);
  const bare = { ...address, spec: { ...address.spec, optimizers: shown.map(({ optimizer }) => optimizer) }, window: scene.window };
  const runs = shown.length ? `&slots=${shown.map(({ slot }) => slot).join(",")}&step=${step}` : "";
  return `${writeAddress(bare).query}${runs}&theme=${state.theme}${SIZE}`;
}

function previewOf(whole: Promise<string>) {
  const preview = h("img", { class: "home-preview", alt: "" });
  whole.then((svg) => (preview.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }))), (error) => preview.replaceWith(h("p", { class: "home-preview note" }, reasonOf(error))));
  preview.addEventListener("load", () => URL.revokeObjectURL(preview.src));
  return preview;
}

function card({ page, run }: Desk, { name, title }: { name: string; title: string }, bare: Promise<string>) {
  const whole = bare.then(withLetters);
  const keep = async (blob: Blob, extension: string) => {
    const file = fileName([page.scene.problem.label, name], extension);
    save(blob, file);
    return `Saved ${file}.`;
  };
  const asSvg = () => run(async () => keep(new Blob([await whole], { type: "image/svg+xml" }), "svg"));
  const asPng = () => run(async () => keep(await pngOfSvg(await whole), "png"));
  return h("li", { class: "home-card", "data-picture": name }, previewOf(whole), h("div", { class: "home-caption" }, h("span", { class: "home-name" }, title),
    h("button", { type: "button", class: "quiet strong", "aria-label": `${title} as SVG`, onclick: asSvg }, "SVG"),
    h("button", { type: "button", class: "quiet strong", "aria-label": `${title} as PNG`, onclick: asPng }, "PNG")));
}

export function createPictures(desk: Desk) {
  const map = card(desk, { name: "map", title: "Map" }, getMapPicture(mapQuery(desk.page)));
  const root = h("ul", { class: "home-cards" }, map, ...desk.page.chartExports.map((chartExport) => card(desk, chartExport, Promise.resolve(chartExport.svg))));
  return {
    root,
    /** @param name  of a picture; another: the first */
    focus(name: string) {
      const of = root.querySelector(`[data-picture="${CSS.escape(name)}"]`) ?? root;
      of.querySelector("button")?.focus();
    },
  };
}
