/** The working of the next step of one run, from where the playhead stands. It follows while the run plays. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { icon } from "../../controls/icons.ts";
import type { FramePorts, PlaybackPorts, Requests, StatePorts } from "../../figure/figure.ts";
import { highlightedPoint } from "../../figure/highlight.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { symbol } from "../../math/text.ts";
import { memo } from "../../reads.ts";
import type { WireStep } from "../../resources/step.ts";
import { loadStyle } from "../../service/style.ts";
import { screenUpTo, sizeOf } from "../../size.ts";
import { selectRun } from "../../state/actions.ts";
import { setExplained } from "../../state/explain.ts";
import { nextStep } from "../../state/nextStep.ts";
import { ruleOf } from "../../state/rules.ts";
import type { Scene, State } from "../../state/types.ts";
import { type Average, averagesIn } from "../../words/averages.ts";
import { firstStepsWords } from "../../words/firstSteps.ts";
import { shownValue } from "../../words/latexValue.ts";
import { noStep, recordedWords, stepWords } from "../../words/nextStep.ts";
import { inShort } from "../../words/refusal.ts";
import { readsGradient } from "../../words/stepLines.ts";
import { workingLatex } from "../../words/workingLatex.ts";
import { copyText } from "../shared/copying.ts";
import { tellingWay } from "../shared/telling.ts";
import { chosenParameter, parameterWords, runSelect } from "./choices.ts";
import { createFollower } from "./following.ts";
import { createLineList } from "./lineList.ts";
import { stepInLines } from "./lines.ts";
import { sharesOf } from "./terms.ts";

const narrow = screenUpTo("narrow");

/** Kept free: a line that breaks in two with longer numbers. */
const SPARE = 26;

/** The terms of a sum over data leave no room for a second one. */
function hasTwo({ gradient }: WireStep) {
  const gradients = Object.values(gradient);
  return gradients.length === 2 && gradients.every(({ terms }) => !terms);
}

/** Of what the room depends on that the working takes: the lines, not their numbers. */
function roomKey({ lines, method_lines, rate, gradient, batch }: WireStep, { runs, projector, problem }: Scene) {
  const all = Object.values(gradient);
  const gradients = all.map(({ formula, terms }) => (terms ? `${batch ? "batch" : terms.length}` : formula));
  const rule = [...lines.map(({ formula }) => formula), ...(method_lines ?? []).map(({ latex }) => latex)];
  return JSON.stringify([gradients, rate.schedule, rule, runs.length, projector, problem.kind]);
}

/** What the states are before the first step: numbers that come from nowhere otherwise. */
function startWords({ t, states }: WireStep) {
  if (t > 1) return "";
  const words = (held: Record<string, number | null>) =>
    [...new Set(Object.values(held).map((value) => shownValue(value ?? NaN)))].join(" and ");
  const starts = Object.entries(states).map(([name, held]) => `${symbol(name)} is ${words(held)}`);
  return starts.length ? `Before the first step ${starts.join(", ")}.` : "";
}

/** The way that an average of gradients would have the run go; averages of squares have none. */
function wayOf(step: WireStep, averages: Average[], quantity: string): number[] | null {
  const isAverage = averages.some(({ name, squared }) => !squared && (quantity === name || quantity === `${name}_hat`));
  const line = isAverage && step.lines.find(({ name }) => name === quantity);
  return line ? Object.values(line.values).map(({ value }) => -(value ?? NaN)) : null;
}

interface Worked {
  step: WireStep;
  parameters: string[];
  /** index of the run */
  run: number;
}

/** The way that the highlighted quantity would have the run go. */
function directionOf({ entries, catalog, highlighted }: State, { step, run }: Worked): number[] | null {
  if (highlighted === null || !entries[run]) return null;
  return wayOf(step, averagesIn(ruleOf(catalog, entries[run].optimizer)), highlighted);
}

const sharesOfWorked = ({ step, parameters, run }: Worked) => sharesOf(step, parameters[0], run);

const alike = (a: Worked | null, b: Worked) =>
  a?.step === b.step && a.run === b.run && a.parameters.join() === b.parameters.join();

