/** For an optimizer that is written in one way only: those that are written in several, to go on with. */
import { addRun, changeOptimizer, selectRun } from "../../../state/actions.ts";
import { optimizerOf } from "../../../state/catalog.ts";
import { h, keyed, setText } from "../../../dom.ts";
import type { Optimizer, Scene, State } from "../../../state/types.ts";
import type { Store } from "../../../state/store.ts";

/** there: a run of it, by its id; id: of the run that is looked at */
type Offer = { known: Optimizer; there: number | null; id: number | null };

const createOffer = (act: Store["update"]) => ({ known }: Offer) => {
  let offer: Offer;
  const look = h("button", { type: "button", class: "quiet strong", onclick: () => act(selectRun, offer.there) }, "Select its run");
  const add = h("button", { type: "button", class: "quiet strong", onclick: () => act(addRun, known.name) }, "Add it");
  const turn = h("button", { type: "button", class: "quiet strong", onclick: () => offer.id !== null && act(changeOptimizer, offer.id, known.name) }, "Turn this run into it");
  const others = known.forms.slice(1).map(({ label }) => label.charAt(0).toLowerCase() + label.slice(1));
  const root = h("li", { class: "form-offer" }, h("strong", {}, known.label), h("span", { class: "form-offer-forms" }, others.join(" · ")), h("span", { class: "form-offer-ways" }, look, add, turn));
  return {
    root,
    render(now: Offer) {
      offer = now;
      look.hidden = now.there === null;
      add.hidden = now.there !== null;
      turn.hidden = now.id === null || now.there !== null;
    },
  };
};

export function createElsewhere(store: Store) {
  const says = h("p", { class: "note" });
  const list = h("ul", { class: "form-offers" });
  const render = keyed(list, ({ known }: Offer) => known.name, createOffer(store.update));
  return {
    root: h("div", {}, says, list),
    /** @param index  of the run that is looked at */
    render({ catalog, entries }: State, { runs }: Scene, index: number | null) {
      const known = index === null ? undefined : optimizerOf(catalog, entries[index].optimizer.name);
      const own = index !== null && !known;
      const why = index === null ? "There is no run to look at." : own ? `${runs[index].name} is a rule of your own, written the way you write it.` : `${runs[index].name} is written in one way only.`;
      setText(says, `${why} These are written in several:`);
      const several = (catalog?.optimizers ?? []).filter(({ forms }) => forms.length > 1);
      render(several.map((one) => ({ known: one, there: entries.find(({ optimizer }) => optimizer.name === one.name)?.id ?? null, id: index === null ? null : entries[index].id })));
    },
  };
}
