/**
 * The parts of a step: the part kept of the steps before and the part added by the gradient, head to tail; or the
 * gradient whose parts are divided by a size each (`rescaledStep.ts`). They are drawn to scale on the map, and enlarged
 * in an inset with the terms of the rule. For a step of kept and added parts the inset is about the step that the scene
 * declares or, once the playhead has been moved to another row, about the step from there. While an explanation is open
 * there are none, except beside the working, which is of a step too.
 */

import { widthOf } from "../../marks/look.ts";
import { dot, group, type Mark, type Place, rectangle, runInk, segment } from "../../marks/mark.ts";
import { createOccupancy, type Line, type Occupancy, type Spot } from "../../marks/occupancy.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { leaderTo } from "../../marks/spots.ts";
import { type Box, boxAround, clippedSegment, grown, inside, overlap, type Size } from "../../math/box.ts";
import { memo } from "../../reads.ts";
import { gradientAt, parametersAt } from "../../state/columns.ts";
import { awaitsSelection } from "../../state/evidenceValues.ts";
import type { EvidenceOf, Scene } from "../../state/types.ts";
import type { LayerDrawing, MapGround, MapMoment, MapStanding } from "./moment.ts";
import { rescaledMarks, rescaledSize } from "./rescaledStep.ts";
import { startBox } from "./start.ts";
import { plus, stepArrow } from "./stepArrow.ts";
import { arrowsOf, layoutMarks, layoutOf, stepMarks, waysOf } from "./stepLayout.ts";
import { haloed, label } from "./style.ts";
import { markRoute } from "./trace.ts";

type StepDrawing = Pick<MapGround, "scene" | "area" | "axes" | "look" | "taken" | "sinks" | "startWords" | "traces"> &
  Pick<MapStanding, "room">;
/** An enlarged step: its run, the place where it begins, the box of its inset, and its scale relative to the map. */
type Enlarged = EvidenceOf<"step"> | EvidenceOf<"rescaled">;
type Inset = { of: Enlarged; at: Place; box: Box; times: number };

const TITLE = { size: 12.5, weight: 600 };
const NOTE = { size: 12 };
/** Nominal pixels: of a row of words, around the arrows, from the edge of the box. */
const [ROW, AROUND, EDGE] = [16, 17, 8];
/** A thin line to an inset, dotted and grey, unlike the lines of runs. */
const LEADER = { stroke: "ink2", width: 1, dash: [1, 3], casing: { stroke: "halo", width: 2 } } as const;
/** The size of the arrows' area in nominal pixels, and the shares of the map that it may take. */
const [WIDE, HIGH, ACROSS, DOWN] = [204, 92, 0.46, 0.2];
/** The cost of covering what must be visible, in squares, and the most that an inset may cost. */
const [HIDDEN, DEAREST] = [2000, 900];
/** Shares of that area, and their costs: a smaller box is preferred to one that covers much of a run. */
const SHARES = [
  [1, 0],
  [0.75, 12],
  [0.5, 30],
];
/** The cost of a nominal pixel of distance to the step, of a square of a run, and of one that the leader crosses. */
const [A_PIXEL, OVER, ACROSS_RUN] = [0.1, 30, 16];
/** Pixels from a box to a run, and from one place of a leader to the next at which it may cross a run. */
const [CLEAR, ALONG] = [6, 6];
/** Pixels between two insets, and the cost of a leader that crosses another inset. */
const [APART, THROUGH] = [3, 20];
/** Scales at which the arrows may be drawn, relative to the map. */
const TIMES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20];
/** A step that is shorter in its inset, in nominal pixels, has none. */
const SHORTEST = 16;
/** The radius of the ring around the beginning of the step, in nominal pixels. */
const RING = 8;
/** The area of the arrows in pixels. */
const areaFor = ({ box, scale }: StepDrawing["look"], share: number): Size => ({
  width: share * (Math.min(WIDE * scale, ACROSS * box.width) - 4 * AROUND * scale),
  height: share * Math.min(HIGH * scale, DOWN * box.height),
});

/** @returns the largest scale at which the parts, without their words, fit in an area */
function timesFor(of: Enlarged, { width, height }: Size, { area }: StepDrawing): number {
  if (of.kind === "rescaled") return Infinity;
  const [kept, , step] = waysOf(of, area);
  const reach = (k: 0 | 1) => Math.max(0, kept[k], step[k]) - Math.min(0, kept[k], step[k]);
  return TIMES.findLast((times) => times * reach(0) <= width && times * reach(1) <= height) ?? TIMES[0];
}

