/** The drawer under the map: what needs more width than a column, one thing at a time. */
import { createQuantities } from "../../figure/loading/quantities.ts";
import { loadStyle } from "../../service/style.ts";
import { explain } from "../../state/explain.ts";
import { icon } from "../../controls/icons.ts";
import { h } from "../../dom.ts";
import { createEdge } from "./edge.ts";
import { fetched } from "../shared/fetched.ts";
import { createParameters } from "../working/parameters.ts";
import { createWords } from "../../controls/byHand.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame, Part } from "../../figure/part.ts";
import type { Quantities } from "../../figure/loading/quantities.ts";

/** apart: shows what belongs to no parameter */
type Content = Part & { apart?: () => boolean };

/**
 * What a part of the drawer may use besides.
 * aside: for what the part can be set to, in the head of the drawer
 */
export type DrawerPorts = Figure & { quantities: Quantities; aside: HTMLElement };

/** What the drawer can hold; each: of one parameter at a time. */
const CONTENTS: { name: string; word: string; each?: boolean; style?: string; create: (root: HTMLElement, ports: DrawerPorts) => Promise<Content> }[] = [
  { name: "charts", word: "States", each: true, style: "states", create: async (root, ports) => (await import("./charts.ts")).createCharts(root, ports) },
  { name: "average", word: "Averages", each: true, style: "average", create: async (root, ports) => (await import("./average/average.ts")).createAverage(root, ports) },
  { name: "compare", word: "Compare", each: true, style: "compare", create: async (root, ports) => (await import("./compare.ts")).createCompare(root, ports) },
  { name: "forms", word: "Forms", style: "compare", create: async (root, ports) => (await import("./forms/forms.ts")).createForms(root, ports) },
  { name: "steps", word: "Steps", create: async (root, ports) => (await import("./steps.ts")).createSteps(root, ports) },
  { name: "rule", word: "Your rule", style: "own-rule", create: async (root, ports) => (await import("./own-rule/ownRule.ts")).createOwnRule(root, ports) },
];

function createPart({ name, each = false, style, create }: (typeof CONTENTS)[number], ports: Omit<DrawerPorts, "aside">) {
  const place = h("div", { class: "drawer-part", hidden: true });
  const aside = h("div", { class: "drawer-aside", hidden: true });
  const get = fetched(async () => {
    const [part] = await Promise.all([create(place, { ...ports, aside }), style && loadStyle(style)]);
    return part;
  }, ports);
  return { name, each, place, aside, get };
}

export async function createDrawer(root: HTMLElement, given: Figure): Promise<Content> {
  const { store, invalidate } = given;
  // How formulas stand in a line is the working's.
  await Promise.all(["working", "drawer"].map(loadStyle));
  const ports = { ...given, quantities: createQuantities(given) };
  const words = createWords({ label: "In the drawer", options: CONTENTS.map(({ name, word }) => [name, word]), onChoose: (drawer) => store.update(explain, { drawer }) });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close the drawer", title: "Close", onclick: () => store.update(explain, { drawer: null }) }, icon("close"));
  const parameters = createParameters(store);
  const parts = CONTENTS.map((content) => createPart(content, ports));
  const wait = h("p", { class: "note" }, "On its way.");
  const edge = createEdge(root, () => (parts.find(({ place }) => !place.hidden)?.place ?? wait).offsetHeight, invalidate);
  root.append(edge.root, h("div", { class: "drawer-head" }, words.root, parameters.root, ...parts.map(({ aside }) => aside), close), wait, ...parts.map(({ place }) => place));
  let content: Content | null = null;
  /** Whose height the edge tells. */
  let described: HTMLElement | null = null;

  return {
    chartExports: () => content?.chartExports?.() ?? [],
    render(frame: Frame) {
      const { state, scene } = frame;
      const open = parts.find(({ name }) => name === state.explain.drawer) ?? parts[0];
      content = open.get();
      words.set(open.name);
      for (const part of parts) part.place.hidden = part.aside.hidden = part !== open || content === null;
      const names = scene.problem.parameters;
      parameters.render(names, Math.min(state.explain.parameter, names.length - 1));
      wait.hidden = content !== null;
      if (open.place !== described && content) edge.describe();
      if (content) described = open.place;
      content?.render(frame);
      parameters.root.hidden = !open.each || Boolean(content?.apart?.());
    },
  };
}
