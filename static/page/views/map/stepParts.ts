/**
 * How a step comes about: what it keeps of the steps before and what the gradient adds, head to tail, which together
 * are the step. True to scale where it happens, and enlarged beside it, with the terms of the rule. It is the step that
 * is declared, or, once the playhead is taken to a row with a next one, that which leads on from there.
 */

import { widthOf } from "../../marks/look.ts";
import { dot, group, type Ink, type Mark, type Place, path, rectangle, runInk, segment } from "../../marks/mark.ts";
import { createOccupancy, type Occupancy, type Spot } from "../../marks/occupancy.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { leaderTo, spotsBeside } from "../../marks/spots.ts";
import { type Box, boxAround, grown, inside } from "../../math/box.ts";
import { gradientAt, parametersAt } from "../../state/columns.ts";
import type { EvidenceOf, Scene } from "../../state/types.ts";
import type { MapDrawing, MapGround } from "./moment.ts";
import { startBox } from "./start.ts";
import { haloed, label, labelAt, leaderMark, sizeOfWords } from "./style.ts";

type StepDrawing = Pick<MapDrawing, "scene" | "area" | "axes" | "look" | "taken"> &
  Pick<MapGround, "room" | "sinks" | "startWords">;
/** An enlarged step: of which run, where it sets off, and the box that it is drawn in. */
type Inset = { of: EvidenceOf<"step">; at: Place; box: Box; times: number };

const TITLE = { size: 12.5, weight: 600 };
const NOTE = { size: 12 };
const TERM = { size: 12.5, weight: 600 };
/** Nominal pixels: of a row of words, around the arrows, from the edge of the box. */
const [ROW, AROUND, EDGE] = [16, 17, 8];
/** Nominal pixels of what the arrows are drawn in, and the parts of the map that it may take. */
const [WIDE, HIGH, ACROSS, DOWN] = [204, 92, 0.46, 0.2];
/** Words longer than this part of the box are left to the term alone. */
const LONG = 0.62;
/** What it costs to cover what must be seen, in squares that are taken. */
const HIDDEN = 2000;
/** A box has so much of its width and costs at most so much: rather narrower than over what must be seen. */
const WIDTHS = [
  [1, HIDDEN - 1],
  [0.75, HIDDEN - 1],
  [1, 2 * HIDDEN],
];
/** How many times as large as on the map they may be drawn. */
const TIMES = [1, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20];
/** Of the ring around where it sets off; of a head; and a shorter arrow has none, in nominal pixels. */
const [RING, HEAD, SHORT] = [8, 8, 2.5];
/** Parts that point along one line, by the sine between them, are drawn so far beside each other, in nominal pixels. */
const [ALONG, BESIDE] = [0.12, 11];

const plus = ([x, y]: Place, [dx, dy]: Place, times: number = 1): Place => [x + times * dx, y + times * dy];

/** What a step keeps, what is added and the step itself, in pixels of the map. */
function waysOf({ kept, added }: EvidenceOf<"step">, { kx, ky }: StepDrawing["area"]): [Place, Place, Place] {
  const onScreen = ([x, y]: Place): Place => [x * kx, -y * ky];
  return [onScreen(kept), onScreen(added), onScreen(plus(kept, added))];
}

/** Each from where it begins to its tip, head to tail, the step beside both where all lie along one line. */
function arrowsOf([kept, added, step]: [Place, Place, Place], from: Place, times: number, apart: number) {
  const [length, other] = [Math.hypot(...kept) || 1, Math.hypot(...added) || 1];
  const sine = (kept[0] * added[1] - kept[1] * added[0]) / (length * other);
  const aside: Place = Math.abs(sine) < ALONG ? [(-kept[1] / length) * apart, (kept[0] / length) * apart] : [0, 0];
  const met = plus(plus(from, kept, times), aside);
  const begin = plus(from, aside, 2);
  return [
    [from, plus(from, kept, times)],
    [met, plus(met, added, times)],
    [begin, plus(begin, step, times)],
  ] as const;
}

