/**
 * The elements of the map: two canvases, the ground that takes pointer and keys, what lies on it, and the texts for
 * screen readers.
 */

import { h, s, setAttribute } from "../../dom.ts";
import { type Box, isInside, withMargin } from "../../math/box.ts";
import { formatExact, formatPlace } from "../../math/format.ts";
import { clamped } from "../../math/ticks.ts";
import { memo } from "../../memo.ts";
import { hasFixedStart } from "../../state/stage.ts";
import type { MapAtPlayhead } from "../../state/types.ts";
import { asWritten } from "../../words/symbol.ts";
import { startOn } from "./ground/start.ts";
import { shownMinima } from "./mapAxes.ts";
import type { MapLayout } from "./moment.ts";
import type { MapLook } from "./style.ts";

const ICONS = {
  in: "M10 4.5v11M4.5 10h11",
  out: "M4.5 10h11",
  whole: "M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4",
  fold: "M8.5 3.5a5 5 0 1 0 .01 0M12.2 12.2l4.3 4.3",
  tilt: "M2.5 13.5 10 17l7.5-3.5M2.5 13.5C6 12 6 4 10 4s4 8 7.5 9.5",
};

const icon = (path: string, viewBox: string, more = {}) =>
  s("svg", { viewBox, "aria-hidden": "true", ...more }, s("path", { d: path }));

function zoomButton(label: string, path: string): HTMLButtonElement {
  const attributes = { class: "icon-button map-zoom-button washes", type: "button", "aria-label": label, title: label };
  return h("button", attributes, icon(path, "0 0 20 20", { class: "icon" }));
}

export function buildMap(root: HTMLElement) {
  root.classList.add("map");
  // One for what stands still, over it one for what moves.
  const [background, live] = [0, 1].map(() => {
    const canvas = h("canvas", { class: "map-layer", "aria-hidden": "true" });
    root.append(canvas);
    return canvas.getContext("2d") as CanvasRenderingContext2D;
  });
  const ground = h("div", { class: "map-ground", tabindex: "0", role: "application" });
  const start = h("button", { class: "map-start", type: "button" });
  const fold = zoomButton("Zoom", ICONS.fold);
  fold.classList.add("map-zoom-fold");
  fold.ariaExpanded = "false";
  fold.onclick = () => {
    fold.ariaExpanded = `${fold.ariaExpanded === "false"}`;
  };
  const buttons = {
    fold,
    in: zoomButton("Zoom in", ICONS.in),
    out: zoomButton("Zoom out", ICONS.out),
    whole: zoomButton("Whole domain", ICONS.whole),
    tilt: zoomButton("Raise the ground", ICONS.tilt),
  };
  const zoom = h("div", { class: "map-zoom", role: "group", "aria-label": "Zoom" }, ...Object.values(buttons));
  const callout = h("div", { class: "map-callout", "aria-hidden": "true" });
  const note = h("p", { class: "map-note remark" }, "axes not to scale");
  const wait = h("div", { class: "map-wait", role: "progressbar", "aria-label": "Sampling the loss" });
  const key = h("p", { class: "map-key remark" });
  for (const later of [start, callout, note, wait, key]) later.hidden = true;
  root.append(ground, start, zoom, callout, note, wait, key);
  return { background, live, ground, start, buttons, zoom, callout, note, wait, key };
}

export type MapElements = ReturnType<typeof buildMap>;

/** Moves the centre of an element; by a style property, as the page's policy allows no style attribute. */
export function moveCentre(moved: HTMLElement, x: number, y: number) {
  moved.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}

const ARROW = "M1 3.4h17v-2.9l7 4.5-7 4.5v-2.9h-17z";
const LINE = "M1 4h24v2h-24z";

function signed(kind: string, words: string, colour: string = "", path: string = ARROW): (Node | string)[] {
  const sign = h("span", { class: `map-key-arrow map-key-${kind}` }, icon(path, "0 0 26 10"));
  sign.style.color = colour;
  return [sign, words];
}

/** The key in the margin: steps between ticks, and the meaning of arrows. A phone has no margin, and no key. */
function createKey(root: HTMLElement) {
  /**
   * @param ticks  steps between ticks across the path; 0: there are none
   * @param alongAxis  whether there is a tick for each step along the axis of a curve
   * @param colour  of the arrow of the next step; null: none is drawn
   * @param source  of the gradient, where it is not exact; null: none is drawn
   * @returns the box of the key
   */
  const fill = memo(
    (content: {
      look: MapLook;
      ticks: number;
      curve: boolean;
      alongAxis: boolean;
      colour: string | null;
      source?: string | null;
    }): Box | null => {
      const { ticks, colour, curve, alongAxis, source, look } = content;
      root.hidden = look.compact || !ticks;
      if (root.hidden) return null;
      const along = alongAxis ? " for each step along the axis, one" : "";
      root.replaceChildren(
        ticks === 1 ? "A tick for each step." : `A tick${along} across the path every ${ticks} steps.`,
      );
      if (colour && curve) root.append(" ", ...signed("tangent", "tangent", "", LINE));
      else if (colour && source !== null)
        root.append(" Directions: ", ...signed("downhill", `−gradient${source ? `, by ${source}` : ""}`));
      if (colour) root.append(...signed("step", "next step", colour));
      const { box, scale } = look;
      const width = root.offsetWidth + 8;
      return { left: box.left + box.width - width, top: box.top - 24 * scale, width, height: 20 * scale };
    },
  );

  return ({ scene, traces, tickEvery, look, axes: { curve } }: MapLayout, { step }: MapAtPlayhead): Box | null => {
    const chosenIndex = scene.selected ?? (curve ? scene.runOfQuestion : null);
    const only = curve && traces.length === 1 ? traces[0] : undefined;
    const chosen = traces.find(({ index }) => index === chosenIndex) ?? only;
    const hasPaths = traces.length > 0 && !(scene.hasHiddenRows && step === 0);
    const ahead = chosen && !scene.plane && step < chosen.length - 1 && hasPaths;
    return fill({
      look,
      ticks: hasPaths ? tickEvery : 0,
      curve,
      alongAxis: curve && chosen !== undefined,
      colour: ahead ? look.colours.runs[chosen.run.slot] : null,
      source: chosen?.run.end?.recorded ? null : scene.problem.gradient_source,
    });
  };
}

