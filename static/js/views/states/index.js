/** What rules hold, against step: all of one run, or one quantity of all runs, as large as there is room. */
import { h, keyed, setAttribute } from "../../dom.js";
import { sizeOf } from "../../size.js";
import { createContents } from "./contents.js";
import { createAlone, createTogether } from "./figure.js";

/** @typedef {import("../../net/katex.js").Setter} Setter */
/** @typedef {import("../../state/types.js").Plate} Plate */
/** @typedef {import("./series.js").Group} Group */
/** @typedef {import("./figure.js").Setting} Setting */
/** @typedef {import("./figure.js").Events} Events */
/** @typedef {import("./chart.js").Moment} Moment */

/** Pixels that a chart with names beside its lines needs. */
const WIDE = 380;

/** What a chart of one run is made for. @param {Group} group */
const keyOf = ({ key, latex, series }) => `${key} ${latex} ${series.map(({ of }) => of).join()}`;

/** What is looked at first: a quantity that the selected run has. @param {Group[]} groups @param {string | null} chosen @param {number | null} selected  index */
export const openOf = (groups, chosen, selected) => chosen ?? groups.find(({ series }) => series.some(({ run }) => run === selected))?.key ?? null;

/** The chosen quantity and what comes after it, as many as there is room for. @param {Group[]} groups @param {string | null} chosen @param {number} room @returns {Group[]} */
export function shownOf(groups, chosen, room) {
  const at = Math.max(0, groups.findIndex(({ key }) => key === chosen));
  const first = Math.max(0, Math.min(at, groups.length - room));
  const shown = groups.slice(first, first + room);
  return [groups[at], ...shown.filter((group) => group !== groups[at])];
}

/**
 * @param {HTMLElement} root
 * @param {Setter} set
 * @param {Events & {onChoose: (key: string) => void}} events
 * @param {() => boolean} stacks  one chart under the other, all of them: the page scrolls
 */
export function createStates(root, set, events, stacks) {
  const contents = createContents(set, events.onChoose);
  const place = h("div", { class: "states-figures" });
  root.append(contents.root, place);
  /** @type {{setting: Setting, moment: Moment}} */
  let latest;
  /** @type {Map<string, () => Plate[]>} */
  const plates = new Map();

  /** @param {typeof createAlone | typeof createTogether} create */
  const figures = (create) => (/** @type {Group} */ first) => {
    const figure = create(set, events, first);
    plates.set(first.key, figure.plate);
    return { root: figure.root, render: (/** @type {Group} */ now) => figure.render(now, latest.setting, latest.moment) };
  };
  const renderAlone = keyed(place, (/** @type {Group} */ group) => `alone ${keyOf(group)}`, figures(createAlone));
  const renderTogether = keyed(place, (/** @type {Group} */ group) => group.key, figures(createTogether));
  /** @type {Group[]} */
  let shown = [];

  return {
    /** @param {Group[]} groups @param {Setting} setting @param {Moment} moment  of the selected run alone */
    alone(groups, setting, moment) {
      latest = { setting, moment };
      shown = groups;
      contents.root.hidden = true;
      setAttribute(place, "data-together", false);
      renderTogether([]);
      renderAlone(groups);
    },
    /** @param {Group[]} groups @param {string | null} chosen @param {Setting} setting @param {Moment} moment */
    together(groups, chosen, setting, moment) {
      latest = { setting, moment };
      contents.root.hidden = stacks() || groups.length < 2;
      shown = stacks() ? groups : shownOf(groups, openOf(groups, chosen, setting.selected), Math.max(1, Math.floor(sizeOf(place).width / (WIDE * setting.scale))));
      setAttribute(place, "data-together", true);
      renderAlone([]);
      renderTogether(shown);
      if (!contents.root.hidden) contents.render(groups, shown.map(({ key }) => key), setting);
    },
    /** @returns {Plate[]} of the charts in sight */
    plates: () => shown.flatMap((group) => plates.get(group.key)?.() ?? []),
  };
}
