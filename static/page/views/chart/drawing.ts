/** What a chart stands on: its element, the hand on it, and the picture it is taken home as. */

import { s, setAttribute, setText } from "../../dom.ts";
import type { Size } from "../../math/box.ts";
import type { ThemeName } from "../../math/palette.ts";
import { COLOURS } from "../../math/palette.ts";
import { memo } from "../../reads.ts";
import { sizeOf } from "../../size.ts";
import type { ChartExport } from "../../state/types.ts";
import type { Letter } from "../../words/symbol.ts";
import type { Look, Moving } from "./svg.ts";
import { at, escaped, letterSpans, letterWidth, line, rect, short, tag, widthOf, write } from "./svg.ts";

function createChartSvg(root: HTMLElement) {
  const svg = s("svg", { class: "layer", "aria-hidden": "true" });
  root.append(svg);
  const groups: Element[] = [];
  const drawn: string[] = [];
  let nodes: Map<string, Element> = new Map();
  let moved: Moving = {};
  return {
    svg,
    /** @param pieces  one above the other: those that are as they were stay */
    draw({ width, height }: Size, { family }: Look, pieces: string[]) {
      for (const [name, value] of Object.entries({
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        "font-family": family,
      }))
        setAttribute(svg, name, value);
      pieces.forEach((piece, k) => {
        if (piece === drawn[k]) return;
        groups[k] ??= svg.appendChild(s("g"));
        groups[k].innerHTML = drawn[k] = piece;
      });
      moved = {};
      nodes = new Map(
        [...svg.querySelectorAll("[data-moving]")].map((node) => [node.getAttribute("data-moving") as string, node]),
      );
    },
    move(moving: Moving) {
      for (const [name, attributes] of Object.entries(moving)) {
        const node = nodes.get(name);
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

/** What any chart is made from: the theme, and the scale of its type and lines. */
export type Themed = { theme: ThemeName; scale: number };

/** How a chart comes from its content. */
export interface ChartKind<C extends Themed, L extends object, M> {
  /** in pixels: there is no room for less */
  least: Size;
  /** where everything stands: made again where what it reads is another */
  layOut: (given: C & { size: Size; look: Look }) => L;
  /** fields of the content whose own fields it reads */
  opened?: (keyof C)[];
  /** markup, one above the other: each is written again where what it reads of the layout is another */
  pieces: ((layout: L, moving: Moving) => string)[];
  /** fields of the layout whose own fields they read */
  within?: (keyof L)[];
  /** what is moved, not drawn, as the playhead or the hand moves */
  movingOf?: (layout: L, moment: M) => Moving;
  /** pressed, in pixels of the chart */
  onHold?: (layout: L, left: number, top: number) => void;
  onPoint?: (layout: L, left: number, top: number) => void;
  onLeave?: () => void;
}

/** A chart on an element, as large as that is. */
export function createChart<C extends Themed, L extends object, M = void>(root: HTMLElement, kind: ChartKind<C, L, M>) {
  const { least, movingOf = () => ({}), onHold = () => {}, onPoint = () => {}, onLeave } = kind;
  const { svg, draw, move } = createChartSvg(root);
  const look = memo(({ theme, scale }: Themed) => ({
    colours: COLOURS[theme],
    family: getComputedStyle(root).fontFamily,
    scale,
  }));
  const layOut = memo(kind.layOut, ...(kind.opened ?? []));
  let moving: Moving = {};
  const pieces = kind.pieces.map((piece) => memo((layout: L) => piece(layout, moving), ...(kind.within ?? [])));
  let shown: { layout: L; look: Look } | null = null;
  const release = listen(root, {
    onHold: (left, top) => shown && onHold(shown.layout, left, top),
    onPoint: (left, top) => shown && onPoint(shown.layout, left, top),
    onLeave,
  });

  return {
    svg,
    /** @returns as it was drawn last */
    shown: () => shown,
    /** @returns whether there is room */
    render(content: C, moment: M): boolean {
      const size = sizeOf(root);
      if (size.width < least.width || size.height < least.height) return false;
      const given = { ...content, size, look: look(content) };
      const layout = layOut(given);
      moving = movingOf(layout, moment);
      if (layout !== shown?.layout)
        draw(
          size,
          given.look,
          pieces.map((piece) => piece(layout)),
        );
      shown = { layout, look: given.look };
      move(moving);
      return true;
    },
    destroy() {
      release();
      root.replaceChildren();
    },
  };
}

interface PointerHandlers {
  /** pressed, in pixels of the chart */
  onHold: (left: number, top: number) => void;
  onPoint: (left: number, top: number) => void;
  onLeave?: () => void;
}

/** Pressed it moves the playhead, above it it points. @returns stops listening */
function listen(root: HTMLElement, { onHold, onPoint, onLeave = () => {} }: PointerHandlers): () => void {
  const control = new AbortController();
  const on = (
    name: "pointerdown" | "pointermove" | "pointerup" | "pointercancel" | "pointerleave",
    act: (event: PointerEvent) => void,
  ) => root.addEventListener(name, act, { signal: control.signal });
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
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${short(width)} ${short(height)}`,
    role: "img",
    "font-family": family,
  };
  return tag("svg", attributes, tag("title", {}, escaped(title)) + ground + content);
}

/** slot: of its run; null: in grey */
type KeyLine = { slot: number | null; dash: number[]; letter: Letter };

const HEAD = 34;
const EDGE = 10;

function keyLines(look: Look, lines: KeyLine[], x: number): string {
  let [left, markup] = [x, ""];
  for (const { slot, dash, letter } of lines) {
    const colour = slot === null ? look.colours.ink3 : look.colours.runs[slot];
    markup +=
      line(left, HEAD / 2, left + 22, HEAD / 2, colour, {
        "stroke-width": 1.6,
        "stroke-dasharray": dash.join(" ") || null,
      }) +
      write(look, "", left + 28, HEAD / 2, { size: 14, fill: look.colours.ink, spans: letterSpans(look, letter, 14) });
    left += 28 + letterWidth(look, letter, 14) + 18;
  }
  return markup;
}

/**
 * A chart as it stands on the page, under its title, with the key to lines that have no name beside them.
 * @param svg  its element
 * @param head  of the title, where the key says the rest
 */
export function chartExportOf(
  title: string,
  key: KeyLine[],
  svg: SVGSVGElement,
  { colours, family }: Look,
  head: string = title,
): ChartExport {
  const look = { colours, family, scale: 1 };
  const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];
  const type = { size: 15, weight: 600 };
  const content =
    write(look, head, EDGE, HEAD / 2, { ...type, fill: colours.ink }) +
    keyLines(look, key, EDGE + widthOf(look, head, type) + 20) +
    tag("g", { transform: at(EDGE, HEAD) }, new XMLSerializer().serializeToString(svg));
  return {
    name: title.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    title,
    svg: svgOf(title, { width: width + 2 * EDGE, height: height + HEAD + EDGE }, look, content),
  };
}
