/** Paints marks on a canvas; of a picture only what has changed since the last one is drawn again. */
import type { Box } from "../math/box.ts";
import { sameValue } from "../math/values.ts";
import { colourOf, DROP, fontOf, type Look, SIZE, widthOf } from "./look.ts";
import type { GroupMark, LineMark, Mark, Outline, Place, ShapeMark, WordsMark } from "./mark.ts";
import { eachVertex, PIXELS, pixelsOf, type Scales, screenX, screenY } from "./scales.ts";
import { isFinitePlace, type Picture, pixelMiddle } from "./svg.ts";

type Edges = [left: number, top: number, right: number, bottom: number];

/** Pixels that an outline reaches beyond its line; one more for pixels that it covers in part. */
const reach = ({ width = 1, casing }: Outline, scale: number) => (Math.max(width, casing?.width ?? 0) / 2) * scale + 1;

function ofLine(mark: LineMark, scales: Scales, { scale }: Look): Edges {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < mark.x.length; k++) {
    const [x, y] = [screenX(scales, mark.x[k]), screenY(scales, mark.y[k])];
    if (!Number.isFinite(x + y)) continue;
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  const margin = reach(mark, scale);
  return [left - margin, top - margin, right + margin, bottom + margin];
}

const radii: Map<string, number> = new Map();

/** No point of a path is farther from the middle than the largest numbers in it. */
function radiusOf(path: string): number {
  const cached = radii.get(path);
  if (cached !== undefined) return cached;
  const radius = Math.SQRT2 * Math.max(...(path.match(/-?\d+(\.\d+)?/g) ?? []).map((value) => Math.abs(Number(value))));
  radii.set(path, radius);
  return radius;
}

function ofShape(mark: ShapeMark, [x, y]: Place, { scale }: Look): Edges {
  const margin = radiusOf(mark.path) * scale + reach(mark, scale);
  return [x - margin, y - margin, x + margin, y + margin];
}

function ofWords(mark: WordsMark, [x, y]: Place, look: Look): Edges {
  const { text, size = SIZE, anchor = "start", halo, turn } = mark;
  const [width, half] = [widthOf(look, text, mark), 0.75 * size * look.scale];
  const margin = ((halo?.width ?? 0) / 2) * look.scale + 2;
  if (turn) return [x - width - margin, y - width - margin, x + width + margin, y + width + margin];
  const left = anchor === "start" ? x : anchor === "middle" ? x - width / 2 : x - width;
  return [left - margin, y - half - margin, left + width + margin, y + half + margin];
}

/** @returns in pixels; null: nothing is drawn of it */
export function boundsOf(mark: Mark, scales: Scales, look: Look): Box | null {
  if (mark.kind === "group") return groupBounds(mark, mark.scales ?? scales, mark.look ?? look);
  if (mark.kind === "raster") return null;
  const [left, top, right, bottom] =
    mark.kind === "line"
      ? ofLine(mark, scales, look)
      : mark.kind === "shape"
        ? ofShape(mark, pixelsOf(scales, mark, look.scale), look)
        : ofWords(mark, pixelsOf(scales, mark, look.scale), look);
  const shift = mark.kind === "line" && mark.shift ? mark.shift.map((value) => value * look.scale) : [0, 0];
  return right > left && bottom > top
    ? { left: left + shift[0], top: top + shift[1], width: right - left, height: bottom - top }
    : null;
}

function groupBounds({ marks, clip, shift: [dx, dy] = [0, 0] }: GroupMark, scales: Scales, look: Look): Box | null {
  const boxes = marks.map((mark) => boundsOf(mark, scales, look)).filter((box) => box !== null);
  if (!boxes.length) return null;
  let left = Math.min(...boxes.map((box) => box.left));
  let top = Math.min(...boxes.map((box) => box.top));
  let right = Math.max(...boxes.map((box) => box.left + box.width));
  let bottom = Math.max(...boxes.map((box) => box.top + box.height));
  if (clip && !("kind" in clip)) {
    [left, top] = [Math.max(left, clip.left), Math.max(top, clip.top)];
    [right, bottom] = [Math.min(right, clip.left + clip.width), Math.min(bottom, clip.top + clip.height)];
  }
  return { left: left + dx * look.scale, top: top + dy * look.scale, width: right - left, height: bottom - top };
}

