/** Every quantity there is, each as a small picture of its lines: what stands large is chosen here. */
import { SHEETS } from "../../math/palette.js";
import { createFormula } from "../formula.js";
import { createLayer } from "../layer.js";
import { valueAxis } from "../chart/axes.js";
import { traceOf } from "../chart/curves.js";
import { h, keyed, setAttribute } from "../../dom.js";
import { RATE, spoken } from "./series.js";

/** @typedef {import("../../net/katex.js").Setter} Setter */
/** @typedef {import("./series.js").Group} Group */
/** @typedef {import("./figure.js").Setting} Setting */

const SIZE = { width: 60, height: 24 };
/** Every so many pixels of a line are enough here. */
const BOX = { left: 1, top: 2, width: SIZE.width - 2, height: SIZE.height - 4 };

/** @param {CanvasRenderingContext2D} context @param {Group} group @param {Setting} setting */
function drawSmall(context, { series }, { runs, selected, steps, theme }) {
  const [from, to] = steps;
  const x = { log: false, ticks: [], place: (/** @type {number} */ step) => (step - from) / (to - from || 1) };
  const frame = { box: BOX, x, y: valueAxis(series, steps, BOX.height) };
  context.lineJoin = "round";
  for (const one of [...series].sort((a, b) => Number(a.run === selected) - Number(b.run === selected))) {
    context.strokeStyle = SHEETS[theme].runs[runs[one.run].slot];
    context.lineWidth = one.run === selected ? 1.6 : 1;
    context.stroke(traceOf(frame, one, steps));
  }
}

/**
 * @param {Setter} set
 * @param {(key: string) => void} onChoose
 */
export function createContents(set, onChoose) {
  const root = h("div", { class: "contents", role: "radiogroup", "aria-label": "Quantity", onkeydown: key });
  /** @type {{keys: string[], shown: string[], setting: Setting}} */
  let latest;

  /** @param {KeyboardEvent} event */
  function key(event) {
    const move = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    const { keys, shown } = latest;
    const next = (keys.indexOf(shown[0]) + move + keys.length) % keys.length;
    onChoose(keys[next]);
    /** @type {HTMLElement} */ (root.children[next]).focus();
  }

  /** @param {Group} first */
  function createEntry(first) {
    const letter = createFormula(set, "", "text");
    letter.render(first.title === RATE ? `\\text{rate}\\;${first.latex}` : (first.latex ?? first.of));
    const place = h("span", { class: "contents-picture" });
    const button = h("button", { type: "button", class: "contents-entry", role: "radio", "aria-label": spoken(first), onclick: () => onChoose(first.key) }, letter.root, place);
    const layer = createLayer(place, "");
    let drawn = "";
    /** @type {Group | null} */
    let of = null;
    return {
      root: button,
      /** @param {Group} group */
      render(group) {
        const { shown, setting } = latest;
        setAttribute(button, "aria-checked", String(group.key === shown[0]));
        setAttribute(button, "data-shown", shown.includes(group.key));
        button.tabIndex = group.key === shown[0] ? 0 : -1;
        const wanted = `${setting.steps} ${setting.theme} ${setting.selected} ${setting.runs.map(({ slot }) => slot)}`;
        if (!layer.fit(SIZE.width, SIZE.height) && group === of && wanted === drawn) return;
        [of, drawn] = [group, wanted];
        layer.clear();
        drawSmall(layer.context, group, setting);
      },
    };
  }

  const renderEntries = keyed(root, (/** @type {Group} */ group) => `${group.key} ${group.latex}`, createEntry);
  return {
    root,
    /** @param {Group[]} groups @param {string[]} shown  keys of those that stand large, the chosen one first @param {Setting} setting */
    render(groups, shown, setting) {
      latest = { keys: groups.map((group) => group.key), shown, setting };
      renderEntries(groups);
    },
  };
}
