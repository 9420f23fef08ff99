/** How a run's line and marker are drawn: colour, dash and shape of its slot, always together, always in a casing. */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { markerPath } from "../../math/markers.ts";
import { DASHES } from "../../math/palette.ts";
import type { MapLook } from "./look.ts";

export const WIDTH = table.route.width;
export const WIDTH_SELECTED = table.route.selected;
/** The casing shows this far beyond the line, on both sides together. */
const CASING = table.route.casing;
/** Around each dash, so that the gaps show the route below. */
const DASH_CASING = table.route.dash_casing;
/** Of a run that crosses its own way again and again. */
const THIN = 1.1;
const THIN_SELECTED = 1.5;
const THIN_CASING = 1.8;
const HEAD = table.route.head;
const HEAD_SELECTED = table.route.head_selected;

/** @param width  of the line within */
export function caseWith(context: CanvasRenderingContext2D, look: MapLook, width: number) {
  context.setLineDash([]);
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = (width + CASING) * look.scale;
  context.strokeStyle = look.colours.casing;
}

/**
 * Strokes the current path in the run's colour and dash.
 * @param offset  pixels of the line before the path, so that the dashes go on where they were
 */
export function strokeRoute(
  context: CanvasRenderingContext2D,
  look: MapLook,
  slot: number,
  width: number,
  offset: number,
) {
  context.lineCap = "round";
  context.lineJoin = "round";
  context.setLineDash(DASHES[slot].map((length) => length * look.scale));
  context.lineDashOffset = offset;
  context.lineWidth = (width + DASH_CASING) * look.scale;
  context.strokeStyle = look.colours.casing;
  context.stroke();
  context.lineWidth = width * look.scale;
  context.strokeStyle = look.colours.runs[slot];
  context.stroke();
  context.setLineDash([]);
}

/** Around the current path of a dense run, to keep it off the ground and not to hide it. */
export function caseThinly(context: CanvasRenderingContext2D, look: MapLook) {
  caseWith(context, look, THIN);
  context.lineWidth = (THIN + THIN_CASING) * look.scale;
  context.globalAlpha = 0.6;
  context.stroke();
  context.globalAlpha = 1;
}

/** Strokes the current path of a dense run. */
export function strokeThinly(context: CanvasRenderingContext2D, look: MapLook, slot: number, selected: boolean) {
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = (selected ? THIN_SELECTED : THIN) * look.scale;
  context.strokeStyle = look.colours.runs[slot];
  context.stroke();
}

const outlines: Map<string, Path2D> = new Map();

function outline(slot: number, radius: number): Path2D {
  const key = `${slot} ${radius}`;
  const path = outlines.get(key) ?? new Path2D(markerPath(slot, radius));
  outlines.set(key, path);
  return path;
}

/** A run's marker at its head: full while it goes, hollow once it has stopped. */
export function drawHead(
  context: CanvasRenderingContext2D,
  look: MapLook,
  slot: number,
  x: number,
  y: number,
  { stopped, selected, radius }: { stopped: boolean; selected: boolean; radius?: number },
) {
  const shape = outline(slot, (radius ?? (selected ? HEAD_SELECTED : HEAD)) * look.scale);
  const colour = look.colours.runs[slot];
  context.save();
  context.translate(x, y);
  context.lineJoin = "round";
  context.lineWidth = (stopped ? 6 : 4) * look.scale;
  context.strokeStyle = look.colours.casing;
  context.stroke(shape);
  context.fillStyle = stopped ? look.colours.casing : colour;
  context.fill(shape);
  if (stopped) {
    context.lineWidth = 2.2 * look.scale;
    context.strokeStyle = colour;
    context.stroke(shape);
  }
  context.restore();
}
