/** The working of the next step of one run, from where the playhead stands. It follows while the run plays. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { icon } from "../../controls/icons.ts";
import { highlightedPoint } from "../../figure/highlight.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, MovingFrame } from "../../figure/part.ts";
import { symbol } from "../../math/text.ts";
import { memo } from "../../memo.ts";
import { screenUpTo, sizeOf } from "../../size.ts";
import { selectRun } from "../../state/actions.ts";
import { nextStep } from "../../state/nextStep.ts";
import { ruleOf } from "../../state/rules.ts";
import type { Scene, State, Wire } from "../../state/types.ts";
import { type Average, averagesIn } from "../../words/averages.ts";
import { firstStepsWords } from "../../words/firstSteps.ts";
import { roundedText } from "../../words/latexValue.ts";
import { noStepWords, recordedNote, stepWords } from "../../words/nextStep.ts";
import { shortRefusal } from "../../words/refusal.ts";
import { type LineText, linesOfParameters, readsGradient } from "../../words/stepLines.ts";
import { workingLatex } from "../../words/workingLatex.ts";
import { noRunNote } from "../explanations/explanation.ts";
import type { ExplanationPart, ExplanationPorts } from "../explanations/loaders.ts";
import { copyText } from "../shared/copying.ts";
import { tellingStepRow } from "../shared/tellingStep.ts";
import { createLineList } from "./lineList.ts";
import { stepInLines } from "./lines.ts";
import { createParameterLayout } from "./parameterLayout.ts";
import { chosenParameter, runSelect } from "./runAndParameter.ts";
import { createStepRequest } from "./stepRequest.ts";
import { gradientShares } from "./terms.ts";

const narrow = screenUpTo("narrow");

/** Kept free: a line that breaks in two with longer numbers. */
const SPARE = 16;

/** The terms of a sum over data leave no room for a second one. */
function hasTwo({ gradient }: Wire["Step"]) {
  const gradients = Object.values(gradient);
  return gradients.length === 2 && gradients.every(({ terms }) => !terms);
}

/** Of what the room depends on that the working takes: the lines, not their numbers. */
function roomKey(
  { lines, method_lines, rate, gradient, batch }: Wire["Step"],
  { shownRuns, projector, problem }: Scene,
) {
  const all = Object.values(gradient);
  const gradients = all.map(({ formula, terms }) => (terms ? `${batch ? "batch" : terms.length}` : formula));
  const rule = [...lines.map(({ formula }) => formula), ...(method_lines ?? []).map(({ latex }) => latex)];
  return JSON.stringify([gradients, rate.schedule, rule, shownRuns.length, projector, problem.kind]);
}

/** What the states are before the first step: numbers that come from nowhere otherwise. */
function startWords({ t, states }: Wire["Step"]) {
  if (t > 1) return "";
  const words = (byParameter: Record<string, number | null>) =>
    [...new Set(Object.values(byParameter).map((value) => roundedText(value ?? NaN)))].join(" and ");
  const starts = Object.entries(states).map(([name, byParameter]) => `${symbol(name)} is ${words(byParameter)}`);
  return starts.length ? `Before the first step ${starts.join(", ")}.` : "";
}

/** The way that an average of gradients would have the run go; averages of squares have none. */
function averageDirection(step: Wire["Step"], averages: Average[], quantity: string): number[] | null {
  const isAverage = averages.some(({ name, squared }) => !squared && (quantity === name || quantity === `${name}_hat`));
  const line = isAverage && step.lines.find(({ name }) => name === quantity);
  return line ? Object.values(line.values).map(({ value }) => -(value ?? NaN)) : null;
}

interface WorkedStep {
  step: Wire["Step"];
  parameters: string[];
  /** index of the run */
  run: number;
  lines: LineText[];
}

interface WorkingData {
  /** the last step that was worked out */
  worked: WorkedStep | null;
  /** said instead of a working, or about the one that is still there */
  wait: string;
}

/** The way that the highlighted quantity would have the run go. */
function directionOf({ entries, catalog, highlighted }: State, { step, run }: WorkedStep): number[] | null {
  if (highlighted === null || !entries[run]) return null;
  return averageDirection(step, averagesIn(ruleOf(catalog, entries[run].optimizer)), highlighted);
}

const sharesOfWorked = ({ step, parameters, run }: WorkedStep) => gradientShares(step, parameters[0], run);

/** What its lines have in common with those of other steps. */
const kindOf = ({ parameters, lines }: WorkedStep) => `${parameters.join()} ${lines.map(({ key }) => key).join()}`;

