/**
 * A handle on each point: for fingers, which would scroll the page elsewhere, for the keyboard, and for screen readers.
 * Together they are one Tab stop.
 */

import { h, hasModifier, listenOn, listenToHold, setAttribute } from "../../dom.ts";
import { screenPlace } from "../../marks/scales.ts";
import { indexOfNearest } from "../../math/box.ts";
import type { Point } from "../../math/fit.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import { snapped } from "../../math/ticks.ts";
import { memo } from "../../memo.ts";
import { xOf, yOf } from "../chart/plot.ts";
import { fitWithResiduals } from "./fits.ts";
import type { DataDrawing, DataLayout } from "./index.ts";
import { type DataArea, pointAt } from "./plotArea.ts";

/** @returns the residual of a point, in raw and in standardised units */
function missed(drawing: DataDrawing, point: number): string {
  const { content, shares } = drawing;
  const line = fitWithResiduals(drawing)?.line;
  if (!line) return "";
  const [x, y] = content.points[point];
  const fitted = content.standardized ? shares?.residuals.get(point) : undefined;
  const also = fitted === undefined ? "" : `, standardised ${formatMeasured(fitted, 4)}`;
  return `residual ${formatMeasured(y - (line.slope * x + line.intercept), 4)}${also}`;
}

/** @returns the point in short */
export function pointWords(drawing: DataDrawing, point: number): string {
  const at = drawing.content.points[point].map((value) => formatExact(value, 4)).join(", ");
  return [`point ${point + 1} at ${at}`, missed(drawing, point)].filter(Boolean).join(": ");
}

/** @returns the name of a point, for screen readers */
function pointName({ content }: Pick<DataDrawing, "content">, point: number): string {
  const [x, y] = content.points[point];
  return `Point ${point + 1}: ${content.xLabel} ${formatExact(x)}, ${content.yLabel} ${formatExact(y)}`;
}

/** @returns all that the chart shows of a point, for screen readers */
export function pointDescription(drawing: DataDrawing, point: number): string {
  const { shares } = drawing;
  const adds =
    shares?.byParameter.flatMap(({ parameter, value }) =>
      value.has(point) ? [`${formatMeasured(value.get(point) as number, 4)} to the gradient in ${parameter}`] : [],
    ) ?? [];
  const share = shares && (adds.length ? `adds ${adds.join(" and ")}` : "not seen by this step");
  return [pointName(drawing, point), missed(drawing, point), share].filter(Boolean).join("; ");
}

export interface DataEvents {
  onPoints: (points: Point[], dragging: boolean) => void;
  /** keys that moved a point were released */
  onSettle: () => void;
  /** a point is pointed at */
  onPoint: (point: number | null) => void;
}

const REACH = 16;
/** The least number of points, as a line needs two. */
const FEWEST = 2;

/** @returns index, -1 for none */
function pointUnder(layout: DataLayout, x: number, y: number): number {
  const places = layout.content.points.map((point) => screenPlace(layout, ...point));
  const distances = places.map(([left, top]) => Math.hypot(left - x, top - y));
  return indexOfNearest(distances, REACH);
}

export function listenToPoints(root: HTMLElement, shown: () => DataLayout | null, { onPoints, onPoint }: DataEvents) {
  const on = listenOn(root);
  let over = -1;

  function at(event: PointerEvent | MouseEvent): [number, number] {
    const edge = root.getBoundingClientRect();
    return [event.clientX - edge.left, event.clientY - edge.top];
  }

  /** @param point  -1 for none */
  function pointTo(point: number) {
    root.classList.toggle("over-point", point >= 0);
    if (point !== over) onPoint(point < 0 ? null : point);
    over = point;
  }

  const held = listenToHold(root, {
    begin(event) {
      const layout = shown();
      if (!layout) return null;
      const [x, y] = at(event);
      const index = pointUnder(layout, x, y);
      pointTo(index);
      if (index < 0) return null;
      const before = layout.content.points;
      const point = before[index];
      // The offset of the pointer from the point, which must not jump under the finger.
      return { index, grip: [x - xOf(layout, point[0]), y - yOf(layout, point[1])], before };
    },
    move({ index, grip }, event) {
      const layout = shown();
      if (!layout) return;
      const [x, y] = at(event);
      onPoints(layout.content.points.with(index, pointAt(layout, x - grip[0], y - grip[1])), true);
    },
    end({ before }, _, taken) {
      if (taken && shown()?.content.points !== before) onPoints(before, false);
    },
  });
  on("pointermove", (event) => {
    const layout = shown();
    if (layout && event.pointerType === "mouse") pointTo(held()?.index ?? pointUnder(layout, ...at(event)));
  });
  on("pointerleave", ({ pointerType }) => pointerType === "mouse" && pointTo(-1));
  on("dblclick", (event) => {
    const layout = shown();
    if (!layout) return;
    const [x, y] = at(event);
    const { points } = layout.content;
    const under = pointUnder(layout, x, y);
    if (under < 0) onPoints([...points, pointAt(layout, x, y)], false);
    else if (points.length > FEWEST) onPoints(points.toSpliced(under, 1), false);
  });
  return { holding: () => held() !== null };
}

