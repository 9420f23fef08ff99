/** *Steps*: the steps of a run as a table, a page of them around the playhead. */
import { html, nothing } from "lit-html";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { formatExact, formatGrouped, formatMeasured } from "../../math/format.ts";
import { hasData, isMethod, pointsOf, pointWord } from "../../state/catalog.ts";
import { EVALUATION_KINDS, gradientAt } from "../../state/columns.ts";
import { epochAfter, epochsOf } from "../../state/epochs.ts";
import { optimizersOf } from "../../state/phases.ts";
import { namesIn, ruleOf } from "../../state/rules.ts";
import { hasMethods } from "../../state/runCounts.ts";
import type { Problem, ProblemSpec, Run, Scene, State, Wire } from "../../state/types.ts";
import { tooLongWords } from "../../words/refusal.ts";
import { asWritten, letterOf, lossLetter } from "../../words/symbol.ts";
import { createRunAverage, type RunAverage } from "../shared/runAverage.ts";
import { chosenParameter } from "../working/runAndParameter.ts";
import type { ExplanationPorts } from "./loaders.ts";

/** So many points of a batch are named by their numbers; one point alone is named with its place. */
const NAMED = 8;

/** @param points  of the data @returns "3 at (12, 4.5)", "3, 7 and 9" */
export function batchCell(batch: number[] | null, points: [number, number][]): string {
  if (!batch) return "all";
  if (batch.length === 1 && points[batch[0]]) {
    return `${batch[0] + 1} at (${points[batch[0]].map((value) => formatExact(value, 4)).join(", ")})`;
  }
  const unnamed = batch.length > NAMED ? ` and ${batch.length - NAMED} more` : "";
  return (
    batch
      .slice(0, NAMED)
      .map((point) => point + 1)
      .join(", ") + unnamed
  );
}

/**
 * @param problem  the problem, where there are columns of what a step sees
 * @param states  there are columns of what the rule holds
 * @param evaluations  there are columns of them
 */
export function stepsCaption(
  { name, length }: Run,
  [first, end]: [number, number],
  problem: ProblemSpec | null,
  states: boolean,
  evaluations: boolean = false,
): string {
  const after = states ? "Parameters, loss and states are" : "Parameters and loss are";
  const next = problem ? `gradient, epoch and ${pointWord(problem, 2)} are those` : "the gradient is that";
  const rows = `${name}: after steps ${first} to ${end - 1} of ${length - 1}.`;
  const counted = evaluations ? " Evaluations are all up to a row." : "";
  return `${rows} ${after} those after the step of a row, ${next} of the next step.${counted}`;
}

/** Rows of a page. */
const PAGE = 50;
/** Of a number, and where so many columns stand beside each other. */
const DIGITS = { few: 6, many: 4 };
const MANY = 6;

/**
 * @param length  rows of the run
 * @returns the first row of the page that holds the step, and the row after its last; the last page is as long
 */
export function rowsOfPage(step: number, length: number): [number, number] {
  const first = Math.min(Math.floor(step / PAGE) * PAGE, Math.max(0, length - PAGE));
  return [first, Math.min(first + PAGE, length)];
}

function gradientIn({ kind, parameters }: Problem, parameter: string) {
  const d = parameters.length > 1 ? "∂" : "d";
  return `${d}${lossLetter(kind !== "surface" && kind !== "expression")}/${d}${parameter}`;
}

type TableColumn = [string, (row: number) => number | undefined];

/** With so many parameters at the most all stand beside each other; of more one at a time. */
const BESIDE = 2;

/** What a rule holds after each step, of each parameter. */
type States = Wire["RuleQuantities"]["states"];

/** @returns "v max" */
function stateWords(name: string) {
  const { stem, below } = letterOf(name);
  return [stem, below].filter(Boolean).join(" ");
}

/** @returns whether the rule holds anything from step to step, or that of a change on the way does */
const hasStates = ({ catalog, entries }: State, index: number) =>
  optimizersOf(entries[index].optimizer).some(
    (spec) => isMethod(catalog, spec) || namesIn(ruleOf(catalog, spec), catalog).states.length > 0,
  );

