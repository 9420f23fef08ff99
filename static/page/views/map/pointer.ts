/**
 * Pointer, wheel and keys on the ground and on the start mark, and what they ask of the page. Nothing is kept here but
 * the gesture under way: what it asks for goes out as an event, and comes back as the next scene.
 */

import { listenOn } from "../../dom.ts";
import type { Figure } from "../../figure/figure.ts";
import { screenX, screenY, valueX, valueY } from "../../marks/scales.ts";
import { niceStep, round, snapped } from "../../math/scales.ts";
import type { Hit, Window } from "../../state/types.ts";
import type { MapElements } from "./dom.ts";
import type { MapMoment } from "./moment.ts";
import { hitAt } from "./nearestRow.ts";
import { areaOf, panned, type VisibleArea, windowOf, zoomed } from "./visibleArea.ts";

/** What it uses of its figure. */
export type MapPorts = Pick<Figure, "invalidate" | "redraw" | "ended" | "after" | "cancel">;

/** What the map asks of the page. */
export interface MapEvents {
  /** the window can be set; else wheel and arrows scroll the page */
  zooms: boolean;
  /** moving: more is to come (a drag) */
  onStart: (point: number[], moving: boolean) => void;
  /** a click on the ground @returns whether it was asked for; otherwise it moves the start */
  onPlace: (point: number[]) => boolean;
  onWindow: (window: Window | null, moving: boolean) => void;
  onSeek: (run: number, step: number) => void;
  onHover: (hit: Hit | null) => void;
  /** the window in sight, frame to frame */
  onNeedLandscape: (window: Window, resolution: number) => void;
}

/** Pixels: a pointer that moves less is still. */
const SLACK = 4;
const REACH = 12;
const REACH_TOUCH = 22;
const NEARER = 1.6;
const WHEEL = 0.0022;
const WHEEL_END = 160;
const DOUBLE = 350;
/** Share of the view between its edge and a start that it has gone after. */
const MARGIN = 0.1;

type ScreenPoint = { x: number; y: number };

/** Values at a place of the screen, to what a pixel can tell apart. */
const snappedTo = (area: VisibleArea, px: number, py: number): [number, number] => [
  snapped(valueX(area, px), 1 / area.kx),
  snapped(valueY(area, py), 1 / area.ky),
];

/** A window is kept between these shares of the domain's size. */
const NARROWEST = 1e-7;
const WIDEST = 60;

function sensible(window: Window, domain: Window): boolean {
  return window.every(([low, high], k) => {
    const share = (high - low) / (domain[k][1] - domain[k][0]);
    return share > NARROWEST && share < WIDEST && high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high));
  });
}

/** To a fraction of a pixel, so that an address stays short. */
function tidy(window: Window): Window {
  return window.map(([low, high]) => {
    const unit = 10 ** Math.floor(Math.log10((high - low) / 5000));
    return [round(low, unit), round(high, unit)] as [number, number];
  });
}

/** What gestures may ask for. */
function actionsOf(drawing: () => MapMoment | null, events: MapEvents) {
  return {
    zooms: events.zooms,
    area: () => drawing()?.area ?? null,
    /** the window that is asked for; null: the whole domain */
    asked: () => drawing()?.scene.window ?? null,
    start() {
      const now = drawing();
      return now?.axes.start(now.scene) ?? null;
    },
    hit(x: number, y: number, reach: number): Hit | null {
      const now = drawing();
      return now && hitAt(now, x, y, reach);
    },
    hover: (hit: Hit | null) => events.onHover(hit && { ...hit, onMap: true }),
    seek: (hit: Hit) => events.onSeek(hit.run, hit.step),
    window(window: Window | null, moving: boolean) {
      const now = drawing();
      if (!now || !events.zooms) return;
      const kept = window && now.axes.window(window);
      if (kept && !sensible(kept, now.scene.problem.domain)) return;
      events.onWindow(kept && !moving ? tidy(kept) : kept, moving);
    },
    /** A place is pressed. @returns whether one was asked for */
    place({ x, y }: ScreenPoint): boolean {
      const now = drawing();
      return now !== null && events.onPlace(now.axes.position(...snappedTo(now.area, x, y), now.scene));
    },
    moveStart(x: number, y: number, moving: boolean) {
      const now = drawing();
      if (now && !now.scene.plane) events.onStart(now.axes.position(x, y, now.scene), moving);
    },
    moveStartTo({ x, y }: ScreenPoint, moving: boolean) {
      const area = this.area();
      if (area) this.moveStart(...snappedTo(area, x, y), moving);
    },
  };
}

type PointerActions = ReturnType<typeof actionsOf>;