/** To scale, however short; a head no longer than half of it. */
function arrow(from: Place, to: Place, scale: number, ink: Ink, hollow: boolean): Mark[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length < SHORT * scale) return [];
  const head = Math.min(HEAD * scale, length / 2);
  const [ux, uy] = [dx / length, dy / length];
  const neck: Place = [to[0] - ux * head, to[1] - uy * head];
  const tip: Place[] = [[neck[0] - (uy * head) / 2, neck[1] + (ux * head) / 2], to];
  tip.push([neck[0] + (uy * head) / 2, neck[1] - (ux * head) / 2]);
  const line = { ...haloed(2), stroke: ink };
  return [segment(from, neck, line), path(tip, { ...line, width: 1.4, closed: true, fill: hollow ? "casing" : ink })];
}

const INKS = (slot: number): [Ink, boolean][] => [
  ["ink", false],
  ["ink", true],
  [runInk(slot), false],
];

/** The step below what it is made of, with whose last it ends at one place. */
const arrowMarks = (arrows: ReturnType<typeof arrowsOf>, slot: number, scale: number): Mark[] =>
  [2, 0, 1].flatMap((k) => arrow(...arrows[k], scale, ...INKS(slot)[k]));

/** The largest that has room. */
function timesFor(ways: Place[], width: number, height: number): number {
  const reach = (k: 0 | 1) => {
    const ends = [0, ways[0][k], ways[2][k]];
    return Math.max(...ends) - Math.min(...ends) || 1;
  };
  return TIMES.findLast((times) => times * reach(0) <= width && times * reach(1) <= height) ?? 1;
}

/** @returns how large a step may be drawn in its box, below its two rows of words */
const timesIn = ({ width, height }: Box, of: EvidenceOf<"step">, { area, look: { scale } }: StepDrawing) =>
  timesFor(waysOf(of, area), width - 4 * AROUND * scale, height - (2 * ROW + 2 * AROUND) * scale);

/** Boxes over the whole ground, those nearer first. */
function* boxesFor([x, y]: Place, width: number, height: number, { box, scale }: StepDrawing["look"]): Generator<Spot> {
  const spots: Spot[] = [];
  const [step, edge] = [14 * scale, EDGE * scale];
  for (let top = box.top + edge; top + height <= box.top + box.height - edge; top += step)
    for (let left = box.left + edge; left + width <= box.left + box.width - edge; left += step) {
      const spot = { left, top, width, height };
      const [x0, y0, x1, y1] = leaderTo([x, y], spot, 0);
      if (!inside(spot, x, y, 2 * RING * scale)) spots.push({ box: spot, cost: 0.1 * Math.hypot(x1 - x0, y1 - y0) });
    }
  yield* spots.sort((one, other) => one.cost - other.cost);
}

/** @returns the step from a row, by a rule that multiplies every gradient by as much as that of the step declared */
function stepFrom(row: number, of: EvidenceOf<"step">, { wholeRuns }: Scene): EvidenceOf<"step"> {
  const { columns, length } = wholeRuns[of.run];
  const [declared, now] = [of.step - 1, row].map((each) => gradientAt(columns, each, length));
  if (!declared || !now) return of;
  const factor = (of.added[0] * declared[0] + of.added[1] * declared[1]) / (declared[0] ** 2 + declared[1] ** 2);
  const [[x, y], [nextX, nextY]] = [row, row + 1].map((each) => parametersAt(columns, each));
  const [dx, dy] = now.map((part) => factor * part);
  return { ...of, step: row + 1, at: [x, y], added: [dx, dy], kept: [nextX - x - dx, nextY - y - dy] };
}

/** As declared, of a ground. */
const placed: WeakMap<Occupancy, Inset[]> = new WeakMap();

/** @returns the enlarged steps from a row: where those declared are, or elsewhere where these would hide one of them */
function insetsAt(row: number, given: StepDrawing): Inset[] {
  const { scene, area, look, room } = given;
  const declared = scene.expected.flatMap((one) => (one.kind === "step" ? [one] : []));
  const base = placed.get(room) ?? placeInsets(declared, given);
  placed.set(room, base);
  const now = base
    .map((one): Inset => {
      const of = stepFrom(row, one.of, scene);
      return { ...one, of, at: onScreen(of, area), times: timesIn(one.box, of, given) };
    })
    .filter(({ at }) => inside(area.box, ...at));
  const hides = ({ box }: Inset) => now.some(({ at }) => inside(box, ...at, 2 * RING * look.scale));
  return now.some(hides)
    ? placeInsets(
        declared.map((one) => stepFrom(row, one, scene)),
        given,
      )
    : now;
}

