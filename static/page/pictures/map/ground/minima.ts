/** The known minima: their marks on the ground, and their words. */

import table from "../../../../../fallline/drawing/drawing.json" with { type: "json" };
import { group, type Mark, shape, type Type } from "../../../marks/mark.ts";
import type { Occupancy, Spot } from "../../../marks/occupancy.ts";
import { screenX, screenY } from "../../../marks/scales.ts";
import { spotsBeside } from "../../../marks/spots.ts";
import { type WantedWords, wantedWords } from "../../../marks/wanted.ts";
import { type Box, boxAround, isInside, movedInto, overlap } from "../../../math/box.ts";
import { formatExact, formatPlace } from "../../../math/format.ts";
import { markerPath } from "../../../math/markers.ts";
import { minimumLetters } from "../../../math/near.ts";
import { guessesOn } from "../../../state/questions.ts";
import type { KnownMinimum } from "../mapAxes.ts";
import type { Layer, MapMoment, MinimumIndices, MinimumLabel, MinimumWords } from "../moment.ts";
import { placeAt } from "../paths/trace.ts";
import { labelAt, type MapLook, sizeOfWords } from "../style.ts";
import type { VisibleArea } from "../visibleArea.ts";

/** The type of a minimum's words, and of its letter alone. */
const NAMED = { size: 13, italic: true, weight: 600 };
const LETTER = { size: 13, weight: 700 };
const GAP = 11;
/** Words nearer than this, in pixels across, to the mark of another minimum cost so many squares. */
const BESIDE = 27;
const CLOSE_TO_OTHERS = 6;
/** A run that is nearer, in nominal pixels, has its name there. */
const ON_IT = 9;

export const minimumWords = (loss: number): string => `min ${formatExact(loss, 4)}`;

export const atPlace = (words: string, at: number[]): string => `${words} at ${formatPlace(at, 4)}`;

/**
 * @param minima  on the ground or on the curve
 * @param space  receives marks and words
 * @returns the minima in sight
 */
export function placeMinima(
  area: VisibleArea,
  look: MapLook,
  minima: KnownMinimum[],
  space: Occupancy,
): MinimumLabel[] {
  const r = 7 * look.scale;
  const letters = minimumLetters(minima.length);
  // Where all are equally deep a letter is enough.
  const alike = letters.length > 0 && minima.every(({ loss }) => minimumWords(loss) === minimumWords(minima[0].loss));
  const visible = minima
    .map(({ x, y, loss, at, words: ownWords }, index) => {
      const letter = letters.slice(index, index + 1);
      const named = [...letter, minimumWords(loss)].join(", ");
      return {
        x: screenX(area, x),
        y: screenY(area, y),
        letter: ownWords ? [ownWords[0]] : letter,
        words: ownWords ?? ([alike ? letter[0] : named, atPlace(named, at), alike ? LETTER : NAMED] as const),
      };
    })
    .filter(({ x, y }) => isInside(area.box, x, y));
  for (const { x, y } of visible) space.markBox(boxAround(x, y, r));
  return visible.map(({ x, y, letter, words: [text, long, short] }, index) => {
    // Words too near to another minimum would be read as its own.
    const localSpace = space.over();
    for (const [k, mark] of visible.entries())
      if (k !== index) localSpace.markWords(boxAround(mark.x, mark.y, BESIDE * look.scale, r), CLOSE_TO_OTHERS);
    const spotsFor = (words: string, type: Type, close: boolean) =>
      spotsBeside({ at: [x, y], size: sizeOfWords(look, words, type), gap: GAP, scale: look.scale, close });
    const wordsAs = (words: string, type: Type): MinimumWords => {
      const spot = localSpace.over().place(spotsFor(words, type, false)) as Spot;
      return { text: words, type, box: movedInto(spot.box, area.box), leader: spot.leader, cost: 0 };
    };
    const lettersAt = letter.flatMap((text) =>
      [...spotsFor(text, LETTER, true)]
        .map((spot) => ({ text, type: LETTER, box: spot.box, cost: localSpace.costOf(spot) }))
        .sort((a, b) => a.cost - b.cost),
    );
    const [wide, narrow] = [wordsAs(long, NAMED), wordsAs(text, short)];
    const standing = !letter.length && space.crowd(wide.box) <= space.crowd(narrow.box) ? wide : narrow;
    space.take(standing);
    return { x, y, ...standing, withPlace: wide, letters: lettersAt };
  });
}

