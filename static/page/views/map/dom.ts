/** The elements of the map: two canvases, the ground that takes pointer and keys, and what lies on it. */
import { h, s } from "../../dom.ts";
import type { MapLook } from "./look.ts";

type LayerName = "background" | "under" | "aged" | "walked" | "focus" | "live";
type Contexts = Record<LayerName, CanvasRenderingContext2D>;

/** Shown, one over the other: what stands still, and what moves. */
const SHOWN = ["background", "live"] as const;
/** Kept aside and copied from: every canvas shown costs the browser a whole screen in every frame. */
const KEPT = ["under", "aged", "walked", "focus"] as const;
const LAYERS = [...SHOWN, ...KEPT];

const ICONS = {
  in: "M10 4.5v11M4.5 10h11",
  out: "M4.5 10h11",
  whole: "M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4",
  tilt: "M2.5 13.5 10 17l7.5-3.5M2.5 13.5C6 12 6 4 10 4s4 8 7.5 9.5",
};

export const iconElement = (path: string, box: string = "0 0 20 20") =>
  s("svg", { viewBox: box, "aria-hidden": "true" }, s("path", { d: path }));

function zoomButton(label: string, path: string): HTMLButtonElement {
  const attributes = { class: "icon-button map-zoom-button", type: "button", "aria-label": label, title: label };
  const sign = iconElement(path);
  sign.classList.add("icon");
  return h("button", attributes, sign);
}

export function buildMap(root: HTMLElement) {
  root.classList.add("map");
  const contexts = {} as Contexts;
  for (const name of LAYERS) {
    const canvas = h("canvas", { class: "map-layer", "aria-hidden": "true" });
    contexts[name] = canvas.getContext("2d") as CanvasRenderingContext2D;
  }
  root.append(...SHOWN.map((name) => contexts[name].canvas));
  const ground = h("div", { class: "map-ground", tabindex: "0", role: "application" });
  const start = h("button", { class: "map-start", type: "button" });
  const buttons = {
    in: zoomButton("Zoom in", ICONS.in),
    out: zoomButton("Zoom out", ICONS.out),
    whole: zoomButton("Whole domain", ICONS.whole),
    tilt: zoomButton("Raise the ground", ICONS.tilt),
  };
  const zoom = h("div", { class: "map-zoom", role: "group", "aria-label": "Zoom" }, ...Object.values(buttons));
  const callout = h("div", { class: "map-callout", "aria-hidden": "true" });
  const note = h("p", { class: "map-note remark" });
  const wait = h("div", { class: "map-wait", role: "progressbar", "aria-label": "Sampling the loss" });
  const key = h("p", { class: "map-key remark" });
  for (const later of [start, callout, note, wait, key]) later.hidden = true;
  root.append(ground, start, zoom, callout, note, wait, key);
  return { contexts, ground, start, buttons, zoom, callout, note, wait, key };
}

export type MapElements = ReturnType<typeof buildMap>;

/** Canvases of the map's size, to the device pixel; setting it also wipes them. */
export function sizeCanvases(contexts: Contexts, { width, height, ratio }: MapLook) {
  for (const name of LAYERS) {
    const { canvas } = contexts[name];
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
}

/** Moves an element's centre; a style property, since the page's policy allows no style attribute. */
export function place(moved: HTMLElement, x: number, y: number) {
  moved.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}
