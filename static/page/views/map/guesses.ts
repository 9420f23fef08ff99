/** Where many guess that a run ends: a dot each, the middle one with its flag; then how far off that is. */

import type { Mark, Place } from "../../marks/mark.ts";
import { type Occupancy, SPARED } from "../../marks/occupancy.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { spotsBeside } from "../../marks/spots.ts";
import { boxAround, inside } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import { apart, guessesShown, middleOf } from "../../state/guesses.ts";
import type { Answer } from "../../state/types.ts";
import { AMONG, clothOf, flagMarks, guessDots } from "../guesses/dots.ts";
import { measure } from "./evidence.ts";
import type { MapDrawing, MapMoment } from "./moment.ts";
import { labelAt, sizeOfWords } from "./style.ts";

const TYPE = { size: 13.5, weight: 600 };
/** Nominal pixels: around a dot, what a flag takes, from either end of a length to it, from words to what they name. */
const [AROUND, OFF, GAP] = [4, 9, 8];
/** A length that is shorter is not drawn, nominal pixels. */
const SHORT = 40;

type OnMap = Pick<MapDrawing, "axes" | "area" | "scene" | "look">;

function onScreen({ axes, area, scene }: OnMap, entry: Answer): Place {
  const [x, y] = axes.place(entry as number[], scene);
  return [screenX(area, x), screenY(area, y)];
}

const inSight = (drawing: OnMap, entries: Answer[]): Place[] =>
  entries.map((entry) => onScreen(drawing, entry)).filter(([x, y]) => inside(drawing.area.box, x, y));

/** Words may lie over a dot where they have no other room. */
export function takeGuesses(drawing: OnMap, room: Occupancy) {
  const { guesses } = drawing.scene;
  if (guesses?.kind !== "point") return;
  const { entries, again } = guesses;
  for (const [x, y] of inSight(drawing, [...entries, ...(again ?? [])]))
    room.markWords(boxAround(x, y, AROUND * drawing.look.scale), SPARED);
}

/** Close to a place, as what a line leads to would be taken for the end of a length. */
function labelClose({ look, moving }: MapMoment, at: Place, gap: number, text: string): Mark[] {
  const size = sizeOfWords(look, text, TYPE);
  const spot = moving.place(spotsBeside({ at, size, gap, scale: look.scale, close: true }));
  return spot ? labelAt(spot, look.box, text, TYPE) : [];
}

/** From the middle one to where the run ends. */
function lengthMarks({ look, moving }: MapMoment, from: Place, to: Place): Mark[] {
  const { scale } = look;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length < SHORT * scale) return [];
  const [x, y] = [(dx / length) * OFF * scale, (dy / length) * OFF * scale];
  moving.markLine([...from, ...to]);
  return measure([from[0] + x, from[1] + y], [to[0] - x, to[1] - y], scale);
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
  const name = entries.length > 1 ? "the middle guess" : "the only guess";
  const between: Place | null = end && [(at[0] + end[0]) / 2, (at[1] + end[1]) / 2];
  return [
    ...dots,
    ...length,
    ...flagMarks(at, AMONG),
    ...labelClose(moment, cloth, right, name),
    ...(truth === null || !between
      ? []
      : labelClose(moment, between, GAP, `${formatMeasured(apart(middle, truth), 2)} off`)),
  ];
}
