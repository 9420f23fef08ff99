/**
 * The ground of the map in three dimensions: contours, routes and everything else on it, seen aslant. It covers the
 * flat map and takes pointer and keys, which only turn it. Fetched when it is first raised.
 */
import { h, hasModifier, listenToHold } from "../../../dom.ts";
import { boundsOf, paint } from "../../../marks/canvas.ts";
import { group, type Mark, type Place, type RasterMark, rectangle, words } from "../../../marks/mark.ts";
import { PIXELS } from "../../../marks/scales.ts";
import { type Box, overlap } from "../../../math/box.ts";
import type { Levels } from "../../../math/levels.ts";
import { memo } from "../../../memo.ts";
import { gridOf } from "../../../service/painting/grid.ts";
import { loadStyle } from "../../../service/style.ts";
import { lessMotion } from "../../../size.ts";
import type { Landscape } from "../../../state/types.ts";
import type { PaintedGround } from "../ground/background.ts";
import { minimaMarks } from "../ground/minima.ts";
import { contoursOf, placedMark } from "../ground/relief.ts";
import { layerMarks } from "../layers.ts";
import { axesMarks } from "../mapAxes.ts";
import type { MapLayout, MapMoment } from "../moment.ts";
import type { MapPorts } from "../pointer/pointer.ts";
import type { MapLook } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";
import { heightsOf, type SeenGround, seenGround, type Texture } from "./ground.ts";
import { marksOn, marksOnPlain, type Risen, wayMarks } from "./marks.ts";
import { type Eye, projectionOf } from "./projection.ts";

/** Milliseconds that the ground takes to rise. */
const RISE = 2000;
/** The most pixels of the ground while it moves, and at rest. */
const MOVING = 1.6e5;
const AT_REST = 9e5;
/** Milliseconds without a turn after which it is at rest. */
const REST = 160;
/** Radians for a pixel dragged, and for a key pressed. */
const DRAG = 0.008;
const PRESS = Math.PI / 36;
/** The direction of the eye at first, and the range of its height. */
const EYE: Eye = { turn: -0.42, above: 0.96 };
const [LOWEST, HIGHEST] = [0.25, 1.4];
/** The share of ink in the colour of the walls. */
const WALL = 0.16;

const NUMBER = { size: 12, weight: 600, anchor: "middle", halo: { stroke: "halo", width: 3.5 } } as const;

const KEYS: Record<string, [turn: number, above: number]> = {
  ArrowLeft: [PRESS, 0],
  ArrowRight: [-PRESS, 0],
  ArrowUp: [0, PRESS],
  ArrowDown: [0, -PRESS],
};

/** The input of the ground's picture. */
type Drawn = Pick<MapLayout, "area" | "look" | "axes"> & {
  painted: PaintedGround;
  landscape: Landscape;
  levels: Levels;
};

