/**
 * The sheet: everything that stands still while the playhead moves. The survey (picture and contours) comes from a
 * worker; until it is there a coarse picture stands in, and while the view moves the last one is drawn to its place.
 */
import { drawPlate, drawRelief, drawUnsurveyed, plateOf } from "./ground.js";
import { drawCrosses, drawFrame } from "./frame.js";
import { gridOf } from "./grid.js";
import { drawMinima, placeMinima } from "./marks.js";
import { createOccupancy } from "./occupancy.js";
import { drawProfile } from "./profile.js";
import { wipe } from "./routes.js";
import { drawContours, paintGround } from "./survey.js";
import { createSurveys } from "./survey-client.js";
import { clipped } from "./trace.js";
import { sameView, screenX, screenY, windowOf } from "./view.js";

/** @typedef {import("./index.js").Setting} Setting */
/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./ground.js").Plate} Plate */
/** @typedef {import("./survey.js").Relief} Relief */
/** @typedef {import("./labels.js").Label} Label */
/** @typedef {import("./occupancy.js").Occupancy} Occupancy */
/** @typedef {import("../../state/types.js").Landscape} Landscape */
/** @typedef {import("../../math/levels.js").Levels} Levels */

/** More pixels than this are shaded at less than the screen's own fineness; lines stay sharp. */
const MOST_PIXELS = 2.2e6;
/** Finer samples are awaited this long before those at hand are surveyed in full. */
const PATIENCE = 300;
const COARSE = 0.25;
/** Contours of a sketch have vertices this many times further apart. */
const COARSE_LINES = 3;

/** What a picture shows. @typedef {{landscape: Landscape, levels: Levels, theme: string, view: View, ratio: number, nearness: number}} Subject */

/**
 * What surveys have brought in.
 * @typedef {object} Ground
 * @property {Plate | null} near  what is in sight, or was a moment ago
 * @property {Plate | null} wide  the whole domain, below it
 * @property {Relief | null} relief
 * @property {import("./grid.js").Extent | null} sampled  where `near` has samples
 */

/** @type {Ground} */
const BARE = { near: null, wide: null, relief: null, sampled: null };

/** @param {Subject} a @param {Subject} b */
function sameSubject(a, b) {
  return a.landscape === b.landscape && a.levels === b.levels && a.theme === b.theme && a.ratio === b.ratio && sameView(a.view, b.view);
}

/** @param {() => void} changed  called when a survey has come in */
export function createSheet(changed) {
  const surveys = createSurveys();
  /** @type {Subject | null} */
  let subject = null;
  /** @type {Ground} */
  let ground = BARE;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Label[]} */
  let labels = [];
  /** What the canvas shows now. @type {unknown[]} */
  let shown = [];
  /** Minima in sight. @type {import("./marks.js").Sink[]} */
  let sinks = [];
  /** Where words stand that are not a contour's. @type {import("./view.js").Box[]} */
  let words = [];
  /** @type {Occupancy} */
  let occupancy = createOccupancy({ left: 0, top: 0, width: 1, height: 1 });

  /** @param {Setting} setting */
  function survey({ scene, plane, served, view, look }) {
    const { landscape, levels, theme, window } = scene;
    if (!landscape || !levels || !landscape.y) return clear();
    const nearness = view.kx / plane.view({ ...scene, window: null }, look.box).kx;
    const next = { landscape, levels, theme, view, nearness, ratio: fineness(view, look.ratio) };
    if (subject && sameSubject(subject, next)) return;
    if (!subject || subject.levels !== levels || subject.theme !== theme) {
      ground = sketch(next);
      labels = [];
    }
    subject = next;
    clearTimeout(timer);
    timer = setTimeout(() => order(next, window !== null), served ? 0 : PATIENCE);
  }

  /** @param {Subject} wanted @param {boolean} near  not the whole domain */
  function order(wanted, near) {
    const { kx, ky } = wanted.view;
    surveys.order({
      order: orderOf(wanted, wanted.ratio), unitsX: 1 / kx, unitsY: 1 / ky,
      done({ picture, relief }) {
        if (subject?.levels !== wanted.levels || subject.theme !== wanted.theme) return;
        const plate = plateOf(picture);
        ground = { near: plate, wide: near ? ground.wide : plate, relief, sampled: relief.extent };
        changed();
      },
    });
  }

  function clear() {
    if (!subject) return;
    clearTimeout(timer);
    subject = null;
    ground = BARE;
    labels = [];
  }

  /** @param {CanvasRenderingContext2D} context @param {Setting} setting */
  function drawGround(context, { scene: { landscape, levels }, view, look }) {
    drawUnsurveyed(context, view, look, ground.sampled);
    if (ground.wide && ground.wide !== ground.near) drawPlate(context, view, ground.wide);
    if (ground.near) drawPlate(context, view, ground.near);
    if (ground.relief && levels) labels = drawRelief(context, view, look, ground.relief, levels, occupancy, labels);
    if (landscape && levels && !landscape.y) drawProfile(context, view, look, landscape, levels);
  }

  /** @param {CanvasRenderingContext2D} context @param {Setting} setting */
  function print(context, setting) {
    const { scene, view, look, plane } = setting;
    occupancy = createOccupancy(look.box);
    markBusy(occupancy, setting);
    wipe(context, look);
    sinks = placeMinima(context, view, look, plane.minima(scene), occupancy);
    words = sinks.map((sink) => sink.box);
    context.save();
    context.beginPath();
    context.rect(look.box.left, look.box.top, look.box.width, look.box.height);
    context.clip();
    drawGround(context, setting);
    drawCrosses(context, view, look);
    drawMinima(context, look, sinks);
    context.restore();
    drawFrame(context, view, look, plane.names);
  }

  return {
    /** @param {CanvasRenderingContext2D} context @param {Setting} setting @returns {boolean} whether anything had changed */
    draw(context, setting) {
      survey(setting);
      const { scene, view, look } = setting;
      const { domain, minima } = scene.problem;
      const now = [scene.landscape, scene.levels, domain, minima, view, look, ground];
      if (now.every((value, k) => value === shown[k])) return false;
      shown = now;
      print(context, setting);
      return true;
    },
    /** Prints again next time, though nothing has changed but the routes. */
    forget() { shown = []; },
    /** @param {Trace[]} traces @returns {boolean} whether a route runs over a number */
    crossedBy: (traces) => traces.some((trace) => labels.some((label) => runsOver(trace, label))),
    occupancy: () => occupancy,
    words: () => words,
    sinks: () => sinks,
    destroy() {
      clearTimeout(timer);
      surveys.destroy();
    },
  };
}

