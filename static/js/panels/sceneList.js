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
  return h("div", {}, ...chapters);
}
