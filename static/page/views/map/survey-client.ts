/** Orders surveys: from a worker, or in the page where there is none. Of several waiting orders only the last is kept. */
import { drawContours, paintGround } from "./survey.ts";
import type { Order, Picture, Relief } from "./survey.ts";

type Survey = { picture: Picture; relief: Relief };

interface Job {
  order: Order;
  /** of x a CSS pixel */
  unitsX: number;
  unitsY: number;
  done: (survey: Survey) => void;
}

/** The file of the worker, which lies beside this one; put in by the build. */
declare const WORKER: string;

function startWorker(): Worker | null {
  try {
    return new Worker(new URL(WORKER, import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}

export function createSurveys() {
  let worker = startWorker();
  let running: Job | null = null;
  let waiting: Job | null = null;
  let id = 0;

  function run(job: Job) {
    running = job;
    const { order, unitsX, unitsY } = job;
    if (worker) worker.postMessage({ id: ++id, order, unitsX, unitsY });
    else setTimeout(() => finish({ relief: drawContours(order.grid, order.levels, unitsX, unitsY), picture: paintGround(order) }));
  }

  function finish(survey: Survey) {
    const [job, next] = [running, waiting];
    running = waiting = null;
    if (job) job.done(survey);
    if (next) run(next);
  }

  if (worker) {
    worker.onmessage = ({ data }) => finish(data);
    worker.onerror = () => {
      worker = null;
      if (running) run(running);
    };
  }

  return {
    order(job: Job) {
      if (running) waiting = job;
      else run(job);
    },
    destroy() {
      worker?.terminate();
      running = waiting = null;
    },
  };
}