/** What all that listens has in common. */
interface Listening {
  actions: PointerActions;
  clicks: ReturnType<typeof createClicks>;
  at: (event: MouseEvent) => ScreenPoint;
}

export function listenToPointer(
  root: HTMLElement,
  { ground, start, buttons }: MapElements,
  drawing: () => MapMoment | null,
  events: MapEvents,
) {
  const actions = actionsOf(drawing, events);
  const at = (event: MouseEvent) => {
    const { left, top } = root.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const listening = { actions, clicks: createClicks(actions), at };
  attachGround(ground, listening);
  if (events.zooms) attachWheel(ground, listening);
  attachStart(start, listening);
  buttons.in.onclick = () => zoomAtCentre(actions, NEARER);
  buttons.out.onclick = () => zoomAtCentre(actions, 1 / NEARER);
  buttons.whole.onclick = () => actions.window(null, false);
}

/** A second click at the same place takes the first one back, and shows the whole domain. */
function createClicks(actions: PointerActions) {
  let last: { time: number; start: [number, number] | null; point: ScreenPoint } | null = null;

  /** @returns whether it was one, and is seen to */
  function second(point: ScreenPoint, time: number): boolean {
    const before = last;
    if (
      !before ||
      time - before.time >= DOUBLE ||
      Math.hypot(before.point.x - point.x, before.point.y - point.y) >= 3 * SLACK
    )
      return false;
    last = null;
    if (before.start) actions.moveStart(before.start[0], before.start[1], false);
    actions.window(null, false);
    return true;
  }

  function click(point: ScreenPoint, time: number, reach: number) {
    if (actions.place(point) || second(point, time)) return;
    const hit = actions.hit(point.x, point.y, reach);
    last = { time, start: hit ? null : actions.start(), point };
    if (hit) actions.seek(hit);
    else actions.moveStartTo(point, false);
  }

  return { click, second };
}

function attachGround(ground: HTMLElement, { actions, clicks, at }: Listening) {
  const on = listenOn(ground);
  on("keydown", (event) => groundKey(event, actions));
  const pointers: Map<number, ScreenPoint> = new Map();
  let gesture: { area: VisibleArea; asked: Window | null; from: ScreenPoint; spread: number; moved: boolean } | null =
    null;

  const middle = () => {
    const all = [...pointers.values()];
    return {
      x: all.reduce((sum, p) => sum + p.x, 0) / all.length,
      y: all.reduce((sum, p) => sum + p.y, 0) / all.length,
    };
  };
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const begin = (moved: boolean) => {
    const area = actions.area();
    gesture = area && pointers.size ? { area, asked: actions.asked(), from: middle(), spread: spread(), moved } : null;
  };

  // A click leaves the keys to the page rather than to the map, but still ends what was being typed.
  on("mousedown", (event) => {
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement && document.activeElement !== ground)
      document.activeElement.blur();
  });

  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    ground.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
    begin(pointers.size > 1);
    actions.hover(null);
  });

  on("pointermove", (event) => {
    const point = at(event);
    if (!pointers.has(event.pointerId)) {
      if (event.pointerType === "mouse") actions.hover(actions.hit(point.x, point.y, REACH));
      return;
    }
    pointers.set(event.pointerId, point);
    if (!gesture) return;
    const to = middle();
    const [dx, dy] = [to.x - gesture.from.x, to.y - gesture.from.y];
    if (!gesture.moved && Math.hypot(dx, dy) < SLACK) return;
    gesture.moved = true;
    // With the whole domain in sight one finger is on its way down the page, not into the map.
    if (event.pointerType === "touch" && pointers.size === 1 && !gesture.asked) return;
    ground.classList.add("map-ground-dragged");
    actions.window(moved(gesture, to, spread()), true);
  });

  const end = (event: PointerEvent, done: boolean) => {
    if (!pointers.delete(event.pointerId)) return;
    const finished = gesture;
    begin(true);
    if (pointers.size || !finished) return;
    ground.classList.remove("map-ground-dragged");
    if (finished.moved && !done) actions.window(finished.asked, false);
    else if (finished.moved) settle(actions);
    else if (done) clicks.click(at(event), event.timeStamp, event.pointerType === "mouse" ? REACH : REACH_TOUCH);
  };
  on("pointerup", (event) => end(event, true));
  on("pointercancel", (event) => end(event, false));
  on("pointerleave", () => {
    if (!pointers.size) actions.hover(null);
  });
}

function moved(
  { area, from, spread: before }: { area: VisibleArea; from: ScreenPoint; spread: number },
  to: ScreenPoint,
  spread: number,
): Window {
  const dragged = panned(area, to.x - from.x, to.y - from.y);
  if (!before || !spread) return dragged;
  return zoomed(areaOf(dragged, area.box, area.equal), to.x, to.y, spread / before);
}

