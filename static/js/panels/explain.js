/**
 * The way into what explains a run: the working of a step in the right column, and the drawer under the map. Each part
 * is fetched when it is first opened, so that the page opens as light as without them.
 */
import { explain } from "../state/explain.js";
import { icon } from "../controls/icons.js";
import { byId, h } from "../dom.js";
import { createLights } from "./lights.js";

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
 */

/** @typedef {{step: number, playing: boolean, time: number}} Moment  where the playhead stands, and when */
/** @typedef {{render: (state: State, scene: Scene, moment: Moment) => void}} Part */

/** Milliseconds until what could not be fetched is tried again. */
const AGAIN = 2000;

/**
 * A part that is fetched when it is first wanted.
 * @param {() => Promise<Part>} create
 * @param {() => void} onReady
 * @returns {() => Part | null} null until it is there
 */
function fetched(create, onReady) {
  /** @type {Part | null} */
  let part = null;
  let coming = false;

  async function fetch() {
    coming = true;
    part = await create().catch(() => null);
    if (!part) setTimeout(() => (coming = false, onReady()), AGAIN);
    onReady();
  }

  return () => {
    if (!part && !coming) void fetch();
    return part;
  };
}

const narrow = matchMedia("(max-width: 1099px)");

/** @param {State} state @returns {boolean} on narrow screens its tab is what opens it */
const showsWorking = (state) => (narrow.matches ? document.body.dataset.tab === "working" : state.explain.working);

/** @param {Omit<Ports, "lights">} given */
export function createExplanations(given) {
  const lights = createLights(given.invalidate);
  const ports = { ...given, lights };
  const open = () => {
    asked = true;
    given.store.update(explain, { working: true });
  };
  const opener = h("button", { type: "button", class: "quiet working-opener", "aria-expanded": "false", onclick: open }, "Working of the next step", icon("down"));
  const panel = h("div", { id: "working-panel" });
  const root = byId("working");
  /** Opened by hand, and not yet brought into sight. */
  let asked = false;
  root.append(opener, panel);
  const working = fetched(async () => (await import("./working.js")).createWorking(panel, ports), given.invalidate);
  new MutationObserver(given.invalidate).observe(document.body, { attributeFilter: ["data-tab"] });

  return {
    lights,
    /** @param {State} state @param {Scene} scene @param {Moment} moment */
    render(state, scene, moment) {
      const shown = showsWorking(state);
      opener.hidden = shown;
      panel.hidden = !shown;
      document.body.classList.toggle("is-working", shown);
      if (!shown) return;
      const part = working();
      part?.render(state, scene, moment);
      if (part && asked) root.scrollIntoView({ block: "start" });
      asked &&= !part;
    },
  };
}