const titleOf = (of: Enlarged, { scene }: StepDrawing) => `Step ${of.step}, ${scene.runs[of.run].short}`;
const notesOf = (of: Enlarged, times: number) =>
  of.kind === "rescaled"
    ? [of.text]
    : times === 1
      ? ["as on the map"]
      : [`${times} × as long as on the map`, `${times} × as long`];

/** The size of the box around a step at a scale: of its arrows, its words, and the rows above. */
function sizeAt(of: Enlarged, times: number, share: number, drawing: StepDrawing): Size {
  const { look } = drawing;
  const { scale, box } = look;
  const { width, height } =
    of.kind === "step"
      ? layoutOf(of, times, drawing).box
      : rescaledSize(of, look, (share * Math.min(HIGH * scale, DOWN * box.height)) / 2);
  const rows = [widthOf(look, titleOf(of, drawing), TITLE), widthOf(look, notesOf(of, times).at(-1) as string, NOTE)];
  const heads = rows.filter((words) => words <= ACROSS * box.width - 2 * EDGE * scale);
  const below = of.kind === "step" ? 1.5 * EDGE : 0;
  return {
    width: Math.max(width, ...heads) + 2 * EDGE * scale,
    height: height + (2 * ROW + below) * scale,
  };
}

/** Where the arrows and their words are in an inset. */
const belowRows = (box: Box, scale: number): Box => ({
  ...box,
  top: box.top + 2 * ROW * scale,
  height: box.height - 2 * ROW * scale,
});

/** What is drawn on the ground: all of it, and the routes alone. */
type Obstacles = { all: Occupancy; routes: Occupancy };

/** What a leader costs: by its length, and by what it crosses of runs beyond the ring that it sets off from. */
function leaderCost([x0, y0, x1, y1]: Line, scale: number, routes: Occupancy): number {
  const length = Math.hypot(x1 - x0, y1 - y0);
  let crossed = 0;
  for (let along = 2 * RING * scale; along < length; along += ALONG) {
    const share = along / length;
    crossed += routes.crowd({ left: x0 + share * (x1 - x0), top: y0 + share * (y1 - y0), width: 0, height: 0 });
  }
  return (A_PIXEL / scale) * length + ACROSS_RUN * crossed;
}

/** Spots over the whole ground for a box, the cheapest first. @param cost  of its size */
function spotsFor(
  [x, y]: Place,
  size: Size,
  cost: number,
  look: StepDrawing["look"],
  { all, routes }: Obstacles,
): Spot[] {
  const { box, scale } = look;
  const [step, edge] = [10 * scale, EDGE * scale];
  const spots: Spot[] = [];
  for (let top = box.top + edge; top + size.height <= box.top + box.height - edge; top += step)
    for (let left = box.left + edge; left + size.width <= box.left + box.width - edge; left += step) {
      const at = { left, top, ...size };
      if (inside(at, x, y, 2 * RING * scale)) continue;
      const leader = leaderTo([x, y], at, 0);
      spots.push({
        box: at,
        leader,
        cost: all.costOf({
          box: at,
          cost: cost + leaderCost(leader, scale, routes) + OVER * routes.crowd(grown(at, CLEAR)),
        }),
      });
    }
  return spots.sort((spot, other) => spot.cost - other.cost);
}

const crosses = (spot: Spot, other: Spot) => spot.leader && clippedSegment(other.box, ...spot.leader) !== null;

/** The cost of two insets beside each other. */
const costBeside = (spot: Spot, other: Spot) =>
  overlap(grown(spot.box, APART), other.box) ? Infinity : crosses(spot, other) || crosses(other, spot) ? THROUGH : 0;

type Together = { spots: Spot[]; cost: number };

/** @returns one spot for each inset, at the lowest cost together, below `most`; null: there are none */
function together([spots, ...others]: Spot[][], most: number, chosen: Together): Together | null {
  if (!spots) return chosen;
  const rest = others.reduce((sum, [first]) => sum + (first?.cost ?? Infinity), 0);
  let [best, least] = [null as Together | null, most];
  for (const spot of spots) {
    if (chosen.cost + spot.cost + rest >= least) break;
    const cost = chosen.spots.reduce((sum, chosenSpot) => sum + costBeside(chosenSpot, spot), chosen.cost + spot.cost);
    const arrangement = cost + rest < least && together(others, least, { spots: [...chosen.spots, spot], cost });
    if (arrangement) [best, least] = [arrangement, arrangement.cost];
  }
  return best;
}

