/** The same optimizer as different people write it, column beside column, and what walks the same path. */
import { formulaSetter } from "../../../service/katex.ts";
import { setValue } from "../../../state/actions.ts";
import { optimizerOf } from "../../../state/catalog.ts";
import { h, setAttribute } from "../../../dom.ts";
import { chosenRun } from "../../shared/chosenRun.ts";
import { createElsewhere } from "./elsewhere.ts";
import { createEquals } from "./equal.ts";
import { createTable } from "./table.ts";
import type { Entry, Optimizer } from "../../../state/types.ts";
import type { Setter } from "../../../service/katex.ts";
import type { Frame } from "../../../figure/part.ts";
import type { DrawerPorts } from "../drawer.ts";

const formNow = ({ optimizer }: Entry, known: Optimizer) => Math.max(0, known.forms.findIndex(({ name }) => name === (optimizer.form ?? "standard")));

export async function createForms(root: HTMLElement, { store }: DrawerPorts) {
  const set = await formulaSetter() as Setter | null;
  if (!set) throw new Error("formulas cannot be set");
  const elsewhere = createElsewhere(store);
  const equals = createEquals(store);
  const place = h("div", { class: "forms" });
  root.append(elsewhere.root, equals.root, place);
  let table: ReturnType<typeof createTable> | null = null;
  let made = "";

  function tableOf(known: Optimizer, id: number) {
    const key = `${known.name} ${id}`;
    if (key === made && table) return table;
    made = key;
    table = createTable(set as Setter, known.forms, (name) => store.update(setValue, id, "form", name === "standard" ? undefined : name, false));
    place.replaceChildren(table.root);
    return table;
  }

  return {
    render({ state, scene }: Frame) {
      const index = chosenRun(scene);
      const entry = index === null ? null : state.entries[index];
      const known = entry && optimizerOf(state.catalog, entry.optimizer.name);
      const some = Boolean(known && known.forms.length > 1);
      elsewhere.root.hidden = some;
      place.hidden = !some;
      const same = (some && entry && known?.forms[formNow(entry, known)].equals) || [];
      equals.root.hidden = same.length === 0;
      if (index === null || !entry || !known || !some) return elsewhere.render(state, scene, index);
      const now = formNow(entry, known);
      setAttribute(place, "class", `forms slot-${entry.slot}`);
      equals.render(state, scene, index, same);
      tableOf(known, entry.id).render(now);
    },
  };
}
