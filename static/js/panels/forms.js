/** The same optimizer as different people write it, column beside column, and what walks the same path. */
import { formulaSetter } from "../net/katex.js";
import { setValue } from "../state/actions.js";
import { optimizerOf } from "../state/catalog.js";
import { addBeside, converted, turnInto } from "../state/rules.js";
import { chosen } from "../math/format.js";
import { createFormula, fit, unfit } from "../views/formula.js";
import { formRows } from "../words/formRows.js";
import { symbol } from "../words/symbol.js";
import { h, setAttribute, setText } from "../dom.js";
import { chosenRun } from "./chosenRun.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Entry} Entry */
/** @typedef {import("../state/types.js").Form} Form */
/** @typedef {import("../state/types.js").Equal} Equal */
/** @typedef {import("../state/types.js").Optimizer} Optimizer */
/** @typedef {import("../net/katex.js").Setter} Setter */
/** @typedef {import("./explain.js").Ports} Ports */

/** @param {Entry} entry @param {Optimizer} known */
const formNow = ({ optimizer }, known) => Math.max(0, known.forms.findIndex(({ name }) => name === (optimizer.form ?? "standard")));

/** "learning rate 0.002 = learning rate × (1 − β)" @param {Equal} equal @param {Record<string, unknown>} values */
function conversion(equal, values) {
  const readable = (/** @type {string} */ text) => text.replace(/[a-z_]+\d*/gi, (name) => (name === "sqrt" ? "√" : symbol(name))).replace(/\*/g, " × ").replace(/-/g, "−").replace(/\//g, " / ");
  return Object.entries(equal.values).map(([name, text]) => `${symbol(name)} ${chosen(Number(values[name]))} = ${readable(text)}`).join(", ");
}

/** A table of the forms. @param {Setter} set @param {Form[]} forms @param {(name: string) => void} onChoose */
function createTable(set, forms, onChoose) {
  const heads = forms.map(({ name, label }) => h("button", { type: "button", role: "radio", class: "form-head", onclick: () => onChoose(name) }, label));
  const rows = formRows(forms).map(({ lines }) => lines.map((latex) => {
    const formula = createFormula(set);
    if (latex) formula.render(latex);
    return { cell: h("div", { class: "form-cell" }, formula.root), formula: formula.root, latex };
  }));
  const notes = forms.map(({ summary }) => h("p", { class: "note form-note" }, summary ?? ""));
  const root = h("div", { class: "forms-table", role: "radiogroup", "aria-label": "Form" }, ...heads, ...rows.flat().map(({ cell }) => cell), ...notes);
  root.style.gridTemplateColumns = `repeat(${forms.length}, minmax(180px, 1fr))`;
  return {
    root,
    fitted: rows.flat().map(({ formula }) => formula),
    /** @param {number} now  the form in force */
    mark(now) {
      heads.forEach((head, k) => setAttribute(head, "aria-checked", String(k === now)));
      for (const row of rows) row.forEach(({ cell, latex }, k) => {
        setAttribute(cell, "data-chosen", k === now);
        setAttribute(cell, "data-differs", k !== now && latex !== row[now].latex);
        setAttribute(cell, "data-none", latex === null);
      });
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Ports} ports
 */
export async function createForms(root, { store }) {
  const set = /** @type {Setter | null} */ (await formulaSetter());
  if (!set) throw new Error("formulas cannot be set");
  const act = store.update;
  const wait = h("p", { class: "note" });
  const place = h("div", { class: "forms" });
  const equals = h("ul", { class: "equals" });
  root.append(wait, place, equals);
  /** @type {ReturnType<typeof createTable> | null} */
  let table = null;
  let made = "";
  let listed = "";
  let width = 0;

  /** @param {State} state @param {Entry} entry @param {Equal} equal */
  function equalRow({ catalog }, entry, equal) {
    const other = converted(catalog, entry.optimizer, equal);
    const known = optimizerOf(catalog, equal.name);
    const label = known?.forms.find(({ name }) => name === equal.form)?.label ?? equal.form;
    const form = equal.form === "standard" ? "" : `, ${label.charAt(0).toLowerCase()}${label.slice(1)},`;
    const words = `${known?.label ?? equal.name}${form} walks the same path${equal.constant_rate ? " while the rate does not change" : ""}`;
    const how = conversion(equal, other);
    return h("li", {}, h("span", {}, words, how && " at ", how && h("strong", {}, how), "."),
      h("button", { type: "button", class: "quiet strong", onclick: () => act(addBeside, entry.id, other) }, "Add it"),
      h("button", { type: "button", class: "quiet strong", onclick: () => act(turnInto, entry.id, other) }, "Turn this run into it"));
  }

  /** @param {State} state @param {Entry} entry @param {Form} form */
  function renderEquals(state, entry, form) {
    const key = JSON.stringify([entry.id, entry.optimizer]);
    if (key !== listed) equals.replaceChildren(...(form.equals ?? []).map((equal) => equalRow(state, entry, equal)));
    listed = key;
  }

  /** @param {Optimizer} known @param {number} id */
  function renderTable(known, id) {
    const key = `${known.name} ${id}`;
    if (key !== made || !table) {
      table = createTable(/** @type {Setter} */ (set), known.forms, (name) => act(setValue, id, "form", name === "standard" ? undefined : name, false));
      place.replaceChildren(table.root);
      width = 0;
    }
    made = key;
    if (width !== root.clientWidth) {
      unfit(table.fitted);
      fit(table.fitted);
    }
    width = root.clientWidth;
    return table;
  }

  return {
    /** @param {State} state @param {Scene} scene */
    render(state, scene) {
      const index = chosenRun(scene);
      const entry = index === null ? null : state.entries[index];
      const known = entry && optimizerOf(state.catalog, entry.optimizer.name);
      const some = Boolean(known?.forms.length);
      wait.hidden = some;
      place.hidden = equals.hidden = !some;
      if (!entry || index === null) return setText(wait, "Add a run to see its forms.");
      if (!known || !some) return setText(wait, `${scene.runs[index].name} is written in one way only.`);
      const now = formNow(entry, known);
      renderTable(known, entry.id).mark(now);
      renderEquals(state, entry, known.forms[now]);
      setAttribute(place, "class", `forms slot-${entry.slot}`);
    },
  };
}
