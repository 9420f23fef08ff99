/** Marks on the ground for the sentence of a preset: outlines, lengths, arrows, values read off at the edge. */

import {
  group,
  type Ink,
  type Mark,
  NOWHERE,
  type Place,
  path,
  runInk,
  runMarker,
  segments,
} from "../../../marks/mark.ts";
import { COVERED, type Line, type Spot } from "../../../marks/occupancy.ts";
import { screenX, screenY } from "../../../marks/scales.ts";
import { spotsBeside } from "../../../marks/spots.ts";
import { type Obstacle, type WantedWords, wantedWords } from "../../../marks/wanted.ts";
import { type Box, boxAround, isInside, movedInto } from "../../../math/box.ts";
import { formatExact } from "../../../math/format.ts";
import { crossingsOf, firstStepBeyond } from "../../../state/evidenceValues.ts";
import type { Evidence, EvidenceOf, EvidenceOnMap } from "../../../state/types.ts";
import type { Layer, MapMoment, StillMap } from "../moment.ts";
import { displaced, stepArrow } from "../steps/arrow.ts";
import { haloOutline, LABEL_TYPE, labelAt, labelInSight, type MapLook, sizeOfWords } from "../style.ts";
import { readMarks, readNumbers } from "./readOff.ts";

/** Words to be placed so many nominal pixels from a place. */
type WordsAt = { at: Place; text: string; gap: number };
/**
 * ground: what lies below routes and words; named: names with spots of their own; obstacles: what words and leaders
 * keep off
 */
type Marked = { ground?: Mark[]; marks: Mark[]; words: WordsAt[]; named?: WantedWords[]; obstacles?: Obstacle[] };

/** Nominal pixels: of a tick to either side of a length, from a mark to its words. */
const [TICK, GAP] = [5, 7];
/** Nominal pixels along a line from the edge of the map to its name, and what each pixel further costs, in squares. */
const [ALONG, LATER] = [8, 0.02];
/** What it costs that the name of an outline stands a row further from it. */
const FURTHER = 80;
/** The radius of the marker where a run crosses a distance, in nominal pixels. */
const CROSSING = 4.6;
/** Nominal pixels of a tick at a crossing. */
const TICKED = 9;

/** The ends of a tick across a direction. */
function across([x, y]: Place, [dx, dy]: Place, reach: number): [Place, Place] {
  const length = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [(-dy / length) * reach, (dx / length) * reach];
  return [
    [x - nx, y - ny],
    [x + nx, y + ny],
  ];
}

const middleOf = (places: Place[]): Place => {
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
};

/** A length, with a tick at each of its ends. */
export function measure(from: Place, to: Place, scale: number, ink: Ink = "ink"): Mark[] {
  const way: Place = [to[0] - from[0], to[1] - from[1]];
  const ticks = [from, to].map((end) => across(end, way, TICK * scale));
  return [segments([[from, to], ...ticks], { ...haloOutline(1.6), stroke: ink })];
}

/** Its words stand within it; above or below it where a minimum lies there, or nowhere where other words stand. */
function outlined(places: Place[], text: string, { minimumLabels, look }: StillMap): Marked {
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const ground = [path(places, { ...haloOutline(1.8), closed: true })];
  const extent = { left, top, width: right - left, height: bottom - top };
  if (!text || !minimumLabels.some(({ x, y }) => isInside(extent, x, y)))
    return { ground, marks: [], words: [{ at: middleOf(places), text, gap: 2 * GAP }] };
  const [width, height] = sizeOfWords(look, text, LABEL_TYPE);
  const gap = (GAP / 2) * look.scale;
  const edges: [Place, number, -1 | 1][] = [
    [places[ys.indexOf(top)], top - gap - height, -1],
    [places[ys.indexOf(bottom)], bottom + gap, 1],
  ];
  // Close to an edge, or a row further where other words stand between.
  const spots = [0, 1].flatMap((row) =>
    edges.flatMap(([[x], near, way], edge) =>
      [0.5, 1, 0].map(
        (share, k): Spot => ({
          box: movedInto({ left: x - share * width, top: near + way * row * (height + gap), width, height }, look.box),
          cost: FURTHER * row + edge + LATER * k,
        }),
      ),
    ),
  );
  return {
    ground,
    marks: [],
    words: [],
    named: [{ ...wantedWords(spots, (spot) => labelAt(spot, look.box, text, LABEL_TYPE)), most: COVERED }],
  };
}

/**
 * A line, an arrow, a length (in the colour of its run where it is a bracket beside it) or an outline, with its words:
 * within an outline, at the middle of a length, at the tip of an arrow, at the last place in sight of a line.
 */
