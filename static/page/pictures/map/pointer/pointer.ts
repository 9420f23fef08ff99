/**
 * Pointer, wheel and keys on the ground and on the start, and the events they cause. It keeps only the gesture under
 * way: its result goes out as an event and comes back as the next scene.
 */

import { hasModifier, listenOn, listenToHold } from "../../../dom.ts";
import type { Figure } from "../../../figure/figure.ts";
import type { Timers } from "../../../figure/lifetime.ts";
import { shownAt } from "../../../marks/hit.ts";
import type { Mark, Place } from "../../../marks/mark.ts";
import { screenPlace, valueX, valueY } from "../../../marks/scales.ts";
import { niceStep, roundToStep, snapped } from "../../../math/ticks.ts";
import { hasFixedStart } from "../../../state/stage.ts";
import type { Hit, Window } from "../../../state/types.ts";
import type { MapLayout, MapMoment } from "../moment.ts";
import type { MapElements } from "../overlay.ts";
import { SHOWN } from "../style.ts";
import { areaOf, pannedWindow, type VisibleArea, windowOf, zoomedWindow } from "../visibleArea.ts";
import { createInstruction, createPointedMinima, createSeenThrough, createTip, hitAt } from "./pointed.ts";

/** The parts of the figure that it uses. */
export type MapPorts = Pick<Figure, "invalidate" | "redraw" | "ended" | "after" | "cancel">;

/** Events of the map. */
export interface MapEvents {
  /** whether the window can be set; else wheel and arrows scroll the page */
  zooms: boolean;
  /** dragging: a drag, of which more comes */
  onStart: (point: number[], dragging: boolean) => void;
  /** a click on the ground @returns whether a place was asked for; otherwise the click moves the start */
  onPlace: (point: number[]) => boolean;
  onWindow: (window: Window | null, dragging: boolean) => void;
  onSeek: (run: number, step: number) => void;
  onHover: (hit: Hit | null) => void;
  /** the ground is to be raised, or to lie flat */
  onTilt: (tilted: boolean) => void;
  /** the window in sight, from frame edge to frame edge */
  onGrid: (window: Window, resolution: number) => void;
}

/** Pixels: a pointer that moves less is still; a run is pointed at within so many; by mouse and by touch. */
const [SLACK, SLACK_TOUCH] = [4, 10];
const [REACH, REACH_TOUCH] = [12, 22];
/** An arrow is pointed at within so many pixels. */
const ON_ARROW = 5;
const NEARER = 1.6;
const WHEEL = 0.0022;
/** Milliseconds: without a turn after which the wheel is at rest; between two clicks that are a double click. */
const [WHEEL_END, DOUBLE] = [160, 350];
/** Margin, as a share of the view, that the view keeps around a start that it follows. */
const MARGIN = 0.1;
/** The size of a window is kept between these multiples of the domain's. */
const [NARROWEST, WIDEST] = [1e-7, 60];

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const distanceBetween = (place: Place, other: Place) => Math.hypot(place[0] - other[0], place[1] - other[1]);

function isSensible(window: Window, domain: Window): boolean {
  return window.every(([low, high], k) => {
    const share = (high - low) / (domain[k][1] - domain[k][0]);
    return share > NARROWEST && share < WIDEST && high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high));
  });
}

/** Rounds a window to a fraction of a pixel, so that an address stays short. */
const tidy = (window: Window): Window =>
  window.map(([low, high]) => {
    const unit = 10 ** Math.floor(Math.log10((high - low) / 5000));
    return [roundToStep(low, unit), roundToStep(high, unit)];
  });

