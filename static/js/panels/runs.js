/** The legend of the map, made operable: every run, and a way to add one. */
import { addRun } from "../state/actions.js";
import { createPopover } from "../controls/popover.js";
import { icon } from "../controls/icons.js";
import { fromSnake } from "../state/catalog.js";
import { h, keyed } from "../dom.js";
import { createRunCard } from "./runCard.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Entry} Entry */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Optimizer} Optimizer */
/** @typedef {import("../state/store.js").Store} Store */

/** @param {Optimizer[]} optimizers @returns {[string, Optimizer[]][]} by family, in the order of the catalog */
function byFamily(optimizers) {
  /** @type {Map<string, Optimizer[]>} */
  const families = new Map();
  for (const optimizer of optimizers) {
    const family = optimizer.family ?? "optimizers";
    families.set(family, [...(families.get(family) ?? []), optimizer]);
  }
  return [...families];
}

/** @param {Store} store @param {() => void} close */
function choices(store, close) {
  const choose = (/** @type {string} */ name) => {
    close();
    store.update(addRun, name);
  };
  const families = byFamily(store.get().catalog?.optimizers ?? []).map(([family, members]) =>
    h("div", { class: "family" }, h("h3", {}, fromSnake(family)), ...members.map((member) =>
      h("button", { type: "button", class: "choice", title: member.summary, onclick: () => choose(member.name) }, member.label))));
  const own = h("button", { type: "button", class: "choice", onclick: () => (close(), void addOwnRule(store)) }, "A rule of your own");
  return h("div", { class: "families" }, ...families, h("div", { class: "family" }, h("h3", {}, "Yours"), own));
}

/** @param {Store} store */
async function addOwnRule(store) {
  const { addOwn } = await import("../state/ownRule.js");
  store.update(addOwn);
}

/** Comparisons to begin with where nothing runs. */
const COMPARISONS = /** @type {[string, string[]][]} */ ([
  ["Descent against Adam", ["gd", "adam"]],
  ["With and without momentum", ["gd", "momentum", "heavy_ball"]],
]);

/** A sign over the rules, and what it means. @param {string} name @param {string} words */
const sign = (name, words) => h("span", { class: "key-part" }, h("span", { class: name }), words);

/** @param {Store} store */
function createInvitation(store) {
  const begin = (/** @type {string[]} */ names) => names.forEach((name) => store.update(addRun, name));
  return h("div", { class: "invitation" },
    h("p", {}, h("strong", {}, "No runs yet.")),
    h("p", { class: "note" }, "A run is one optimizer walking down from the start. Add one, or begin with a comparison:"),
    ...COMPARISONS.map(([words, names]) => h("button", { type: "button", class: "button", onclick: () => begin(names) }, words)));
}

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {() => void} invalidate  asks for a frame
 */
export function createRunsPanel(root, store, invalidate) {
  const add = h("button", { type: "button", class: "quiet add" }, icon("plus"), "Add a run");
  createPopover({ button: add, label: "Add a run", fill: (close) => choices(store, close) });
  const list = h("ul", { class: "runs" });
  const invitation = createInvitation(store);
  const key = h("p", { class: "rule-key" }, sign("key-shade", "loss at the end"), sign("key-hatch", "rises or diverges"));
  root.append(h("div", { class: "panel-head" }, h("h2", {}, "Runs"), add), list, key, invitation);
  const render = keyed(list, (/** @type {Entry} */ entry) => `${entry.id} ${latest.state.catalog !== null}`, (entry) => {
    const card = createRunCard(store, entry, invalidate);
    return { root: card.root, render: (/** @type {Entry} */ current, /** @type {number} */ index) => card.render(latest.state, current, latest.scene.runs[index]) };
  });
  /** @type {{state: State, scene: Scene}} */
  let latest;

  /** @type {Set<number>} */
  let known = new Set();

  /** A run that has been added is brought into sight, where the list is longer than the screen. @param {State} state */
  function reveal({ entries, edit }) {
    const added = edit === "runs" && known.size > 0 ? entries.findIndex(({ id }) => !known.has(id)) : -1;
    known = new Set(entries.map(({ id }) => id));
    list.children[added]?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** A run that had the keys is gone: they go to the one in its place. @param {number} index */
  function goTo(index) {
    const card = list.children[Math.min(index, list.children.length - 1)];
    const next = /** @type {HTMLElement} */ (card?.querySelector(".run-toggle") ?? add);
    next.focus();
  }

  return {
    /** @param {State} state @param {Scene} scene */
    render(state, scene) {
      latest = { state, scene };
      const held = [...list.children].findIndex((card) => card.contains(document.activeElement));
      render(state.entries);
      if (held >= 0 && !list.contains(document.activeElement)) goTo(held);
      reveal(state);
      invitation.hidden = state.entries.length > 0;
      key.hidden = !state.entries.some(({ id }) => state.sweeps[id]);
    },
  };
}
