/** A picture on an element of the page, as large as that is, with the hand on it; and as it is taken home. */

import { s } from "../dom.ts";
import type { Size } from "../math/box.ts";
import { COLOURS, type ThemeName } from "../math/palette.ts";
import { memo } from "../reads.ts";
import { sizeOf } from "../size.ts";
import type { Look } from "./look.ts";
import type { Mark } from "./mark.ts";
import type { Scales } from "./scales.ts";
import { createSvgPainter, type Picture } from "./svg.ts";

/** What any picture is made from: the theme, and the scale of its type and lines. */
export type Themed = { theme: ThemeName; scale: number };

/**
 * How a picture comes from its content.
 * L: where everything stands, and the scales that values are placed on; M: the moment that is shown
 */
interface PictureKind<C extends Themed, L extends Scales, M> {
  /** in pixels: there is no room for less */
  least: Size;
  /** made again only where what it reads is another: marks that it holds are not painted anew */
  layOut: (given: C & { size: Size; look: Look }) => L;
  /** fields of the content whose own fields it reads */
  opened?: (keyof C)[];
  /** with every moment */
  marks: (layout: L, moment: M) => Mark[];
  /** pressed, in pixels of the picture */
  onHold?: (layout: L, left: number, top: number) => void;
  onPoint?: (layout: L, left: number, top: number) => void;
  onLeave?: () => void;
}

export function createPicture<C extends Themed, L extends Scales, M = void>(
  root: HTMLElement,
  kind: PictureKind<C, L, M>,
) {
  const { least, onHold = () => {}, onPoint = () => {}, onLeave } = kind;
  const svg = s("svg", { class: "layer", "aria-hidden": "true" });
  root.append(svg);
  const paint = createSvgPainter(svg);
  const look = memo(({ theme, scale }: Themed) => ({
    colours: COLOURS[theme],
    family: getComputedStyle(root).fontFamily,
    scale,
  }));
  const layOut = memo(kind.layOut, ...(kind.opened ?? []));
  let shown: (Picture & { layout: L }) | null = null;
  const release = listen(root, {
    onHold: (left, top) => shown && onHold(shown.layout, left, top),
    onPoint: (left, top) => shown && onPoint(shown.layout, left, top),
    onLeave,
  });

  return {
    svg,
    /** @returns as it was painted last */
    shown: () => shown,
    /** @returns whether there is room */
    render(content: C, moment: M): boolean {
      const size = sizeOf(root);
      if (size.width < least.width || size.height < least.height) return false;
      const given = { ...content, size, look: look(content) };
      const layout = layOut(given);
      shown = { layout, size, scales: layout, look: given.look, marks: kind.marks(layout, moment) };
      paint(shown);
      return true;
    },
    destroy() {
      release();
      root.replaceChildren();
    },
  };
}

interface PointerHandlers {
  /** pressed, in pixels of the picture */
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