/** Says where the window came to rest. */
function settle(actions: PointerActions) {
  const area = actions.area();
  if (area) actions.window(windowOf(area), false);
}

function attachWheel(ground: HTMLElement, { actions, at }: Listening) {
  let timer = 0;
  ground.addEventListener(
    "wheel",
    (event) => {
      const area = actions.area();
      if (!area) return;
      event.preventDefault();
      const { x, y } = at(event);
      const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1) * (event.ctrlKey ? 4 : 1);
      actions.window(zoomed(area, x, y, 2 ** (-pixels * WHEEL)), true);
      clearTimeout(timer);
      timer = window.setTimeout(() => settle(actions), WHEEL_END);
    },
    { passive: false },
  );
}

function attachStart(start: HTMLElement, { actions, clicks, at }: Listening) {
  const on = listenOn(start);
  on("keydown", (event) => startKey(event, actions));
  /** From where it is held, and how far that is from the mark's centre. */
  let grip: { from: ScreenPoint; off: ScreenPoint; moved: boolean } | null = null;
  on("pointerdown", (event) => {
    const [area, place] = [actions.area(), actions.start()];
    if (event.button !== 0 || !area || !place) return;
    start.setPointerCapture(event.pointerId);
    const from = at(event);
    const mark = { x: screenX(area, place[0]), y: screenY(area, place[1]) };
    // Off the map its handle waits at the edge, and comes from there.
    const away = start.classList.contains("map-start-away");
    grip = { from, off: away ? { x: 0, y: 0 } : { x: from.x - mark.x, y: from.y - mark.y }, moved: false };
  });
  const move = (event: PointerEvent, moving: boolean) => {
    if (!grip) return;
    const { x, y } = at(event);
    grip.moved ||= Math.hypot(x - grip.from.x, y - grip.from.y) >= SLACK;
    if (grip.moved) actions.moveStartTo({ x: x - grip.off.x, y: y - grip.off.y }, moving);
  };
  on("pointermove", (event) => move(event, true));
  start.addEventListener("pointerup", (event) => {
    move(event, false);
    // The first click of two has brought the start under the pointer.
    if (grip && !grip.moved) clicks.second(at(event), event.timeStamp);
    grip = null;
  });
  on("pointercancel", () => {
    grip = null;
  });
}

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function taken(event: KeyboardEvent) {
  event.preventDefault();
  event.stopPropagation();
}

function groundKey(event: KeyboardEvent, actions: PointerActions) {
  const area = actions.area();
  if (!area || !actions.zooms || event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = ARROWS[event.key];
  if (arrow) {
    const share = event.shiftKey ? 0.5 : 0.1;
    actions.window(panned(area, -arrow[0] * share * area.box.width, arrow[1] * share * area.box.height), false);
  } else if (event.key === "+" || event.key === "=") zoomAtCentre(actions, NEARER);
  else if (event.key === "-") zoomAtCentre(actions, 1 / NEARER);
  else if (event.key === "0") actions.window(null, false);
  else return;
  taken(event);
}

function startKey(event: KeyboardEvent, actions: PointerActions) {
  const [area, place, arrow] = [actions.area(), actions.start(), ARROWS[event.key]];
  if (!area || !place || !arrow || event.ctrlKey || event.metaKey || event.altKey) return;
  const many = event.shiftKey ? 10 : 1;
  const [stepX, stepY] = [niceStep(5 / area.kx), niceStep(5 / area.ky)];
  const [x, y] = [
    round(place[0] + arrow[0] * stepX * many, stepX / 10),
    round(place[1] + arrow[1] * stepY * many, stepY / 10),
  ];
  actions.moveStart(x, y, false);
  follow(area, x, y, actions);
  taken(event);
}

/** The view goes after a start that leaves it by key: out of sight it would be out of reach. */
function follow(area: VisibleArea, x: number, y: number, actions: PointerActions) {
  const over = (value: number, low: number, high: number) => Math.max(0, value - high) + Math.min(0, value - low);
  const room = (beyond: number, size: number) => (beyond ? beyond + Math.sign(beyond) * MARGIN * size : 0);
  const [dx, dy] = [
    room(over(x, area.x0, area.x1), area.x1 - area.x0),
    room(over(y, area.y0, area.y1), area.y1 - area.y0),
  ];
  if (dx || dy) actions.window(panned(area, -dx * area.kx, dy * area.ky), false);
}

/** @param factor  above 1 goes nearer */
function zoomAtCentre(actions: PointerActions, factor: number) {
  const area = actions.area();
  if (!area) return;
  const { left, top, width, height } = area.box;
  actions.window(zoomed(area, left + width / 2, top + height / 2, factor), false);
}
