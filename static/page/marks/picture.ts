/** A picture on an element of the page, as large as that, which can be pointed at, pressed, and taken home. */

import { listenOn, listenToHold, s } from "../dom.ts";
import type { Size } from "../math/box.ts";
import { COLOURS, type ThemeName } from "../math/palette.ts";
import { memo } from "../memo.ts";
import { sizeOf } from "../size.ts";
import type { ChartExport } from "../state/types.ts";
import type { Look } from "./look.ts";
import type { Mark } from "./mark.ts";
import type { Scales } from "./scales.ts";
import { createSvgPainter, type Picture } from "./svg.ts";
import { type Slide, slideOf } from "./svgFile.ts";

/** What any picture is made from: the theme, and the scale of its type and lines. */
export type Themed = { theme: ThemeName; scale: number };

/** A layout of which nothing changes with the moment. */
export interface StillLayout extends Scales {
  marks: Mark[];
}

/**
 * How a picture comes from its content.
 * L: where everything stands, and the scales that values are placed on; M: the moment that is shown
 */
export interface PictureKind<C extends Themed, L extends Scales & Partial<StillLayout>, M = void> {
  /** in pixels: there is no room for less */
  least: Size;
  /** called again only once a field of the content changes; its marks are then painted once */
  layOut: (content: C & { size: Size; look: Look }) => L;
  /** with every moment; by default those of the layout */
  marks?: (layout: L, moment: M) => Mark[];
  /** pressed, in pixels of the picture */
  onHold?: (layout: L, left: number, top: number, moment: M) => void;
  onPoint?: (layout: L, left: number, top: number, moment: M) => void;
  onLeave?: () => void;
}

/** How many of the page's fonts have come; in a program without a page none. */
const lettersThere = (): number =>
  [...(document.fonts ?? [])].reduce((count, { status }) => count + Number(status === "loaded"), 0);

export function createPicture<C extends Themed, L extends Scales & Partial<StillLayout>, M = void>(
  kind: PictureKind<C, L, M>,
) {
  const { least, marks: marksOf = ({ marks = [] }) => marks } = kind;
  const { onHold = () => {}, onPoint = () => {}, onLeave = () => {} } = kind;
  const svg = s("svg", { class: "layer", "aria-hidden": "true" });
  const paint = createSvgPainter(svg);
  /** the element it is on; null: none */
  let root: HTMLElement | null = null;
  let release = () => {};
  /** Once further letters have come, words are measured anew. */
  const lookIn = memo((theme: ThemeName, scale: number, _lettersThere: number) => ({
    colours: COLOURS[theme],
    family: getComputedStyle(svg).fontFamily,
    scale,
  }));
  const look = ({ theme, scale }: Themed) => lookIn(theme, scale, lettersThere());
  const layOut = memo(kind.layOut);
  let shown: (Picture & { layout: L; moment: M }) | null = null;
  /** What was last to be drawn, even if there was no room for it. */
  let latest: { content: C; moment: M } | null = null;

  return {
    svg,
    /** @param element  it is to stand on; none: it ends */
    place(element?: Element) {
      release();
      svg.remove();
      root = (element as HTMLElement | undefined) ?? null;
      if (!root) return;
      root.append(svg);
      const control = new AbortController();
      release = () => control.abort();
      listen(
        root,
        control.signal,
        (left, top) => shown && onHold(shown.layout, left, top, shown.moment),
        (left, top) => shown && onPoint(shown.layout, left, top, shown.moment),
        onLeave,
      );
    },
    /** @returns as it was painted last */
    shown: () => shown,
    /** @returns whether there is room */
    render(content: C, moment: M): boolean {
      latest = { content, moment };
      if (!root) return false;
      const size = sizeOf(root);
      if (size.width < least.width || size.height < least.height) return false;
      const sizedContent = { ...content, size, look: look(content) };
      const layout = layOut(sizedContent);
      shown = { layout, moment, size, scales: layout, look: sizedContent.look, marks: marksOf(layout, moment) };
      paint(shown);
      return true;
    },
    /** Drawn for a slide. @param instead  of what is shown */
    chartExports(slide: Slide, instead?: Partial<C> | Partial<M>): ChartExport[] {
      if (!latest) return [];
      const { content, moment } = latest;
      const drawn = slideOf(slide, look(content), (sizeAndLook) => {
        const layout = kind.layOut({ ...content, ...instead, ...sizeAndLook });
        return { layout, marks: marksOf(layout, { ...moment, ...instead }) };
      });
      return [drawn];
    },
  };
}

type At = (left: number, top: number) => void;

/** Listens to the pointer: a press moves the playhead, hovering points; in pixels of the picture. */
function listen(root: HTMLElement, ended: AbortSignal, onHold: At, onPoint: At, onLeave: () => void) {
  const on = listenOn(root, ended);
  function notify(act: At, { clientX, clientY }: PointerEvent) {
    const { left, top } = root.getBoundingClientRect();
    act(clientX - left, clientY - top);
    return true;
  }

  const held = listenToHold(
    root,
    { begin: (event) => notify(onHold, event), move: (_, event) => notify(onHold, event) },
    ended,
  );
  on("pointermove", (event) => held() || notify(onPoint, event));
  on("pointerleave", onLeave);
}
