/** *Compare*: the lines of the same step of two runs side by side, with their differences marked. */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { repeat } from "lit-html/directives/repeat.js";
import { marker, runSample } from "../../controls/choice.ts";
import type { FramePorts, Requests, StatePorts } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { memo } from "../../memo.ts";
import { selectRun } from "../../state/actions.ts";
import { setExplain } from "../../state/explain.ts";
import { nextStep } from "../../state/nextStep.ts";
import type { Wire } from "../../state/types.ts";
import { type AlignedRow, alignedLines } from "../../words/alignment.ts";
import { nextStepWords } from "../../words/nextStep.ts";
import { refusalWords } from "../../words/refusal.ts";
import { gradientLine, type LineText, lowFormula, readsGradient, stepLines } from "../../words/stepLines.ts";
import { workingLine } from "../working/line.ts";
import { createLineList } from "../working/lineList.ts";
import { chosenParameter, runSelect } from "../working/runAndParameter.ts";
import { createStepRequest } from "../working/stepRequest.ts";

/**
 * @returns indices of the chosen run and of the one it is compared with: as set, else the next visible one; null: there
 *   is no second run
 */
function twoRuns({ state, scene: { shownRuns }, chosen }: Frame): [number, number] | null {
  if (chosen === null) return null;
  const against = state.entries.findIndex(({ id }) => id === state.explain.against);
  if (shownRuns[against] && against !== chosen) return [chosen, against];
  const others = [...shownRuns.keys()].filter((k) => k !== chosen && !shownRuns[k].hidden);
  const other = others.find((k) => k > chosen) ?? others[0];
  return other === undefined ? null : [chosen, other];
}

/** The line in its lowest form, with fractions written inline. */
const withInlineLines = (line: LineText | null) =>
  line && { ...line, formula: lowFormula(line.formula) ?? "", numbers: lowFormula(line.numbers) };

/** @returns line beside line */
function alignedRows(steps: Wire["Step"][], parameter: string): AlignedRow[] {
  const [first, other] = steps.map((step) => [
    ...(readsGradient(step) ? [gradientLine(step, parameter)] : []),
    ...stepLines(step, parameter),
  ]);
  return alignedLines(first, other).map(({ left, right, differs }) => ({
    left: withInlineLines(left),
    right: withInlineLines(right),
    differs,
  }));
}

const rowKey = ({ left, right }: AlignedRow) => `${left?.key} ${right?.key}`;

/** The next step of both runs, line beside line. */
type ComparedSteps = { parameter: string; rows: AlignedRow[] };

interface Comparison {
  two: [number, number];
  /** the last that has come */
  compared: ComparedSteps | null;
  /** the message in place of the lines */
  wait: string;
}

export default async function createCompare(root: HTMLElement, figure: StatePorts & FramePorts & Requests) {
  const { act } = figure;
  const { formula, attach, settle } = await createLineList(figure, ".compare-row");
  const followers = [0, 1].map(() => createStepRequest(figure));
  const comparedSteps = memo(
    (steps: Wire["Step"][], parameter: string): ComparedSteps => ({ parameter, rows: alignedRows(steps, parameter) }),
  );

  const cell = (text: LineText | null, slot: number) =>
    html`<div class="compare-cell slot-${slot}">${
      text ? html`${marker(slot, false)}<ol>${workingLine(formula, text)}</ol>` : nothing
    }</div>`;
  const row = (
    { left, right, differs }: AlignedRow,
    slots: number[],
  ) => html`<li class="compare-row" ?data-differs=${differs}
    ?data-alone=${!left || !right}>${cell(left, slots[0])}${cell(right, slots[1])}</li>`;

  function head(label: string, { scene, wordsStep }: Frame, index: number, onChoose: (index: number) => void) {
    const run = scene.wholeRuns[index];
    return html`<div class="compare-head row slot-${run.slot}">${runSample(run.slot)}${runSelect(
      label,
      scene,
      index,
      onChoose,
    )}<span class="note to-end">${nextStepWords(run, wordsStep)}</span></div>`;
  }

  /** Requests the working of the step of both runs at the playhead. */
  function prepare(frame: Frame, previous?: Comparison): Comparison {
    const { state, scene, wordsStep, playing } = frame;
    const pair = twoRuns(frame) as [number, number];
    const last = previous?.compared ?? null;
    const replies = pair.map((index, side) => {
      const next = nextStep(scene.wholeRuns[index], wordsStep);
      return next && followers[side].follow(state, index, next.t, playing);
    });
    const refused = replies.find((reply) => reply?.refused)?.refused;
    if (refused) return { two: pair, compared: last, wait: refusalWords(refused) };
    const steps = replies.flatMap((reply) => reply?.value ?? []);
    if (steps.length < 2) {
      const silent = followers.map((follower) => follower.silent()).find(Boolean);
      return { two: pair, compared: last, wait: silent ?? (last ? "" : "Working it out.") };
    }
    const parameter = scene.problem.parameters[chosenParameter(state, scene)];
    return { two: pair, compared: comparedSteps(steps, parameter), wait: "" };
  }

  function heads(frame: Frame, first: number, second: number) {
    const { entries } = frame.state;
    const idAt = (index: number) => entries[index]?.id ?? null;
    return html`${head("First run", frame, first, (index) => act(selectRun, idAt(index)))}${head(
      "Second run",
      frame,
      second,
      (index) => act(setExplain, { against: idAt(index) }),
    )}`;
  }

  const panel = createPanel(figure, root, {
    prepare,
    template(frame, { two, compared, wait }) {
      const slots = two.map((index) => frame.scene.shownRuns[index].slot);
      const rows = repeat(compared?.rows ?? [], rowKey, (alignedRow) => row(alignedRow, slots));
      return html`<p class="note" ?hidden=${!wait}>${wait}</p><div class="compare" ?hidden=${wait !== ""}><div
      class="compare-heads">${heads(frame, ...two)}</div><ol
      class="slot-${slots[0]}" aria-label="Line beside line" ${ref(attach)}>${rows}</ol></div>`;
    },
    rendered: (frame, { compared, wait }) =>
      compared && !wait && settle(`${compared.parameter} ${compared.rows.map(rowKey).join()}`, frame),
  });
  return {
    ...panel,
    lacks: (frame: Frame) => (twoRuns(frame) ? "" : "There must be two runs to compare. Add another one."),
  };
}
