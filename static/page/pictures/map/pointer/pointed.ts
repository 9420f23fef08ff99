/**
 * What the pointer is on, a row of a run or a minimum; and the map's instruction on a plate, with a flag under the
 * pointer.
 */
import { h, listenOn } from "../../../dom.ts";
import { toSegment } from "../../../marks/hit.ts";
import type { Occupancy } from "../../../marks/occupancy.ts";
import { boxAround, clippedSegment, indexOfNearest } from "../../../math/box.ts";
import { memo } from "../../../memo.ts";
import { hasFixedStart } from "../../../state/stage.ts";
import type { Hit } from "../../../state/types.ts";
import type { MapLayout, MapMoment, MinimumIndices, MinimumLabel, StillMap } from "../moment.ts";
import { type MapElements, moveCentre } from "../overlay.ts";
import type { Trace } from "../paths/trace.ts";
import type { MapLook } from "../style.ts";
import type { MapPorts } from "./pointer.ts";

/** A minimum is pointed at within so many pixels. */
const HIT_RADIUS = 14;

/** @returns the index of the minimum that is pointed at; -1: none */
export const minimumUnder = (minimumLabels: MinimumLabel[], px: number, py: number): number =>
  indexOfNearest(
    minimumLabels.map(({ x, y }) => Math.hypot(x - px, y - py)),
    HIT_RADIUS,
  );

/** @param minimumLabels  in sight @returns the indices of those shown whole */
export function createPointedMinima(
  root: HTMLElement,
  ground: HTMLElement,
  { invalidate, ended }: MapPorts,
  minimumLabels: () => MinimumLabel[],
): (minimumLabels: MinimumLabel[]) => MinimumIndices {
  /** -1: none */
  let pointed = -1;
  let keyed = false;

  function pointAt(next: number, byKeys: boolean) {
    if (next === pointed && byKeys === keyed) return;
    [pointed, keyed] = [next, byKeys];
    invalidate();
  }

  // On the whole map, as the handle of the start may lie over a minimum.
  const on = listenOn(root, ended);
  on("pointermove", ({ clientX, clientY }) => {
    const { left, top } = root.getBoundingClientRect();
    pointAt(minimumUnder(minimumLabels(), clientX - left, clientY - top), keyed);
  });
  on("pointerleave", () => pointAt(-1, keyed));
  ground.addEventListener("focus", () => pointAt(pointed, ground.matches(":focus-visible")));
  ground.addEventListener("blur", () => pointAt(pointed, false));

  return (minimumLabels) => (keyed ? [...minimumLabels.keys()] : minimumLabels[pointed] ? [pointed] : []);
}

/**
 * The row of a run nearest to a point along its line.
 * @param reach  pixels
 * @param last  the last row shown
 */
function nearestRow(
  { xs, ys, length, visible, within }: Trace,
  x: number,
  y: number,
  reach: number,
  last = length - 1,
): { step: number; distance: number } | null {
  let [step, least] = [-1, reach];
  for (let k = 0; k <= Math.min(last, length - 1); k++) {
    if (visible[k]) {
      const d = Math.hypot(xs[k] - x, ys[k] - y);
      if (d < least) [step, least] = [k, d];
    }
    if (
      !k ||
      !(within[k] || within[k - 1]) ||
      !isBetween(xs[k - 1], xs[k], x, reach) ||
      !isBetween(ys[k - 1], ys[k], y, reach)
    )
      continue;
    const { distance, share } = toSegment(xs[k - 1], ys[k - 1], xs[k], ys[k], x, y);
    if (distance < least - CLEARLY) [step, least] = [share < 0.5 ? k - 1 : k, distance];
  }
  return step < 0 ? null : { step, distance: least };
}

/** A line has to be nearer by this factor than a row that is already near. */
const CLEARLY = 2;

const isBetween = (a: number, b: number, value: number, slack: number) =>
  value > Math.min(a, b) - slack && value < Math.max(a, b) + slack;

/** @returns the hit among all runs, as far as they are drawn */
export function hitAt({ stillMap, playhead }: MapMoment, x: number, y: number, reach: number): Hit | null {
  const { traces, content, scene } = stillMap;
  let best: { hit: Hit; distance: number } | null = null;
  for (const trace of traces) {
    const nearest = nearestRow(trace, x, y, reach, scene.hasHiddenRows ? Math.floor(playhead.step) : undefined);
    if (!nearest) continue;
    const distance = nearest.distance - (trace.index === content.focus ? 2 : 0);
    if (!best || distance < best.distance) best = { hit: { run: trace.index, step: nearest.step }, distance };
  }
  return best?.hit ?? null;
}

/**
 * Nominal pixels of the plate from the edge, and the places where it may stand, as shares from the foot and the middle.
 */
const PLATE_OFF = 26;
/** Of a minimum that the plate leaves in sight, on either side. */
const SINK = 10;
const ROWS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const COLUMNS = [0, -0.25, 0.25, -0.35, 0.35, -0.45, 0.45];
/** What it costs to stand at the top, or at a side, in squares: some contours are covered sooner. */
const HIGHER = 80;
/** Of a map less wide than so many pixels the plate says less. */
const NARROW = 480;

