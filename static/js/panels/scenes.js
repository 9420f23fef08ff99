/** Scenes someone has prepared: one press each, in the order of a course. */
import { createPopover } from "../controls/popover.js";
import { h, setText } from "../dom.js";
import { icon } from "../controls/icons.js";
import { emptyView, readAddress, writeAddress } from "../state/address.js";
import { viewOf } from "../state/state.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Preset} Preset */
/** @typedef {import("../state/types.js").View} View */

/** What two views have in common when they show the same runs: looking closer is not leaving. @param {View} view @returns {string} */
const keyOf = (view) => writeAddress({ ...view, window: null, look: emptyView().look }).query;

/** @param {Preset} preset @returns {View} */
function viewOfPreset({ query, count }) {
  const { view } = readAddress(query);
  return { ...view, look: { ...view.look, samples: count === "samples" } };
}

/** @param {Preset[]} presets @returns {[string, Preset[]][]} */
function grouped(presets) {
  /** @type {Map<string, Preset[]>} */
  const groups = new Map();
  for (const preset of presets) groups.set(preset.group, [...(groups.get(preset.group) ?? []), preset]);
  return [...groups];
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} words  where the sentence of the scene stands
 * @param {() => State} state
 * @param {(view: View) => void} onOpen
 */
export function createScenes(root, words, state, onOpen) {
  const title = h("span", { class: "scene-title" });
  const button = h("button", { type: "button", class: "scene-button" }, title, icon("down"));
  createPopover({ button, label: "Scenes", className: "scenes", fill: list });
  root.append(button);
  /** @type {Map<Preset, string>} */
  const keys = new Map();
  /** @type {Preset | null} */
  let opened = null;

  /** @param {Preset} preset */
  const keyOfPreset = (preset) => keys.get(preset) ?? (keys.set(preset, keyOf(viewOfPreset(preset))), /** @type {string} */ (keys.get(preset)));

  /** @param {() => void} close */
  function list(close) {
    const key = keyOf(viewOf(state(), null));
    const choice = (/** @type {Preset} */ preset) => h("button", { type: "button", class: "scene", "aria-current": keyOfPreset(preset) === key && "true", onclick: () => {
      close();
      onOpen(viewOfPreset(preset));
    } }, h("strong", {}, preset.title), h("span", {}, preset.sentence));
    const groups = grouped(state().catalog?.presets ?? []).map(([group, presets]) => h("section", {}, h("h3", {}, group), ...presets.map(choice)));
    return h("div", {}, ...groups);
  }

  return {
    /** The scene that was opened last and has been changed since. @returns {{view: View, title: string} | null} */
    changed() {
      const now = state();
      if (!opened || keyOf(viewOf(now, null)) === keyOfPreset(opened)) return null;
      return { view: viewOfPreset(opened), title: opened.title };
    },
    /** @param {State} now */
    render(now) {
      const presets = now.catalog?.presets ?? [];
      root.hidden = presets.length === 0;
      if (!presets.length) return;
      const key = keyOf(viewOf(now, null));
      const shown = presets.find((preset) => keyOfPreset(preset) === key);
      opened = shown ?? opened;
      setText(title, shown ? shown.title : "Scenes");
      words.hidden = !shown;
      setText(words, shown?.sentence ?? "");
    },
  };
}
