/**
 * Orders paintings: from one worker for all maps of a page, or in the page where there is none. Of the orders of a map
 * that wait only the last is kept.
 */

import { drawContours, type Order, paintGround, type Relief, type ShadedImage } from "./painting.ts";

type Painting = { image: ShadedImage; relief: Relief };

interface Job {
  order: Order;
  /** of x a CSS pixel */
  unitsX: number;
  unitsY: number;
  done: (painting: Painting) => void;
}

/** Paintings of one map. */
export type OrderPainting = (job: Job) => void;

/** The file of the worker, which lies beside this one; put in by the build. */
declare const WORKER: string;

function startWorker(): Worker | null {
  try {
    return new Worker(new URL(WORKER, import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}

/** @returns takes the orders of one map until that ends; the worker runs while there is a map, from the first on */
export function createPainter(): (ended: AbortSignal) => OrderPainting {
  /** null: there is none to be had */
  let worker: Worker | null | undefined;
  /** Of each map its waiting order. */
  const maps: Map<object, Job | null> = new Map();
  let running: { map: object; job: Job } | null = null;
  let id = 0;

  function open() {
    worker = startWorker();
    if (!worker) return;
    worker.onmessage = ({ data }) => finish(data);
    worker.onerror = () => {
      worker = null;
      if (running) run(running.job);
    };
  }

  function run({ order, unitsX, unitsY }: Job) {
    if (worker) worker.postMessage({ id: ++id, order, unitsX, unitsY });
    else
      setTimeout(() =>
        finish({ relief: drawContours(order.grid, order.levels, unitsX, unitsY), image: paintGround(order) }),
      );
  }

  function next() {
    const waiting = [...maps].find(([, job]) => job);
    if (running || !waiting) return;
    const [map, job] = waiting as [object, Job];
    // The others come first the next time.
    maps.delete(map);
    maps.set(map, null);
    running = { map, job };
    if (worker === undefined) open();
    run(job);
  }

  function finish(painting: Painting) {
    const done = running;
    running = null;
    if (done && maps.has(done.map)) done.job.done(painting);
    next();
  }

  function leave(map: object) {
    maps.delete(map);
    if (maps.size) return;
    worker?.terminate();
    worker = undefined;
    running = null;
  }

  return (ended) => {
    const map = {};
    maps.set(map, null);
    ended.addEventListener("abort", () => leave(map), { once: true });
    return (job) => {
      maps.set(map, job);
      next();
    };
  };
}