function line({ shape, run, points, text }: EvidenceOf<"line">, moment: MapMoment): Marked {
  const { area, look, scene } = moment.stillMap;
  const places = points.map(([x, y]): Place => [screenX(area, x), screenY(area, y)]);
  const [first, last] = [places[0], places[places.length - 1]];
  if (shape === "measure" || shape === "bracket") {
    const obstacles: Line[] = [[...first, ...last]];
    const ink = shape === "bracket" && run !== null ? runInk(scene.wholeRuns[run].slot) : "ink";
    return {
      marks: measure(first, last, look.scale, ink),
      words: [{ at: middleOf(places), text, gap: GAP }],
      obstacles,
    };
  }
  if (shape === "arrow")
    return {
      marks: stepArrow(first, last, look.scale, "ink", false),
      words: [{ at: last, text, gap: GAP }],
    };
  if (shape === "outline") return outlined(places, text, moment.stillMap);
  if (shape === "ring") {
    const highest = places.reduce((top, place) => (place[1] < top[1] ? place : top));
    return { marks: [path(places, { ...haloOutline(1.4), closed: true })], words: [{ at: highest, text, gap: GAP }] };
  }
  const visible = places.filter(([x, y]) => isInside(area.box, x, y));
  const at = visible.length > 2 ? visible[Math.floor(visible.length / 4)] : (visible[visible.length - 1] ?? last);
  const ground =
    places.length > 1 ? [path(places, { ...haloOutline(1.4), dash: points.length > 2 ? [1.4, 3.6] : [] })] : [];
  return { ground, marks: [], words: [{ at, text, gap: places.length > 1 ? GAP : 2 * GAP }] };
}

/**
 * The spots for the name of a line across the map, without a leader: beside its end, or from there back along it.
 * @param first  the better side: 1 is to the right or below
 */
function spotsAlong(end: Place, parameter: number, size: [number, number], first: number, look: MapLook): Spot[] {
  const [width, height] = size;
  const { box, scale } = look;
  const [gap, inset] = [3 * scale, ALONG * scale];
  const spotAt = (back: number, side: 0 | 1): Spot => {
    const off = side ? gap : -gap - (parameter ? height : width);
    const [left, top] = parameter
      ? [end[0] - width - inset - back, end[1] + off]
      : [end[0] + off, end[1] + inset + back];
    return { box: { left, top, width, height }, cost: LATER * back + (side === first ? 0 : 1) };
  };
  const length = parameter ? box.width - width : box.height - height;
  const backs = Array.from({ length: Math.max(1, Math.floor(length / inset) - 1) }, (_, k) => k * inset);
  return backs.flatMap((back) => [spotAt(back, 0), spotAt(back, 1)]);
}

/** Lines at a distance from 0 on both sides, named where runs cross them, and on them the step at which each does. */
function distanceLines(
  { parameter, distance }: EvidenceOf<"away">,
  { stillMap: { area, traces, scene, look } }: MapMoment,
): Marked {
  const { left, top, width, height } = area.box;
  const lines = [-distance, distance].map((value): [Place, Place] => {
    const from: Place = parameter ? [left, screenY(area, value)] : [screenX(area, value), top];
    return [from, displaced(from, parameter ? [width, 0] : [0, height])];
  });
  const crossings = traces.flatMap(({ run, xs, ys }) => {
    const row = firstStepBeyond(run, parameter, distance);
    if (row === null) return [];
    const last = Math.max(0, row - 1);
    const [before, after] = [last, row].map((step) => run.columns.parameters[parameter][step]);
    const side = Math.sign(after);
    const share = row ? (side * distance - before) / (after - before) : 0;
    const at: Place = [xs[last] + share * (xs[row] - xs[last]), ys[last] + share * (ys[row] - ys[last])];
    return [{ at, side, slot: run.slot, text: `${run.short}: ${formatExact(row)}` }];
  });
  const named = [-distance, distance].flatMap((value, k) => {
    const end = lines[k][parameter ? 1 : 0];
    const isCrossed = !crossings.length || crossings.some(({ side }) => side === Math.sign(value));
    if (!isCrossed || !isInside(area.box, ...end)) return [];
    const text = `away past ${scene.problem.parameters[parameter]} = ${formatExact(value)}`;
    const spots = spotsAlong(end, parameter, sizeOfWords(look, text, LABEL_TYPE), parameter ? 1 - k : k, look);
    return [wantedWords(spots, (spot) => labelAt(spot, look.box, text, LABEL_TYPE))];
  });
  // Beside the marker of another run they would be read as its own.
  const wordsBeside = crossings.flatMap(({ at, text }) => {
    if (!isInside(area.box, ...at)) return [];
    const far = ({ left, top, width, height }: Box, [x, y]: Place) =>
      Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height));
    const size = sizeOfWords(look, text, LABEL_TYPE);
    const spots = [...spotsBeside({ at, size, gap: 2 * GAP, scale: look.scale })];
    for (const spot of spots)
      if (crossings.some((other) => other.at !== at && far(spot.box, other.at) < far(spot.box, at) + GAP))
        spot.cost += COVERED / 2;
    spots.sort((spot, other) => spot.cost - other.cost);
    return [wantedWords(spots, (spot) => [group(labelAt(spot, look.box, text, LABEL_TYPE), { beside: at })])];
  });
  return {
    ground: [segments(lines, { ...haloOutline(1.4), dash: [1.4, 3.6] })],
    marks: crossings.map(({ at, slot }) => runMarker(at, slot, CROSSING, true)),
    obstacles: crossings.map(({ at }) => boxAround(...at, (CROSSING + 1) * look.scale)),
    words: [],
    named: [...named, ...wordsBeside],
  };
}

