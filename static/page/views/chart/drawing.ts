/** What a chart stands on: its element, the hand on it, and the picture it is taken home as. */
import { s, setAttribute, setText } from "../../dom.ts";
import { at, escaped, letterSpans, letterWidth, line, rect, short, tag, widthOf, write } from "./svg.ts";
import type { ChartExport } from "../../state/types.ts";
import type { Look, Moving, Size } from "./svg.ts";
import type { Letter } from "../../words/symbol.ts";

export function createChartSvg(root: HTMLElement) {
  const svg = s("svg", { class: "layer", "aria-hidden": "true" });
  root.append(svg);
  let parts: Map<string, Element> = new Map();
  let moved: Moving = {};
  return {
    svg,
    draw({ width, height }: Size, { family }: Look, markup: string) {
      for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, "font-family": family })) setAttribute(svg, name, value);
      svg.innerHTML = markup;
      moved = {};
      parts = new Map([...svg.querySelectorAll("[data-part]")].map((node) => [node.getAttribute("data-part") as string, node]));
    },
    move(moving: Moving) {
      for (const [name, attributes] of Object.entries(moving)) {
        const node = parts.get(name);
        if (!node) continue;
        for (const [key, value] of Object.entries(attributes)) {
          if (moved[name]?.[key] === value) continue;
          if (key === "text") setText(node, String(value));
          else setAttribute(node, key, typeof value === "number" ? short(value) : value);
        }
      }
      moved = moving;
    },
  };
}

/** @returns whether anything of what it is told is another than the last time */
export function createDiffers(): (now: unknown[]) => boolean {
  let before: unknown[] = [NaN];
  return (now) => {
    const differs = now.length !== before.length || now.some((value, k) => value !== before[k]);
    before = now;
    return differs;
  };
}

interface PointerHandlers {
  /** pressed, in pixels of the chart */
  onHold: (left: number, top: number) => void;
  onPoint?: (left: number, top: number) => void;
  onLeave?: () => void;
}

/** Pressed it moves the playhead, above it it points. @returns stops listening */
export function listen(root: HTMLElement, { onHold, onPoint = () => {}, onLeave = () => {} }: PointerHandlers): () => void {
  const control = new AbortController();
  const on = (name: "pointerdown" | "pointermove" | "pointerup" | "pointercancel" | "pointerleave", act: (event: PointerEvent) => void) => root.addEventListener(name, act, { signal: control.signal });
  let held = false;

  function move(event: PointerEvent) {
    const { left, top } = root.getBoundingClientRect();
    (held ? onHold : onPoint)(event.clientX - left, event.clientY - top);
  }

  on("pointerdown", (event) => {
    held = event.button === 0;
    if (held) root.setPointerCapture(event.pointerId);
    move(event);
  });
  on("pointermove", move);
  on("pointerup", () => (held = false));
  on("pointercancel", () => (held = false));
  on("pointerleave", onLeave);
  return () => control.abort();
}

/** A picture of its own. @param content  markup */
export function svgOf(title: string, { width, height }: Size, { colours, family }: Look, content: string): string {
  const ground = rect({ left: 0, top: 0, width, height }, { fill: colours.paper });
  const attributes = { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${short(width)} ${short(height)}`, role: "img", "font-family": family };
  return tag("svg", attributes, tag("title", {}, escaped(title)) + ground + content);
}

/** slot: of its run; null: in grey */
type KeyLine = { slot: number | null; dash: number[]; letter: Letter };

const HEAD = 34;
const EDGE = 10;

function keyOf(look: Look, lines: KeyLine[], x: number): string {
  let [left, markup] = [x, ""];
  for (const { slot, dash, letter } of lines) {
    const colour = slot === null ? look.colours.ink3 : look.colours.runs[slot];
    markup += line(left, HEAD / 2, left + 22, HEAD / 2, colour, { "stroke-width": 1.6, "stroke-dasharray": dash.join(" ") || null })
      + write(look, "", left + 28, HEAD / 2, { size: 14, fill: look.colours.ink, spans: letterSpans(look, letter, 14) });
    left += 28 + letterWidth(look, letter, 14) + 18;
  }
  return markup;
}

/**
 * A chart as it stands on the page, under its title, with the key to lines that have no name beside them.
 * @param svg  its element
 * @param head  of the title, where the key says the rest
 */
export function chartExportOf(title: string, key: KeyLine[], svg: SVGSVGElement, { colours, family }: Look, head: string = title): ChartExport {
  const look = { colours, family, scale: 1 };
  const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];
  const type = { size: 15, weight: 600 };
  const content = write(look, head, EDGE, HEAD / 2, { ...type, fill: colours.ink }) + keyOf(look, key, EDGE + widthOf(look, head, type) + 20)
    + tag("g", { transform: at(EDGE, HEAD) }, new XMLSerializer().serializeToString(svg));
  return { name: title.toLowerCase().replace(/[^a-z0-9]+/g, "-"), title, svg: svgOf(title, { width: width + 2 * EDGE, height: height + HEAD + EDGE }, look, content) };
}
