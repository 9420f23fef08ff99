/** The drawer under the map: what needs more width than a column, one thing at a time. */
import { createQuantities } from "../loading/quantities.js";
import { loadStyle } from "../net/style.js";
import { explain } from "../state/explain.js";
import { createWords } from "../controls/choice.js";
import { icon } from "../controls/icons.js";
import { h } from "../dom.js";
import { createEdge } from "./drawerEdge.js";
import { fetched } from "./fetched.js";
import { createParameters } from "./parameters.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("./explain.js").Ports} Ports */
/** @typedef {import("./explain.js").Moment} Moment */
/** @typedef {import("./fetched.js").Part} Part */

/**
 * What a part of the drawer may use besides.
 * @typedef {Ports & {quantities: import("../loading/quantities.js").Quantities, aside: HTMLElement}} DrawerPorts  aside: for what the part can be set to, in the head of the drawer
 */

/**
 * What the drawer can hold; each: of one parameter at a time.
 * @type {{name: string, word: string, each?: boolean, style?: string, create: (root: HTMLElement, ports: DrawerPorts) => Promise<Part>}[]}
 */
const CONTENTS = [
  { name: "charts", word: "States", each: true, style: "states", create: async (root, ports) => (await import("./charts.js")).createCharts(root, ports) },
  { name: "average", word: "Averages", each: true, style: "average", create: async (root, ports) => (await import("./average.js")).createAverage(root, ports) },
  { name: "compare", word: "Compare", each: true, style: "compare", create: async (root, ports) => (await import("./compare.js")).createCompare(root, ports) },
  { name: "forms", word: "Forms", style: "compare", create: async (root, ports) => (await import("./forms.js")).createForms(root, ports) },
  { name: "steps", word: "Steps", create: async (root, ports) => (await import("./steps.js")).createSteps(root, ports) },
  { name: "rule", word: "Your rule", style: "own-rule", create: async (root, ports) => (await import("./ownRule.js")).createOwnRule(root, ports) },
];

/** @param {string} name */
const styleOf = (name) => new URL(`../../css/${name}.css`, import.meta.url).href;

/** @param {(typeof CONTENTS)[number]} content @param {Omit<DrawerPorts, "aside">} ports */
function createPart({ name, each = false, style, create }, ports) {
  const place = h("div", { class: "drawer-part", hidden: true });
  const aside = h("div", { class: "drawer-aside", hidden: true });
  const get = fetched(async () => {
    const [part] = await Promise.all([create(place, { ...ports, aside }), style && loadStyle(styleOf(style))]);
    return part;
  }, ports.invalidate);
  return { name, each, place, aside, get };
}

/**
 * @param {HTMLElement} root
 * @param {Ports} given
 * @returns {Promise<Part>}
 */
export async function createDrawer(root, given) {
  const { store, now, invalidate } = given;
  // How formulas stand in a line is the working's.
  await Promise.all(["working", "drawer"].map((name) => loadStyle(styleOf(name))));
  const ports = { ...given, quantities: createQuantities({ now, onAnswer: invalidate }) };
  const words = createWords({ label: "In the drawer", options: CONTENTS.map(({ name, word }) => [name, word]), onChoose: (drawer) => store.update(explain, { drawer }) });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close the drawer", title: "Close", onclick: () => store.update(explain, { drawer: null }) }, icon("close"));
  const parameters = createParameters(store);
  const parts = CONTENTS.map((content) => createPart(content, ports));
  const wait = h("p", { class: "note" }, "On its way.");
  const edge = createEdge(root, () => (parts.find(({ place }) => !place.hidden)?.place ?? wait).offsetHeight, invalidate);
  root.append(edge.root, h("div", { class: "drawer-head" }, words.root, parameters.root, ...parts.map(({ aside }) => aside), close), wait, ...parts.map(({ place }) => place));
  /** @type {Part | null} */
  let content = null;
  /** Whose height the edge tells. @type {HTMLElement | null} */
  let described = null;

  return {
    plates: () => content?.plates?.() ?? [],
    /** @param {State} state @param {Scene} scene @param {Moment} moment */
    render(state, scene, moment) {
      const open = parts.find(({ name }) => name === state.explain.drawer) ?? parts[0];
      content = open.get();
      words.set(open.name);
      for (const part of parts) part.place.hidden = part.aside.hidden = part !== open || content === null;
      const names = scene.problem.parameters;
      parameters.render(names, Math.min(state.explain.parameter, names.length - 1));
      wait.hidden = content !== null;
      if (open.place !== described && content) edge.describe();
      if (content) described = open.place;
      content?.render(state, scene, moment);
      parameters.root.hidden = !open.each || Boolean(content?.apart?.());
    },
  };
}