/** @param button  raises it and lays it flat */
export async function createTilt(
  root: HTMLElement,
  button: HTMLButtonElement,
  { after, cancel, invalidate }: MapPorts,
) {
  await loadStyle("tilt");
  const canvases = ["ground", "marks"].map(() => h("canvas", { class: "map-layer", "aria-hidden": "true" }));
  const label = "The ground, risen. Arrow keys turn it, Escape lays it flat.";
  const element = h(
    "div",
    { class: "map-tilt layer", tabindex: "0", role: "application", "aria-label": label },
    ...canvases,
  );
  const [below, above] = canvases.map((canvas) => canvas.getContext("2d") as CanvasRenderingContext2D);
  const shaded = document.createElement("canvas");
  const still = lessMotion();
  let eye = EYE;
  let risenShare = 0;
  /** The time of the last drawing; null: it does not move by itself. */
  let lastDrawnAt: number | null = null;
  let restTimer = 0;
  let isStill = true;

  function turnEye(turn: number, up: number) {
    eye = { turn: eye.turn + turn, above: Math.min(HIGHEST, Math.max(LOWEST, eye.above + up)) };
    isStill = false;
    cancel(restTimer);
    restTimer = after(() => {
      isStill = true;
      invalidate();
    }, REST);
    invalidate();
  }

  listenToHold(element, {
    begin: ({ clientX, clientY }) => ({ x: clientX, y: clientY }),
    move(from, { clientX, clientY }) {
      turnEye((from.x - clientX) * DRAG, (clientY - from.y) * DRAG);
      Object.assign(from, { x: clientX, y: clientY });
    },
  });
  element.onkeydown = (event) => {
    const by = KEYS[event.key];
    if (!by || hasModifier(event)) return;
    event.preventDefault();
    event.stopPropagation();
    turnEye(...by);
  };
  root.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && button.ariaPressed === "true") button.click();
  });

  const fit = memo(({ width, height, ratio }: MapLook) => {
    for (const canvas of canvases)
      Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  });
  const heights = memo((landscape: Landscape, levels: Levels, area: VisibleArea) =>
    heightsOf(gridOf(landscape), levels, area),
  );
  const texture = memo(({ near, wide }: PaintedGround, area: VisibleArea, look: MapLook): Texture => {
    const { left, top } = area.box;
    const [width, height] = [Math.round(area.box.width), Math.round(area.box.height)];
    // The last row has the colour of the wall.
    const canvas = Object.assign(document.createElement("canvas"), { width, height: height + 1 });
    const context = canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
    const wall = { left, top: top + height, width, height: 1 };
    const marks = [
      wide && placedMark(area, wide),
      near && placedMark(area, near),
      rectangle(wall, { fill: "paper" }),
      rectangle(wall, { fill: "ink", fillOpacity: WALL }),
    ];
    const shift = [-left / look.scale, -top / look.scale] as const;
    paint(context, { size: canvas, scales: PIXELS, look, ratio: 1, marks: [group(marks, { shift })] });
    const colours = new Uint32Array(context.getImageData(0, 0, width, height + 1).data.buffer);
    return { width, height, colours, wall: colours[width * height] };
  });
  const contours = memo(({ relief }: PaintedGround, area: VisibleArea, look: MapLook, levels: Levels) =>
    relief ? contoursOf(relief, area, levels, look.theme).map(({ mark }) => mark) : [],
  );
  /** @param most  pixels */
  const rise = memo(({ share, eye, most, ...drawn }: Drawn & { share: number; eye: Eye; most: number }): Risen => {
    const { landscape, levels, painted, area, look } = drawn;
    const projection = projectionOf(area.box, look, eye, share);
    const fineness = Math.min(look.ratio, Math.sqrt(most / (look.width * look.height)));
    const heightsNow = heights(landscape, levels, area);
    const ground = seenGround(heightsNow, texture(painted, area, look), projection, look, fineness);
    return { projection, heights: heightsNow, ground };
  });
  const drawGround = memo(({ risen, ...drawn }: Drawn & { risen: Risen }) => {
    const { painted, levels, area, look, axes } = drawn;
    const edge = rectangle(area.box, { stroke: "ink", width: 1 });
    const marks = [
      ...marksOnPlain(risen.projection, axesMarks(area, { ...look, compact: false }, axes.names)),
      groundMark(risen.ground),
      ...marksOn(risen, [...contours(painted, area, look, levels), edge], look),
    ];
    paint(below, { size: look, scales: PIXELS, look, ratio: look.ratio, marks });
  });

  function groundMark({ width, height, fineness, colours }: SeenGround): RasterMark {
    Object.assign(shaded, { width, height });
    const image = new ImageData(new Uint8ClampedArray(colours.buffer as ArrayBuffer), width, height);
    shaded.getContext("2d")?.putImageData(image, 0, 0);
    return {
      kind: "raster",
      changed: null,
      draw: (context) => context.drawImage(shaded, 0, 0, width / fineness, height / fineness),
    };
  }

  /** @returns how far it has risen, 0 to 1 */
  function risenBy(up: boolean): number {
    const time = performance.now();
    const by = still.matches ? 1 : (time - (lastDrawnAt ?? time)) / RISE;
    lastDrawnAt = time;
    risenShare = up ? Math.min(1, risenShare + by) : Math.max(0, risenShare - by);
    if (risenShare !== Number(up)) invalidate();
    else lastDrawnAt = null;
    return risenShare * risenShare * (3 - 2 * risenShare);
  }

  function setCovering(covers: boolean) {
    if (covers === element.isConnected) return;
    if (covers) root.append(element);
    else {
      if (element.contains(document.activeElement)) button.focus({ preventScroll: true });
      element.remove();
    }
    root.classList.toggle("map-tilted", covers);
  }

  return {
    /** @param up  whether it is to rise or to lie flat @returns whether it still covers the flat map */
    draw(moment: MapMoment, painted: PaintedGround, up: boolean): boolean {
      const { scene, area, look, axes, labels, minimumLabels, content } = moment.stillMap;
      const { landscape, levels } = scene;
      const eased = risenBy(up);
      const covers = up || eased > 0;
      setCovering(covers);
      if (!covers || !landscape?.y || !levels) return covers;
      const drawn = { painted, landscape, levels, area, look, axes };
      fit(look);
      const risen = rise({ ...drawn, share: eased, eye, most: isStill && eased === 1 ? AT_REST : MOVING });
      drawGround({ ...drawn, risen });
      const numbers = labels.map(({ x, y, text }) => words([x, y], text, NUMBER));
      const moving = layerMarks({ ...moment, routes: group(wayMarks(content, moment.playhead.step)) });
      const onGround = [
        ...marksOn(risen, numbers, look, false),
        ...marksOn(risen, [...minimaMarks(minimumLabels), ...moving], look),
      ];
      const marks = withoutOverlaps(onGround, look);
      paint(above, { size: look, scales: PIXELS, look, ratio: look.ratio, marks });
      return true;
    },
  };
}

