/** Runs that have left the map: an arrowhead on the frame where they went, and their name, as roads are named there. */

import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { widthOf } from "../../marks/look.ts";
import { type Mark, runInk, shape } from "../../marks/mark.ts";
import { type Box, clippedSegment, overlap } from "../../math/box.ts";
import { outlinePath } from "../../math/markers.ts";
import type { Exit } from "./exits.ts";
import type { MapLook } from "./look.ts";
import { label } from "./style.ts";

function sentence({ trace: { run }, left }: Exit): string {
  if (left === null) return "";
  const diverged = run.end?.diverged_at;
  return `leaves the map at step ${left}${diverged ? `, diverges at step ${diverged}` : ""}`;
}

/** @returns where the name of each stands; @param taken  what names are to keep off */
export function placeExits(look: MapLook, exits: Exit[], taken: Box[]): Box[] {
  const boxes: Box[] = [];
  for (const exit of exits) boxes.push(placeName(exit, look, measured(look, exit), [...taken, ...boxes]));
  return boxes;
}

const TIP = outlinePath(table.marks.exit, 1);

/** @param boxes  where their names stand */
export const exitMarks = (look: MapLook, exits: Exit[], boxes: Box[]): Mark[] => [
  ...exits.map(({ trace, x, y, angle }) =>
    shape([x, y], TIP, { turn: angle, fill: runInk(trace.run.slot), casing: { stroke: "casing", width: 4 } }),
  ),
  ...exits.flatMap((exit, k) => nameMarks(look, exit, boxes[k])),
];

const nameOf = ({ trace }: Exit) => `${trace.run.name} `;
/** A longer one is left away on a phone, as a part of the width of the map. */
const LONG = 0.6;

/** Nominal pixels of a row of a name. */
const ROW = 17;

/** words: after its name; name, rest: how wide that and the words are */
type Measured = { words: string; name: number; rest: number };

const NAME = { size: 13, weight: 600 };
const REST = { size: 13 };

function measured(look: MapLook, exit: Exit): Measured {
  const name = widthOf(look, nameOf(exit), NAME);
  const words = sentence(exit);
  const rest = widthOf(look, words, REST);
  return look.compact && name + rest > LONG * look.box.width ? { words: "", name, rest: 0 } : { words, name, rest };
}

function nameMarks(look: MapLook, exit: Exit, { left, top, height }: Box): Mark[] {
  const { words, name } = measured(look, exit);
  const second = height > ROW * look.scale;
  return [
    label([left, top], nameOf(exit), { ...NAME, shift: [0, 9] }),
    label([second ? left : left + name, top], words, { ...REST, shift: [0, second ? 9 + ROW : 9] }),
  ];
}

/** From an arrowhead to a name beside it, and what a second row of the name costs, in nominal pixels. */
const [BESIDE, SECOND] = [12, 40];

/**
 * In the margin above the map where it left by the top, else on the ground: as near to the arrowhead as it is whole,
 * off what is taken and off the step that led out.
 */
function placeName({ x, y, from }: Exit, look: MapLook, { name, rest }: Measured, taken: Box[]): Box {
  const s = look.scale;
  const { box } = look;
  const row = ROW * s;
  const margin = y < box.top + 2 && !look.compact ? [box.top - 23 * s] : [];
  const places = [name + rest, Math.max(name, rest)].flatMap((width, second) => {
    const height = row * (1 + second);
    const [least, most] = [box.left + 4 * s, box.left + box.width - width - 4 * s];
    const over = Math.max(least, Math.min(x - width / 2, most));
    const sides = [x + BESIDE * s, x - BESIDE * s - width, ...taken.map(({ left }) => left - 4 * s - width)];
    const lefts = [...sides.filter((left) => left >= least && left <= most), over];
    const [first, last] = [box.top + 6 * s, box.top + box.height - height - 6 * s];
    const beside = Math.min(last, Math.max(first, y - row / 2));
    const rows = Array.from({ length: Math.ceil(box.height / row) }, (_, k) => [beside + k * row, beside - k * row]);
    const tops = [...(second ? [] : margin), ...rows.flat().filter((top) => top >= first && top <= last)];
    return tops.flatMap((top) =>
      lefts.map((left) => {
        const across = Math.max(0, left - x, x - left - width) || 2 * BESIDE * s;
        const away = margin.includes(top) ? 0 : 10 * s + Math.abs(top - beside);
        return { away: away + across + second * SECOND * s, place: { left, top, width, height } };
      }),
    );
  });
  const isFree = (place: Box) => !taken.some((other) => overlap(other, place)) && !clippedSegment(place, ...from, x, y);
  places.sort((one, other) => one.away - other.away);
  return (places.find(({ place }) => isFree(place)) ?? places[0]).place;
}
