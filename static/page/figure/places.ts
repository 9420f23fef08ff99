/** Where the views of a figure stand: elements that are there already, or that are made in the columns. */
import { h } from "../dom.ts";
import type { View, ViewPlace } from "./part.ts";

const COLUMNS = {
  left: { class: "side left" },
  stage: { class: "stage" },
  right: { class: "side right column" },
};

/** In the right column, what words stand in. */
const WORDS: ViewPlace = {
  within: "right",
  tag: "section",
  attributes: { class: "panel", "aria-label": "What it shows" },
};

/** @param views  in the order in which they stand in their columns */
export function createPlaces(root: HTMLElement, idOf: (name: string) => string, views: View[]) {
  const placesByName: Map<string, ViewPlace> = new Map();
  for (const { name, place } of views) {
    if (place?.within === "words") placesByName.set("words", WORDS);
    if (place) placesByName.set(name, place);
  }
  const names = [...placesByName.keys()];
  const elementOf = (name: string): HTMLElement | null => root.querySelector(`[data-part="${name}"]`);
  /** Elements that are removed with the figure. */
  const made: HTMLElement[] = [];

  /** @param later  what it stands before, where it is there */
  function insertBefore(within: Element, part: HTMLElement, later: (Element | null)[]) {
    within.insertBefore(part, later.find((sibling) => sibling?.parentElement === within) ?? null);
    made.push(part);
    return part;
  }

  function column(within: ViewPlace["within"]): Element {
    if (within === "root") return root;
    if (within === "words") return place(within);
    const columns = Object.values(COLUMNS).map(({ class: name }) =>
      root.querySelector(`.${name.replaceAll(" ", ".")}`),
    );
    const at = Object.keys(COLUMNS).indexOf(within);
    return columns[at] ?? insertBefore(root, h("div", COLUMNS[within]), columns.slice(at + 1));
  }

  function make(name: string): HTMLElement {
    const { within, tag = "div", attributes } = placesByName.get(name) as ViewPlace;
    const later = names.slice(names.indexOf(name) + 1).map(elementOf);
    return insertBefore(column(within), h(tag, { ...attributes, id: idOf(name), "data-part": name }), later);
  }

  /** @returns the place of a view */
  const place = (name: string): HTMLElement => elementOf(name) ?? make(name);

  return {
    elementOf,
    of: ({ name, place: viewPlace }: View) => (viewPlace ? place(name) : root),
    /** With the popovers that have been opened from them. */
    destroy() {
      for (const part of [...made, ...root.querySelectorAll(":scope > [popover]")]) part.remove();
    },
  };
}