/** The boxes of the words in a mark. */
function wordBoxes(mark: Mark, look: MapLook): Box[] {
  if (mark.kind === "words") return [boundsOf(mark, PIXELS, look)].filter((box) => box !== null);
  if (mark.kind !== "group") return [];
  const [right, down] = (mark.shift ?? [0, 0]).map((value) => value * look.scale);
  const boxes = mark.marks.flatMap((child) => wordBoxes(child, look));
  return boxes.map((box) => ({ ...box, left: box.left + right, top: box.top + down }));
}

/** How far words are moved where they would overlap others, in nominal pixels. */
const ASIDE: Place[] = [
  [0, 0],
  [0, -16],
  [0, 16],
  [16, 0],
  [-16, 0],
];

const movedBy = (box: Box, [right, down]: Place): Box => ({ ...box, left: box.left + right, top: box.top + down });

/** @returns the pixels by which boxes are moved so that all lie within the picture */
function intoSight(boxes: Box[], { width, height }: MapLook): Place {
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const right = Math.max(...boxes.map((box) => box.left + box.width));
  const bottom = Math.max(...boxes.map((box) => box.top + box.height));
  return [Math.max(-left, Math.min(0, width - right)), Math.max(-top, Math.min(0, height - bottom))];
}

/**
 * Words move with their places and may overlap, or leave the picture: those higher up stay where they are, others are
 * moved a little, or left out.
 */
function withoutOverlaps(marks: Mark[], look: MapLook, taken: Box[] = []): Mark[] {
  const remaining = marks.toReversed().flatMap((mark): Mark[] => {
    if (mark.kind === "group" && !mark.beside) return [{ ...mark, marks: withoutOverlaps(mark.marks, look, taken) }];
    const boxes = wordBoxes(mark, look);
    if (!boxes.length) return [mark];
    const [right, down] = intoSight(boxes, look);
    for (const [x, y] of ASIDE) {
      const by: Place = [right + x * look.scale, down + y * look.scale];
      const movedBoxes = boxes.map((box) => movedBy(box, by));
      if (movedBoxes.some((box) => taken.some((other) => overlap(other, box)))) continue;
      taken.push(...movedBoxes);
      return by[0] || by[1] ? [group([mark], { shift: [by[0] / look.scale, by[1] / look.scale] })] : [mark];
    }
    return [];
  });
  return remaining.reverse();
}
