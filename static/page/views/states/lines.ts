/** The series of a chart as lines to be drawn: of one run told apart by their dashes, of several by their run. */
import { DASHES as RUN_DASHES } from "../../math/palette.ts";
import { letterOf } from "../../words/symbol.ts";
import type { Series } from "./series.ts";
import type { Line } from "./chart.ts";
import type { Run } from "../../state/types.ts";

/** Dashes that tell the lines of one run apart, the first drawn solid. */
const DASHES: number[][] = [[], [5, 3], [1.5, 3], [8, 3, 1.5, 3]];
/** A chart's lines are thinner than a route on the map, and so are their dashes shorter. */
const SHORTER = 0.62;

/** The last is drawn solid, as it is what the rule goes on with. */
export function dashOf(all: Series[], k: number) {
  if (all[k].faint) return [];
  return DASHES[(all.length - 1 - k) % DASHES.length];
}

/** @param slot  of its run */
const common = ({ of, run, values, first, faint }: Series, slot: number): Omit<Line, "dash" | "strong" | "name"> => ({ of, run, values, first, slot: faint ? null : slot, letter: letterOf(of.replace(/^rate of /, "")) });

/** @param all  of one run */
export function linesAlone(all: Series[], slot: number): Line[] {
  return all.map((one, k) => ({ ...common(one, slot), dash: dashOf(all, k), strong: false, name: "" }));
}

/** @param all  of one quantity @param names  of the runs @returns the selected run's last */
export function linesTogether(all: Series[], runs: Run[], names: string[], selected: number | null): Line[] {
  const lines = all.map((one) => {
    const { slot } = runs[one.run];
    return { ...common(one, slot), dash: RUN_DASHES[slot].map((part) => part * SHORTER), strong: one.run === selected, name: names[one.run] };
  });
  return lines.sort((a, b) => Number(a.strong) - Number(b.strong));
}
