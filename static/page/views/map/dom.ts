/** The elements of the map: two canvases, the ground that takes pointer and keys, and what lies on it. */
import type { Look } from "./look.ts";

type LayerName = "background" | "under" | "walked" | "focus" | "live";
type Contexts = Record<LayerName, CanvasRenderingContext2D>;

/** Shown, one over the other: what stands still, and what moves. */
const SHOWN = ["background", "live"] as const;
/** Kept aside and copied from: every canvas shown costs the browser a whole screen in every frame. */
const KEPT = ["under", "walked", "focus"] as const;
const LAYERS = [...SHOWN, ...KEPT];

const ICONS = {
  in: "M10 4.5v11M4.5 10h11",
  out: "M4.5 10h11",
  whole: "M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4",
};

export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  className: string,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

export function icon(path: string, box: string = "0 0 20 20"): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function zoomButton(label: string, path: string): HTMLButtonElement {
  const button = element("button", "map-zoom-button", { type: "button", "aria-label": label, title: label });
  button.append(icon(path));
  return button;
}

export function buildMap(root: HTMLElement) {
  root.classList.add("map");
  const contexts = {} as Contexts;
  for (const name of LAYERS) {
    const canvas = element("canvas", "map-layer", { "aria-hidden": "true" });
    contexts[name] = canvas.getContext("2d") as CanvasRenderingContext2D;
  }
  root.append(...SHOWN.map((name) => contexts[name].canvas));
  const ground = element("div", "map-ground", { tabindex: "0", role: "application" });
  const start = element("button", "map-start", { type: "button" });
  const zoom = element("div", "map-zoom", { role: "group", "aria-label": "Zoom" });
  const buttons = {
    in: zoomButton("Zoom in", ICONS.in), out: zoomButton("Zoom out", ICONS.out), whole: zoomButton("Whole domain", ICONS.whole),
  };
  zoom.append(buttons.in, buttons.out, buttons.whole);
  const callout = element("div", "map-callout", { "aria-hidden": "true" });
  const note = element("p", "map-note");
  const emptyNote = element("p", "map-plate");
  const wait = element("div", "map-wait", { role: "progressbar", "aria-label": "Sampling the loss" });
  const key = element("p", "map-key");
  for (const later of [callout, note, emptyNote, wait, key]) later.hidden = true;
  root.append(ground, start, zoom, callout, note, emptyNote, wait, key);
  return { contexts, ground, start, buttons, zoom, callout, note, emptyNote, wait, key };
}

export type Parts = ReturnType<typeof buildMap>;

/** Canvases of the map's size, to the device pixel; setting it also wipes them. */
export function sizeCanvases(contexts: Contexts, { width, height, ratio }: Look) {
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