/** The share of an axis by which an arrow key moves a point; ten times as much with Shift. */
const NUDGE = 1 / 100;

const HOW =
  "Arrow keys move the point, with Shift further. Page Up and Page Down go to the next one. Delete takes it away.";

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] } as Record<
  string,
  [number, number]
>;

/** @param by  steps of the arrow keys */
function nudged({ x, y, box }: DataArea, point: Point, [dx, dy]: [number, number]) {
  const [wide, high] = [x, y].map(({ valueAt }) => valueAt(1) - valueAt(0));
  return [
    snapped(point[0] + dx * NUDGE * wide, wide / box.width),
    snapped(point[1] + dy * NUDGE * high, high / box.height),
  ] as Point;
}

/** The neighbour of a point in the order of x, to which a key moves the focus. */
function goneTo(points: Point[], from: number, key: string): number | null {
  const order = [...points.keys()].sort((index, other) => points[index][0] - points[other][0]);
  const at = order.indexOf(from);
  const to = { PageUp: at - 1, PageDown: at + 1, Home: 0, End: order.length - 1 }[key];
  return to === undefined ? null : order[Math.min(order.length - 1, Math.max(0, to))];
}

export function createHandles(
  root: HTMLElement,
  shown: () => DataLayout | null,
  { onPoints, onSettle, onPoint }: DataEvents,
) {
  const how = h("p", { id: `${root.id}-how`, class: "reader-only" }, HOW);
  const group = h("div", {
    class: "data-handles layer",
    role: "group",
    "aria-label": "Points",
    "aria-describedby": how.id,
  });
  root.append(how, group);
  let current = 0;
  let held = false;

  function focus(point: number) {
    current = point;
    for (const [k, handle] of [...group.children].entries()) setAttribute(handle, "tabindex", k === point ? 0 : -1);
    (group.children[point] as HTMLElement | undefined)?.focus();
  }

  /** @returns whether the key has an effect here */
  function press({ key, shiftKey }: KeyboardEvent, point: number): boolean {
    const layout = shown();
    if (!layout) return false;
    const { points } = layout.content;
    const next = goneTo(points, point, key);
    if (next !== null) focus(next);
    else if (MOVES[key]) move(layout, point, MOVES[key].map((by) => (shiftKey ? 10 * by : by)) as [number, number]);
    else if (key === "Delete" && points.length > FEWEST) remove(points, point);
    else return false;
    return true;
  }

  function move(layout: DataLayout, point: number, by: [number, number]) {
    const { points } = layout.content;
    held = true;
    onPoint(point);
    onPoints(points.with(point, nudged(layout, points[point], by)), true);
  }

  function remove(points: Point[], point: number) {
    onPoints(points.toSpliced(point, 1), false);
    focus(Math.max(0, point - 1));
  }

  function settle() {
    if (held) onSettle();
    held = false;
  }

  group.addEventListener("keydown", (event) => {
    const point = [...group.children].indexOf(event.target as Element);
    if (point < 0 || hasModifier(event) || !press(event, point)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  group.addEventListener("keyup", settle);
  group.addEventListener("focusin", ({ target }) => {
    const point = [...group.children].indexOf(target as Element);
    focus(point);
    if ((target as Element).matches(":focus-visible")) onPoint(point);
  });
  group.addEventListener("focusout", () => {
    settle();
    onPoint(null);
  });

  function fill(count: number) {
    while (group.children.length > count) group.lastElementChild?.remove();
    while (group.children.length < count)
      group.append(h("button", { type: "button", class: "data-handle", tabindex: -1 }));
    current = Math.min(current, Math.max(0, count - 1));
    group.children[current]?.setAttribute("tabindex", "0");
  }

  /** current: the point whose name includes the step */
  const place = memo((layout: DataLayout, _current: number) => {
    const { content } = layout;
    const { points } = content;
    if (group.children.length !== points.length) fill(points.length);
    points.forEach((point, k) => {
      const handle = group.children[k] as HTMLElement;
      const [left, top] = [xOf(layout, point[0]), yOf(layout, point[1])].map(Math.round);
      handle.style.transform = `translate(${left}px, ${top}px)`;
      setAttribute(handle, "aria-label", pointName({ content }, k));
    });
  });

  return {
    holding: () => held,
    render(layout: DataLayout, drawing: DataDrawing) {
      place(layout, current);
      if (drawing.content.points[current])
        setAttribute(group.children[current], "aria-label", pointDescription(drawing, current));
    },
  };
}