/** @returns the step from a row, if its rule multiplies every gradient by the same factor as the declared step */
function stepFrom(row: number, of: Enlarged, { wholeRuns }: Scene): Enlarged {
  if (of.kind === "rescaled") return of;
  const { columns, length } = wholeRuns[of.run];
  const [declared, currentGradient] = [of.step - 1, row].map((atRow) => gradientAt(columns, atRow, length));
  if (!declared || !currentGradient) return of;
  const factor = (of.added[0] * declared[0] + of.added[1] * declared[1]) / (declared[0] ** 2 + declared[1] ** 2);
  const [[x, y], [nextX, nextY]] = [row, row + 1].map((atRow) => parametersAt(columns, atRow));
  const [dx, dy] = currentGradient.map((part) => factor * part);
  // Nothing is kept before the first step.
  const kept: [number, number] = row ? [nextX - x - dx, nextY - y - dy] : [0, 0];
  return { ...of, step: row + 1, at: [x, y], added: [dx, dy], kept };
}

const onScreen = ({ at: [x, y] }: Enlarged, area: StepDrawing["area"]): Place => [screenX(area, x), screenY(area, y)];

/** @returns the declared steps: those that await the selection of their run, once it is selected, else the others */
function declaredSteps({ expected, selected, enlargesSteps }: Scene): Enlarged[] {
  if (!enlargesSteps) return [];
  const drawn = expected
    .filter((item) => item.kind === "step" || item.kind === "rescaled")
    .filter((item) => !awaitsSelection(item, selected));
  const ofSelected = drawn.filter((item) => item.kind === "rescaled" && item.on_selection);
  return ofSelected.length ? ofSelected : drawn;
}

/** @returns the insets in their boxes, with the largest scale that fits all of them; null: one has no room */
function atOneScale(insets: Inset[], drawing: StepDrawing): Inset[] | null {
  const fits = ({ of, box }: Inset, times: number) => {
    if (of.kind === "rescaled") return true;
    const [layout, room] = [layoutOf(of, times, drawing).box, belowRows(box, drawing.look.scale)];
    return layout.width <= room.width && layout.height <= room.height;
  };
  const most = Math.min(...insets.map(({ times }) => times));
  const chosen = [...TIMES, most].findLast((times) => times <= most && insets.every((inset) => fits(inset, times)));
  return chosen === undefined ? null : insets.map((inset) => ({ ...inset, times: chosen }));
}

/** Whether a step is long enough for its parts to be seen. */
const isSeen = ({ of, times }: Inset, { area, look }: StepDrawing) =>
  of.kind === "rescaled" ||
  times * Math.max(...waysOf(of, area).map((way) => Math.hypot(...way))) >= SHORTEST * look.scale;

/**
 * @param steps  at a row
 * @returns their insets: in the places of the declared ones and at their scale, or elsewhere where they would hide one
 *   of them
 */
function insetsOf(steps: Enlarged[], declared: Inset[], moment: MapMoment): Inset[] {
  const { scene, area, look } = moment;
  const all = declaredSteps(scene);
  const current = declared
    .map((inset): Inset => {
      const of = steps[all.indexOf(inset.of)];
      return { ...inset, of, at: onScreen(of, area) };
    })
    .filter(({ at }) => inside(area.box, ...at));
  const hides = ({ box }: Inset) => current.some(({ at }) => inside(box, ...at, 2 * RING * look.scale));
  const most = Math.min(...declared.map(({ times }) => times));
  const placed = (!current.some(hides) && atOneScale(current, moment)) || placeInsets(steps, moment, most);
  return placed.filter((inset) => isSeen(inset, moment));
}

/** @returns the steps that begin on the map, of runs that show */
const inSight = (all: Enlarged[], { scene, area }: StepDrawing) =>
  all
    .map((of) => ({ of, at: onScreen(of, area) }))
    .filter(({ of, at }) => inside(area.box, ...at) && !scene.wholeRuns[of.run]?.hidden);

/**
 * @param most  the largest scale
 * @returns insets where most ground is free; where not all have room, the last that has; none over too much of a run
 */