/** Turns gestures into events. */
function createMapGestures(root: HTMLElement, drawnMoment: () => MapMoment | null, events: MapEvents) {
  /** The values at a place of the screen, rounded to what a pixel can resolve. */
  const valuesAt = ({ area }: MapLayout, [x, y]: Place): [number, number] => [
    snapped(valueX(area, x), 1 / area.kx),
    snapped(valueY(area, y), 1 / area.ky),
  ];

  /** @param window  null: the whole domain */
  function setWindow(window: Window | null, dragging: boolean) {
    const stillMap = drawnMoment()?.stillMap;
    if (!stillMap || !events.zooms) return;
    const axesWindow = window && stillMap.axes.window(window);
    if (axesWindow && !isSensible(axesWindow, stillMap.scene.problem.domain)) return;
    events.onWindow(axesWindow && !dragging ? tidy(axesWindow) : axesWindow, dragging);
  }

  function setStart([x, y]: Place, dragging: boolean) {
    const stillMap = drawnMoment()?.stillMap;
    if (stillMap && !hasFixedStart(stillMap.scene))
      events.onStart(stillMap.axes.position(x, y, stillMap.scene), dragging);
  }

  function hit([x, y]: Place, reach: number): Hit | null {
    const moment = drawnMoment();
    return moment && hitAt(moment, x, y, reach);
  }

  const startNow = () => {
    const stillMap = drawnMoment()?.stillMap;
    return stillMap?.axes.start(stillMap.scene) ?? null;
  };

  function moveStart(to: Place, dragging: boolean) {
    const stillMap = drawnMoment()?.stillMap;
    if (stillMap) setStart(valuesAt(stillMap, to), dragging);
  }

  let last: { time: number; start: Place | null; at: Place } | null = null;

  /**
   * Handles a second click at the same place: it undoes the first and shows the whole domain. @returns whether it was
   * one
   */
  function clickAgain(at: Place, time: number): boolean {
    if (!last || time - last.time >= DOUBLE || distanceBetween(last.at, at) >= 3 * SLACK) return false;
    if (last.start) setStart(last.start, false);
    last = null;
    setWindow(null, false);
    return true;
  }

  function click(at: Place, time: number, reach: number) {
    const stillMap = drawnMoment()?.stillMap;
    if (stillMap && events.onPlace(stillMap.axes.position(...valuesAt(stillMap, at), stillMap.scene))) return;
    if (clickAgain(at, time)) return;
    const pointed = hit(at, reach);
    last = { time, start: pointed ? null : startNow(), at };
    if (pointed) events.onSeek(pointed.run, pointed.step);
    else moveStart(at, false);
  }

  return {
    /** on the map, in pixels */
    at(event: MouseEvent): Place {
      const { left, top } = root.getBoundingClientRect();
      return [event.clientX - left, event.clientY - top];
    },
    area: () => drawnMoment()?.stillMap.area ?? null,
    /** the window that is set; null: the whole domain */
    window: () => drawnMoment()?.stillMap.scene.window ?? null,
    startNow,
    setWindow,
    setStart,
    moveStart,
    click,
    clickAgain,
    /** @param at  null: nowhere */
    hover(at: Place | null) {
      const pointed = at && hit(at, REACH);
      events.onHover(pointed && { ...pointed, onMap: true });
    },
    /** Reports the window where it came to rest. */
    settle() {
      const stillMap = drawnMoment()?.stillMap;
      if (stillMap) setWindow(windowOf(stillMap.area), false);
    },
    /** @param factor  above 1 zooms in */
    zoom(factor: number) {
      const stillMap = drawnMoment()?.stillMap;
      if (!stillMap) return;
      const { left, top, width, height } = stillMap.area.box;
      setWindow(zoomedWindow(stillMap.area, left + width / 2, top + height / 2, factor), false);
    },
  };
}

type MapGestures = ReturnType<typeof createMapGestures>;

/** Turns what is done on the map into events. */
export function listenToPointer(
  root: HTMLElement,
  { ground, start, buttons }: MapElements,
  drawnMoment: () => MapMoment | null,
  events: MapEvents,
  timers: Timers,
) {
  const gestures = createMapGestures(root, drawnMoment, events);
  listenToGround(ground, gestures);
  onKeys(ground, (event, area) => events.zooms && groundKey(event, area, gestures), gestures);
  if (events.zooms) listenToWheel(ground, gestures, timers);
  listenToStart(start, gestures);
  onKeys(start, (event, area) => startKey(event, area, gestures), gestures);
  buttons.in.onclick = () => gestures.zoom(NEARER);
  buttons.out.onclick = () => gestures.zoom(1 / NEARER);
  buttons.whole.onclick = () => gestures.setWindow(null, false);
}

