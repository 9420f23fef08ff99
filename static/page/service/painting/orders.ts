/**
 * Queues orders to paint: one worker serves all maps of a page; without a worker the page paints itself. Of the waiting
 * orders of a map only the last is kept.
 */

import { drawContours, type Order, paintGround, type Relief, type ShadedImage } from "./painting.ts";

type Painting = { image: ShadedImage; relief: Relief };

interface Job {
  order: Order;
  /** units of x in a CSS pixel */
  unitsX: number;
  unitsY: number;
  done: (painting: Painting) => void;
}

/** Orders a painting of one map. */
export type OrderPainting = (job: Job) => void;

/** The file of the worker, next to this one; inserted by the build. */
declare const WORKER: string;

function startWorker(): Worker | null {
  try {
    return new Worker(new URL(WORKER, import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}

/** @returns takes the orders of one map until that ends; the worker runs from the first map to the last */
export function createPainter(): (ended: AbortSignal) => OrderPainting {
  /** null: the browser allows none */
  let worker: Worker | null | undefined;
  /** The waiting order of each map. */
  const maps: Map<object, Job | null> = new Map();
  let running: { map: object; job: Job } | null = null;

  function open() {
    worker = startWorker();
    if (!worker) return;
    worker.onmessage = ({ data }) => running && finish(running.job, data);
    worker.onerror = () => {
      worker = null;
      if (running) run(running.job);
    };
  }

  function run(job: Job) {
    const { order, unitsX, unitsY } = job;
    if (worker) worker.postMessage({ order, unitsX, unitsY });
    else
      setTimeout(() =>
        finish(job, { relief: drawContours(order.grid, order.levels, unitsX, unitsY), image: paintGround(order) }),
      );
  }

  function next() {
    const waiting = [...maps].find(([, job]) => job);
    if (running || !waiting) return;
    const [map, job] = waiting as [object, Job];
    // Moves the map to the end of the queue.
    maps.delete(map);
    maps.set(map, null);
    running = { map, job };
    if (worker === undefined) open();
    run(job);
  }

  function finish(job: Job, painting: Painting) {
    // The last map may have ended meanwhile, and another one begun.
    if (running?.job !== job) return;
    const { map } = running;
    running = null;
    if (maps.has(map)) job.done(painting);
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
    if (!ended.aborted) maps.set(map, null);
    ended.addEventListener("abort", () => leave(map), { once: true });
    return (job) => {
      if (ended.aborted) return;
      maps.set(map, job);
      next();
    };
  };
}
