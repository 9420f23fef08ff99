/** All scenes, chapter by chapter, each with a small picture of where its runs go. */
import { pictureOf } from "../net/picture.js";
import { loadStyle } from "../net/style.js";
import { h } from "../dom.js";

/** @typedef {import("../state/types.js").Preset} Preset */
/** @typedef {import("../state/types.js").State} State */

/** Pixels of a picture: below 200 the server draws it as a stamp, without words. */
const WIDTH = 128;
const HEIGHT = 96;

/** @param {Preset[]} presets @returns {[string, Preset[]][]} */
function grouped(presets) {
  /** @type {Map<string, Preset[]>} */
  const groups = new Map();
  for (const preset of presets) groups.set(preset.group, [...(groups.get(preset.group) ?? []), preset]);
  return [...groups];
}

/** All scenes are one stop of the tabulator; from one to the next the arrow keys go. @param {HTMLElement} list @param {number} first */
function rove(list, first) {
  const scenes = [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".scene"))];
  const stop = (/** @type {number} */ at) => scenes.forEach((scene, k) => (scene.tabIndex = k === at ? 0 : -1));
  stop(Math.max(0, first));
  list.addEventListener("keydown", (event) => {
    const at = scenes.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: scenes.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = Math.min(scenes.length - 1, Math.max(0, to));
    stop(next);
    scenes[next].focus();
  });
}

/** @type {Promise<void> | null} */
let styled = null;

/**
 * @param {Preset[]} presets
 * @param {{shown: Preset | null, theme: State["theme"], onChoose: (preset: Preset) => void}} how
 * @returns {Promise<HTMLElement>}
 */
export async function createSceneList(presets, { shown, theme, onChoose }) {
  await (styled ??= loadStyle(new URL("../../css/scenes.css", import.meta.url).href));
  const picture = (/** @type {Preset} */ { query }) => h("img", {
    class: "scene-picture", src: pictureOf(query, { width: WIDTH, height: HEIGHT, theme }), width: WIDTH, height: HEIGHT, alt: "", loading: "lazy",
    onerror: (/** @type {Event} */ { target }) => /** @type {HTMLElement} */ (target).classList.add("is-missing"),
  });
  const choice = (/** @type {Preset} */ preset) => h("button", { type: "button", class: "scene", autofocus: preset === shown, "aria-current": preset === shown && "true", onclick: () => onChoose(preset) },
    picture(preset), h("span", { class: "scene-said" }, h("strong", {}, preset.title), h("span", {}, preset.sentence)));
  const chapters = grouped(presets).map(([group, members]) => h("section", { class: "scene-chapter" }, h("h3", {}, group), h("div", { class: "scene-list" }, ...members.map(choice))));
  const list = h("div", {}, ...chapters);
  rove(list, presets.indexOf(/** @type {Preset} */ (shown)));
  return list;
}
