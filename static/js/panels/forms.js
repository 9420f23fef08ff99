/** The same optimizer as different people write it, column beside column, and what walks the same path. */
import { formulaSetter } from "../net/katex.js";
import { setValue } from "../state/actions.js";
import { optimizerOf } from "../state/catalog.js";
import { h, setAttribute } from "../dom.js";
import { chosenRun } from "./chosenRun.js";
import { createElsewhere } from "./formsElsewhere.js";
import { createEquals } from "./formsEqual.js";
import { createTable } from "./formsTable.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Entry} Entry */
/** @typedef {import("../state/types.js").Optimizer} Optimizer */
/** @typedef {import("../net/katex.js").Setter} Setter */
/** @typedef {import("./drawer.js").DrawerPorts} DrawerPorts */

/** @param {Entry} entry @param {Optimizer} known */
const formNow = ({ optimizer }, known) => Math.max(0, known.forms.findIndex(({ name }) => name === (optimizer.form ?? "standard")));

/**
 * @param {HTMLElement} root
 * @param {DrawerPorts} ports
 */
export async function createForms(root, { store }) {
  const set = /** @type {Setter | null} */ (await formulaSetter());
  if (!set) throw new Error("formulas cannot be set");
  const elsewhere = createElsewhere(store);
  const equals = createEquals(store);
  const place = h("div", { class: "forms" });
  root.append(elsewhere.root, equals.root, place);
  /** @type {ReturnType<typeof createTable> | null} */
  let table = null;
  let made = "";

  /** @param {Optimizer} known @param {number} id */
  function tableOf(known, id) {
    const key = `${known.name} ${id}`;
    if (key === made && table) return table;
    made = key;
    table = createTable(/** @type {Setter} */ (set), known.forms, (name) => store.update(setValue, id, "form", name === "standard" ? undefined : name, false));
    place.replaceChildren(table.root);
    return table;
  }

  return {
    /** @param {State} state @param {Scene} scene */
    render(state, scene) {
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
