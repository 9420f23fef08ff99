/** The elements over the canvases: where they stand, what they say to those who cannot see the map. */
import { chosen } from "../../math/format.js";
import { fillCallout, placeCallout } from "./callout.js";
import { place } from "./dom.js";
import { createKey } from "./key.js";
import { inside, screenX, screenY } from "./view.js";

/** @typedef {import("./index.js").Setting} Setting */
/** @typedef {import("../../state/types.js").Hit} Hit */

/** So far inside the frame waits the handle of a start that is out of sight, in pixels. */
const EDGE = 14;

/** @param {number} value @param {number} low @param {number} high */
const within = (value, low, high) => Math.min(high, Math.max(low, value));

/** @param {HTMLElement} moved @param {string} name @param {string} value */
function attribute(moved, name, value) {
  if (moved.getAttribute(name) !== value) moved.setAttribute(name, value);
}

/** @param {Setting} setting @returns {string} */
function startLabel({ scene }) {
  const where = scene.start.map((value, k) => `${scene.problem.parameters[k]} ${chosen(value, 4)}`).join(", ");
  return `Start at ${where}. Arrow keys move it, with Shift by larger steps.`;
}

/** @param {Setting} setting @returns {string} */
function groundLabel({ scene }) {
  return `Map of the loss of ${scene.problem.label}. Arrow keys move the view, plus and minus zoom, 0 shows the whole domain.`;
}

/**
 * @param {HTMLElement} root
 * @param {import("./dom.js").Parts} parts
 */
export function createOverlay(root, { ground, start, zoom, buttons, callout, note, plate, wait, key }) {
  /** @type {import("./look.js").Look | null} */
  let laidOut = null;
  /** @type {Hit | null} */
  let told = null;
  const keyed = createKey(key);

  /** @param {Setting} setting */
  function layOut({ look }) {
    laidOut = look;
    const { left, top, width, height } = look.box;
    ground.style.left = `${left}px`;
    ground.style.top = `${top}px`;
    ground.style.width = `${width}px`;
    ground.style.height = `${height}px`;
    place(zoom, left + width, top);
    place(key, left + width, top);
    place(plate, left + width / 2, top + height);
    place(wait, left + width / 2, top + height / 2);
    root.classList.toggle("map-compact", look.compact);
    root.classList.toggle("map-projector", look.scale > 1);
  }

  /** @param {Setting} setting */
  function moveStart({ scene, plane, view }) {
    const [x, y] = plane.start(scene);
    const [px, py] = [screenX(view, x), screenY(view, y)];
    const away = !inside(view.box, px, py);
    start.classList.toggle("map-start-away", away);
    if (!away) return place(start, px, py);
    const { left, top, width, height } = view.box;
    const [ex, ey] = [within(px, left + EDGE, left + width - EDGE), within(py, top + EDGE, top + height - EDGE)];
    start.style.setProperty("--way", `${Math.round((Math.atan2(py - ey, px - ex) * 180) / Math.PI)}deg`);
    place(start, ex, ey);
  }

  /** @param {Setting} setting @param {Hit | null} hit */
  function tell({ scene, traces, view }, hit) {
    const trace = hit && traces.find(({ index }) => index === hit.run);
    callout.hidden = !trace;
    if (hit && trace && hit !== told) {
      fillCallout(callout, trace.run, hit.step, scene.problem.parameters);
      placeCallout(callout, trace.xs[hit.step], trace.ys[hit.step], view.box);
    }
    told = hit;
  }

  note.textContent = "axes not to scale";
  plate.textContent = "Add a run, and its path appears here.";

  return {
    /** @param {Setting} setting @param {Hit | null} hit */
    update(setting, hit) {
      const { scene, look, view } = setting;
      if (look !== laidOut) layOut(setting);
      keyed.update(setting);
      moveStart(setting);
      tell(setting, hit);
      attribute(start, "aria-label", startLabel(setting));
      attribute(ground, "aria-label", groundLabel(setting));
      root.classList.toggle("map-stale", scene.stale);
      root.classList.toggle("map-nearer", scene.window !== null);
      ground.classList.toggle("map-ground-route", hit !== null);
      buttons.whole.disabled = scene.window === null;
      wait.hidden = scene.landscape !== null;
      plate.hidden = scene.runs.length > 0 || scene.landscape === null;
      const uneven = !view.equal && scene.problem.parameters.length > 1;
      note.hidden = !uneven;
    },
    /** Room in the margin that is taken. @returns {import("./view.js").Box[]} */
    taken: () => [keyed.box()].filter((box) => box !== null),
  };
}