/** Where one or two pointers went down, and the area then in sight. */
interface Gesture {
  area: VisibleArea;
  window: Window | null;
  from: Place;
  spread: number;
  moved: boolean;
}

function listenToGround(ground: HTMLElement, gestures: MapGestures) {
  const on = listenOn(ground);
  const pointers: Map<number, Place> = new Map();
  let gesture: Gesture | null = null;
  /** Whether the window was set since the first pointer went down. */
  let hasSet = false;

  const middle = (): Place => {
    const all = [...pointers.values()];
    const mean = (axis: number) => all.reduce((sum, place) => sum + place[axis], 0) / all.length;
    return [mean(0), mean(1)];
  };
  const spread = () => {
    const [first, other] = [...pointers.values()];
    return other ? distanceBetween(first, other) : 0;
  };
  const begin = (moved: boolean) => {
    const area = gestures.area();
    gesture =
      area && pointers.size ? { area, window: gestures.window(), from: middle(), spread: spread(), moved } : null;
  };

  // A click leaves the focus with the page, not the map, but still ends typing in a field.
  on("mousedown", (event) => {
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement && document.activeElement !== ground)
      document.activeElement.blur();
  });

  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    ground.setPointerCapture(event.pointerId);
    if (!pointers.size) hasSet = false;
    pointers.set(event.pointerId, gestures.at(event));
    begin(pointers.size > 1);
    gestures.hover(null);
  });

  on("pointermove", (event) => {
    const at = gestures.at(event);
    if (!pointers.has(event.pointerId)) {
      if (event.pointerType === "mouse") gestures.hover(at);
      return;
    }
    pointers.set(event.pointerId, at);
    if (!gesture) return;
    const to = middle();
    const slack = event.pointerType === "touch" ? SLACK_TOUCH : SLACK;
    if (!gesture.moved && distanceBetween(to, gesture.from) < slack) return;
    gesture.moved = true;
    // With the whole domain in sight one finger scrolls the page, not the map.
    if (event.pointerType === "touch" && pointers.size === 1 && !gesture.window) return;
    ground.classList.add("map-ground-dragged");
    hasSet = true;
    gestures.setWindow(windowAfter(gesture, to, spread()), true);
  });

  const end = (event: PointerEvent, done: boolean) => {
    if (!pointers.delete(event.pointerId)) return;
    const finished = gesture;
    begin(true);
    if (pointers.size || !finished) return;
    ground.classList.remove("map-ground-dragged");
    if (hasSet && !done) gestures.setWindow(finished.window, false);
    else if (hasSet) gestures.settle();
    else if (done && !finished.moved)
      gestures.click(gestures.at(event), event.timeStamp, event.pointerType === "mouse" ? REACH : REACH_TOUCH);
  };
  on("pointerup", (event) => end(event, true));
  on("pointercancel", (event) => end(event, false));
  on("pointerleave", () => pointers.size || gestures.hover(null));
}

function windowAfter({ area, from, spread: before }: Gesture, to: Place, spread: number): Window {
  const dragged = pannedWindow(area, to[0] - from[0], to[1] - from[1]);
  return before && spread ? zoomedWindow(areaOf(dragged, area.box, area.equal), ...to, spread / before) : dragged;
}

function listenToWheel(ground: HTMLElement, gestures: MapGestures, { after, cancel }: Timers) {
  let timer = 0;
  function turn(event: WheelEvent) {
    const area = gestures.area();
    if (!area) return;
    event.preventDefault();
    if (!event.deltaY) return;
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1) * (event.ctrlKey ? 4 : 1);
    gestures.setWindow(zoomedWindow(area, ...gestures.at(event), 2 ** (-pixels * WHEEL)), true);
    cancel(timer);
    timer = after(gestures.settle, WHEEL_END);
  }
  ground.addEventListener("wheel", turn, { passive: false });
}

