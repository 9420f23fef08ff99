/** The series of a chart as lines to be drawn: of one run told apart by their dashes, of several by their run. */
import { DASHES as RUN_DASHES } from "../../math/palette.js";
import { letterOf } from "../../words/symbol.js";

/** @typedef {import("./series.js").Series} Series */
/** @typedef {import("./chart.js").Line} Line */
/** @typedef {import("../../state/types.js").Run} Run */

/** Dashes that tell the lines of one run apart, the first drawn solid. @type {number[][]} */
const DASHES = [[], [5, 3], [1.5, 3], [8, 3, 1.5, 3]];
/** A chart's lines are thinner than a route on the map, and so are their dashes shorter. */
const SHORTER = 0.62;

/** The last is drawn solid, as it is what the rule goes on with. @param {Series[]} all @param {number} k */
export function dashOf(all, k) {
  if (all[k].faint) return [];
  return DASHES[(all.length - 1 - k) % DASHES.length];
}

/** @param {Series} series @param {number} slot  of its run @returns {Omit<Line, "dash" | "strong" | "name">} */
const common = ({ of, run, values, first, faint }, slot) => ({ of, run, values, first, slot: faint ? null : slot, letter: letterOf(of.replace(/^rate of /, "")) });

/** @param {Series[]} all  of one run @param {number} slot @returns {Line[]} */
export function linesAlone(all, slot) {
  return all.map((one, k) => ({ ...common(one, slot), dash: dashOf(all, k), strong: false, name: "" }));
}

/** @param {Series[]} all  of one quantity @param {Run[]} runs @param {string[]} names  of the runs @param {number | null} selected @returns {Line[]} the selected run's last */
export function linesTogether(all, runs, names, selected) {
  const lines = all.map((one) => {
    const { slot } = runs[one.run];
    return { ...common(one, slot), dash: RUN_DASHES[slot].map((part) => part * SHORTER), strong: one.run === selected, name: names[one.run] };
  });
  return lines.sort((a, b) => Number(a.strong) - Number(b.strong));
}
