/** The parameter whose numbers are shown, one choice for all that is explained. */
import { explain } from "../../state/explain.ts";
import { h } from "../../dom.ts";
import { createWords } from "../../controls/byHand.ts";
import type { Store } from "../../state/store.ts";

export function createParameters(store: Store) {
  const root = h("div", { class: "working-parameters" });
  let words: ReturnType<typeof createWords<string>> | null = null;
  let named = "";
  return {
    root,
    /** @param chosen  index */
    render(names: string[], chosen: number) {
      if (named !== names.join()) {
        const choose = (name: string) => store.update(explain, { parameter: names.indexOf(name) });
        words = names.length < 2 ? null : createWords({ label: "Parameter", options: names.map((name) => [name, name]), onChoose: choose });
        root.replaceChildren(...(words ? [words.root] : []));
      }
      named = names.join();
      words?.set(names[chosen]);
    },
  };
}
