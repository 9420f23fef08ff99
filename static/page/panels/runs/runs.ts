/** The legend of the map, made operable: every run, and a way to add one. */
import { addRun } from "../../state/actions.ts";
import { createPopover } from "../../controls/popover.ts";
import { icon } from "../../controls/icons.ts";
import { fromSnake } from "../../state/catalog.ts";
import { h, keyed } from "../../dom.ts";
import { createRunCard } from "./card.ts";
import type { Entry, Optimizer, Scene, State } from "../../state/types.ts";
import type { Store } from "../../state/store.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";

/** @returns by family, in the order of the catalog */
function byFamily(optimizers: Optimizer[]): [string, Optimizer[]][] {
  const families: Map<string, Optimizer[]> = new Map();
  for (const optimizer of optimizers) {
    const family = optimizer.family ?? "optimizers";
    families.set(family, [...(families.get(family) ?? []), optimizer]);
  }
  return [...families];
}

function choices(store: Store, close: () => void) {
  const choose = (name: string) => {
    close();
    store.update(addRun, name);
  };
  const families = byFamily(store.get().catalog?.optimizers ?? []).map(([family, members]) =>
    h("div", { class: "family" }, h("h3", {}, fromSnake(family)), ...members.map((member) =>
      h("button", { type: "button", class: "choice", title: member.summary, onclick: () => choose(member.name) }, member.label))));
  const own = h("button", { type: "button", class: "choice", onclick: () => (close(), void addOwnRule(store)) }, "A rule of your own");
  return h("div", { class: "families" }, ...families, h("div", { class: "family" }, h("h3", {}, "Yours"), own));
}

async function addOwnRule(store: Store) {
  const { addOwn } = await import("../../state/ownRule.ts");
  store.update(addOwn);
}

/** Comparisons to begin with where nothing runs. */
const COMPARISONS = [
  ["Descent against Adam", ["gd", "adam"]],
  ["With and without momentum", ["gd", "momentum", "heavy_ball"]],
] as [string, string[]][];

/** A sign over the rules, and what it means. */
const sign = (name: string, words: string) => h("span", { class: "key-part" }, h("span", { class: name }), words);

function createInvitation(store: Store) {
  const begin = (names: string[]) => names.forEach((name) => store.update(addRun, name));
  return h("div", { class: "invitation" },
    h("p", {}, h("strong", {}, "No runs yet.")),
    h("p", { class: "note" }, "A run is one optimizer walking down from the start. Add one, or begin with a comparison:"),
    ...COMPARISONS.map(([words, names]) => h("button", { type: "button", class: "button", onclick: () => begin(names) }, words)));
}

export function createRunsPanel(figure: Figure) {
  const { store } = figure;
  const root = figure.place("runs");
  const add = h("button", { type: "button", class: "quiet add" }, icon("plus"), "Add a run");
  createPopover({ button: add, label: "Add a run", fill: (close) => choices(store, close) });
  const list = h("ul", { class: "runs" });
  const invitation = createInvitation(store);
  const key = h("p", { class: "rule-key" }, sign("key-shade", "loss at the end"), sign("key-hatch", "rises or diverges"));
  root.append(h("div", { class: "panel-head" }, h("h2", {}, "Runs"), add), list, key, invitation);
  const render = keyed(list, (entry: Entry) => `${entry.id} ${latest.state.catalog !== null}`, (entry) => {
    const card = createRunCard(figure, entry);
    return { root: card.root, render: (current: Entry, index: number) => card.render(latest.state, current, latest.scene.runs[index]) };
  });
  let latest: { state: State; scene: Scene };

  let known: Set<number> = new Set();
  figure.wantSweeps();

  /** A run that has been added is brought into sight, where the list is longer than the screen. */
  function reveal({ entries, edit }: State) {
    const added = edit === "runs" && known.size > 0 ? entries.findIndex(({ id }) => !known.has(id)) : -1;
    known = new Set(entries.map(({ id }) => id));
    list.children[added]?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** A run that had the keys is gone: they go to the one in its place. */
  function goTo(index: number) {
    const card = list.children[Math.min(index, list.children.length - 1)];
    const next = (card?.querySelector(".run-toggle") ?? add) as HTMLElement;
    next.focus();
  }

  return {
    destroy: () => root.replaceChildren(),
    render({ state, scene }: Frame) {
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