export default async function createWorking(root: HTMLElement, ports: ExplanationPorts): Promise<ExplanationPart> {
  const { act, ended, redraw } = ports;
  const { formula, attach, settle } = await createLineList(ports, ".working-line");
  const steps = createStepRequest(ports);
  const shares = memo(sharesOfWorked);
  const workedStep = memo(
    (step: Wire["Step"], run: number, parameters: string[]): WorkedStep => ({
      step,
      run,
      parameters,
      lines: linesOfParameters(step, parameters),
    }),
  );
  /** What the lines were last rendered of. */
  let settled: WorkedStep | null = null;
  /** What was copied last, and what came of it, in words. */
  let copied: { worked: WorkedStep; words: string } | null = null;

  async function copyLatex(worked: WorkedStep) {
    const { step, parameters } = worked;
    const done = await copyText(parameters.map((name) => workingLatex(step, name)).join("\n"));
    copied = { worked, words: done ? "Copied." : "The browser does not let a page copy." };
    redraw();
  }

  function workedOut(step: Wire["Step"], run: number, parameter: string, last: WorkedStep | null): WorkedStep | null {
    // The step may be of another problem than the map is yet.
    if (!(parameter in step.gradient)) return last;
    const parameters = several.shown() && hasTwo(step) ? Object.keys(step.gradient) : [parameter];
    return workedStep(step, run, parameters);
  }

  function prepare(frame: Frame, previous?: WorkingData): WorkingData {
    const { state, scene, wordsStep, playing } = frame;
    const index = frame.chosen as number;
    const worked = previous?.worked ?? null;
    const saying = (wait: string) => ({ worked, wait });
    const run = scene.wholeRuns[index];
    const next = nextStep(run, wordsStep);
    if (!next) return saying(noStepWords(run));
    if (run.end?.recorded) return saying(recordedNote(run.name));
    const answer = steps.follow(state, index, next.t, playing);
    if (answer?.refused)
      return saying(worked ? "This is the last rule that could be read." : answer.refused.map(shortRefusal).join(" "));
    if (!answer?.value) return saying(steps.silent() || (worked ? (previous?.wait ?? "") : "Working it out."));
    const parameter = scene.problem.parameters[chosenParameter(state, scene)];
    return { worked: workedOut(answer.value, index, parameter, worked), wait: "" };
  }

  const workedIn = () => panel.data()?.worked ?? null;

  function head(frame: Frame) {
    const { state, scene, chosen, wordsStep } = frame;
    const index = chosen as number;
    const isTelling = tellingStepRow(frame) !== null;
    const last = !isTelling && Boolean(nextStep(scene.wholeRuns[index], wordsStep)?.last);
    const run = runSelect("Run", scene, index, (k) => act(selectRun, state.entries[k]?.id ?? null));
    const worked = workedIn();
    return {
      title: html`<span>${isTelling ? "Step" : last ? "Last step" : "Next step"}<span> of </span></span>${run}`,
      where: worked ? stepWords(worked.step.t, last) : "",
    };
  }

  const lines = (worked: WorkedStep, highlighted: string | null, source?: string) =>
    stepInLines(formula, { ...worked, source, point: highlightedPoint(highlighted), redraw });

  const copyButton = (worked: WorkedStep) => html`<button type="button" class="quiet" aria-label="Copy as LaTeX"
    title="Copy as LaTeX" @click=${() => copyLatex(worked)}>${icon("copy")}<span>LaTeX</span></button>`;

  const panel = createPanel(ports, root, {
    prepare,
    explained: (frame, { worked }) =>
      worked ? { direction: directionOf(frame.state, worked), shares: shares(worked) } : {},
    template({ state, scene, chosen }, { worked, wait }) {
      const { slot } = scene.wholeRuns[chosen as number];
      return html`<p class="note" ?hidden=${!wait}>${wait}</p>
      <div class="working-body slot-${slot}"><ol class="working-lines" aria-label="The working, line by line"
        ?hidden=${!worked} ${ref(attach)}>${
          worked ? lines(worked, state.highlighted, scene.problem.gradient_source ?? undefined) : nothing
        }</ol><p class="note working-notes"
        ?hidden=${!worked}>${
          worked ? [startWords(worked.step), firstStepsWords(worked.step), ...worked.step.notes].join(" ") : ""
        }</p></div>
      <div class="working-foot row wraps" ?hidden=${!worked}>${
        worked ? copyButton(worked) : nothing
      }<span class="note" role="status">${copied?.worked === worked ? copied?.words : ""}</span></div>`;
    },
    rendered(frame, { worked }) {
      if (!worked) return;
      const { step, parameters } = worked;
      settle(kindOf(worked), frame, worked !== settled && step.gradient[parameters[0]].terms !== null);
      settled = worked;
    },
  });

  const part = (name: string) => root.querySelector(`.working-${name}`) as HTMLElement;
  /** Whether all that it says has room without scrolling. */
  const fits = () =>
    ["lines", "notes", "foot"].reduce((sum, name) => sum + part(name).offsetHeight, SPARE) < root.clientHeight;
  const several = createParameterLayout(() => narrow.matches, fits);
  const measureAnew = () => {
    several.forget();
    ports.invalidate();
  };
  document.fonts.addEventListener("loadingdone", measureAnew, { signal: ended });

  return {
    head,
    lacks: noRunNote("Add a run, and its next step is worked out here."),
    hidesParameters() {
      const worked = workedIn();
      return worked !== null && (worked.parameters.length > 1 || !readsGradient(worked.step));
    },
    prepare: panel.prepare,
    /** The numbers of both parameters, where they have room: never by how long these are, lest lines come and go. */
    render(frame: MovingFrame) {
      panel.render(frame);
      const { worked, wait } = panel.data() as WorkingData;
      if (!worked || wait || !hasTwo(worked.step)) return;
      const room = `${roomKey(worked.step, frame.scene)} ${Object.values(sizeOf(root))}`;
      several.decide(room, () => {
        panel.render(frame, true);
        ports.renderHead();
      });
    },
  };
}
