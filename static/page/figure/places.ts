/** Where the parts of a figure stand. The page may bring the places along; what it does not bring is made. */
import { h } from "../dom.ts";
import type { View } from "./part.ts";

interface Place {
  tag: "div" | "section" | "p";
  within: "left" | "stage" | "right" | "root" | "words";
  attributes: Record<string, unknown>;
}

function panel(within: Place["within"], label: string): Place {
  return { tag: "section", within, attributes: { class: "panel", "aria-label": label } };
}

const PLACES = {
  bar: { tag: "div", within: "root", attributes: { class: "bar-actions" } },
  preset: panel("left", "Scenes"),
  landscape: panel("left", "Landscape"),
  runs: panel("left", "Runs"),
  stop: panel("left", "When a run stops"),
  title: { tag: "div", within: "stage", attributes: { class: "title" } },
  notice: { tag: "div", within: "stage", attributes: {} },
  map: { tag: "div", within: "stage", attributes: {} },
  transport: {
    tag: "div",
    within: "stage",
    attributes: { class: "transport", role: "group", "aria-label": "Playback" },
  },
  tabs: { tag: "div", within: "root", attributes: { class: "tabs", role: "tablist", "aria-label": "Panels" } },
  words: panel("right", "What it shows"),
  "preset-words": { tag: "div", within: "words", attributes: { class: "preset-words" } },
  sentence: { tag: "p", within: "words", attributes: { class: "sentence" } },
  data: panel("right", "Data and fit"),
  loss: panel("right", "Loss"),
  standings: panel("right", "Standings"),
  working: panel("right", "Working of a step"),
  live: { tag: "p", within: "root", attributes: { class: "reader-only", role: "status", "aria-live": "polite" } },
} satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;

/** Class of each column, in order. */
const COLUMNS = { left: "side left", stage: "stage", right: "side right" };

/** @param views  that bring a place along */
export function createPlaces(root: HTMLElement, idOf: (name: string) => string, views: View[]) {
  const known: Record<string, Place> = { ...PLACES };
  const names = Object.keys(PLACES);
  for (const { name, label, column: within, after } of views) {
    known[name] = {
      tag: "section",
      within,
      attributes: { class: within === "stage" ? "stage-view" : "panel view", "aria-label": label },
    };
    names.splice(names.indexOf(after) + 1, 0, name);
  }
  const found = (name: string): HTMLElement | null => root.querySelector(`[data-part="${name}"]`);
  /** Taken away with the figure. */
  const made: HTMLElement[] = [];

  /** @param later  what it stands before, where it is there */
  function put(within: Element, part: HTMLElement, later: (Element | null)[]) {
    within.insertBefore(part, later.find((one) => one?.parentElement === within) ?? null);
    made.push(part);
    return part;
  }

  const columns = () => Object.keys(COLUMNS).map((name) => root.querySelector(`.${name}`));

  function column(within: Place["within"]): Element {
    if (within === "root") return root;
    if (within === "words") return place(within);
    const at = Object.keys(COLUMNS).indexOf(within);
    return columns()[at] ?? put(root, h("div", { class: COLUMNS[within] }), columns().slice(at + 1));
  }

  function make(name: string): HTMLElement {
    const { tag, within, attributes } = known[name];
    const later = names.slice(names.indexOf(name) + 1).map(found);
    return put(column(within), h(tag, { ...attributes, id: idOf(name), "data-part": name }), later);
  }

  /** @returns the place of a part */
  const place = (name: string): HTMLElement => found(name) ?? make(name);

  return {
    found,
    place,
    stage: () => column("stage"),
    /** With the popovers that have been opened from them. */
    destroy() {
      for (const part of [...made, ...root.querySelectorAll(":scope > [popover]")]) part.remove();
    },
  };
}
