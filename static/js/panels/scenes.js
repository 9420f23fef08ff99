/** Scenes someone has prepared, in the order of a course: the one that shows, the way to the next, and the door to all. */
import { createPopover } from "../controls/popover.js";
import { h, setAttribute, setText } from "../dom.js";
import { icon } from "../controls/icons.js";
import { emptyView, readAddress, writeAddress } from "../state/address.js";
import { problemKey, viewOf } from "../state/state.js";

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

/** Where a scene is best looked at, where that is not the map. @param {Preset} preset */
const hintOf = ({ look_at }) => (look_at === "loss" ? " See the loss chart." : "");

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} words  where the sentence of the scene stands, and more numbers folded beneath it
 * @param {() => State} state
 * @param {{onOpen: (view: View) => void, onLook: (part: string) => void}} events  onLook: a part of the page is what the scene is about
 */
export function createScenes(root, words, state, { onOpen, onLook }) {
  const count = h("span", { class: "scene-count" });
  const title = h("span", { class: "scene-title" });
  const button = h("button", { type: "button", class: "scene-button" }, h("span", { class: "scene-names" }, count, title), icon("down"));
  const step = (/** @type {1 | -1} */ by, /** @type {string} */ label) => h("button", { type: "button", class: "icon-button", "aria-label": label, title: `${label}: ${by > 0 ? "n" : "p"}`, onclick: () => go(by) }, icon(by > 0 ? "right" : "left"));
  root.append(button, step(-1, "Scene before"), step(1, "Next scene"));
  const [said, moreSaid] = [h("p"), h("p")];
  const more = /** @type {HTMLDetailsElement} */ (h("details", { class: "scene-more" }, h("summary", {}, "more"), moreSaid));
  words.append(said, more);
  createPopover({ button, label: "Scenes", className: "scenes", fill: list });
  /** @type {Map<Preset, string>} */
  const keys = new Map();
  /** The scene that was opened last. @type {Preset | null} */
  let opened = null;

  const all = () => state().catalog?.presets ?? [];

  /** @param {Preset} preset */
  const keyOfPreset = (preset) => keys.get(preset) ?? (keys.set(preset, keyOf(viewOfPreset(preset))), /** @type {string} */ (keys.get(preset)));

  /** @param {State} now @returns {Preset | null} the one that is as it was prepared */
  function shownIn(now) {
    const key = keyOf(viewOf(now, null));
    return all().find((preset) => keyOfPreset(preset) === key) ?? null;
  }

  /** @param {Preset} preset */
  function open(preset) {
    opened = preset;
    onOpen(viewOfPreset(preset));
    onLook(preset.look_at ?? "map");
  }

  /** From the last one on to the next, round the course. @param {1 | -1} by */
  function go(by) {
    const presets = all();
    if (!presets.length) return;
    const at = opened ? presets.indexOf(opened) : by > 0 ? -1 : 0;
    open(presets[(at + by + presets.length) % presets.length]);
  }

  /** @param {() => void} close */
  async function list(close) {
    const { createSceneList } = await import("./sceneList.js");
    const choose = (/** @type {Preset} */ preset) => (close(), open(preset));
    return createSceneList(all(), { shown: shownIn(state()), theme: state().theme, onChoose: choose });
  }

  /** @param {Preset} preset @param {Preset | null} shown @param {Preset[]} presets */
  const countOf = (preset, shown, presets) => `Scene ${presets.indexOf(preset) + 1} of ${presets.length}${shown ? "" : ", changed"}`;

  /** The scene that was opened last and has been changed since. @returns {{view: View, title: string} | null} */
  function changed() {
    if (!opened || keyOf(viewOf(state(), null)) === keyOfPreset(opened)) return null;
    return { view: viewOfPreset(opened), title: opened.title };
  }

  return {
    changed,
    /** Keys for who stands at the wall. @param {string} key @returns {boolean} whether it means something here */
    press(key) {
      const by = /** @type {Record<string, 1 | -1>} */ ({ n: 1, p: -1 })[key.toLowerCase()];
      if (by) go(by);
      return by !== undefined;
    },
    /** @param {State} now */
    render(now) {
      const presets = all();
      setAttribute(root, "data-waiting", presets.length === 0);
      const shown = shownIn(now);
      opened = shown ?? opened;
      const named = shown ?? (opened && problemKey(now) === JSON.stringify(viewOfPreset(opened).spec.problem) ? opened : null);
      setText(count, named ? countOf(named, shown, presets) : "Scenes");
      setText(title, named?.title ?? (presets.length ? `${presets.length} comparisons` : "On their way"));
      // Not while a hand is on what changes it: all below would move away under it.
      if (now.moving) return;
      words.hidden = !shown;
      setText(said, shown ? `${shown.sentence}${hintOf(shown)}` : "");
      if (moreSaid.textContent !== (shown?.more ?? "")) more.open = false;
      setText(moreSaid, shown?.more ?? "");
      more.hidden = !shown?.more;
    },
  };
}
