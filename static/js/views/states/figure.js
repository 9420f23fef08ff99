/** A chart of quantities with what is written above it. */
import { SHEETS } from "../../math/palette.js";
import { measured } from "../../math/format.js";
import { markerPath } from "../../math/markers.js";
import { trendOf, trendWords, withoutRate } from "../../words/trends.js";
import { createFormula } from "../formula.js";
import { valueAt } from "../chart/curves.js";
import { plateOf } from "../chart/plate.js";
import { h, s, setAttribute, setText } from "../../dom.js";
import { createChart } from "./chart.js";
import { dashOf, linesAlone, linesTogether } from "./lines.js";
import { RATE, spoken } from "./series.js";

/** @typedef {import("../../net/katex.js").Setter} Setter */
/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("./series.js").Series} Series */
/** @typedef {import("./series.js").Group} Group */
/** @typedef {import("./chart.js").Picture} Picture */
/** @typedef {import("./chart.js").Moment} Moment */
/** @typedef {import("./chart.js").Pointed} Pointed */
/** @typedef {import("./chart.js").Line} Line */

/** @typedef {{onSeek: (step: number) => void, onPoint: (line: Pointed | null, step: number) => void}} Events */

/**
 * @typedef {object} Setting
 * @property {Run[]} runs
 * @property {string[]} names  of the runs, as they stand beside lines
 * @property {number | null} selected  index
 * @property {(run: number, of: string) => string | null} formulaOf  how a run comes to a quantity, as LaTeX
 * @property {number[]} told  indices of the runs whose rules are told
 * @property {[number, number]} steps  in sight
 * @property {"day" | "night"} theme
 * @property {number} scale
 */

/** @param {string} words */
const capital = (words) => (words.length > 2 ? words.charAt(0).toUpperCase() + words.slice(1) : words);

/** @param {Setting} setting @param {string} family */
const lookOf = ({ theme, scale }, family) => ({ sheet: SHEETS[theme], family, scale });

/** The same picture while nothing has changed. @param {(group: Group, setting: Setting) => Line[]} linesOf @param {HTMLElement} place */
function createPicture(linesOf, place) {
  /** @type {Picture | null} */
  let picture = null;
  /** @type {unknown[]} */
  let made = [];
  return (/** @type {Group} */ group, /** @type {Setting} */ setting) => {
    const now = [group, setting.steps.join(), setting.theme, setting.scale, setting.selected, setting.names.join(), setting.told.join(), setting.runs.map(({ slot }) => slot).join()];
    if (!picture || now.some((value, k) => value !== made[k])) {
      picture = { lines: linesOf(group, setting), steps: setting.steps, look: lookOf(setting, getComputedStyle(place).fontFamily) };
    }
    made = now;
    return picture;
  };
}

/** A line of the legend: how it is drawn, its letter, its value. @param {Setter} set @param {Series[]} all @param {number} k */
function createKey(set, all, k) {
  const { of, latex, faint } = all[k];
  const letter = createFormula(set);
  letter.render(`\\htmlData{of=${of}}{${latex}}`);
  const value = h("span", { class: "key-value" });
  const sample = s("svg", { class: faint ? "key-sample faint" : "key-sample", width: 22, height: 10, "aria-hidden": "true" }, s("path", { d: "M1 5H21", "stroke-dasharray": dashOf(all, k).join(" ") }));
  return { root: h("li", { class: "chart-key", "data-of": of }, sample, letter.root, value), value };
}

/** What a run's rule holds, under one letter. @param {Setter} set @param {Events} events @param {Group} first */
export function createAlone(set, events, first) {
  const formula = createFormula(set, "states-formula", "text");
  if (first.latex) formula.render(first.latex);
  const keys = first.series.map((_, k) => createKey(set, first.series, k));
  const place = h("div", { class: "states-canvas" });
  const root = h("figure", { class: "states-figure", "aria-label": first.title || first.series.map(({ of }) => of).join(", ") },
    h("figcaption", {}, ...(first.title ? [h("h3", {}, first.title), formula.root] : []), h("ul", { class: "chart-keys" }, ...keys.map((key) => key.root))), place);
  const chart = createChart(place, events);
  const pictureOf = createPicture(({ series }, { runs, selected }) => linesAlone(series, runs[selected ?? 0].slot), place);
  let [title, head] = ["", ""];
  /** @type {Line[]} */
  let lines = [];
  return {
    root,
    plate: () => plateOf(title, lines, chart.standing(), head),
    /** @param {Group} group @param {Setting} setting @param {Moment} moment */
    render(group, setting, moment) {
      const picture = pictureOf(group, setting);
      chart.render(picture, moment);
      head = [setting.names[setting.selected ?? 0], group.title].filter(Boolean).join(", ");
      title = `${setting.names[setting.selected ?? 0]}: ${group.title || group.series.map(spoken).join(", ")}`;
      lines = picture.lines;
      group.series.forEach((one, k) => {
        const value = valueAt(one, moment.read);
        setText(keys[k].value, Number.isNaN(value) ? "" : measured(value, 4));
        setAttribute(keys[k].root, "data-lit", one.of === moment.lit);
      });
    },
  };
}

/** How a run comes to a quantity. @param {Setter} set @param {{slot: number, latex: string}} made */
function createMaking(set, { slot, latex }) {
  const formula = createFormula(set, "", "text");
  formula.render(latex);
  const mark = s("path", { class: "mark", d: markerPath(slot, 4.2), transform: "translate(7 7)" });
  return h("span", { class: "states-making" }, s("svg", { class: `slot-${slot}`, width: 14, height: 14, "aria-hidden": "true" }, mark), formula.root);
}

/** One quantity of several runs. @param {Setter} set @param {Events} events @param {Group} first */
export function createTogether(set, events, first) {
  const letter = createFormula(set);
  letter.render(`\\htmlData{of=${first.of}}{${first.latex}}`);
  const words = h("p", { class: "states-words" });
  const place = h("div", { class: "states-canvas" });
  const root = h("figure", { class: "states-figure", "aria-label": spoken(first) }, h("figcaption", {}, h("h3", {}, first.title ? `${first.title}${first.of === "g" ? "," : " of"}\u00a0` : "", letter.root), words), place);
  const chart = createChart(place, events);
  const pictureOf = createPicture(({ series }, { runs, names, selected }) => linesTogether(series, runs, names, selected), place);
  /** @type {Picture | null} */
  let picture = null;

  /** What the rates do is the point of them; what else goes by one name, each rule makes in its own way. @param {Group} group @param {Picture} now @param {Setting} setting */
  function describe({ title, of, series }, now, { names, runs, told, formulaOf }) {
    if (now === picture) return;
    if (title === RATE) {
      const without = told.filter((run) => !series.some((one) => one.run === run)).map((run) => names[run]);
      return setText(words, [trendWords(series.map((one) => ({ name: names[one.run], trend: trendOf(one, now.steps) }))), withoutRate(without)].filter(Boolean).join(" "));
    }
    const made = series.flatMap(({ run }) => ({ slot: runs[run].slot, latex: formulaOf(run, of) ?? "" })).filter(({ latex }) => latex);
    words.replaceChildren(...made.map((one) => createMaking(set, one)));
  }

  return {
    root,
    plate: () => plateOf(capital(spoken(first)), [], chart.standing()),
    /** @param {Group} group @param {Setting} setting @param {Moment} moment */
    render(group, setting, moment) {
      const now = pictureOf(group, setting);
      describe(group, now, setting);
      picture = now;
      chart.render(now, moment);
    },
  };
}