function listenToStart(start: HTMLElement, gestures: MapGestures) {
  /** @param off  of the pointer from the centre of the mark */
  const move = (grip: { from: Place; off: Place; moved: boolean }, event: PointerEvent, dragging: boolean) => {
    const [x, y] = gestures.at(event);
    grip.moved ||= distanceBetween([x, y], grip.from) >= SLACK;
    if (grip.moved) gestures.moveStart([x - grip.off[0], y - grip.off[1]], dragging);
  };
  listenToHold(start, {
    begin(event) {
      const [area, values] = [gestures.area(), gestures.startNow()];
      if (!area || !values) return null;
      const [from, mark] = [gestures.at(event), screenPlace(area, ...values)];
      // A start off the map has its handle at the edge, where a drag begins.
      const isOutside = start.classList.contains("map-start-away");
      const off: Place = isOutside ? [0, 0] : [from[0] - mark[0], from[1] - mark[1]];
      return { from, off, before: values, moved: false };
    },
    move: (grip, event) => move(grip, event, true),
    end(grip, event, taken) {
      if (taken) {
        if (grip.moved) gestures.setStart(grip.before, false);
        return;
      }
      move(grip, event, false);
      // The first click of two has moved the start under the pointer.
      if (!grip.moved) gestures.clickAgain(gestures.at(event), event.timeStamp);
    },
  });
}

/** @param press  returns whether the key has an effect there */
function onKeys(
  element: HTMLElement,
  press: (event: KeyboardEvent, area: VisibleArea) => boolean,
  gestures: MapGestures,
) {
  element.addEventListener("keydown", (event) => {
    const area = gestures.area();
    if (!area || hasModifier(event) || !press(event, area)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function groundKey({ key, shiftKey }: KeyboardEvent, area: VisibleArea, { setWindow, zoom }: MapGestures): boolean {
  const arrow = ARROWS[key];
  if (arrow) {
    const share = shiftKey ? 0.5 : 0.1;
    setWindow(pannedWindow(area, -arrow[0] * share * area.box.width, arrow[1] * share * area.box.height), false);
  } else if (key === "+" || key === "=") zoom(NEARER);
  else if (key === "-") zoom(1 / NEARER);
  else if (key === "0") setWindow(null, false);
  else return false;
  return true;
}

function startKey({ key, shiftKey }: KeyboardEvent, area: VisibleArea, gestures: MapGestures): boolean {
  const [arrow, start] = [ARROWS[key], gestures.startNow()];
  if (!arrow || !start) return false;
  const [x, y] = [area.kx, area.ky].map((pixels, axis) => {
    const step = niceStep(5 / pixels);
    return roundToStep(start[axis] + arrow[axis] * step * (shiftKey ? 10 : 1), step / 10);
  });
  gestures.setStart([x, y], false);
  const window = windowShowing(area, [x, y]);
  if (window) gestures.setWindow(window, false);
  return true;
}

/** The window that follows a start which leaves the view by key. @returns null: the view stays */
function windowShowing(area: VisibleArea, values: Place): Window | null {
  const off = windowOf(area).map(([low, high], axis) => {
    const beyond = Math.max(0, values[axis] - high) + Math.min(0, values[axis] - low);
    return beyond && beyond + Math.sign(beyond) * MARGIN * (high - low);
  });
  return off.some(Boolean) ? pannedWindow(area, -off[0] * area.kx, off[1] * area.ky) : null;
}

/** All gestures on the map, and its replies: a plate with its instruction, and minima shown whole. */
export function createPointerGestures(
  root: HTMLElement,
  elements: MapElements,
  ports: MapPorts,
  drawnMoment: () => MapMoment | null,
  events: MapEvents,
) {
  listenToPointer(root, elements, drawnMoment, events, ports);
  const instruction = createInstruction(root, elements, events.zooms ? createTip(root, ports) : undefined);
  const seenThrough = createSeenThrough(elements.zoom);
  return {
    /** @param marks  of the moment @returns the quantity whose arrow is there */
    arrowAt: ({ stillMap: { look } }: MapMoment, marks: Mark[], at: Place) =>
      shownAt(marks, { look }, at, ON_ARROW * look.scale, SHOWN),
    instruction(moment: MapMoment) {
      instruction(moment);
      seenThrough(moment.stillMap);
    },
    pointedMinima: createPointedMinima(root, elements.ground, ports, () => drawnMoment()?.stillMap.minimumLabels ?? []),
  };
}
