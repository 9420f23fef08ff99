/** The steps of a run as a table, a page of them around the playhead: the same numbers as the picture, to be read. */
import { measured } from "../math/format.js";
import { h, setAttribute, setText } from "../dom.js";
import { chosenRun } from "./chosenRun.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").Run} Run */
/** @typedef {import("../state/types.js").Problem} Problem */
/** @typedef {import("./explain.js").Ports} Ports */
/** @typedef {import("./explain.js").Moment} Moment */

/** Rows at a time: enough to read along, few enough to be made at once. */
const PAGE = 50;
const DIGITS = 6;

/** @param {number} step @param {number} length  rows of the run @returns {[number, number]} the first row of the page that holds the step, and the row after its last */
export function pageAround(step, length) {
  const first = Math.floor(Math.min(step, Math.max(0, length - 1)) / PAGE) * PAGE;
  return [first, Math.min(first + PAGE, length)];
}

/** By the letter that the working has: of a loss over data L, of a surface f. @param {Problem} problem @param {string} parameter */
function slopeIn({ kind, parameters }, parameter) {
  const [d, letter] = [parameters.length > 1 ? "∂" : "d", kind === "surface" || kind === "expression" ? "f" : "L"];
  return `${d}${letter}/${d}${parameter}`;
}

/** @param {Run} run @param {Problem} problem @returns {[string, (row: number) => number | undefined][]} heading and value of each column */
export function columnsOf({ columns: { parameters: values, loss, gradient } }, problem) {
  const { parameters } = problem;
  return [
    ["step", (row) => row],
    ...parameters.map((name, k) => /** @type {[string, (row: number) => number]} */ ([name, (row) => values[k][row]])),
    ["loss", (row) => loss[row]],
    ...(gradient ?? []).map((column, k) => /** @type {[string, (row: number) => number | undefined]} */ ([slopeIn(problem, parameters[k]), (row) => column[row]])),
  ];
}

/**
 * @param {HTMLElement} root
 * @param {Ports} ports
 */
export function createSteps(root, { seek }) {
  const caption = h("caption");
  const head = h("tr");
  const body = h("tbody");
  root.append(h("table", { class: "steps" }, caption, h("thead", {}, head), body));
  /** @type {unknown[]} */
  let shown = [];
  /** The marked row, and the page it is on. */
  let [marked, shownFrom] = [-1, -1];

  /** @param {Run} run @param {Problem} problem @param {number} first @param {number} end */
  function fill(run, problem, first, end) {
    const columns = columnsOf(run, problem);
    const cell = (/** @type {number | undefined} */ value) => (value === undefined || Number.isNaN(value) ? "" : measured(value, DIGITS));
    head.replaceChildren(...columns.map(([name]) => h("th", { scope: "col" }, name)));
    body.replaceChildren(...Array.from({ length: end - first }, (_, k) => {
      const row = first + k;
      const button = h("button", { type: "button", class: "quiet", title: `Go to step ${row}`, onclick: () => seek(row) }, String(row));
      return h("tr", {}, h("th", { scope: "row" }, button), ...columns.slice(1).map(([, value]) => h("td", {}, cell(value(row)))));
    }));
    setText(caption, `${run.name}: steps ${first} to ${end - 1} of ${run.length - 1}. The slopes of a row lead to the next.`);
  }

  return {
    /** @param {State} _state @param {Scene} scene @param {Moment} moment */
    render(_state, scene, { step }) {
      const index = chosenRun(scene);
      const run = index === null ? null : scene.runs[index];
      root.hidden ||= !run?.length;
      if (!run?.length) return;
      const [first, end] = pageAround(step, run.length);
      const now = [run.columns, run.length, run.name, scene.problem.kind, first, end];
      if (now.some((value, k) => value !== shown[k])) {
        fill(run, scene.problem, first, end);
        marked = -1;
      }
      shown = now;
      const current = Math.min(Math.floor(step), run.length - 1) - first;
      if (current === marked && first === shownFrom) return;
      [marked, shownFrom] = [current, first];
      [...body.children].forEach((row, k) => setAttribute(row, "aria-current", k === current ? "true" : null));
      const row = /** @type {HTMLElement | undefined} */ (body.children[current]);
      if (row) root.scrollTop = row.offsetTop - root.clientHeight / 2;
    },
  };
}