const hasRule = ({ catalog, entries }: State, index: number) =>
  optimizersOf(entries[index].optimizer).some((spec) => !isMethod(catalog, spec));

/**
 * @param chosen  the parameter whose gradient and states are shown, where there are too many for all of them
 * @param states  null: the rule has none; empty while they have not come
 * @param average  of the rows so far; null: none is asked for
 * @returns heading and value of each column; the last row has no step, and so no gradient
 */
export function stepColumns(
  { columns, length, end }: Run,
  problem: Problem,
  chosen: number,
  states: States | null = null,
  average: RunAverage | null = null,
): TableColumn[] {
  const { parameters: values, loss, gradient } = columns;
  const { parameters } = problem;
  const indices = parameters.length > BESIDE ? [chosen] : [...parameters.keys()];
  const ofGradient = states ? [chosen] : indices;
  return [
    ["step", (row) => row],
    ...indices.map((k): TableColumn => [parameters[k], (row) => values[k]?.[row]]),
    ["loss", (row) => loss[row]],
    ...(gradient && !end?.recorded ? ofGradient : []).map(
      (k): TableColumn => [gradientIn(problem, parameters[k]), (row) => gradientAt(columns, row, length)?.[k]],
    ),
    ...Object.entries(states ?? {}).map(([name, byParameter]): TableColumn => {
      const parameter = parameters[chosen];
      const words = parameters.length > 1 ? `${stateWords(name)} of ${parameter}` : stateWords(name);
      return [words, (row) => byParameter[parameter]?.[row] ?? undefined];
    }),
    ...(average ? averageColumns(average, parameters, indices) : []),
  ];
}

const averageColumns = ({ means, loss }: RunAverage, parameters: string[], indices: number[]): TableColumn[] => [
  ...indices.map((k): TableColumn => [`average ${parameters[k]}`, (row) => means[k]?.[row]]),
  ["average loss", (row) => loss?.[row]],
];

/** How often each had been evaluated by a row; a rule evaluates its gradient once a step. */
const evaluationsBy = ({ columns: { evaluations } }: Run, row: number): number[] =>
  EVALUATION_KINDS.map((name, k) => (evaluations ? evaluations[k][row] : name === "gradient" ? row : 0));

/** The class of the first column of a group, which stands apart from the one before. */
const groupStart = (at: number) => (at ? nothing : "evaluations");

const cell = (value: number | undefined, digits: number) =>
  value === undefined || Number.isNaN(value) ? "" : formatMeasured(value, digits);

/** @returns how far to scroll for a row to be in the middle, with a whole row below the heads of the columns */
function scrollOf(root: HTMLElement, row: HTMLElement): number {
  const table = row.closest("table") as HTMLTableElement;
  const above = row.offsetTop - root.clientHeight / 2;
  const heads = table.tHead?.offsetHeight ?? 0;
  const first = [...table.tBodies[0].rows].find(({ offsetTop }) => offsetTop - heads >= above) ?? row;
  // Above the rows stand the heads and the caption, where the table is not scrolled.
  return Math.min(first.offsetTop - heads, row.offsetTop - heads);
}