function placeInsets(all: Enlarged[], drawing: StepDrawing, most: number = Infinity): Inset[] {
  const { look, room, sinks, taken, traces } = drawing;
  const ground = { all: room.over(), routes: createOccupancy(look.box) };
  for (const trace of traces) markRoute(ground.routes, trace);
  const steps = inSight(all, drawing);
  const keepOff = (box: Box) => ground.all.markWords(box, HIDDEN);
  for (const { at } of steps) keepOff(boxAround(...at, 2 * RING * look.scale));
  // Words of minima yield to names, but not to insets that would hide them.
  const start = startBox(drawing);
  for (const box of [...taken, ...sinks.map((sink) => sink.box), ...(start ? [start] : [])]) keepOff(box);
  for (const { x, y } of sinks) keepOff(boxAround(x, y, RING * look.scale));
  for (const shown of [steps, ...steps.map((step) => [step]).reverse()]) {
    if (!shown.length) break;
    let [placed, least] = [null as Inset[] | null, DEAREST];
    for (const [share, cost] of SHARES) {
      const arrows = areaFor(look, share);
      const times = Math.min(most, ...shown.map(({ of }) => timesFor(of, arrows, drawing)));
      const spots = shown.map(({ of, at }) => spotsFor(at, sizeAt(of, times, share, drawing), cost, look, ground));
      const arrangement = together(spots, least, { spots: [], cost: 0 });
      if (!arrangement) continue;
      least = arrangement.cost;
      placed = arrangement.spots.map(({ box }, k) => ({ ...shown[k], box, times }));
    }
    if (placed) return placed;
  }
  return [];
}

function inset(placedInset: Inset, shown: StepDrawing): Mark {
  const { of, at, box, times } = placedInset;
  const { look, scene } = shown;
  const { scale } = look;
  const [left, top] = [box.left + EDGE * scale, box.top + ROW * scale];
  const [x0, y0, x1, y1] = leaderTo(at, box, RING * scale);
  const room = box.width - 2 * EDGE * scale;
  const fits = (words: string, type: { size: number }) => widthOf(look, words, type) <= room;
  const name = titleOf(of, shown);
  const small = { ...TITLE, size: 11 };
  const title = fits(name, TITLE) ? TITLE : small;
  const below = belowRows(box, scale);
  const notes = notesOf(of, times);
  const note = notes.find((words) => fits(words, NOTE)) ?? (notes.at(-1) as string);
  const { slot } = scene.runs[of.run];
  const drawn =
    of.kind === "rescaled"
      ? rescaledMarks(of, below, shown)
      : layoutMarks(layoutOf(of, times, shown), slot, scale, below);
  return group(
    [
      segment([x0, y0], [x1, y1], LEADER),
      rectangle(box, { fill: "casing", stroke: "ink", width: 1.2 }),
      label([left, top - 3 * scale], fits(name, title) ? name : `Step ${of.step}`, title),
      label([left, top + (ROW - 3) * scale], note, { ...NOTE, fill: "ink2" }),
      ...drawn,
    ],
    { beside: at },
  );
}

/** The parts to scale, on the map. */
function onMap({ of, at }: Pick<Inset, "of" | "at">, { area, look, scene }: StepDrawing): Mark[] {
  const [{ slot }, scale] = [scene.runs[of.run], look.scale * 0.8];
  if (of.kind === "step") return stepMarks(arrowsOf(waysOf(of, area), at, 1, 0), slot, scale);
  return stepArrow(at, plus(at, [of.moved[0] * area.kx, -of.moved[1] * area.ky]), scale, runInk(slot), false);
}

export default function createEnlarged() {
  /** Insets of the declared steps, which do not move with the playhead. */
  const declared = memo((drawing: StepDrawing) => placeInsets(declaredSteps(drawing.scene), drawing));
  const at = memo(({ row, moment }: { row: number; moment: MapMoment }) => {
    const steps = declaredSteps(moment.scene).map((declaredStep) => stepFrom(row, declaredStep, moment.scene));
    return { insets: insetsOf(steps, declared(moment), moment), steps: inSight(steps, moment) };
  }, "moment");

  return {
    covers: (moment: MapMoment, row: number): Box[] => at({ row, moment }).insets.map(({ box }) => box),
    draw(moment: MapMoment): LayerDrawing {
      const { insets: placed, steps } = at({ row: Math.floor(moment.playhead.step), moment });
      // A box is flat: on the raised ground it would lie anywhere, and be cut off.
      const insets = moment.playhead.tilted ? [] : placed;
      return {
        over: [
          ...steps.flatMap((step) => [...onMap(step, moment), dot(step.at, RING, haloed(1.6))]),
          ...insets.map((placedInset) => inset(placedInset, moment)),
        ],
        taken: insets.map(({ box }) => box),
      };
    },
  };
}