/** @returns in pixels; null: anywhere */
function changedBoxes(before: Mark[], after: Mark[], scales: Scales, look: Look): Box[] | null {
  const changed: Box[] = [];
  for (let k = 0; k < Math.max(before.length, after.length); k++) {
    const [old, fresh] = [before[k], after[k]];
    if (old === fresh) continue;
    if (fresh?.kind === "raster" && fresh.changed) {
      changed.push(...fresh.changed);
    } else if (fresh?.kind === "raster" || old?.kind === "raster") {
      return null;
    } else if (old?.kind === "group" && fresh?.kind === "group" && isAlike(old, fresh)) {
      const boxes = changedBoxes(old.marks, fresh.marks, fresh.scales ?? scales, fresh.look ?? look);
      if (!boxes) return null;
      changed.push(...boxes);
    } else if (!sameValue(old, fresh)) {
      for (const mark of [old, fresh]) {
        const box = mark && boundsOf(mark, scales, look);
        if (box) changed.push(box);
      }
    }
  }
  return changed;
}

/** Whether two groups are alike but for the marks in them. */
const isAlike = ({ marks: _, ...old }: GroupMark, { marks: __, ...fresh }: GroupMark) =>
  !old.shift && !fresh.shift && sameValue(old, fresh);

/** Where a mark is drawn. */
interface CanvasSurface {
  context: CanvasRenderingContext2D;
  scales: Scales;
  look: Look;
}

function outline({ context, look }: CanvasSurface, path: Path2D, mark: Outline) {
  const {
    stroke,
    width = 1,
    strokeOpacity = 1,
    dash = [],
    dashOffset = 0,
    round,
    fill,
    fillOpacity = 1,
    holes,
    casing,
  } = mark;
  const { globalAlpha } = context;
  context.lineCap = round ? "round" : "butt";
  context.lineJoin = "round";
  if (casing) {
    context.setLineDash([]);
    context.lineWidth = casing.width * look.scale;
    context.strokeStyle = colourOf(look, casing.stroke);
    context.stroke(path);
  }
  if (fill) {
    context.globalAlpha = globalAlpha * fillOpacity;
    context.fillStyle = colourOf(look, fill);
    context.fill(path, holes ? "evenodd" : "nonzero");
  }
  if (stroke) {
    context.globalAlpha = globalAlpha * strokeOpacity;
    context.setLineDash(dash.map((length) => length * look.scale));
    context.lineDashOffset = dashOffset * look.scale;
    context.lineWidth = width * look.scale;
    context.strokeStyle = colourOf(look, stroke);
    context.stroke(path);
  }
  context.globalAlpha = globalAlpha;
}

/** Pixels of a line that is a point: one without any length has no ends, and nothing is drawn of it. */
const POINT = 0.01;

function linePath({ x, y, closed, crisp: whole, shift = [0, 0] }: LineMark, scales: Scales, scale: number): Path2D {
  const path = new Path2D();
  const [dx, dy] = shift;
  let [part, px, py] = [0, 0, 0];
  const end = () => {
    if (part === 1) path.lineTo(px + POINT, py);
    else if (part && closed) path.closePath();
    part = 0;
  };
  eachVertex(scales, x, y, (vx, vy) => {
    if (!Number.isFinite(vx + vy)) return end();
    px = whole ? pixelMiddle(vx + dx * scale) : vx + dx * scale;
    py = whole ? pixelMiddle(vy + dy * scale) : vy + dy * scale;
    if (part++) path.lineTo(px, py);
    else path.moveTo(px, py);
  });
  end();
  return path;
}

/** The paths of marks, kept for marks that are drawn again. */
const linePaths: WeakMap<LineMark, { scales: Scales; scale: number; path: Path2D }> = new WeakMap();

function pathOf(mark: LineMark, scales: Scales, scale: number): Path2D {
  const cached = linePaths.get(mark);
  if (cached?.scales === scales && cached.scale === scale) return cached.path;
  const path = linePath(mark, scales, scale);
  linePaths.set(mark, { scales, scale, path });
  return path;
}

const shapePaths: Map<string, Path2D> = new Map();

function drawShape(surface: CanvasSurface, mark: ShapeMark) {
  const { context, scales, look } = surface;
  const [x, y] = pixelsOf(scales, mark, look.scale).map((value) => (mark.crisp ? pixelMiddle(value) : value));
  const path = shapePaths.get(mark.path) ?? new Path2D(mark.path);
  shapePaths.set(mark.path, path);
  context.save();
  context.translate(x, y);
  if (mark.turn) context.rotate(mark.turn);
  context.scale(look.scale, look.scale);
  // The transform makes it larger already.
  outline({ ...surface, look: { ...look, scale: 1 } }, path, mark);
  context.restore();
}