/**
 * A tick where a run crosses 0, farther out for each further run, and the number of crossings at the last. They show
 * while the playhead stands at the end of the steps that they are counted in.
 */
function crossings({ parameter, steps }: EvidenceOf<"crossings">, { stillMap, playhead }: MapMoment): Marked {
  const { area, traces, look } = stillMap;
  if (Math.round(playhead.step) !== steps) return { marks: [], words: [] };
  const all = traces.flatMap((trace, turn) => {
    const { run, xs, ys } = trace;
    const rows = crossingsOf(run, parameter, steps);
    if (!rows.length) return [];
    const values = run.columns.parameters[parameter];
    const places = rows.map((row): Place => {
      const share = values[row] / (values[row] - values[row + 1]);
      return [xs[row] + share * (xs[row + 1] - xs[row]), ys[row] + share * (ys[row + 1] - ys[row])];
    });
    const way = turn % 2 ? 1 : -1;
    const [from, to] = [turn - (turn % 2) + 0.3, turn - (turn % 2) + 1.3].map((k) => way * k * TICKED * look.scale);
    const out: Place = parameter ? [0, 1] : [1, 0];
    const ticks = places.map((place) => [displaced(place, out, from), displaced(place, out, to)] as const);
    const visible = places.filter((place) => isInside(area.box, ...place));
    const at = displaced(visible.at(-1) ?? NOWHERE, out, to);
    const text = `${run.short}: ${rows.length} crossings`;
    return [{ at, text, gap: GAP, ticks: segments(ticks, { ...haloOutline(1.4), stroke: runInk(run.slot) }) }];
  });
  return { marks: all.map(({ ticks }) => ticks), words: all };
}

/** Numbers read off at the edges, which all places share. */
function readOff(evidence: EvidenceOf<"read_off">, { stillMap }: MapMoment): Marked {
  const numbers = readNumbers(stillMap).filter(({ of }) => of === evidence);
  const marks = numbers.flatMap((number) => readMarks(number, stillMap));
  return { marks, words: [], obstacles: numbers.map(({ spot }) => spot.box) };
}

/** Written as a method, so that all kinds can be asked alike. */
type MapMarking<E extends Evidence> = { of(evidence: E, moment: MapMoment): Marked }["of"];

const ON_MAP: { [K in EvidenceOnMap["kind"]]: MapMarking<EvidenceOf<K>> } = {
  line,
  crossings,
  away: distanceLines,
  read_off: readOff,
};

/** None of what is drawn elsewhere. */
const MARKINGS: { [K in Evidence["kind"]]?: MapMarking<Evidence> } = ON_MAP;

export const evidence: Layer = {
  fixedObstacles: (ground) => readNumbers(ground).map(({ spot }) => spot),
  draw(moment) {
    const all = moment.stillMap.scene.shownEvidence.flatMap((item) => MARKINGS[item.kind]?.(item, moment) ?? []);
    const words = all
      .flatMap(({ words }) => words)
      .flatMap(({ at, text, gap }) => (text ? labelInSight(moment.stillMap, at, gap, text, LABEL_TYPE) : []));
    const named = all.flatMap((item) => item.named ?? []);
    const under = all.flatMap(({ ground = [] }) => ground);
    const over = [...all.flatMap(({ marks }) => marks), ...named, ...words];
    const obstacles = all.flatMap((item) => item.obstacles ?? []);
    return under.length ? { under, over, obstacles } : { over, obstacles };
  },
};