const { radius, inner, outer } = table.marks.sink;
/** A ring with an arm to each side. */
const SINK = [
  markerPath(0, radius),
  ...[
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ].map(([dx, dy]) => `M${dx * radius * inner} ${dy * radius * inner}L${dx * radius * outer} ${dy * radius * outer}`),
].join("");

/** Marks of the minima, below the routes. */
export const minimaMarks = (minimumLabels: MinimumLabel[]): Mark[] =>
  minimumLabels.map(({ x, y }) =>
    shape([x, y], SINK, { stroke: "ink", width: 1.5, casing: { stroke: "halo", width: 4 } }),
  );

/**
 * Words of the minima. Those that say their place displace others; the rest yield to words of more importance, and
 * leave the letter alone, in which answers and sliders speak.
 * @param indices  pointed at, or all while the map has the keyboard focus
 * @param covered  boxes in which the ground is hidden
 * @param lettersOnly  whether one has its letter alone, but for those pointed at
 */
export function wordsOf(
  minimumLabels: MinimumLabel[],
  indices: MinimumIndices,
  frame: Box,
  covered: Box[],
  lettersOnly: (minimum: MinimumLabel) => boolean,
): WantedWords[] {
  const placed: MinimumLabel[] = [];
  for (const k of indices) {
    const minimum = minimumLabels[k];
    if (!placed.some(({ withPlace }) => overlap(withPlace.box, minimum.withPlace.box))) placed.push(minimum);
  }
  const others = minimumLabels.filter((minimum) => !placed.includes(minimum));
  const wordsFor = ({ x, y }: MinimumLabel, spots: MinimumWords[], givesWay: boolean) =>
    wantedWords(
      spots,
      (spot) => {
        const { text, type } = spot as MinimumWords;
        return [group(labelAt(spot, frame, text, type), { beside: [x, y] })];
      },
      givesWay,
    );
  const uncovered = ({ box }: MinimumWords) => !covered.some((other) => overlap(other, box));
  return [
    ...placed.map((minimum) => wordsFor(minimum, [minimum.withPlace], false)),
    ...others.map((minimum) =>
      wordsFor(minimum, [...(lettersOnly(minimum) ? [] : [minimum]), ...minimum.letters].filter(uncovered), true),
    ),
  ];
}

/**
 * @returns whether a minimum has its letter alone, or no words: while a place is asked for, or a class guesses, and
 * where a run stands with its name, if it has a letter or the words beside the map speak of something else
 */
export function letterAlone({ stillMap, playhead }: Pick<MapMoment, "stillMap" | "playhead">) {
  const { look, scene, traces } = stillMap;
  const asks = playhead.asks || guessesOn("map", scene.guesses) !== null;
  const heads = traces.map((trace) => placeAt(trace, Math.floor(playhead.step)));
  return ({ x, y, letters }: MinimumLabel): boolean =>
    asks ||
    ((letters.length > 0 || scene.shownEvidence.length > 0) &&
      heads.some(([hx, hy]) => Math.hypot(hx - x, hy - y) < ON_IT * look.scale));
}

/** Words of minima that have their letter alone show when pointed at, their letters always. */
export const minima: Layer = {
  draw({ stillMap, playhead, pointedMinima }) {
    const { look, minimumLabels, layers } = stillMap;
    const covered = layers.flatMap(
      ({ groundObstacles }) => groundObstacles?.(stillMap, Math.floor(playhead.step)) ?? [],
    );
    const lettersOnly = letterAlone({ stillMap, playhead });
    return { on: wordsOf(minimumLabels, pointedMinima, look.box, covered, lettersOnly) };
  },
};
