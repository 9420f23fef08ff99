/** All scenes, chapter by chapter, each with a small picture of where its runs go. */
import { pictureOf } from "../../service/api.ts";
import { loadStyle } from "../../service/style.ts";
import { h } from "../../dom.ts";
import type { Preset, State } from "../../state/types.ts";

/** Pixels of a picture: below 200 the server draws it as a stamp, without words. */
const WIDTH = 128;
const HEIGHT = 96;

function grouped(presets: Preset[]): [string, Preset[]][] {
  const groups: Map<string, Preset[]> = new Map();
  for (const preset of presets) groups.set(preset.group, [...(groups.get(preset.group) ?? []), preset]);
  return [...groups];
}

/** All scenes are one stop of the tabulator; from one to the next the arrow keys go. */
function rove(list: HTMLElement, first: number) {
  const scenes = [...list.querySelectorAll(".scene") as NodeListOf<HTMLElement>];
  const stop = (at: number) => scenes.forEach((scene, k) => (scene.tabIndex = k === at ? 0 : -1));
  stop(Math.max(0, first));
  list.addEventListener("keydown", (event) => {
    const at = scenes.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: scenes.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = Math.min(scenes.length - 1, Math.max(0, to));
    stop(next);
    scenes[next].focus();
  });
}

export async function createPresetList(
  presets: Preset[],
  { shown, theme, onChoose }: { shown: Preset | null; theme: State["theme"]; onChoose: (preset: Preset) => void },
): Promise<HTMLElement> {
  await loadStyle("scenes");
  const picture = ({ query }: Preset) => h("img", {
    class: "scene-picture", src: pictureOf(query, { width: WIDTH, height: HEIGHT, theme }), width: WIDTH, height: HEIGHT, alt: "", loading: "lazy",
    onerror: ({ target }: Event) => (target as HTMLElement).classList.add("is-missing"),
  });
  const choice = (preset: Preset) => h("button", { type: "button", class: "scene", autofocus: preset === shown, "aria-current": preset === shown && "true", onclick: () => onChoose(preset) },
    picture(preset), h("span", { class: "scene-said" }, h("strong", {}, preset.title), h("span", {}, preset.sentence)));
  const chapters = grouped(presets).map(([group, members]) => h("section", { class: "scene-chapter" }, h("h3", {}, group), h("div", { class: "scene-list" }, ...members.map(choice))));
  const list = h("div", {}, ...chapters);
  rove(list, presets.indexOf(shown as Preset));
  return list;
}