function drawWords({ context, scales, look }: CanvasSurface, mark: WordsMark) {
  const { text, size = SIZE, anchor = "start", fill = "ink2", halo, turn } = mark;
  const [x, y] = pixelsOf(scales, mark, look.scale);
  const spans = typeof text === "string" ? [{ text }] : text;
  const left = anchor === "start" ? 0 : -widthOf(look, text, mark) / (anchor === "middle" ? 2 : 1);
  context.save();
  context.translate(x, y);
  if (turn) context.rotate(turn);
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  const paintSpans = (paintSpan: (text: string, x: number, y: number) => void) => {
    let [at, down] = [left, DROP * size * look.scale];
    for (const span of spans) {
      const type = { ...mark, ...span, size: size * (span.size ?? 1) };
      at += (span.gap ?? 0) * size * look.scale;
      down += (span.drop ?? 0) * size * look.scale;
      context.font = fontOf(look, type);
      paintSpan(span.text, at, down);
      at += widthOf(look, span.text, type);
    }
  };
  if (halo) {
    context.lineWidth = halo.width * look.scale;
    context.strokeStyle = colourOf(look, halo.stroke);
    // A colon is as wide as a decimal point: over the point, too, no ground shows between the digits.
    paintSpans((text, ...at) => context.strokeText(text.replace(/(\d)\.(\d)/g, "$1:$2"), ...at));
  }
  context.fillStyle = colourOf(look, fill);
  paintSpans((...span) => context.fillText(...span));
  context.restore();
}

function drawGroup(surface: CanvasSurface, { marks, clip, shift, scales, look }: GroupMark) {
  const { context } = surface;
  const within = { context, scales: scales ?? surface.scales, look: look ?? surface.look };
  context.save();
  if (shift) context.translate(shift[0] * within.look.scale, shift[1] * within.look.scale);
  if (clip && "kind" in clip) context.clip(pathOf(clip, PIXELS, within.look.scale), clip.holes ? "evenodd" : "nonzero");
  else if (clip) {
    context.beginPath();
    context.rect(clip.left, clip.top, clip.width, clip.height);
    context.clip();
  }
  for (const mark of marks) draw(within, mark);
  context.restore();
}

/** Draws a mark, if it has a place. */
export function draw(surface: CanvasSurface, mark: Mark) {
  const { context } = surface;
  const { globalAlpha } = context;
  context.globalAlpha = globalAlpha * (mark.opacity ?? 1);
  if (mark.kind === "line") outline(surface, pathOf(mark, surface.scales, surface.look.scale), mark);
  else if (mark.kind === "group") drawGroup(surface, mark);
  else if (mark.kind === "raster") mark.draw(context);
  else if (isFinitePlace(pixelsOf(surface.scales, mark, surface.look.scale))) {
    if (mark.kind === "shape") drawShape(surface, mark);
    else drawWords(surface, mark);
  }
  context.globalAlpha = globalAlpha;
}

/** What is painted on a canvas. */
interface CanvasPicture extends Picture {
  /** device pixels a CSS pixel */
  ratio: number;
}

/** Boxes to whole device pixels. */
function clipTo(context: CanvasRenderingContext2D, boxes: Box[], ratio: number) {
  const [down, up] = [(v: number) => Math.floor(v * ratio) / ratio, (v: number) => Math.ceil(v * ratio) / ratio];
  context.beginPath();
  for (const { left, top, width, height } of boxes) {
    const [x, y] = [down(left), down(top)];
    context.rect(x, y, up(left + width) - x, up(top + height) - y);
  }
  context.clip();
}

/** Paints all of a picture, or what of it is in some boxes. */
export function paint(
  context: CanvasRenderingContext2D,
  { size, scales, look, marks, ratio }: CanvasPicture,
  boxes: Box[] | null = null,
) {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.save();
  if (boxes) clipTo(context, boxes, ratio);
  context.clearRect(0, 0, size.width, size.height);
  for (const mark of marks) draw({ context, scales, look }, mark);
  context.restore();
}

/** Paints pictures, one after the other. */
export function createCanvasPainter(context: CanvasRenderingContext2D) {
  let shown: CanvasPicture | null = null;
  return (picture: CanvasPicture) => {
    const { scales, look, marks } = picture;
    const same = shown?.look === look && shown.scales === scales;
    const boxes = same && shown ? changedBoxes(shown.marks, marks, scales, look) : null;
    shown = picture;
    if (boxes?.length !== 0) paint(context, picture, boxes);
  };
}
