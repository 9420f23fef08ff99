/** The data of a line fit with the line of each run at the playhead, what it misses each point by, and what each adds. */
import { SHEETS } from "../../math/palette.js";
import { loadStyle } from "../../net/style.js";
import { setAttribute } from "../../dom.js";
import { createLayer } from "../layer.js";
import { drawFigure } from "./drawing.js";
import { frameOf, isWithin } from "./frame.js";
import { createHandles } from "./handles.js";
import { createReach } from "./reach.js";
import { listen } from "./touch.js";
import { pointName, pointTold, pointWords } from "./words.js";

/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../state/types.js").Plate} Plate */
/** @typedef {import("./drawing.js").DataPicture} DataPicture */
/** @typedef {import("./drawing.js").Figure} Figure */
/** @typedef {import("./drawing.js").Shares} Shares */
/** @typedef {import("./frame.js").Frame} Frame */

/** So many points have their rows in the working in sight at once. */
const FEW = 4;

/** Smaller than this there is no room for axes. */
const SMALLEST = { width: 80, height: 60 };

/**
 * @typedef {object} Shown
 * @property {DataPicture} picture
 * @property {number | null} leader  index of the run whose residuals are drawn
 * @property {number | null} lit  index of the point that is lit
 * @property {Shares | null} shares  of that run
 */

/** @typedef {import("./touch.js").DataEvents & {onResize: () => void}} DataEvents */

/** With the style sheet it needs. @param {HTMLElement} root @param {DataEvents} events */
export async function openData(root, events) {
  await loadStyle(new URL("../../../css/data.css", import.meta.url).href);
  return createData(root, events);
}

/**
 * @param {HTMLElement} root
 * @param {DataEvents} events
 */
function createData(root, events) {
  const layer = createLayer(root, "layer");
  let size = { width: 0, height: 0 };
  /** @type {Figure | null} */
  let figure = null;
  const shown = () => figure && { frame: figure.frame, points: figure.picture.points };
  const touch = listen(root, shown, events);
  const handles = createHandles(root, shown, events);
  /** The axes as they are for these points. @type {{points: [number, number][], key: string, frame: Frame} | null} */
  let framed = null;
  const reachOf = createReach();
  const sizes = new ResizeObserver(() => {
    measure();
    events.onResize();
  });
  sizes.observe(root);
  measure();

  function measure() {
    size = { width: root.clientWidth, height: root.clientHeight };
  }

  /** While a point is held its axes stay, or it would run away from the finger; with keys it may reach their end. @param {DataPicture} picture @param {import("../../state/types.js").Run[]} runs @param {boolean} strip @param {number} scale @returns {Frame} */
  function frameFor(picture, runs, strip, scale) {
    const kept = figure?.frame;
    const held = touch.holding() || (handles.holding() && kept && picture.points.every((point) => isWithin(kept, point)));
    if (kept && held) return kept;
    const reach = reachOf(picture, runs);
    const key = `${size.width} ${size.height} ${strip} ${scale} ${picture.xLabel} ${reach}`;
    if (framed?.points !== picture.points || framed.key !== key) framed = { points: picture.points, key, frame: frameOf(picture, size, strip, scale, reach) };
    return framed.frame;
  }

  return {
    /** @param {Scene} scene @param {{step: number}} playhead @param {Shown} what @returns {string} of the point that is lit, in words */
    render(scene, { step }, { picture, leader, lit, shares }) {
      if (size.width < SMALLEST.width || size.height < SMALLEST.height) return "";
      setAttribute(root, "data-few", picture.points.length <= FEW);
      const look = { sheet: SHEETS[scene.theme], family: getComputedStyle(root).fontFamily, scale: scene.projector ? 1.4 : 1 };
      const own = shares?.run === leader ? shares : null;
      const frame = frameFor(picture, scene.runs, own !== null, look.scale);
      const now = { frame, scene, step, picture, leader, lit, shares: own, look };
      figure = now;
      layer.fit(size.width, size.height);
      layer.clear();
      drawFigure(layer.context, now);
      handles.render(frame, picture.points, (point) => pointName(now, point), (point) => pointTold(now, point));
      return lit !== null && picture.points[lit] ? pointWords(now, lit) : "";
    },
    /** @returns {Plate[]} the chart as it stands, without what is pointed at */
    plates() {
      if (!figure) return [];
      const now = { ...figure, lit: null };
      return [{ name: "data", title: "Data and fit", ...size, paper: now.look.sheet.paper, draw: (context) => drawFigure(context, now) }];
    },
    destroy() {
      sizes.disconnect();
      touch.leave();
      root.replaceChildren();
    },
  };
}