const onScreen = ({ at: [x, y] }: EvidenceOf<"step">, area: StepDrawing["area"]): Place => [
  screenX(area, x),
  screenY(area, y),
];

/** @returns enlarged where the most of the ground is free */
function placeInsets(steps: EvidenceOf<"step">[], given: StepDrawing): Inset[] {
  const { scene, area, look, room, sinks, taken } = given;
  const places = steps.map((of) => onScreen(of, area));
  const free = room.over();
  const keepOff = (box: Box) => free.markWords(box, HIDDEN);
  for (const [x, y] of places) keepOff(boxAround(x, y, 2 * RING * look.scale));
  // Words of minima give way to names, not to what would hide them whole.
  const start = startBox(given);
  for (const box of [...taken, ...sinks.map((sink) => sink.box), ...(start ? [start] : [])]) keepOff(box);
  for (const { x, y } of sinks) keepOff(boxAround(x, y, RING * look.scale));
  return steps.flatMap((of, k): Inset[] => {
    if (!inside(area.box, ...places[k]) || scene.wholeRuns[of.run]?.hidden) return [];
    const { scale } = look;
    for (const [part, most] of WIDTHS) {
      const width = part * Math.min(WIDE * scale, ACROSS * look.box.width);
      const height = Math.min(HIGH * scale, DOWN * look.box.height);
      const spots = boxesFor(places[k], width, height + (2 * ROW + 2 * AROUND) * scale, look);
      const spot = free.place(spots, most);
      if (!spot) continue;
      keepOff(spot.box);
      return [{ of, at: places[k], box: spot.box, times: timesIn(spot.box, of, given) }];
    }
    return [];
  });
}

/** Words of minima under them are left out. */
export const stepBoxes = (row: number, given: StepDrawing): Box[] => insetsAt(row, given).map(({ box }) => box);

/** Names of runs keep off them. */
export function takeSteps(given: StepDrawing, row: number, room: Occupancy) {
  if (given.scene.evidence.length) for (const box of stepBoxes(row, given)) room.markWords(box);
}

/** The arrows, in the middle of their box, with the words beside each. */
function enlarged({ of, box, times }: Inset, { area, look, scene }: StepDrawing): Mark[] {
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
  const isKept = Math.hypot(...of.kept) > 0;
  const kept = isKept ? `kept, ${of.terms[0]}` : `${of.terms[0]} = 0`;
  const told = [kept, `gradient, ${of.terms[1]}`, "the step"].map((words, k) =>
    of.terms[k] && widthOf(look, words, TERM) > LONG * box.width ? of.terms[k] : words,
  );
  const words = arrows.flatMap(([from, to], k) => {
    const at: Place = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const spot = room.place(spotsBeside({ at, size: sizeOfWords(look, told[k], TERM), gap: 7, scale }));
    return spot ? labelAt(spot, inner, told[k], TERM) : [];
  });
  return [...arrowMarks(arrows, scene.runs[of.run].slot, scale), ...words];
}

function inset(one: Inset, shown: StepDrawing): Mark {
  const { look, scene } = shown;
  const { of, at, box, times } = one;
  const { scale } = look;
  const [left, top] = [box.left + EDGE * scale, box.top + ROW * scale];
  const name = `Step ${of.step}, ${scene.runs[of.run].short}`;
  const note = times === 1 ? "as on the map" : `${times} × as long as on the map`;
  const type = widthOf(look, name, TITLE) > box.width - 2 * EDGE * scale ? { ...TITLE, size: 11 } : TITLE;
  return group(
    [
      leaderMark(leaderTo(at, box, RING * scale)),
      rectangle(box, { fill: "casing", stroke: "ink", width: 1.2 }),
      label([left, top - 3 * scale], name, type),
      label([left, top + (ROW - 3) * scale], note, { ...NOTE, fill: "ink2" }),
      ...enlarged(one, shown),
    ],
    { beside: at },
  );
}

/** @param row  of the playhead */
export function stepMarks(row: number, shown: StepDrawing): Mark[] {
  const { area, look, scene } = shown;
  return insetsAt(row, shown).flatMap((one) => [
    ...arrowMarks(arrowsOf(waysOf(one.of, area), one.at, 1, 0), scene.runs[one.of.run].slot, look.scale * 0.8),
    dot(one.at, RING, haloed(1.6)),
    inset(one, shown),
  ]);
}
