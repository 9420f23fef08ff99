/**
 * The parts of a step: the part kept of the steps before and the part added by the gradient, head to tail; or the
 * gradient whose parts are divided by a size each (`rescaledStep.ts`). They are drawn to scale on the map, and enlarged
 * in an inset with the terms of the rule. For a step of kept and added parts the inset is about the step that the scene
 * declares or, once the playhead has been moved to another row, about the step from there. While an explanation is open
 * there are none, except beside the working, which is of a step too.
 */

import { widthOf } from "../../marks/look.ts";
import { dot, group, type Ink, type Mark, type Place, rectangle, runInk } from "../../marks/mark.ts";
import { createOccupancy, type Occupancy, type Spot } from "../../marks/occupancy.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { leaderTo, spotsBeside } from "../../marks/spots.ts";
import { type Box, boxAround, clippedSegment, grown, inside, overlap } from "../../math/box.ts";
import { memo } from "../../reads.ts";
import { gradientAt, parametersAt } from "../../state/columns.ts";
import { awaitsSelection } from "../../state/evidenceValues.ts";
import type { EvidenceOf, Scene } from "../../state/types.ts";
import type { LayerDrawing, MapGround, MapMoment, MapStanding } from "./moment.ts";
import { rescaledMarks, rescaledRows } from "./rescaledStep.ts";
import { startBox } from "./start.ts";
import { HEAD, plus, stepArrow } from "./stepArrow.ts";
import { haloed, label, labelAt, leaderMark, sizeOfWords } from "./style.ts";

type StepDrawing = Pick<MapGround, "scene" | "area" | "axes" | "look" | "taken" | "sinks" | "startWords"> &
  Pick<MapStanding, "room">;
/** An enlarged step: its run, the place where it begins, the box of its inset, and its scale relative to the map. */
type Enlarged = EvidenceOf<"step"> | EvidenceOf<"rescaled">;
type Inset = { of: Enlarged; at: Place; box: Box; times: number };

const TITLE = { size: 12.5, weight: 600 };
const NOTE = { size: 12 };
const TERM = { size: 12.5, weight: 600 };
/** Nominal pixels: of a row of words, around the arrows, from the edge of the box. */
const [ROW, AROUND, EDGE] = [16, 17, 8];
/** The size of the arrows' area in nominal pixels, and the shares of the map that it may take. */
const [WIDE, HIGH, ACROSS, DOWN] = [204, 92, 0.46, 0.2];
/** The share of that height which two directions beside each other need. */
const LOW = 0.5;
/** Words that would cover more squares than this are left out, except the term. */
const FREE = 5;
/** The cost of covering what must be visible, in squares, and the most that an inset may cost. */
const [HIDDEN, DEAREST] = [2000, 900];
/** Shares of the width of a box, and their costs: a narrower box is preferred to one that covers much of a run. */
const WIDTHS = [
  [1, 0],
  [0.75, 12],
];
/** The cost of a nominal pixel of distance to the step, and of a square of a run in addition to the square itself. */
const [A_PIXEL, OVER] = [0.1, 16];
/** Pixels between two insets, and the cost of a leader that crosses another inset. */
const [APART, THROUGH] = [3, 20];
/** Scales at which the arrows may be drawn, relative to the map. */
const TIMES = [1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20];
/** A step that is shorter in its inset, in nominal pixels, has none. */
const SHORTEST = 16;
/** The radius of the ring around the beginning of the step, in nominal pixels. */
const RING = 8;
/**
 * Parts are parallel below this sine of the angle between them; parallel ones are drawn so many nominal pixels apart.
 */
const [ALONG, BESIDE] = [0.35, 11];

/** The kept part, the added part and the step, in pixels of the map. */
function waysOf({ kept, added }: EvidenceOf<"step">, { kx, ky }: StepDrawing["area"]): [Place, Place, Place] {
  const onScreen = ([x, y]: Place): Place => [x * kx, -y * ky];
  return [onScreen(kept), onScreen(added), onScreen(plus(kept, added))];
}

