/** Where a run crosses its own way so often that dashes and ticks would be a blot: it is drawn thin and solid. */
import type { Trace } from "./trace.ts";

/** Squares of so many pixels, of which a dense run crosses so many so often. */
const CELL = 6;
const OFTEN = 3;
const MANY = 24;

const known: WeakMap<Trace, boolean> = new WeakMap();

export function isDense(trace: Trace): boolean {
  const dense = known.get(trace) ?? crossedOften(trace) >= MANY;
  known.set(trace, dense);
  return dense;
}

const cellOf = (x: number, y: number, size: number) => Math.floor(x / size) * 65536 + Math.floor(y / size);

/** @returns squares that the run has come into often */
function crossedOften({ xs, ys, seen, length }: Trace): number {
  const times: Map<number, number> = new Map();
  let [last, often] = [NaN, 0];
  for (let k = 1; k < length; k++) {
    if (!seen[k] || !seen[k - 1]) continue;
    const parts = Math.ceil(Math.hypot(xs[k] - xs[k - 1], ys[k] - ys[k - 1]) / CELL);
    for (let part = 1; part <= parts; part++) {
      const t = part / parts;
      const key = cellOf(xs[k - 1] + (xs[k] - xs[k - 1]) * t, ys[k - 1] + (ys[k] - ys[k - 1]) * t, CELL);
      if (key === last) continue;
      last = key;
      const now = (times.get(key) ?? 0) + 1;
      times.set(key, now);
      if (now === OFTEN) often++;
    }
  }
  return often;
}

/** Of some rows those that no other row in sight is nearer to than `apart` pixels, about. */
export function alone({ xs, ys, seen, length }: Trace, rows: number[], apart: number): number[] {
  const count: Map<number, number> = new Map();
  for (let k = 0; k < length; k++) {
    if (!seen[k]) continue;
    const key = cellOf(xs[k], ys[k], apart);
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx * apart, dy * apart]));
  return rows.filter(
    (row) => near.reduce((sum, [dx, dy]) => sum + (count.get(cellOf(xs[row] + dx, ys[row] + dy, apart)) ?? 0), 0) === 1,
  );
}