export default async function createWorking(
  root: HTMLElement,
  figure: StatePorts & PlaybackPorts & FramePorts & Requests,
) {
  const { act, ended, redraw } = figure;
  const [{ formula, attach, settle }] = await Promise.all([
    createLineList(figure, ".working-line"),
    loadStyle("working"),
  ]);
  const steps = createFollower(figure);
  const shares = memo(sharesOfWorked);
  let shown: Worked | null = null;
  /** What the lines were last set for. */
  let set: Worked | null = null;
  let kind = "";
  /** Instead of a working, or about the one that is still there. */
  let wait = "";
  let copied = "";
  /** Whether the numbers of all parameters stand below each other. */
  let several = false;

  async function copyLatex({ step, parameters }: Worked) {
    const done = await copyText(parameters.map((name) => workingLatex(step, name)).join("\n"));
    copied = done ? "Copied." : "The browser does not let a page copy.";
    redraw();
  }

  function show(step: WireStep, run: number, parameter: string) {
    // The step may be of another problem than the map is yet.
    if (!(parameter in step.gradient)) return;
    const next = { step, run, parameters: several && hasTwo(step) ? Object.keys(step.gradient) : [parameter] };
    if (alike(shown, next)) return;
    shown = next;
    copied = "";
  }

  /** Follow the playhead. @returns what is to be said */
  function follow({ state, scene, wordsStep, playing }: Frame, index: number): string {
    const next = nextStep(scene.wholeRuns[index], wordsStep);
    if (!next) return noStep(scene.wholeRuns[index]);
    const run = scene.wholeRuns[index];
    if (run.end?.recorded) return recordedWords(run.name);
    const answer = steps.follow(state, index, next.t, playing);
    if (answer?.refused)
      return shown ? "Still the last rule that could be read." : answer.refused.map(inShort).join(" ");
    if (!answer?.value) return steps.silent() || (shown ? wait : "Working it out.");
    show(answer.value, index, scene.problem.parameters[chosenParameter(state, scene)]);
    return "";
  }

  function head(frame: Frame, index: number) {
    const { state, scene, wordsStep } = frame;
    const {
      wholeRuns,
      problem: { parameters },
    } = scene;
    const last = nextStep(wholeRuns[index], wordsStep)?.last;
    const run = runSelect("Run", scene, index, (k) => act(selectRun, state.entries[k]?.id ?? null));
    const where = shown ? stepWords(shown.step.t, Boolean(last)) : "";
    const hidesParameters = shown !== null && (shown.parameters.length > 1 || !readsGradient(shown.step));
    const words = parameterWords(act, parameters, chosenParameter(state, scene), hidesParameters);
    return html`<h2 tabindex="-1"><span>${last ? "Last" : "Next"} step<span> of </span></span>${run}</h2><div
      class="working-where wraps"><span class="note">${where}</span>${words}${tellingWay(figure, frame)}</div>`;
  }

  function lines({ step, parameters }: Worked, highlighted: string | null, source?: string) {
    const made = stepInLines(formula, { step, parameters, source, point: highlightedPoint(highlighted), redraw });
    kind = made.kind;
    return made.content;
  }

  const copyButton = (of: Worked) => html`<button type="button" class="quiet" aria-label="Copy as LaTeX"
    title="Copy as LaTeX" @click=${() => copyLatex(of)}>${icon("copy")}<span>LaTeX</span></button>`;

  const panel = createPanel(
    figure,
    root,
    (frame) => {
      const { state, scene } = frame;
      const index = scene.chosen;
      const run = index === null ? null : scene.wholeRuns[index];
      const working = run && shown;
      const close = () => act(setExplained, null);
      return html`<div class="panel-head row wraps working-head">${
        index === null ? nothing : head(frame, index)
      }<button type="button" class="icon-button working-close"
        aria-label="Close the working" title="Close" @click=${close}>${icon("close")}</button></div>
      <p class="note" ?hidden=${!wait}>${wait}</p>
      <div class="working-body slot-${run?.slot ?? 0}"><ol class="working-lines" aria-label="The working, line by line"
        ?hidden=${!working} ${ref(attach)}>${
          working ? lines(working, state.highlighted, scene.problem.gradient_source) : nothing
        }</ol><p class="note working-notes"
        ?hidden=${!working}>${
          working ? [startWords(working.step), firstStepsWords(working.step), ...working.step.notes].join(" ") : ""
        }</p></div>
      <div class="working-foot row wraps" ?hidden=${!working}>${
        working ? copyButton(working) : nothing
      }<span class="note" role="status">${copied}</span></div>`;
    },
    (frame) => {
      if (!shown) return;
      const { step, parameters } = shown;
      settle(kind, frame, shown !== set && step.gradient[parameters[0]].terms !== null);
      set = shown;
    },
    (frame) => {
      const index = frame.scene.chosen;
      wait = index === null ? "Add a run, and its next step is worked out here." : follow(frame, index);
      return shown ? { direction: directionOf(frame.state, shown), shares: shares(shown) } : {};
    },
  );

  const part = (name: string) => root.querySelector(`.working-${name}`) as HTMLElement;
  /** Whether all that it says has room without scrolling. */
  const fits = () =>
    ["head", "lines", "notes", "foot"].reduce((sum, name) => sum + part(name).offsetHeight, SPARE) < root.clientHeight;
  /** For which lines and which size of its place that was decided. */
  let decided = "";
  const measureAnew = () => {
    decided = "";
    figure.invalidate();
  };
  document.fonts.addEventListener("loadingdone", measureAnew, { signal: ended });

  return {
    /** The numbers of both parameters, where they have room: never by how long these are, lest lines come and go. */
    prepare: panel.prepare,
    render(frame: Frame) {
      panel.render(frame);
      if (!shown || wait || narrow.matches || !hasTwo(shown.step)) return;
      const key = `${roomKey(shown.step, frame.scene)} ${Object.values(sizeOf(root))}`;
      if (key === decided) return;
      decided = key;
      for (several of [true, false]) {
        panel.render(frame, true);
        if (fits()) return;
      }
    },
  };
}
