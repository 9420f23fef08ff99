/**
 * The way into what explains a run: the working of a step in the right column, and the drawer under the map. Each part
 * is fetched when it is first opened, so that the page opens as light as without them.
 */
import { explain } from "../state/explain.js";
import { icon } from "../controls/icons.js";
import { byId, h } from "../dom.js";
import { fetched } from "./fetched.js";
import { createLights, litPoint, pointLight } from "./lights.js";
import { bring, createOpening, onEscape } from "./opening.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/store.js").Store} Store */
/** @typedef {import("./lights.js").Lights} Lights */

/**
 * What a part may use.
 * @typedef {object} Ports
 * @property {Store} store
 * @property {Lights} lights
 * @property {() => number} now  milliseconds
 * @property {() => void} invalidate  asks for a frame
 * @property {(step: number) => void} seek
 * @property {(shares: import("../views/data/drawing.js").Shares | null) => void} tell  what each point of the data adds to the step that is worked out
 */

/** The drawer from the first screen on: what it holds besides is one word further. */
const DOORS = [["charts", "States"], ["average", "Averages"], ["compare", "Compare"], ["rule", "Your rule"]];

/** @typedef {{step: number, playing: boolean, time: number}} Moment  where the playhead stands, and when */
const narrow = matchMedia("(max-width: 1099px)");

/** @param {State} state @returns {boolean} on narrow screens its tab is what opens it */
const showsWorking = (state) => (narrow.matches ? document.body.dataset.tab === "working" : state.explain.working);

/** Under the map where there is room, else below the working. @param {HTMLElement} drawer @param {HTMLElement} working */
function placeDrawer(drawer, working) {
  const put = () => (narrow.matches ? working.after(drawer) : document.querySelector(".stage")?.append(drawer));
  narrow.addEventListener("change", put);
  put();
}

/** @param {Omit<Ports, "lights" | "tell">} given */
export function createExplanations(given) {
  const lights = createLights(given.invalidate);
  /** @type {import("../views/data/drawing.js").Shares | null} */
  let shares = null;
  /** @param {typeof shares} told  after the chart of the data has been drawn in this frame */
  function tell(told) {
    shares = told;
    given.invalidate();
  }
  const ports = { ...given, lights, tell };
  const open = () => {
    asked = true;
    given.store.update(explain, { working: true });
  };
  const opener = h("button", { type: "button", class: "quiet working-opener", "aria-expanded": "false", onclick: open }, "Working of the next step", icon("down"));
  const doors = h("div", { class: "working-ways" }, ...DOORS.map(([drawer, word]) => h("button", { type: "button", class: "quiet", onclick: () => given.store.update(explain, { drawer }) }, word)));
  const panel = h("div", { id: "working-panel" });
  const root = byId("working");
  /** Opened by hand, and not yet brought into sight. */
  let asked = false;
  root.append(opener, doors, panel);
  const working = fetched(async () => (await import("./working.js")).createWorking(panel, ports), given.invalidate);
  const drawer = h("section", { id: "drawer", class: "drawer", "aria-label": "Explanations", hidden: true });
  placeDrawer(drawer, root);
  const contents = fetched(async () => (await import("./drawer.js")).createDrawer(drawer, ports), given.invalidate);
  new MutationObserver(given.invalidate).observe(document.body, { attributeFilter: ["data-tab"] });

  /** @param {State} state @param {Scene} scene @param {Moment} moment */
  function show(state, scene, moment) {
    const part = working();
    part?.render(state, scene, moment);
    if (part && asked) bring(root, panel.querySelector("h2"));
    asked &&= !part;
  }

  const opening = createOpening(drawer, () => (panel.hidden ? opener : panel.querySelector("h2")));
  onEscape(panel, () => given.store.update(explain, { working: false }));
  onEscape(drawer, () => given.store.update(explain, { drawer: null }));

  /** What the pointer was on last, on the map. @type {string | null} */
  let last = null;

  return {
    /** An arrow of the map is pointed at. @param {string | null} quantity */
    point(quantity) {
      if (quantity === last || !document.body.classList.contains("is-working")) return;
      last = quantity;
      lights.set(quantity);
    },
    /** A point of the data is pointed at. @param {number | null} point  its index */
    pointData: (point) => lights.set(point === null ? null : pointLight(point)),
    /** What the chart of the data is to show of the working. */
    data: () => ({ lit: litPoint(lights.lit()), shares: panel.hidden ? null : shares }),
    /** Charts in sight, to be taken home. @param {State} state */
    plates: (state) => (state.explain.drawer === null ? [] : (contents()?.plates?.() ?? [])),
    /** What the map is to bring forward. */
    pointed: () => ({ lit: lights.lit(), along: lights.along() }),
    /** @param {State} state @param {Scene} scene @param {Moment} moment */
    render(state, scene, moment) {
      const shown = showsWorking(state);
      const left = !shown && panel.contains(document.activeElement);
      opener.hidden = shown;
      doors.hidden = shown || state.explain.drawer !== null;
      panel.hidden = !shown;
      if (left) opener.focus();
      document.body.classList.toggle("is-working", shown);
      if (shown) show(state, scene, moment);
      opening.begin(state.explain.drawer !== null);
      const content = drawer.hidden ? null : contents();
      content?.render(state, scene, moment);
      if (content) opening.finish();
    },
  };
}
