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
    plate(context, look, x, y, box);
    group.forEach(({ slot }, k) => {
      const state = { stopped: true, selected: false, radius: SMALL };
      drawHead(context, look, slot, box.left + (k + 0.5) * APART * s, box.top + box.height / 2, state);
    });
  }
}

/** A slip of paper under the heads, with a line to the place they are all at: no head stands where its run does not. @param {CanvasRenderingContext2D} context @param {Look} look @param {number} x @param {number} y @param {import("./view.js").Box} box */
function plate(context, { sheet, scale }, x, y, { left, top, width, height }) {
  const to = [Math.min(Math.max(x, left), left + width), Math.min(Math.max(y, top), top + height)];
  for (const [colour, line] of /** @type {[string, number][]} */ ([[sheet.paper, 3.5], [sheet.ink, 1]])) {
    context.strokeStyle = colour;
    context.lineWidth = line * scale;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(to[0], to[1]);
    context.rect(left, top, width, height);
    context.stroke();
  }
  context.fillStyle = sheet.paper;
  context.fillRect(left, top, width, height);
}
