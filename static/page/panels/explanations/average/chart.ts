/** Makes from a series and a beta the content of the average's picture. */
import { averaged } from "../../../math/average.ts";
import { formatExact } from "../../../math/format.ts";
import type { Scene } from "../../../state/types.ts";
import type { AverageMemory } from "../../../views/average/chart.ts";
import { letterOf } from "../../../words/symbol.ts";
import type { Source } from "./sources.ts";

/** The number of windows in sight, and the bounds of the steps. */
const WINDOWS = 3;
const FEWEST_STEPS = 18;
const MOST_STEPS = 240;

function stepsInSight({ t, values, whole }: Source, beta: number): [number, number] {
  if (whole) return [1, values.length];
  const count = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, Math.round(WINDOWS / (1 - beta))));
  const from = Math.max(1, t - count + 1);
  return [from, Math.max(t, Math.min(from + count - 1, values.length))];
}

/** Dashes of the averages for comparison. */
const DASHES = [
  [1.5, 2.5],
  [9, 3, 2, 3],
  [12, 4],
];

const mended = (averages: Float64Array, beta: number) => averages.map((value, k) => value / (1 - beta ** (k + 1)));

/**
 * The averages drawn: those for comparison in grey, each with its own dashes; the one without its correction dashed;
 * the explained one last.
 */
export function linesOf(source: Source, beta: number, corrected: boolean): AverageMemory["lines"] {
  const { name, latex, values, sum, others } = source;
  const plain = (of: number) => averaged(values, of, sum ? 1 : 1 - of);
  const made = (of: number) => (corrected ? mended(plain(of), of) : plain(of));
  const named = (of: number) => (others.length ? `β = ${formatExact(of)}` : "");
  const letter = letterOf(latex.length === 1 ? latex : name);
  const grey = { strong: false, letter };
  const dashOf = (other: number) => DASHES[others.indexOf(other) % DASHES.length];
  return [
    ...others
      .filter((other) => other !== beta)
      .map((other) => ({ values: made(other), dash: dashOf(other), name: named(other), ...grey })),
    ...(corrected ? [{ values: plain(beta), dash: [5, 4], name: others.length ? "uncorrected" : "", ...grey }] : []),
    {
      values: made(beta),
      dash: [],
      strong: true,
      name: named(beta),
      letter: corrected ? letterOf(`${letter.stem}_hat`) : letter,
    },
  ];
}

/** @param lines  the averages, which do not change with the step */
export function memoryOf(
  source: Source,
  { theme, scale, hidesAhead }: Scene,
  beta: number,
  corrected: boolean,
  lines: AverageMemory["lines"],
): AverageMemory {
  const { values, whole, t, sum, input, squared, slot } = source;
  return {
    values,
    lines,
    bars: !whole,
    unit: whole ? "day" : "step",
    t,
    until: hidesAhead && !whole ? t : values.length,
    steps: stepsInSight(source, beta),
    beta,
    first: sum ? 1 : 1 - beta,
    corrected,
    input: letterOf(input),
    raised: squared ? "²" : "",
    slot,
    theme,
    scale,
  };
}
