/**
 * The way into what explains a run: the working of a step in the right column, and the drawer under the map. Each part
 * is fetched when it is first opened, so that the page opens as light as without them.
 */
import { explain } from "../state/explain.ts";
import { icon } from "../controls/icons.ts";
import { byId, h } from "../dom.ts";
import { fetched } from "./fetched.ts";
import { createLights, litPoint, pointLight } from "./lights.ts";
import { bring, createOpening, onEscape } from "./opening.ts";
import type { Scene, State } from "../state/types.ts";
import type { Store } from "../state/store.ts";
import type { Lights } from "./lights.ts";
import type { Shares } from "../views/data/drawing.ts";

/** What a part may use. */
export interface Ports {
  store: Store;
  lights: Lights;
  /** milliseconds */
  now: () => number;
  /** asks for a frame */
  invalidate: () => void;
  seek: (step: number) => void;
  /** what each point of the data adds to the step that is worked out */
  tell: (shares: Shares | null) => void;
}

/** The drawer from the first screen on: what it holds besides is one word further. */
const DOORS = [["charts", "States"], ["average", "Averages"], ["compare", "Compare"], ["rule", "Your rule"]];

/** where the playhead stands, and when */
export type Moment = { step: number; playing: boolean; time: number };
const narrow = matchMedia("(max-width: 1099px)");

/** @returns on narrow screens its tab is what opens it */
const showsWorking = (state: State): boolean => (narrow.matches ? document.body.dataset.tab === "working" : state.explain.working);

/** Under the map where there is room, else below the working. */
function placeDrawer(drawer: HTMLElement, working: HTMLElement) {
  const put = () => (narrow.matches ? working.after(drawer) : document.querySelector(".stage")?.append(drawer));
  narrow.addEventListener("change", put);
  put();
}

export function createExplanations(given: Omit<Ports, "lights" | "tell">) {
  const lights = createLights(given.invalidate);
  let shares: Shares | null = null;
  /** @param told  after the chart of the data has been drawn in this frame */
  function tell(told: typeof shares) {
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
  const working = fetched(async () => (await import("./working.ts")).createWorking(panel, ports), given.invalidate);
  const drawer = h("section", { id: "drawer", class: "drawer", "aria-label": "Explanations", hidden: true });
  placeDrawer(drawer, root);
  const contents = fetched(async () => (await import("./drawer.ts")).createDrawer(drawer, ports), given.invalidate);
  new MutationObserver(given.invalidate).observe(document.body, { attributeFilter: ["data-tab"] });

  function show(state: State, scene: Scene, moment: Moment) {
    const part = working();
    part?.render(state, scene, moment);
    if (part && asked) bring(root, panel.querySelector("h2"));
    asked &&= !part;
  }

  const opening = createOpening(drawer, () => (panel.hidden ? opener : panel.querySelector("h2")));
  onEscape(panel, () => given.store.update(explain, { working: false }));
  onEscape(drawer, () => given.store.update(explain, { drawer: null }));

  /** What the pointer was on last, on the map. */
  let last: string | null = null;

  return {
    /** An arrow of the map is pointed at. */
    point(quantity: string | null) {
      if (quantity === last || !document.body.classList.contains("is-working")) return;
      last = quantity;
      lights.set(quantity);
    },
    /** A point of the data is pointed at. @param point  its index */
    pointData: (point: number | null) => lights.set(point === null ? null : pointLight(point)),
    /** What the chart of the data is to show of the working. */
    data: () => ({ lit: litPoint(lights.lit()), shares: panel.hidden ? null : shares }),
    /** Charts in sight, to be taken home. */
    plates: (state: State) => (state.explain.drawer === null ? [] : (contents()?.plates?.() ?? [])),
    /** What the map is to bring forward. */
    pointed: () => ({ lit: lights.lit(), along: lights.along() }),
    render(state: State, scene: Scene, moment: Moment) {
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
