/** Orders surveys: from a worker, or in the page where there is none. Of several waiting orders only the last is kept. */
import { drawContours, paintGround } from "./survey.js";

/** @typedef {import("./survey.js").Order} Order */
/** @typedef {{picture: import("./survey.js").Picture, relief: import("./survey.js").Relief}} Survey */

/**
 * @typedef {object} Job
 * @property {Order} order
 * @property {number} unitsX  of x a CSS pixel
 * @property {number} unitsY
 * @property {(survey: Survey) => void} done
 */

/** @returns {Worker | null} */
function startWorker() {
  try {
    return new Worker(new URL("./survey-worker.js", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}

export function createSurveys() {
  let worker = startWorker();
  /** @type {Job | null} */
  let running = null;
  /** @type {Job | null} */
  let waiting = null;
  let id = 0;

  /** @param {Job} job */
  function run(job) {
    running = job;
    const { order, unitsX, unitsY } = job;
    if (worker) worker.postMessage({ id: ++id, order, unitsX, unitsY });
    else setTimeout(() => finish({ relief: drawContours(order.grid, order.levels, unitsX, unitsY), picture: paintGround(order) }));
  }

  /** @param {Survey} survey */
  function finish(survey) {
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
    /** @param {Job} job */
    order(job) {
      if (running) waiting = job;
      else run(job);
    },
    destroy() {
      worker?.terminate();
      running = waiting = null;
    },
  };
}
