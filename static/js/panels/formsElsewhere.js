/** For an optimizer that is written in one way only: those that are written in several, to go on with. */
import { addRun, changeOptimizer, selectRun } from "../state/actions.js";
import { optimizerOf } from "../state/catalog.js";
import { h, keyed, setText } from "../dom.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Optimizer} Optimizer */
/** @typedef {import("../state/store.js").Store} Store */

/** @typedef {{known: Optimizer, there: number | null, id: number | null}} Offer  there: a run of it, by its id; id: of the run that is looked at */

/** @param {Store["update"]} act */
const createOffer = (act) => (/** @type {Offer} */ { known }) => {
  /** @type {Offer} */
  let offer;
  const look = h("button", { type: "button", class: "quiet strong", onclick: () => act(selectRun, offer.there) }, "Select its run");
  const add = h("button", { type: "button", class: "quiet strong", onclick: () => act(addRun, known.name) }, "Add it");
  const turn = h("button", { type: "button", class: "quiet strong", onclick: () => offer.id !== null && act(changeOptimizer, offer.id, known.name) }, "Turn this run into it");
  const others = known.forms.slice(1).map(({ label }) => label.charAt(0).toLowerCase() + label.slice(1));
  const root = h("li", { class: "form-offer" }, h("strong", {}, known.label), h("span", { class: "form-offer-forms" }, others.join(" · ")), h("span", { class: "form-offer-ways" }, look, add, turn));
  return {
    root,
    /** @param {Offer} now */
    render(now) {
      offer = now;
      look.hidden = now.there === null;
      add.hidden = now.there !== null;
      turn.hidden = now.id === null || now.there !== null;
    },
  };
};

/** @param {Store} store */
export function createElsewhere(store) {
  const says = h("p", { class: "note" });
  const list = h("ul", { class: "form-offers" });
  const render = keyed(list, (/** @type {Offer} */ { known }) => known.name, createOffer(store.update));
  return {
    root: h("div", {}, says, list),
    /** @param {State} state @param {Scene} scene @param {number | null} index  of the run that is looked at */
    render({ catalog, entries }, { runs }, index) {
      const known = index === null ? undefined : optimizerOf(catalog, entries[index].optimizer.name);
      const own = index !== null && !known;
      const why = index === null ? "There is no run to look at." : own ? `${runs[index].name} is a rule of your own, written the way you write it.` : `${runs[index].name} is written in one way only.`;
      setText(says, `${why} These are written in several:`);
      const several = (catalog?.optimizers ?? []).filter(({ forms }) => forms.length > 1);
      render(several.map((one) => ({ known: one, there: entries.find(({ optimizer }) => optimizer.name === one.name)?.id ?? null, id: index === null ? null : entries[index].id })));
    },
  };
}
