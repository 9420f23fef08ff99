/** Another landscape brings its own start, and learning rates that suit it: said quietly, with the way back. */
import { openView } from "../state/actions.js";
import { viewOf } from "../state/state.js";
import { icon } from "../controls/icons.js";
import { h } from "../dom.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/store.js").Store} Store */

/** @param {State} state @returns {boolean} whether a landscape was the last thing that was chosen */
const wasChosen = ({ edit, entries }) => edit.startsWith("problem") && entries.length > 0;

/** @param {Store} store */
export function createSuited(store) {
  /** As it was before. @type {import("../state/types.js").View | null} */
  let before = null;
  const undo = h("button", { type: "button", class: "quiet", onclick: () => before && store.update(openView, before) }, icon("undo"), h("span", {}, "Undo"));
  const root = h("p", { class: "note suited", role: "status", hidden: true }, h("span", {}, "Start and rates are its own."), undo);
  store.subscribe((state, earlier) => {
    if (wasChosen(state) && state.problem !== earlier.problem) before = viewOf(earlier, null);
  });
  return {
    root,
    /** @param {State} state */
    render(state) {
      root.hidden = !wasChosen(state) || !before;
    },
  };
}
