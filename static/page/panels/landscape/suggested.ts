/** Another landscape brings its own start, and learning rates that suit it: said quietly, with the way back. */
import { openAddress } from "../../state/actions.ts";
import { addressOf } from "../../state/state.ts";
import { icon } from "../../controls/icons.ts";
import { h } from "../../dom.ts";
import type { State, PageAddress } from "../../state/types.ts";
import type { Store } from "../../state/store.ts";

/** @returns whether a landscape was the last thing that was chosen */
const wasChosen = ({ edit, entries }: State): boolean => edit.startsWith("problem") && entries.length > 0;

export function createSuggested(store: Store) {
  /** As it was before. */
  let before: PageAddress | null = null;
  const undo = h("button", { type: "button", class: "quiet", onclick: () => before && store.update(openAddress, before) }, icon("undo"), h("span", {}, "Undo"));
  const root = h("p", { class: "note suited", role: "status", hidden: true }, h("span", {}, "Start and rates are its own."), undo);
  store.subscribe((state, earlier) => {
    if (wasChosen(state) && state.problem !== earlier.problem) before = addressOf(earlier, null);
  });
  return {
    root,
    render(state: State) {
      root.hidden = !wasChosen(state) || !before;
    },
  };
}
