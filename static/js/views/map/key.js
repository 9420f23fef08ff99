/** The key in the sheet's margin: what the ticks count, what the arrows mean. Not on a phone, which has no margin. */
import { element, icon } from "./dom.js";

/** @typedef {import("./index.js").Setting} Setting */
/** @typedef {import("./view.js").Box} Box */

const ARROW = "M1 3.4h17v-2.9l7 4.5-7 4.5v-2.9h-17z";
const ARROW_BOX = "0 0 26 10";

/** @param {string} kind @param {string} words @param {string} [colour] @returns {Node[]} */
function arrow(kind, words, colour = "") {
  const sign = element("span", `map-key-arrow map-key-${kind}`);
  sign.style.color = colour;
  sign.append(icon(ARROW, ARROW_BOX));
  return [sign, document.createTextNode(words)];
}

/** @param {Setting} setting @returns {{ticks: number, colour: string | null}} colour: of the arrow of the next step */
function contentOf({ scene, traces, picture, look }) {
  const selected = traces.find(({ index }) => index === scene.selected);
  return { ticks: traces.length ? picture.tickEvery : 0, colour: selected ? look.sheet.runs[selected.run.slot] : null };
}

/** @param {HTMLElement} root */
export function createKey(root) {
  let shown = "";
  /** @type {Box | null} */
  let box = null;

  /** @param {Setting} setting @param {{ticks: number, colour: string | null}} content */
  function fill({ look }, { ticks, colour }) {
    root.replaceChildren(ticks === 1 ? "A tick a step." : `A tick every ${ticks} steps.`);
    if (colour) root.append(" Directions: ", ...arrow("downhill", "−gradient"), ...arrow("step", "next step", colour));
    const { left, top, width } = look.box;
    const room = root.offsetWidth;
    box = { left: left + width - room - 8, top: top - 24 * look.scale, width: room + 8, height: 20 * look.scale };
  }

  return {
    /** @param {Setting} setting */
    update(setting) {
      const content = contentOf(setting);
      root.hidden = setting.look.compact || !content.ticks;
      if (root.hidden) box = null;
      const now = [content.ticks, content.colour, setting.look.width, setting.look.scale, root.hidden].join();
      if (now === shown) return;
      shown = now;
      if (!root.hidden) fill(setting, content);
    },
    /** @returns {Box | null} where it stands */
    box: () => box,
  };
}
