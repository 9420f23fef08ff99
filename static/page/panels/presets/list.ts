/** All presets, chapter by chapter, each with its question and a picture of where its runs start; and a search. */
import { html, nothing } from "lit-html";
import { component } from "../../component.ts";
import { hasModifier } from "../../dom.ts";
import { unbroken } from "../../math/text.ts";
import { rove } from "../../roving.ts";
import { pictureOf } from "../../service/api.ts";
import { glossaryAddress } from "../../service/glossary.ts";
import { send } from "../../service/http.ts";
import { retryWhileTransient } from "../../service/retry.ts";
import { loadStyle } from "../../service/style.ts";
import type { Preset, State } from "../../state/types.ts";

/** @returns the names of the optimizers in an address, in words: "heavy ball" */
const optimizerNames = (query: string) =>
  new URLSearchParams(query)
    .getAll("optimizer")
    .map((optimizerText) => optimizerText.split(":")[0].replaceAll("_", " "));

/**
 * @param words  a number, or words or parts of words
 * @returns the preset with that number, from 1; else those that have all the words in chapter, title, question, lesson,
 *   optimizers or search words
 */
export function searchPresets(presets: Preset[], words: string): Preset[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (/^\s*\d+\s*$/.test(words)) return presets.filter((_, k) => k + 1 === Number(words));
  return presets.filter(({ group, title, question, query, lesson_title = "", words: more = [] }) => {
    const text = [group, title, question, lesson_title, ...more, ...optimizerNames(query)].join(" ").toLowerCase();
    return parts.every((part) => text.includes(part));
  });
}

/** Pixels of a picture, without paths as they are what the preset asks: below 200 it is a stamp, without words. */
const WIDTH = 128;
const HEIGHT = 96;

function grouped(presets: Preset[]): [string, Preset[]][] {
  const groups: Map<string, Preset[]> = new Map();
  for (const preset of presets) groups.set(preset.group, [...(groups.get(preset.group) ?? []), preset]);
  return [...groups];
}

interface PresetList {
  presets: Preset[];
  shown: Preset | null;
  theme: State["theme"];
  onChoose: (preset: Preset) => void;
}

/** The list takes one stop of the Tab key; the arrow keys go from preset to preset. */
const presetList = component<PresetList>((redraw) => {
  let stop: Preset | null = null;
  let waits = "";
  let sought = "";
  /** Pictures that failed, asked for again one after the other. */
  let queue: Promise<unknown> = Promise.resolve();

  function say(words: string) {
    waits = words;
    redraw();
  }

  /** Asks for a picture again until it comes or the list is closed. */
  async function fetchAgain(picture: HTMLImageElement) {
    const closed = new AbortController();
    const { src } = picture;
    const look = () => {
      if (!picture.isConnected) closed.abort();
      return send(src, { signal: closed.signal });
    };
    await retryWhileTransient(look, { signal: closed.signal, onWait: say });
    say("");
    picture.removeAttribute("data-waiting");
    picture.src = src;
  }

  function missing({ target }: Event) {
    const picture = target as HTMLImageElement;
    picture.setAttribute("data-waiting", "");
    queue = queue.then(() => fetchAgain(picture)).catch(() => {});
  }

  return ({ presets, shown, theme, onChoose }) => {
    const matches = searchPresets(presets, sought);
    const chapters = grouped(matches);
    const ordered = chapters.flatMap(([, members]) => members);
    if (!stop || !matches.includes(stop)) stop = shown && matches.includes(shown) ? shown : ordered[0];

    function search({ target }: Event) {
      sought = (target as HTMLInputElement).value;
      redraw();
    }

    function enter(event: KeyboardEvent) {
      if (event.key !== "Enter" || !ordered.length || !sought.trim()) return;
      // As the list closes, its button has the focus, and would be pressed.
      event.preventDefault();
      onChoose(ordered[0]);
    }

    function key(event: KeyboardEvent) {
      const list = event.currentTarget as Element;
      // What is typed goes to the field, which has the focus before the letter comes.
      if (event.key.length === 1 && event.key !== " " && !hasModifier(event))
        list.parentElement?.querySelector("input")?.focus();
      rove(event, { at: ordered.indexOf(stop as Preset), count: ordered.length, homes: true }, (next) => {
        stop = ordered[next];
        redraw();
        list.querySelector<HTMLElement>(".preset[tabindex='0']")?.focus();
      });
    }

    const button = (preset: Preset) => html`<button type="button" class="preset" ?autofocus=${preset === stop}
      aria-current=${preset === shown ? "true" : nothing} tabindex=${preset === stop ? 0 : -1}
      @click=${() => onChoose(preset)}>
        <img class="preset-picture" width=${WIDTH} height=${HEIGHT} alt="" loading="lazy" @error=${missing}
          src=${pictureOf(`${preset.query}&paths=false`, { width: WIDTH, height: HEIGHT, theme })}>
        <span><strong><span class="preset-number">${presets.indexOf(preset) + 1}&nbsp;</span>${preset.title}</strong
          ><span class="remark">${unbroken(preset.question)}</span></span></button>`;
    const none = html`No scene has these words; the <a href=${glossaryAddress()}>glossary</a> may.`;
    const countWords = matches.length ? `${matches.length} of ${presets.length}` : none;
    return html`<div class="preset-search row"><input type="search" class="field" placeholder="Find a scene"
      aria-label="Find a scene by words or its number" @input=${search} @keydown=${enter}><span
      class="note" role="status">${sought.trim() ? countWords : ""}</span
      ></div><div @keydown=${key}><p class="note waits" role="status">${waits}</p>${chapters.map(
        ([group, members]) => html`<section class="preset-chapter">
      <h3>${group}</h3><div class="tiles">${members.map(button)}</div></section>`,
      )}</div>`;
  };
});

export async function openPresetList(props: PresetList) {
  await loadStyle("presets");
  return presetList(props);
}