/** Pixels inside the frame where the handle of a start waits that is out of sight. */
const EDGE = 14;
/** Words keep so many pixels from the zoom buttons. */
const CLEAR = 4;
/** Up to so many minima are read out. */
const READ = 8;

function startLabel({ scene }: MapLayout): string {
  const where = scene.start.map((value, k) => `${scene.problem.parameters[k]} ${formatExact(value, 4)}`).join(", ");
  return `Start at ${where}. Arrow keys move it, with Shift by larger steps.`;
}

/** @param stands  the place of a run on a curve, in a sentence */
function groundLabel({ scene }: MapLayout, stands: string): string {
  const minimaTexts = shownMinima(scene)
    .slice(0, READ)
    .map(({ at, loss }) => `${formatExact(loss, 4)} at ${formatPlace(at, 4)}`);
  const minima = minimaTexts.length ? ` Known minima: ${minimaTexts.join(", ")}.` : "";
  const what = scene.plane
    ? `${asWritten(scene.plane.sentence)} Loss of ${scene.problem.label} on it.`
    : `Map of the loss of ${scene.problem.label}.`;
  const keys = "Arrow keys move the view, plus and minus zoom, 0 shows the whole domain.";
  return `${what}${minima}${stands && ` ${stands}`} ${keys}`;
}

export function createOverlay(root: HTMLElement, elements: MapElements) {
  const { ground, start, zoom, buttons, note, wait, key } = elements;
  const keyed = createKey(key);

  /** @returns the box of the zoom buttons; null: they are not shown */
  const moveToFrame = memo((look: MapLook): Box | null => {
    const { left, top, width, height } = look.box;
    for (const [side, pixels] of Object.entries({ left, top, width, height }))
      ground.style.setProperty(side, `${pixels}px`);
    moveCentre(zoom, left + width, top);
    moveCentre(key, left + width, top);
    moveCentre(wait, left + width / 2, top + height / 2);
    root.classList.toggle("map-compact", look.compact);
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = zoom;
    const box = { left: left + width + offsetLeft, top: top + offsetTop, width: offsetWidth, height: offsetHeight };
    return offsetWidth ? withMargin(box, CLEAR) : null;
  });

  function moveStart(layout: MapLayout) {
    const [x, y] = startOn(layout);
    start.hidden = !Number.isFinite(x + y) || hasFixedStart(layout.scene);
    const isOutside = !isInside(layout.area.box, x, y);
    start.classList.toggle("map-start-away", isOutside);
    if (!isOutside) return moveCentre(start, x, y);
    const { left, top, width, height } = withMargin(layout.area.box, -EDGE);
    const [ex, ey] = [clamped(x, left, left + width), clamped(y, top, top + height)];
    start.style.setProperty("--way", `${Math.round((Math.atan2(y - ey, x - ex) * 180) / Math.PI)}deg`);
    moveCentre(start, ex, ey);
  }

  return {
    /** @param stands  the place of a run on a curve, in a sentence; empty: there is none */
    update(layout: MapLayout, playhead: MapAtPlayhead, isPointedAt: boolean, stands: string) {
      const { scene, area, axes } = layout;
      moveStart(layout);
      setAttribute(start, "aria-label", startLabel(layout));
      setAttribute(ground, "aria-label", groundLabel(layout, stands));
      root.classList.toggle("map-nearer", scene.window !== null);
      root.classList.toggle("map-asks", playhead.asks ?? false);
      ground.classList.toggle("map-ground-route", isPointedAt);
      buttons.whole.disabled = scene.window === null;
      buttons.tilt.hidden = axes.curve;
      setAttribute(buttons.tilt, "aria-pressed", `${playhead.tilted ?? false}`);
      wait.hidden = scene.landscape !== null;
      note.hidden = area.equal || scene.problem.parameters.length < 2;
    },
    /** The boxes at the edge of the map that the key and the zoom buttons take. */
    edgeBoxes: (layout: MapLayout, playhead: MapAtPlayhead): Box[] =>
      [moveToFrame(layout.look), keyed(layout, playhead)].filter((box) => box !== null),
  };
}