const POLE = "%3Cpath d='M7 30V4l17 5-17 6' fill='%23fff' stroke='%23";
const FLAG = `url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='30' height='34' opacity='.8'%3E${
  POLE
}fff' stroke-width='5'/%3E${POLE}15191b' stroke-width='2'/%3E%3C/svg%3E") 7 30, crosshair`;

/**
 * The box of the plate where it covers least: at the foot if that is free, else near it.
 * @param spaces  the first says what is taken
 */
export function instructionBox(
  { box, scale }: Pick<MapLook, "box" | "scale">,
  width: number,
  height: number,
  spaces: Occupancy[],
  minimumLabels: Pick<MinimumLabel, "x" | "y">[] = [],
) {
  const off = PLATE_OFF * scale;
  const free = spaces[0].over();
  for (const { x, y } of minimumLabels) free.markWords(boxAround(x, y, SINK * scale));
  const [across, down] = [box.width - width, box.height - height - 2 * off];
  const spots = ROWS.flatMap((row) =>
    COLUMNS.map((column) => {
      const [left, top] = [box.left + across * (0.5 + column), box.top + off + down * (1 - row)];
      return { box: { left, top, width, height }, cost: HIGHER * (row + Math.abs(column)) };
    }),
  ).sort((spot, other) => spot.cost - other.cost);
  const spot = free.place(spots) ?? spots[0];
  // Names keep off it.
  for (const space of spaces) space.take(spot);
  return spot.box;
}

/** Milliseconds without any action after which the tip shows. */
const STALLED = 15_000;

/**
 * Shows once, after a while without any action, that the start can be dragged; it ends with an action on the map or
 * when a run plays.
 * @returns whether it shows now
 */
export function createTip(root: HTMLElement, { after, cancel, invalidate, ended }: MapPorts) {
  let is: "waits" | "said" | "over" = "waits";
  let timer = 0;
  let last: number | null = null;

  function wait() {
    cancel(timer);
    timer = after(() => {
      if (is !== "waits") return;
      is = "said";
      invalidate();
    }, STALLED);
  }

  function end() {
    is = "over";
    invalidate();
  }

  listenOn(root, ended)("pointerdown", end);
  for (const event of ["keydown", "pointerdown"]) addEventListener(event, wait, { signal: ended });
  wait();
  return ({ stillMap: { scene }, playhead: { step } }: MapMoment): boolean => {
    const moved = last !== null && step !== last;
    last = step;
    if (moved && is === "said") is = "over";
    else if (moved) wait();
    const canDrag = scene.wholeRuns.length > 0 && !scene.hasHiddenRows && !hasFixedStart(scene);
    // What is said on a wall is for all who look, not for one hand.
    return is === "said" && canDrag && !scene.projector;
  };
}

/** @param tip  whether it shows that the start can be dragged */
export function createInstruction(
  root: HTMLElement,
  { ground }: Pick<MapElements, "ground">,
  tip: (moment: MapMoment) => boolean = () => false,
) {
  const line = h("p", { class: "map-plate" });
  root.append(line);

  const lay = memo((_words: string, { look, space, spaceAtStart, minimumLabels }: StillMap) => {
    const spaces = spaceAtStart ? [spaceAtStart, space] : [space];
    const { left, top } = instructionBox(look, line.offsetWidth, line.offsetHeight, spaces, minimumLabels);
    moveCentre(line, left, top);
  });

  return (moment: MapMoment) => {
    const { stillMap, playhead } = moment;
    const { scene, look } = stillMap;
    const asks = playhead.asks ?? false;
    const tells = tip(moment) && !asks;
    const words = asks
      ? scene.projector
        ? "Agree on a place."
        : look.width < NARROW
          ? "Press the map."
          : "Plant your flag: press the map."
      : tells
        ? "Drag the start, and every run begins elsewhere."
        : "Add a run, and its path appears here.";
    line.textContent = words;
    line.hidden = (scene.wholeRuns.length > 0 && !asks && !tells) || scene.landscape === null;
    ground.style.cursor = asks ? FLAG : "";
    if (!line.hidden) lay(words, stillMap);
  };
}

/** Makes the zoom buttons translucent while a run lies under them. */
export function createSeenThrough(zoom: HTMLElement) {
  const lay = memo(({ box }: MapLook, traces: Trace[]) => {
    const { offsetLeft, offsetTop, offsetWidth: width, offsetHeight: height } = zoom;
    const under = { left: box.left + box.width + offsetLeft, top: box.top + offsetTop, width, height };
    const covers = ({ xs, ys, length }: Trace) =>
      Array.from({ length: Math.max(0, length - 1) }, (_, k) => k).some((k) =>
        clippedSegment(under, xs[k], ys[k], xs[k + 1], ys[k + 1]),
      );
    zoom.classList.toggle("map-zoom-over", traces.some(covers));
  });
  return ({ look, traces }: MapLayout) => lay(look, traces);
}
