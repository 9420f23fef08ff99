/**
 * Where a run is thought to end: one's own flag, with how far off that is; of many a dot each, and the middle one with
 * its flag. And the name of what happens quickly. Fetched with the first guess.
 */

import { dot, type Mark, type Place, segment } from "../../marks/mark.ts";
import { type Occupancy, SPARED } from "../../marks/occupancy.ts";
import { screenPlace } from "../../marks/scales.ts";
import { spotsBeside } from "../../marks/spots.ts";
import { type Box, boxAround, inside } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import { apart, guessesShown, middleOf } from "../../state/guesses.ts";
import type { Answer } from "../../state/types.ts";
import { AMONG, clothOf, flagMarks, guessDots } from "../guesses/dots.ts";
import { measure } from "./evidence.ts";
import type { MapDrawing, MapMoment } from "./moment.ts";
import { haloed, LABEL_TYPE, labelAt, labelBeside, sizeOfWords } from "./style.ts";
import { placeAt } from "./trace.ts";

/** Pixels that a guess is off from which on they are said. */
const FAR = 60;
/** Nominal pixels of the ring around a head. */
const RING = 15;
/** Nominal pixels: around a dot, what a flag takes, from either end of a length to it, from words to what they name. */
const [AROUND, OFF, GAP] = [4, 9, 8];
/** A length that is shorter is not drawn, nominal pixels. */
const SHORT = 40;

type OnMap = Pick<MapDrawing, "axes" | "area" | "scene" | "look">;

const onScreen = ({ axes, area, scene }: OnMap, entry: Answer): Place =>
  screenPlace(area, ...axes.place(entry as number[], scene));

const between = ([x0, y0]: Place, [x1, y1]: Place, share: number): Place => [
  x0 + share * (x1 - x0),
  y0 + share * (y1 - y0),
];

/** What a flag takes from its foot on. */
function flagBox([x, y]: Place, { look: { scale } }: OnMap): Box {
  const { right, down } = clothOf(1);
  return { left: x - 4 * scale, top: y + 2 * down * scale, width: (right + 8) * scale, height: -2 * down * scale };
}

/** One's own flag, how far off it is, and whose it is: words off all others, and off the flag. */
export function guessMarks(moment: MapMoment): Mark[] {
  const { scene, area, look, moving } = moment;
  if (!scene.guess) return [];
  const { at, end } = scene.guess;
  const from = onScreen(moment, at);
  if (!inside(area.box, ...from)) return [];
  const { right, down } = clothOf(1);
  const cloth: Place = [from[0] + (right / 2) * look.scale, from[1] + down * look.scale];
  const words = labelBeside(moving, look, cloth, right / 2 + 6, "your guess", LABEL_TYPE);
  const to = end && onScreen(moment, end);
  if (!to) return [...flagMarks(from), ...words];
  const way = segment(from, to, haloed(1.4));
  const isFar = Math.hypot(to[0] - from[0], to[1] - from[1]) > FAR * look.scale;
  const off = `${formatMeasured(apart(at, end), 2)} off`;
  const told = isFar ? labelBeside(moving, look, between(from, to, 0.6), GAP, off, LABEL_TYPE) : [];
  return [way, ...flagMarks(from), ...words, ...told];
}

/** What happens quickly at the head of a run in these steps: it is ringed, and told. */
export function dwellMarks({ scene, traces, area, look, moving, playhead: { step } }: MapMoment): Mark[] {
  const now = scene.dwells.filter(({ first, last }) => step > 0 && step > first - 1 && step <= last);
  return now.flatMap(({ run, label: text }) => {
    const trace = traces.find(({ index }) => index === run);
    const at = trace && placeAt(trace, step);
    if (!at || !inside(area.box, ...at)) return [];
    return [dot(at, RING, haloed(1.8)), ...labelBeside(moving, look, at, RING + 5, text, LABEL_TYPE)];
  });
}

const inSight = (drawing: OnMap, entries: Answer[]): Place[] =>
  entries.map((entry) => onScreen(drawing, entry)).filter((at) => inside(drawing.area.box, ...at));

/** Words may lie over a dot where they have no other room. */
export function takeGuesses(drawing: OnMap, room: Occupancy) {
  const { guess, guesses } = drawing.scene;
  if (guess) room.markWords(flagBox(onScreen(drawing, guess.at), drawing));
  if (guesses?.kind !== "point") return;
  for (const at of inSight(drawing, [...guesses.entries, ...(guesses.again ?? [])]))
    room.markWords(boxAround(...at, AROUND * drawing.look.scale), SPARED);
}

/** Close to a place, as what a line leads to would be taken for the end of a length. */
function labelClose({ look, moving }: MapMoment, at: Place, gap: number, text: string): Mark[] {
  const size = sizeOfWords(look, text, LABEL_TYPE);
  const spot = moving.place(spotsBeside({ at, size, gap, scale: look.scale, close: true }));
  return spot ? labelAt(spot, look.box, text, LABEL_TYPE) : [];
}

/** From the middle one to where the run ends. */
function lengthMarks({ look: { scale }, moving }: MapMoment, from: Place, to: Place): Mark[] {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length < SHORT * scale) return [];
  moving.markLine([...from, ...to]);
  const off = (OFF * scale) / length;
  return measure(between(from, to, off), between(from, to, 1 - off), scale);
}

export function guessesMarks(moment: MapMoment): Mark[] {
  const { scene, area, look } = moment;
  const guesses = guessesShown(scene);
  if (guesses?.kind !== "point") return [];
  const { entries, again, truth } = guesses;
  const dots = [...guessDots(inSight(moment, again ?? []), true), ...guessDots(inSight(moment, entries))];
  const middle = middleOf(guesses, entries);
  // Who has guessed sees their own flag.
  if (middle === null || scene.guess || guesses.plain) return dots;
  const at = onScreen(moment, middle);
  if (!inside(area.box, ...at)) return dots;
  const { right, down } = clothOf(AMONG);
  // Where the words stand beside it.
  const cloth: Place = [at[0] + (right / 2) * look.scale, at[1] + down * look.scale];
  const end = truth === null ? null : onScreen(moment, truth);
  const length = end ? lengthMarks(moment, at, end) : [];
  const name = labelClose(moment, cloth, right, entries.length > 1 ? "the middle guess" : "the only guess");
  const off = truth === null ? "" : `${formatMeasured(apart(middle, truth), 2)} off`;
  const told = end ? labelClose(moment, between(at, end, 0.5), GAP, off) : [];
  return [...dots, ...length, ...flagMarks(at, AMONG), ...name, ...told];
}
