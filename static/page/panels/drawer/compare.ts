/** Two runs at the same step, line beside line; what differs is marked. */
import { formulaSetter } from "../../service/katex.ts";
import { selectRun } from "../../state/actions.ts";
import { explain } from "../../state/explain.ts";
import { fit, keepHeight, releaseHeight, unfit } from "../../views/formula.ts";
import { aligned } from "../../words/alignment.ts";
import { nextStep, noStep } from "../../words/nextStep.ts";
import { inPlainWords } from "../../words/refusal.ts";
import { flat, stepLines, gradientLine } from "../../words/stepLines.ts";
import { watchSize } from "../../figure/ending.ts";
import { h, keyed, setAttribute, setText } from "../../dom.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import { createFollower } from "../working/following.ts";
import { listenToHighlights, showHighlight } from "../../figure/highlight.ts";
import { createLine } from "../working/line.ts";
import { createSample, createSelect } from "../../controls/byHand.ts";
import type { Scene, State } from "../../state/types.ts";
import type { Setter } from "../../service/katex.ts";
import type { WireStep } from "../../service/step.ts";
import type { Row } from "../../words/alignment.ts";
import type { LineText } from "../../words/stepLines.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";

/** The run that is compared with: the one asked for, else the next in sight. */
function otherRun({ explain: { against } }: State, { runs }: Scene, index: number) {
  if (against !== null && against !== index && runs[against]) return against;
  const others = [...runs.keys()].filter((k) => k !== index && !runs[k].hidden);
  return others.find((k) => k > index) ?? others[0] ?? null;
}

/** As low as it can be. */
const low = (line: LineText | null) => line && { ...line, formula: flat(line.formula) ?? "", numbers: flat(line.numbers) };

function createRow(set: Setter) {
  const sides = [createLine(set), createLine(set)];
  const cells = sides.map(({ root }) => h("ol", { class: "compare-cell" }, root));
  const root = h("li", { class: "compare-row" }, ...cells);
  return {
    root,
    fitted: sides.flatMap(({ fitted }) => fitted),
    render({ left, right, differs, slots }: Row & { slots: number[] }) {
      setAttribute(root, "data-differs", differs);
      setAttribute(root, "data-alone", left === null || right === null);
      [left, right].forEach((text, k) => {
        setAttribute(cells[k], "class", `compare-cell slot-${slots[k]}`);
        sides[k].root.hidden = text === null;
        if (text) sides[k].render(text);
      });
    },
  };
}

function createHead(label: string, onChoose: (index: number) => void) {
  const sample = createSample();
  const select = createSelect({ label, onChoose: (value) => onChoose(Number.parseInt(value)) });
  const where = h("span", { class: "aside" });
  const root = h("div", {}, sample.root, select.root, where);
  return {
    root,
    render({ runs }: Scene, index: number, words: string) {
      setAttribute(root, "class", `compare-head slot-${runs[index].slot}`);
      sample.set(runs[index].slot);
      select.set(runs.map(({ name }, k) => ({ name: `${k} ${name}`, label: name })), `${index} ${runs[index].name}`);
      setText(where, words);
    },
  };
}

export async function createCompare(root: HTMLElement, figure: Figure) {
  const { store, highlight } = figure;
  const set = await formulaSetter();
  if (!set) throw new Error("formulas cannot be set");
  const act = store.update;
  const followers = [createFollower(figure), createFollower(figure)];
  const heads = [createHead("First run", (index) => act(selectRun, store.get().entries[index]?.id ?? null)), createHead("Second run", (against) => act(explain, { against }))];
  const wait = h("p", { class: "note" });
  const list = h("ol", { class: "compare-rows", "aria-label": "Line beside line" });
  const body = h("div", { class: "compare" }, h("div", { class: "compare-heads" }, ...heads.map((head) => head.root)), list);
  root.append(wait, body);
  listenToHighlights(list, highlight);
  let made: ReturnType<typeof createRow>[] = [];
  const renderRows = keyed(list, ({ left, right }: Row & { slots: number[] }) => `${left?.key} ${right?.key}`, () => {
    const row = createRow(set);
    made.push(row);
    return row;
  });
  let shown: WireStep[] = [];
  let key = "";
  let shining = "";

  /** What the rows have in common with those of other steps. */
  let kind = "";

  function settleRows() {
    const [fitted, cells] = [made.flatMap((row) => row.fitted), made.map((row) => row.root)];
    const layout = `${list.clientWidth} ${kind}`;
    if (layout !== key) {
      unfit(fitted);
      releaseHeight(cells);
    }
    key = layout;
    fit(fitted);
    keepHeight(cells);
  }

  watchSize(list, () => key.startsWith(`${list.clientWidth} `) || settleRows(), figure.ended);

  /** @param slots  of the two runs */
  function show(steps: WireStep[], parameter: string, slots: number[]) {
    const lines = steps.map((step) => [gradientLine(step, parameter), ...stepLines(step, parameter)]);
    const rows = aligned(lines[0], lines[1]).map(({ left, right, differs }) => ({ left: low(left), right: low(right), differs }));
    renderRows(rows.map((row) => ({ ...row, slots })));
    made = made.filter(({ root: row }) => row.isConnected);
    kind = `${parameter} ${rows.map(({ left, right }) => `${left?.key} ${right?.key}`).join()}`;
    settleRows();
    shown = steps;
  }

  function say(text: string) {
    wait.hidden = !text;
    setText(wait, text);
    body.hidden = text !== "";
  }

  return {
    render(moment: Frame) {
      const { state, scene } = moment;
      const first = chosenRun(scene);
      const second = first === null ? null : otherRun(state, scene, first);
      if (first === null || second === null) return say("There must be two runs to compare. Add another one.");
      const names = scene.problem.parameters;
      const parameter = names[Math.min(state.explain.parameter, names.length - 1)];
      const indices = [first, second];
      const nexts = indices.map((index) => nextStep(scene.runs[index], moment.step));
      indices.forEach((index, side) => heads[side].render(scene, index, nexts[side] ? `${nexts[side].last ? "last step, " : ""}${nexts[side].t - 1} to ${nexts[side].t}` : noStep(scene.runs[index])));
      setAttribute(list, "class", `compare-rows slot-${scene.runs[first].slot}`);
      const answers = indices.map((index, side) => nexts[side] && followers[side].follow(state, index, nexts[side].t, moment));
      const refused = answers.find((answer) => answer && "refused" in answer);
      if (refused && "refused" in refused) return say(refused.refused.map(inPlainWords).join(" "));
      if (answers.some((answer) => !answer) && !shown.length) return say("Working it out.");
      say("");
      const steps = answers.flatMap((answer) => (answer && "value" in answer ? [answer.value] : []));
      if (steps.length === 2 && (steps.some((step, side) => step !== shown[side]) || !kind.startsWith(`${parameter} `))) show(steps, parameter, indices.map((index) => scene.runs[index].slot));
      const wanted = `${highlight.highlighted()} ${parameter} ${shown.map(({ t }) => t).join()}`;
      if (wanted !== shining) showHighlight(list, highlight.highlighted(), parameter);
      shining = wanted;
    },
  };
}
