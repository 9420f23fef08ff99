/** Where the runs start, as a sentence whose values are its fields. */
import { setStart } from "../../state/actions.ts";
import { createNumberField } from "../../controls/numberField.ts";
import { h } from "../../dom.ts";
import type { Scene } from "../../state/types.ts";
import type { Store } from "../../state/store.ts";
import type { NumberField } from "../../controls/numberField.ts";

/** Further than this nothing can start. */
const FAR = 1e100;
/** A problem of more parameters has no start that one would type. */
const MOST = 2;

export function createStartFields(store: Store) {
  const root = h("p", { class: "stop-sentence" });
  let fields: NumberField[] = [];
  let start: number[] = [];
  let named = "";

  function commit(k: number, value: number | null) {
    if (value === null) return;
    store.update(setStart, start.map((known, other) => (other === k ? value : known)), false);
  }

  function write(names: string[]) {
    named = names.join();
    fields = names.map((name, k) => createNumberField({ label: `Start: ${name}`, range: { least: -FAR, most: FAR }, onCommit: (value) => commit(k, value) }));
    const parts = fields.flatMap(({ root: field }, k) => [k ? ", " : "Start at ", h("em", {}, names[k]), " ", field]);
    root.replaceChildren(...parts, ".");
  }

  return {
    root,
    focus: () => fields[0]?.root.focus(),
    render({ problem: { parameters }, start: now }: Scene) {
      root.hidden = parameters.length > MOST || now.length !== parameters.length;
      if (root.hidden) return;
      if (named !== parameters.join()) write(parameters);
      start = now;
      fields.forEach((field, k) => field.set(now[k]));
    },
  };
}
