/** Where several runs have stopped at one place, their heads lie on each other: all of them stand beside it, small. */
import { drawHead } from "./pen.js";
import { freest } from "./marks.js";

/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./occupancy.js").Occupancy} Occupancy */
/** @typedef {{slot: number, x: number, y: number}} Place  of a stopped run's head */

const NEAR = 9;
const APART = 15;
const SMALL = 4.4;

/** @param {Place[]} places @param {number} near @returns {Place[][]} of two and more, each around its first */
export function groupsOf(places, near) {
  /** @type {Place[][]} */
  const groups = [];
  for (const place of places) {
    const group = groups.find(([first]) => Math.hypot(first.x - place.x, first.y - place.y) < near);
    if (group) group.push(place);
    else groups.push([place]);
  }
  return groups.filter((group) => group.length > 1);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Look} look
 * @param {Place[]} places
 * @param {Occupancy} occupancy
 */
export function drawGathered(context, look, places, occupancy) {
  const s = look.scale;
  for (const group of groupsOf(places, NEAR * s)) {
    const [{ x, y }] = group;
    const width = group.length * APART * s;
    const box = freest(x, y, width, APART * s, 13 * s, occupancy);
    group.forEach(({ slot }, k) => {
      const state = { stopped: true, selected: false, radius: SMALL };
      drawHead(context, look, slot, box.left + (k + 0.5) * APART * s, box.top + box.height / 2, state);
    });
  }
}