/** The arrows from tail to tip: the parts head to tail, the step beside them where all are parallel. */
function arrowsOf([kept, added, step]: [Place, Place, Place], from: Place, times: number, gap: number) {
  const [length, other] = [Math.hypot(...kept) || 1, Math.hypot(...added) || 1];
  const sine = (kept[0] * added[1] - kept[1] * added[0]) / (length * other);
  const aside: Place = Math.abs(sine) < ALONG ? [(-kept[1] / length) * gap, (kept[0] / length) * gap] : [0, 0];
  const met = plus(plus(from, kept, times), aside);
  const begin = plus(from, aside, 2);
  return [
    [from, plus(from, kept, times)],
    [met, plus(met, added, times)],
    [begin, plus(begin, step, times)],
  ] as const;
}

const INKS = (slot: number): [Ink, boolean][] => [
  ["ink", false],
  ["ink", true],
  [runInk(slot), false],
];

/** The step is below its parts, as its tip coincides with the tip of the second. */
const arrowMarks = (arrows: ReturnType<typeof arrowsOf>, slot: number, scale: number): Mark[] =>
  [2, 0, 1].flatMap((k) => stepArrow(...arrows[k], scale, ...INKS(slot)[k]));

/** The largest scale that fits. */
function timesFor(ways: Place[], width: number, height: number): number {
  const reach = (k: 0 | 1) => {
    const ends = [0, ways[0][k], ways[2][k]];
    return Math.max(...ends) - Math.min(...ends) || 1;
  };
  return TIMES.findLast((times) => times * reach(0) <= width && times * reach(1) <= height) ?? 1;
}

/** Pixels of height for the arrows. */
const heightOf = ({ box, scale }: StepDrawing["look"]) => Math.min(HIGH * scale, DOWN * box.height);

/** The scale of the arrows relative to the map. */
const enlargement = (of: EvidenceOf<"step">, { width }: Box, { area, look }: StepDrawing) =>
  timesFor(waysOf(of, area), width - 4 * AROUND * look.scale, heightOf(look));

