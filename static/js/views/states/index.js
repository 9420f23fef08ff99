/** Every quantity of a rule against step, a chart for each letter, with what it is at the playhead. */
import { createFormula } from "../formula.js";
import { SHEETS } from "../../math/palette.js";
import { measured } from "../../math/format.js";
import { h, keyed, s, setAttribute, setText } from "../../dom.js";
import { createChart, dashOf } from "./chart.js";
import { valueAt } from "./series.js";

/** @typedef {import("../../net/katex.js").Setter} Setter */
/** @typedef {import("./series.js").Series} Series */
/** @typedef {import("./series.js").Group} Group */
/** @typedef {import("./chart.js").Picture} Picture */

/**
 * @typedef {object} Moment
 * @property {number} at  the step whose values are read off
 * @property {string | null} lit
 * @property {boolean} fresh  the figures are to be written
 */

/**
 * @typedef {object} Setting
 * @property {[number, number]} steps  in sight
 * @property {"day" | "night"} theme
 * @property {number} slot  of the run
 * @property {number} scale
 */

/** A line of the legend: how it is drawn, its letter, its value. @param {Setter} set @param {Series[]} all @param {number} k */
function createKey(set, all, k) {
  const { of, latex, faint } = all[k];
  const letter = createFormula(set);
  letter.render(`\\htmlData{of=${of}}{${latex}}`);
  const value = h("span", { class: "key-value" });
  const sample = s("svg", { class: faint ? "key-sample faint" : "key-sample", width: 22, height: 10, "aria-hidden": "true" }, s("path", { d: "M1 5H21", "stroke-dasharray": dashOf(all, k).join(" ") }));
  return { root: h("li", { class: "chart-key", "data-of": of }, sample, letter.root, value), value };
}

/** @param {Setter} set @param {{onSeek: (step: number) => void, onPoint: (of: string | null) => void}} events @param {Group} first */
function createFigure(set, events, first) {
  const title = h("h3", {}, first.title);
  const formula = createFormula(set, "states-formula", "text");
  if (first.latex) formula.render(first.latex);
  const keys = first.series.map((_, k) => createKey(set, first.series, k));
  const place = h("div", { class: "states-canvas" });
  const root = h("figure", { class: "states-figure", "aria-label": first.title || first.series.map(({ of }) => of).join(", ") },
    h("figcaption", {}, ...(first.title ? [title, formula.root] : []), h("ul", { class: "chart-keys" }, ...keys.map((key) => key.root))), place);
  const chart = createChart(place, events);
  /** @type {Picture | null} */
  let picture = null;
  /** @type {unknown[]} */
  let made = [];

  /** @param {Group} group @param {Setting} setting @returns {Picture} the same one while nothing has changed */
  function pictureOf(group, { steps, theme, slot, scale }) {
    const now = [group, steps.join(), theme, slot, scale];
    if (!picture || now.some((value, k) => value !== made[k])) picture = { series: group.series, steps, sheet: SHEETS[theme], colour: SHEETS[theme].runs[slot], scale };
    made = now;
    return picture;
  }

  return {
    root,
    /** @param {Group} group @param {Setting} setting @param {Moment} moment */
    render(group, setting, { at, lit, fresh }) {
      chart.render(pictureOf(group, setting), at, lit);
      if (!fresh) return;
      group.series.forEach((one, k) => {
        const value = valueAt(one, Math.floor(at));
        setText(keys[k].value, Number.isNaN(value) ? "" : measured(value, 4));
        setAttribute(keys[k].root, "data-lit", one.of === lit);
      });
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Setter} set
 * @param {{onSeek: (step: number) => void, onPoint: (of: string | null) => void}} events
 */
export function createStates(root, set, events) {
  /** @type {{setting: Setting, moment: Moment}} */
  let latest;
  const render = keyed(root, (/** @type {Group} */ { key, series, latex }) => `${key} ${latex} ${series.map(({ of }) => of).join()}`, (group) => {
    const figure = createFigure(set, events, group);
    return { root: figure.root, render: (/** @type {Group} */ now) => figure.render(now, latest.setting, latest.moment) };
  });
  return {
    /** @param {Group[]} groups @param {Setting} setting @param {Moment} moment */
    render(groups, setting, moment) {
      latest = { setting, moment };
      render(groups);
    },
  };
}
