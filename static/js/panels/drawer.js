/** The drawer under the map: what needs more width than a column, one thing at a time. */
import { explain } from "../state/explain.js";
import { loadStyle } from "../net/style.js";
import { createWords } from "../controls/choice.js";
import { icon } from "../controls/icons.js";
import { h, setText } from "../dom.js";
import { fetched } from "./fetched.js";
import { createParameters } from "./parameters.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("./explain.js").Ports} Ports */
/** @typedef {import("./explain.js").Moment} Moment */
/** @typedef {import("./fetched.js").Part} Part */

/**
 * What the drawer can hold; each: of one parameter at a time.
 * @type {{name: string, word: string, each?: boolean, create: (root: HTMLElement, ports: Ports) => Promise<Part>}[]}
 */
const CONTENTS = [
  { name: "charts", word: "States", each: true, create: async (root, ports) => (await import("./charts.js")).createCharts(root, ports) },
  { name: "average", word: "Averages", each: true, create: async (root, ports) => (await import("./average.js")).createAverage(root, ports) },
  { name: "compare", word: "Compare", each: true, create: async (root, ports) => (await import("./compare.js")).createCompare(root, ports) },
  { name: "forms", word: "Forms", create: async (root, ports) => (await import("./forms.js")).createForms(root, ports) },
  { name: "steps", word: "Steps", create: async (root, ports) => (await import("./steps.js")).createSteps(root, ports) },
  { name: "rule", word: "Your rule", create: async (root, ports) => (await import("./ownRule.js")).createOwnRule(root, ports) },
];

/**
 * @param {HTMLElement} root
 * @param {Ports} ports
 * @returns {Promise<Part>}
 */
export async function createDrawer(root, ports) {
  const { store, invalidate } = ports;
  await loadStyle(new URL("../../css/drawer.css", import.meta.url).href);
  const words = createWords({ label: "In the drawer", options: CONTENTS.map(({ name, word }) => [name, word]), onChoose: (drawer) => store.update(explain, { drawer }) });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close the drawer", title: "Close", onclick: () => store.update(explain, { drawer: null }) }, icon("close"));
  const parameters = createParameters(store);
  const wait = h("p", { class: "note" });
  root.append(h("div", { class: "drawer-head" }, words.root, parameters.root, close), wait);
  const parts = CONTENTS.map(({ name, each = false, create }) => {
    const place = h("div", { class: "drawer-part", hidden: true });
    root.append(place);
    return { name, place, each, get: fetched(() => create(place, ports), invalidate) };
  });

  return {
    /** @param {State} state @param {Scene} scene @param {Moment} moment */
    render(state, scene, moment) {
      const open = parts.find(({ name }) => name === state.explain.drawer) ?? parts[0];
      words.set(open.name);
      for (const part of parts) part.place.hidden = part !== open;
      const names = scene.problem.parameters;
      parameters.root.hidden = !open.each;
      parameters.render(names, Math.min(state.explain.parameter, names.length - 1));
      const content = open.get();
      wait.hidden = content !== null;
      setText(wait, "On its way.");
      content?.render(state, scene, moment);
    },
  };
}