/** Spots over the whole ground with their costs, the cheapest first. */
function spotsFor(of: Enlarged, [x, y]: Place, look: StepDrawing["look"], free: Occupancy): Spot[] {
  const { box, scale } = look;
  const [step, edge] = [10 * scale, EDGE * scale];
  const [share, words] = of.kind === "rescaled" ? [LOW, rescaledRows(of)] : [1, 2 * AROUND];
  const height = share * heightOf(look) + (2 * ROW + words) * scale;
  const spots: Spot[] = [];
  for (const [part, cost] of WIDTHS) {
    const width = part * Math.min(WIDE * scale, ACROSS * box.width);
    for (let top = box.top + edge; top + height <= box.top + box.height - edge; top += step)
      for (let left = box.left + edge; left + width <= box.left + box.width - edge; left += step) {
        const at = { left, top, width, height };
        if (inside(at, x, y, 2 * RING * scale)) continue;
        const leader = leaderTo([x, y], at, 0);
        const leaderCost = (A_PIXEL / scale) * Math.hypot(leader[2] - leader[0], leader[3] - leader[1]);
        spots.push({
          box: at,
          leader,
          cost: free.costOf({ box: at, cost: cost + leaderCost + OVER * free.crowd(at) }),
        });
      }
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

/** @returns the insets with the largest scale that fits all of them, so that their steps can be compared */
function atOneScale(insets: Inset[], drawing: StepDrawing): Inset[] {
  const fitting = insets.map(({ of, box, times }) =>
    of.kind === "step" ? Math.min(times, enlargement(of, box, drawing)) : times,
  );
  return insets.map((inset) => ({ ...inset, times: Math.min(...fitting) }));
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
  const placed = current.some(hides) ? placeInsets(steps, moment, most) : atOneScale(current, moment);
  return placed.filter((inset) => isSeen(inset, moment));
}

/** @returns the steps that begin on the map, of runs that show */
const inSight = (all: Enlarged[], { scene, area }: StepDrawing) =>
  all
    .map((of) => ({ of, at: onScreen(of, area) }))
    .filter(({ of, at }) => inside(area.box, ...at) && !scene.wholeRuns[of.run]?.hidden);

/**
 * @param most  the largest scale
 * @returns insets where most ground is free; where not all have room, the first ones; none over too much of a run
 */
function placeInsets(all: Enlarged[], drawing: StepDrawing, most: number = Infinity): Inset[] {
  const { look, room, sinks, taken } = drawing;
  const free = room.over();
  const steps = inSight(all, drawing);
  const keepOff = (box: Box) => free.markWords(box, HIDDEN);
  for (const { at } of steps) keepOff(boxAround(...at, 2 * RING * look.scale));
  // Words of minima yield to names, but not to insets that would hide them.
  const start = startBox(drawing);
  for (const box of [...taken, ...sinks.map((sink) => sink.box), ...(start ? [start] : [])]) keepOff(box);
  for (const { x, y } of sinks) keepOff(boxAround(x, y, RING * look.scale));
  const spots = steps.map(({ of, at }) => spotsFor(of, at, look, free));
  let arrangement: Together | null = null;
  for (let count = steps.length; count && !arrangement; count--)
    arrangement = together(spots.slice(0, count), DEAREST, { spots: [], cost: 0 });
  const placed = (arrangement?.spots ?? []).map(({ box }, k) => ({ ...steps[k], box, times: most }));
  return atOneScale(placed, drawing);
}

/** The arrows in their box with words beside each; only the term where words would cover one. */
function enlarged(of: EvidenceOf<"step">, { box, times }: Inset, shown: StepDrawing): Mark[] {
  const { area, look, scene } = shown;
  const { scale } = look;
  const ways = waysOf(of, area);
  const ends = [0, 1].map((k) => [0, ways[0][k], ways[2][k]]);
  const [cx, cy] = [box.left + box.width / 2, box.top + ROW * scale + (box.height - ROW * scale) / 2];
  const [dx, dy] = ends.map((all) => (times * (Math.max(...all) + Math.min(...all))) / 2);
  const arrows = arrowsOf(ways, [cx - dx, cy - dy], times, BESIDE * scale);
  const inner = grown({ ...box, top: box.top + 2 * ROW * scale, height: box.height - 2 * ROW * scale }, -4 * scale);
  const room = createOccupancy(inner, 3);
  for (const [from, to] of arrows) {
    room.markSegment(...from, ...to);
    room.markWords(boxAround(...to, HEAD * scale));
  }
  const words = arrows.flatMap(([from, to], k) => {
    const at: Place = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const place = (text: string, most: number) => {
      const spot = room.place(spotsBeside({ at, size: sizeOfWords(look, text, TERM), gap: 7, scale }), most);
      return spot && labelAt(spot, inner, text, TERM);
    };
    const [whole, term] = [["kept", "gradient"][k], of.terms[k]];
    if (!whole) return place("the step", Infinity) ?? [];
    if (!k && !Math.hypot(...of.kept)) return place(`${term || whole} = 0`, Infinity) ?? [];
    return (term && place(`${whole}, ${term}`, FREE)) || (place(term || whole, Infinity) ?? []);
  });
  return [...arrowMarks(arrows, scene.runs[of.run].slot, scale), ...words];
}

function inset(placedInset: Inset, shown: StepDrawing): Mark {
  const { of, at, box, times } = placedInset;
  const { look, scene } = shown;
  const { scale } = look;
  const [left, top] = [box.left + EDGE * scale, box.top + ROW * scale];
  const room = box.width - 2 * EDGE * scale;
  const fits = (words: string, type: { size: number }) => widthOf(look, words, type) <= room;
  const name = `Step ${of.step}, ${scene.runs[of.run].short}`;
  const small = { ...TITLE, size: 11 };
  const title = fits(name, TITLE) ? TITLE : small;
  const below = { ...box, top: box.top + 2 * ROW * scale, height: box.height - 2 * ROW * scale };
  const rescaled = of.kind === "rescaled";
  const notes = [`${times} × as long as on the map`, `${times} × as long`];
  const note = rescaled ? of.text : times === 1 ? "as on the map" : notes[fits(notes[0], NOTE) ? 0 : 1];
  return group(
    [
      leaderMark(leaderTo(at, box, RING * scale)),
      rectangle(box, { fill: "casing", stroke: "ink", width: 1.2 }),
      label([left, top - 3 * scale], fits(name, title) ? name : `Step ${of.step}`, title),
      label([left, top + (ROW - 3) * scale], note, { ...NOTE, fill: "ink2" }),
      ...(rescaled ? rescaledMarks(of, below, shown) : enlarged(of, placedInset, shown)),
    ],
    { beside: at },
  );
}

/** The parts to scale, on the map. */
function onMap({ of, at }: Pick<Inset, "of" | "at">, { area, look, scene }: StepDrawing): Mark[] {
  const [{ slot }, scale] = [scene.runs[of.run], look.scale * 0.8];
  if (of.kind === "step") return arrowMarks(arrowsOf(waysOf(of, area), at, 1, 0), slot, scale);
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