/** @param {Trace} trace @param {Label} label */
function runsOver({ xs, ys, length }, { x, y }) {
  for (let k = 0; k < length; k++) if (Math.abs(xs[k] - x) < 14 && Math.abs(ys[k] - y) < 10) return true;
  return false;
}

/** @param {Occupancy} occupancy @param {Trace} trace @param {import("./view.js").Box} box */
function markRoute(occupancy, { xs, ys, within, length }, box) {
  for (let k = 1; k < length; k++) {
    const part = within[k] || within[k - 1] ? clipped(box, xs[k - 1], ys[k - 1], xs[k], ys[k]) : null;
    if (!part) continue;
    const [x, y, dx, dy] = [xs[k - 1], ys[k - 1], xs[k] - xs[k - 1], ys[k] - ys[k - 1]];
    occupancy.markSegment(x + dx * part[0], y + dy * part[0], x + dx * part[1], y + dy * part[1]);
  }
}

/** Room that words are to keep off: routes, the start, the zoom buttons. @param {Occupancy} occupancy @param {Setting} setting */
function markBusy(occupancy, { scene, view, look, plane, traces }) {
  for (const trace of traces) markRoute(occupancy, trace, look.box);
  const { left, top, width } = look.box;
  const s = look.scale;
  occupancy.markBox({ left: left + width - 52 * s, top, width: 52 * s, height: 116 * s });
  const [x, y] = plane.start(scene);
  occupancy.markBox({ left: screenX(view, x) - 10 * s, top: screenY(view, y) - 10 * s, width: 20 * s, height: 18 * s });
}

/**
 * A first, coarse ground, at once: another problem's must not stand there, and a point under the hand moves all of it.
 * @param {Subject} subject @returns {Ground}
 */
function sketch(subject) {
  const order = orderOf(subject, COARSE);
  const relief = drawContours(order.grid, order.levels, COARSE_LINES / subject.view.kx, COARSE_LINES / subject.view.ky);
  return { near: plateOf(paintGround(order)), wide: null, relief, sampled: order.grid };
}

/** @param {View} view @param {number} ratio @returns {number} shaded pixels a CSS pixel */
function fineness({ box }, ratio) {
  return Math.min(ratio, Math.sqrt(MOST_PIXELS / (box.width * box.height)));
}
/** @param {Subject} subject @param {number} ratio @returns {import("./survey.js").Order} */
function orderOf({ landscape, levels, theme, view, nearness }, ratio) {
  const [[x0, x1], [y0, y1]] = windowOf(view);
  return {
    grid: gridOf(landscape), levels, theme: /** @type {"day" | "night"} */ (theme), extent: { x0, x1, y0, y1 },
    width: Math.max(2, Math.round(view.box.width * ratio)), height: Math.max(2, Math.round(view.box.height * ratio)), ratio, nearness,
  };
}
