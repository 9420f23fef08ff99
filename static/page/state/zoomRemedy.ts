/** Finds a run that diverges and is off the map after a step or two, so that its swings cannot be seen. */

import { parametersAt } from "./columns.ts";
import type { Scene, State, Window } from "./types.ts";

/** Steps after which it is off the map at the latest. */
const SOON = 2;
/** Steps that are brought into sight: as many as lie within so many times the width of the map, as swings grow. */
const [FEWEST, MOST, TIMES] = [2, 12, 16];
/** The margin around them, as a share of the window. */
const AROUND = 0.1;

/** The interval of each parameter. */
const extentsOf = (places: number[][]): Window =>
  places[0].map((_, k) => {
    const values = places.map((place) => place[k]);
    return [Math.min(...values), Math.max(...values)];
  });

/**
 * @returns the first such run and a window with its first steps; null: there is none, or its steps are in sight
 */
export function runOffTheMap(
  { window, dragging }: State,
  { shownRuns, problem: { domain } }: Scene,
): { name: string; window: Window } | null {
  if (dragging || domain.length !== 2) return null;
  const sight = window ?? domain;
  const isIn = (place: number[]) => place.every((value, k) => value >= sight[k][0] && value <= sight[k][1]);
  for (const { name, hidden, end, columns, length } of shownRuns) {
    if (hidden || end?.stop_reason !== "diverged" || length <= FEWEST) continue;
    const rows = Array.from({ length: Math.min(MOST + 1, length) }, (_, row) => parametersAt(columns, row));
    const left = rows.findIndex((place) => !isIn(place));
    if (left < 1 || left > SOON) continue;
    const fits = (steps: number) =>
      extentsOf(rows.slice(0, steps + 1)).every(([low, high], k) => high - low <= TIMES * (sight[k][1] - sight[k][0]));
    let count = FEWEST;
    while (count + 1 < rows.length && fits(count + 1)) count += 1;
    const around: Window = extentsOf(rows.slice(0, count + 1)).map(([low, high], k) => {
      // A direction in which it hardly moves is as wide as the map was.
      const room = Math.max(AROUND * (high - low), (sight[k][1] - sight[k][0] - (high - low)) / 2);
      return [low - room, high + room];
    });
    return { name, window: around };
  }
  return null;
}
