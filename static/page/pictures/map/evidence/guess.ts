/**
 * Guesses where a run ends: one's own flag, with its distance from the end; for a class a dot for each guess, and a
 * flag at the middle one.
 */

import { type Place, segment } from "../../../marks/mark.ts";
import { SPARED } from "../../../marks/occupancy.ts";
import { screenPlace } from "../../../marks/scales.ts";
import { type Box, boxAround, isInside } from "../../../math/box.ts";
import { formatMeasured } from "../../../math/format.ts";
import { answerDistance, guessesInSight, middleGuess } from "../../../state/guesses.ts";
import { guessesOn } from "../../../state/questions.ts";
import type { Answer } from "../../../state/types.ts";
import { AMONG, clothOf, flagMarks, guessDots } from "../../guesses/dots.ts";
import type { Layer, LayerDrawing, MapLayout, MarkOrWords } from "../moment.ts";
import { haloOutline, LABEL_TYPE, labelBeside } from "../style.ts";
import { measure } from "./evidenceOnMap.ts";

/** A distance of at least so many pixels is given in words. */
const FAR = 60;
/** Nominal pixels: around a dot, around a flag, from an end of a length to it, from words to what they name. */
const [AROUND, OFF, GAP] = [4, 9, 8];
/** A shorter length is not drawn, in nominal pixels. */
const SHORT = 40;

const onScreen = ({ axes, area, scene }: MapLayout, entry: Answer): Place =>
  screenPlace(area, ...axes.place(entry as number[], scene));

const placeBetween = ([x0, y0]: Place, [x1, y1]: Place, share: number): Place => [
  x0 + share * (x1 - x0),
  y0 + share * (y1 - y0),
];

/** The box of a flag, from its foot. */
function flagBox([x, y]: Place, { look: { scale } }: MapLayout): Box {
  const { right, down } = clothOf(1);
  return { left: x - 4 * scale, top: y + 2 * down * scale, width: (right + 8) * scale, height: -2 * down * scale };
}

/** One's own flag, its distance from the end, and its name. */
function guessMarks(layout: MapLayout): MarkOrWords[] {
  const { scene, area, look } = layout;
  if (!scene.guess) return [];
  const { at, end } = scene.guess;
  const from = onScreen(layout, at);
  if (!isInside(area.box, ...from)) return [];
  const { right, down } = clothOf(1);
  const cloth: Place = [from[0] + (right / 2) * look.scale, from[1] + down * look.scale];
  const words = labelBeside(look, cloth, right / 2 + 6, "your guess", LABEL_TYPE);
  const to = end && onScreen(layout, end);
  if (!to) return [...flagMarks(from), words];
  const way = segment(from, to, { ...haloOutline(1.4), dash: [1.4, 3.6] });
  const isFar = Math.hypot(to[0] - from[0], to[1] - from[1]) > FAR * look.scale;
  const off = `${formatMeasured(answerDistance(at, end), 2)} off`;
  const offWords = isFar ? [labelBeside(look, placeBetween(from, to, 0.6), GAP, off, LABEL_TYPE)] : [];
  return [way, ...flagMarks(from), words, ...offWords];
}

const inSight = (layout: MapLayout, entries: Answer[]): Place[] =>
  entries.map((entry) => onScreen(layout, entry)).filter((at) => isInside(layout.area.box, ...at));

/** Boxes of flags and dots; words may cover a dot where they have no other room. */
function fixedObstacles(layout: MapLayout): { box: Box; cost?: number }[] {
  const { guess, guesses } = layout.scene;
  const { entries = [], again } = guessesOn("map", guesses) ?? {};
  return [
    ...(guess ? [{ box: flagBox(onScreen(layout, guess.at), layout) }] : []),
    ...inSight(layout, [...entries, ...(again ?? [])]).map((at) => ({
      box: boxAround(...at, AROUND * layout.look.scale),
      cost: SPARED,
    })),
  ];
}

/** Dots and flag, with words close to them: at the end of a leader they would be taken for the end of a length. */
function guesses(layout: MapLayout): LayerDrawing {
  const { scene, area, look } = layout;
  const guessed = guessesOn("map", guessesInSight(scene));
  if (!guessed) return {};
  const { entries, again, truth } = guessed;
  const dots = [...guessDots(inSight(layout, again ?? []), true), ...guessDots(inSight(layout, entries))];
  const middle = middleGuess(guessed, entries);
  // A reader who has guessed sees their own flag instead.
  if (middle === null || scene.guess || guessed.plain) return { on: dots };
  const at = onScreen(layout, middle);
  if (!isInside(area.box, ...at)) return { on: dots };
  const { right, down } = clothOf(AMONG);
  // The middle of the flag, beside which the words stand.
  const cloth: Place = [at[0] + (right / 2) * look.scale, at[1] + down * look.scale];
  const name = entries.length > 1 ? "the middle guess" : "the only guess";
  const flag = [...flagMarks(at, AMONG), labelBeside(look, cloth, right, name, LABEL_TYPE, true)];
  // After a change the run ends elsewhere.
  if (truth === null || scene.prepared.length) return { on: [...dots, ...flag] };
  const end = onScreen(layout, truth);
  const offText = `${formatMeasured(answerDistance(middle, truth), 2)} off`;
  const offWords = labelBeside(look, placeBetween(at, end, 0.5), GAP, offText, LABEL_TYPE, true);
  const length = Math.hypot(end[0] - at[0], end[1] - at[1]);
  if (length < SHORT * look.scale) return { on: [...dots, ...flag, offWords] };
  const off = (OFF * look.scale) / length;
  const way = measure(placeBetween(at, end, off), placeBetween(at, end, 1 - off), look.scale);
  return { on: [...dots, ...way, ...flag, offWords], obstacles: [[...at, ...end]] };
}

export const guess: Layer = {
  fixedObstacles,
  draw: ({ stillMap }) => ({ ...guesses(stillMap), over: guessMarks(stillMap) }),
};
