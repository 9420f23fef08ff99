/** Guessed steps over a loss chart: a dot each along the axis, the middle one with its flag, and what was right. */

import { widthOf } from "../../marks/look.ts";
import {
  dot,
  group,
  inPixels,
  type Mark,
  type Place,
  runInk,
  STRONG,
  segment,
  shape,
  type WordsStyle,
  words,
} from "../../marks/mark.ts";
import { formatExact } from "../../math/format.ts";
import { type Counts, countAt } from "../../math/series.ts";
import { guessesInSight, middleGuess } from "../../state/guesses.ts";
import { guessesOn } from "../../state/questions.ts";
import type { Answer, Scene } from "../../state/types.ts";
import type { PlacedChart } from "../chart/lineChart.ts";
import { valueAt, xOf, yOf } from "../chart/plot.ts";
import { AMONG, dotStack, flagMarks, guessDots } from "../guesses/dots.ts";

/** Nominal pixels over the chart: of the dots, of those of the time before, and of flag and words over them. */
const [DOTS, AGAIN, WORDS] = [30, 18, 34];
/** Nominal pixels from the top of all that down to the middle of words. */
const HEAD = 8;

/** @returns nominal pixels that the loss chart has them over it */
export const spaceOfGuesses = ({ guesses }: Scene): number =>
  guessesOn("steps", guesses) ? DOTS + WORDS + (guesses?.again ? AGAIN : 0) : 0;

/** Along the axis, one of them the flag; beyond its end they are counted. */
function rowMarks(chart: PlacedChart, entries: Answer[], counts: Counts, foot: number, space: number, before: boolean) {
  const { box, x, look } = chart;
  const right = box.left + box.width;
  const beyond = entries.filter((step) => x.place(countAt(step as number, counts)) > 1).length;
  const visible = (entries as number[]).filter((step) => x.place(countAt(step, counts)) <= 1);
  const along = visible.map((step) => xOf(chart, step, counts));
  const stack = dotStack(along, foot, space, look.scale);
  const marks = guessDots(stack.places, before);
  if (beyond) {
    marks.push(shape([right, foot], "M1 -6.5L8 -3L1 0.5Z", { fill: before ? "ink2" : "ink", of: "beyond" }));
    const text = `${beyond} more`;
    const fits = right + 12 * look.scale + widthOf(look, text, STRONG) < chart.size.width;
    const beside: WordsStyle = fits ? { shift: [12, -3] } : { anchor: "end", shift: [8, -15] };
    if (!before) marks.push(words([right, foot], text, { ...STRONG, ...beside }));
  }
  return { marks, topAt: stack.topAt };
}

/** Its words stand over all dots, on the side where what is right is not. */
function middleMarks(chart: PlacedChart, at: Place, row: number, text: string, truth: number | null): Mark[] {
  const { box, look } = chart;
  const width = widthOf(look, text, STRONG);
  const before = truth === null || at[0] < truth;
  const left = before ? Math.max(box.left, at[0] - width - 6 * look.scale) : at[0] + 6 * look.scale;
  return [...flagMarks(at, AMONG, "paper"), words([left, row], text, STRONG)];
}

/** Across all of it, in the colour of the run. @param onTheLeft  its words */
function truthMarks(
  chart: PlacedChart,
  { guesses, shownRuns }: Scene,
  step: number,
  x: number,
  row: number,
  onTheLeft: boolean,
): Mark[] {
  const { box } = chart;
  const index = guesses?.run ?? 0;
  const ink = runInk(shownRuns[index].slot);
  const line = chart.lines.find(({ run }) => run === index);
  return [
    segment([x, row], [x, box.top + box.height], { stroke: ink, width: 2 }),
    ...(line ? [dot([x, yOf(chart, valueAt(line, step))], 4.6, { fill: ink })] : []),
    words([x, row], formatExact(step), {
      ...STRONG,
      anchor: onTheLeft ? "end" : "start",
      shift: [onTheLeft ? -5 : 5, 0],
    }),
  ];
}

export function guessedSteps(chart: PlacedChart, scene: Scene, counts: Counts[]): Mark {
  const guesses = guessesOn("steps", guessesInSight(scene));
  if (!guesses) return group([]);
  const { entries, again, truth, run } = guesses;
  const { box, look, x } = chart;
  const runCounts = counts[run ?? 0];
  const foot = box.top - 4 * look.scale;
  const before = again ? rowMarks(chart, again, runCounts, foot, AGAIN, true).marks : [];
  const row = rowMarks(chart, entries, runCounts, again ? foot - AGAIN * look.scale : foot, DOTS, false);
  const middle = middleGuess(guesses, entries) as number | null;
  const inSight = middle !== null && x.place(countAt(middle, runCounts)) <= 1;
  const at = inSight ? xOf(chart, middle, runCounts) : null;
  const right = truth === null ? null : xOf(chart, truth as number, runCounts);
  const top = box.top - (spaceOfGuesses(scene) - HEAD) * look.scale;
  const onTheLeft = right !== null && (at === null ? right > box.left + box.width / 2 : right < at);
  return inPixels([
    ...before,
    ...row.marks,
    ...(right === null ? [] : truthMarks(chart, scene, truth as number, right, top, onTheLeft)),
    ...(at === null ? [] : middleMarks(chart, row.topAt(at), top, `middle ${formatExact(middle as number)}`, right)),
  ]);
}
