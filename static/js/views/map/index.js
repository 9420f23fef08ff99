/**
 * The map: the loss as ground, the runs as routes on it.
 *
 * It holds no truth. Every frame it is handed the scene and the playhead; it redraws the sheet when what stands still
 * has changed, the routes' canvases when a run has, and otherwise only what moves.
 */
import { createHands } from "./hands.js";
import { buildMap, sizeCanvases } from "./dom.js";
import { lookOf } from "./look.js";
import { arrowAt, createLive } from "./live.js";
import { remembering } from "./memo.js";
import { createNeeds } from "./needs.js";
import { createOverlay } from "./overlay.js";
import { planeOf } from "./plane.js";
import { createRoutes } from "./routes.js";
import { createSheet } from "./sheet.js";
import { tickEveryOf } from "./ticks.js";
import { createTraces } from "./traces.js";
import { sameView } from "./view.js";

/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../state/types.js").Playhead} Playhead */
/** @typedef {import("../../state/types.js").MapEvents} MapEvents */
/** @typedef {import("../../state/types.js").MapView} MapView */
/** @typedef {import("../../state/types.js").Hit} Hit */
/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./routes.js").Picture} Picture */

/**
 * What one drawing is made from; handed to every part.
 * @typedef {object} Setting
 * @property {Scene} scene
 * @property {Playhead} playhead
 * @property {Look} look
 * @property {View} view
 * @property {import("./plane.js").Plane} plane
 * @property {Trace[]} traces
 * @property {Picture} picture
 * @property {boolean} served  the samples are as fine as the screen deserves
 */

/** Numbers of contours move out of a route's way only once it has come to rest. */
const ROUTES_QUIET = 350;

/**
 * @param {HTMLElement} root
 * @param {MapEvents} events
 * @returns {MapView}
 */
export function createMap(root, events) {
  const parts = buildMap(root);
  const { contexts } = parts;
  const needs = createNeeds(events.onNeedLandscape);
  const sheet = createSheet(redraw);
  const live = createLive(contexts.live, createRoutes(contexts));
  const tracesOf = createTraces();
  const overlay = createOverlay(root, parts);
  /** @type {Setting | null} */
  let setting = null;
  /** @type {Hit | null} */
  let hit = null;
  /** Traces known to leave the contours' numbers alone, or waited for. @type {Trace[]} */
  let checked = [];
  let size = 0;
  let frame = 0;
  let quiet = 0;

  const look = remembering((/** @type {Scene["theme"]} */ theme, /** @type {boolean} */ projector, /** @type {number} */ _size) => {
    const made = lookOf(root, { theme, projector });
    sizeCanvases(contexts, made);
    return made;
  });
  const picture = remembering((
    /** @type {Trace[]} */ traces, /** @type {Look} */ look, /** @type {number | null} */ focus, /** @type {boolean} */ hovering,
    /** @type {Picture["words"]} */ words,
  ) => ({ traces, look, focus, hovering, words, tickEvery: tickEveryOf(traces, look) }));

  /** @param {Scene} scene @param {Playhead} playhead @returns {Setting} */
  function settingOf(scene, playhead) {
    const made = look(scene.theme, scene.projector, size);
    const plane = planeOf(scene);
    const fresh = plane.view(scene, made.box);
    const view = setting && sameView(setting.view, fresh) ? setting.view : fresh;
    const traces = tracesOf(scene, plane, view);
    const served = needs.check(scene, view, made.ratio);
    return { scene, playhead, look: made, view, plane, traces, served, picture: pictureOf(scene, traces, made) };
  }

  /** @param {Scene} scene @param {Trace[]} traces @param {Look} look @returns {Picture} */
  function pictureOf({ hovered, selected }, traces, look) {
    const inHand = hit?.run ?? hovered;
    return picture(traces, look, inHand ?? selected, inHand !== null, sheet.words());
  }

  /** @param {Scene} scene @param {Playhead} playhead */
  function render(scene, playhead) {
    const { width, height } = look(scene.theme, scene.projector, size);
    if (!width || !height) return;
    if (hit && (scene.runs[hit.run]?.length ?? 0) <= hit.step) hit = null;
    setting = settingOf(scene, playhead);
    if (sheet.draw(contexts.sheet, setting)) {
      clearTimeout(quiet);
      setting.picture = pictureOf(scene, setting.traces, setting.look);
    } else if (setting.traces !== checked && sheet.crossedBy(setting.traces)) calm();
    checked = setting.traces;
    overlay.update(setting, hit);
    live.draw(setting, { hit, occupancy: sheet.occupancy(), sinks: sheet.sinks(), taken: overlay.taken() });
  }

  function calm() {
    clearTimeout(quiet);
    quiet = window.setTimeout(() => { sheet.forget(); redraw(); }, ROUTES_QUIET);
  }

  function redraw() {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => setting && render(setting.scene, setting.playhead));
  }

  const release = createHands(root, parts, events, {
    setting: () => setting,
    startName: live.startName,
    hover(next) {
      if (next?.run === hit?.run && next?.step === hit?.step) return;
      hit = next;
      events.onHover(hit);
      redraw();
    },
  });
  document.fonts?.addEventListener("loadingdone", resize);
  const observer = new ResizeObserver(() => { if (!fits()) resize(); });
  observer.observe(root);

  /** @returns {boolean} whether the canvases still have the size of the map */
  function fits() {
    const made = setting?.look;
    return made !== undefined && made.width === root.clientWidth && made.height === root.clientHeight;
  }

  function resize() {
    size++;
    redraw();
  }

  return {
    render,
    arrowAt(clientX, clientY) {
      const { left, top } = root.getBoundingClientRect();
      return setting && arrowAt(setting, clientX - left, clientY - top);
    },
    resize,
    destroy() {
      cancelAnimationFrame(frame);
      clearTimeout(quiet);
      document.fonts?.removeEventListener("loadingdone", resize);
      observer.disconnect();
      needs.destroy();
      sheet.destroy();
      release();
      root.replaceChildren();
      root.classList.remove("map");
    },
  };
}