export default function createSteps(root: HTMLElement, figure: ExplanationPorts) {
  const { seek, quantities, createRequest } = figure;
  const averages = createRunAverage({ createRequest });

  /** The columns of what a step of a line fit sees: its epoch and its points. */
  function seenIn(state: State, run: Run, index: number) {
    const { batch } = run.columns;
    if (!batch?.length || !hasData(state.problem)) return null;
    const [ends, points] = [epochsOf(state, run, index), pointsOf(state)];
    const has = (row: number) => row < run.length - 1 && row < batch.length;
    return {
      heads: html`${ends.length ? html`<th scope="col">epoch</th>` : nothing}<th scope="col"
        class="seen">${pointWord(state.problem, 2)}</th>`,
      cells: (row: number) => html`${ends.length ? html`<td>${has(row) ? epochAfter(ends, row) : ""}</td>` : nothing}<td
        class="seen">${has(row) ? batchCell(batch[row], points) : ""}</td>`,
      begins: (row: number) => ends.includes(row),
    };
  }

  function table(state: State, run: Run, index: number, scene: Scene, step: number) {
    const { problem } = scene;
    const page = rowsOfPage(step, run.length);
    const [first, end] = page;
    const current = Math.min(Math.floor(step), run.length - 1);
    const [reply] = hasStates(state, index) && !run.end?.recorded ? quantities(state, scene, [index]) : [];
    const replied = reply && (reply.value?.states ?? {});
    // A method may keep no state that belongs to a parameter.
    const states = replied && (hasRule(state, index) || Object.keys(replied).length) ? replied : null;
    const average = averages.of({ state, scene, chosen: index });
    const columns = stepColumns(run, problem, chosenParameter(state, { problem }), states, average);
    const visibleColumns = seenIn(state, run, index);
    const evaluations = hasMethods(state) && !run.end?.recorded;
    const digits = columns.length < MANY ? DIGITS.few : DIGITS.many;
    const row = (k: number) => html`<tr aria-current=${k === current ? "true" : nothing}
      ?data-epoch=${visibleColumns?.begins(k)}><th scope="row"><button
      type="button" class="quiet" title="Go to step ${k}" @click=${() => seek(k)}>${k}</button></th>${columns
        .slice(1)
        .map(([, value]) => html`<td>${cell(value(k), digits)}</td>`)}${
        evaluations
          ? evaluationsBy(run, k).map((count, at) => html`<td class=${groupStart(at)}>${count}</td>`)
          : nothing
      }${visibleColumns?.cells(k) ?? nothing}</tr>`;
    const words = run.end?.recorded
      ? `${run.name} was recorded: a row is a point that was kept, with the loss of that point, not of the plane.`
      : stepsCaption(run, page, visibleColumns ? state.problem : null, states !== null, evaluations);
    const averaged = average ? ` Averages are of the rows from ${formatGrouped(average.first)} on.` : "";
    const refused = reply?.refused ? ` States: ${tooLongWords(reply.refused)}` : "";
    const source =
      problem.gradient_source && !run.end?.recorded ? ` The gradient is by ${problem.gradient_source}.` : "";
    const heads = columns.map(([name]) => html`<th scope="col">${asWritten(name)}</th>`);
    return html`<table class="steps"><caption>${words}${source}${averaged}${refused}</caption>
      <thead>${
        evaluations
          ? html`<tr><td colspan=${heads.length}></td><th colspan=${EVALUATION_KINDS.length}
              scope="colgroup">evaluations of</th>${visibleColumns ? html`<td colspan="2"></td>` : nothing}</tr>`
          : nothing
      }<tr>${heads}${
        evaluations
          ? EVALUATION_KINDS.map(
              (name, at) => html`<th scope="col" class=${groupStart(at)}>${name === "hessian" ? "Hessian" : name}</th>`,
            )
          : nothing
      }${visibleColumns?.heads ?? nothing}</tr></thead>
      <tbody>${Array.from({ length: end - first }, (_, k) => row(first + k))}</tbody></table>`;
  }

  let marked: Element | null = null;
  const panel = createPanel(figure, root, {
    template({ state, scene, chosen: index, wordsStep }) {
      const run = index === null ? null : scene.shownRuns[index];
      return index !== null && run?.length ? table(state, run, index, scene, wordsStep) : nothing;
    },
    rendered() {
      const row = root.querySelector<HTMLElement>("[aria-current]");
      if (row && row !== marked) root.scrollTop = scrollOf(root, row);
      marked = row;
    },
  });
  return {
    ...panel,
    hidesParameters({ state, scene, chosen: index }: Frame) {
      return scene.problem.parameters.length <= BESIDE && (index === null || !hasStates(state, index));
    },
  };
}
