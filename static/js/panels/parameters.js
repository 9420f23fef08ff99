/** The parameter whose numbers are shown, one choice for all that is explained. */
import { explain } from "../state/explain.js";
import { createWords } from "../controls/choice.js";
import { h } from "../dom.js";

/** @param {import("../state/store.js").Store} store */
export function createParameters(store) {
  const root = h("div", { class: "working-parameters" });
  /** @type {ReturnType<typeof createWords<string>> | null} */
  let words = null;
  let named = "";
  return {
    root,
    /** @param {string[]} names @param {number} chosen  index */
    render(names, chosen) {
      if (named !== names.join()) {
        const choose = (/** @type {string} */ name) => store.update(explain, { parameter: names.indexOf(name) });
        words = names.length < 2 ? null : createWords({ label: "Parameter", options: names.map((name) => [name, name]), onChoose: choose });
        root.replaceChildren(...(words ? [words.root] : []));
      }
      named = names.join();
      words?.set(names[chosen]);
    },
  };
}
