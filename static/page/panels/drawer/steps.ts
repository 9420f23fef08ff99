/** The steps of a run as a table, a page of them around the playhead: the same numbers as the picture, to be read. */
import { measured } from "../../math/format.ts";
import { h, setAttribute, setText } from "../../dom.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import type { Problem, Run } from "../../state/types.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";

/** Rows at a time: enough to read along, few enough to be made at once. */
const PAGE = 50;
const DIGITS = 6;

/** @param length  rows of the run @returns the first row of the page that holds the step, and the row after its last */
export function pageAround(step: number, length: number): [number, number] {
  const first = Math.floor(Math.min(step, Math.max(0, length - 1)) / PAGE) * PAGE;
  return [first, Math.min(first + PAGE, length)];
}

/** By the letter that the working has: of a loss over data L, of a surface f. */
function gradientIn({ kind, parameters }: Problem, parameter: string) {
  const [d, letter] = [parameters.length > 1 ? "∂" : "d", kind === "surface" || kind === "expression" ? "f" : "L"];
  return `${d}${letter}/${d}${parameter}`;
}

/** @returns heading and value of each column */
export function columnsOf(
  { columns: { parameters: values, loss, gradient } }: Run,
  problem: Problem,
): [string, (row: number) => number | undefined][] {
  const { parameters } = problem;
  return [
    ["step", (row) => row],
    ...parameters.map((name, k) => [name, (row) => values[k][row]] as [string, (row: number) => number]),
    ["loss", (row) => loss[row]],
    ...(gradient ?? []).map((column, k) => [gradientIn(problem, parameters[k]), (row) => column[row]] as [string, (row: number) => number | undefined]),
  ];
}

export function createSteps(root: HTMLElement, { seek }: Figure) {
  const caption = h("caption");
  const head = h("tr");
  const body = h("tbody");
  root.append(h("table", { class: "steps" }, caption, h("thead", {}, head), body));
  let shown: unknown[] = [];
  /** The marked row, and the page it is on. */
  let [marked, shownFrom] = [-1, -1];

  function fill(run: Run, problem: Problem, first: number, end: number) {
    const columns = columnsOf(run, problem);
    const cell = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? "" : measured(value, DIGITS));
    head.replaceChildren(...columns.map(([name]) => h("th", { scope: "col" }, name)));
    body.replaceChildren(...Array.from({ length: end - first }, (_, k) => {
      const row = first + k;
      const button = h("button", { type: "button", class: "quiet", title: `Go to step ${row}`, onclick: () => seek(row) }, String(row));
      return h("tr", {}, h("th", { scope: "row" }, button), ...columns.slice(1).map(([, value]) => h("td", {}, cell(value(row)))));
    }));
    setText(caption, `${run.name}: steps ${first} to ${end - 1} of ${run.length - 1}. The gradients of a row lead to the next.`);
  }

  return {
    render({ scene, step }: Frame) {
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
      const row = body.children[current] as HTMLElement | undefined;
      if (row) root.scrollTop = row.offsetTop - root.clientHeight / 2;
    },
  };
}
