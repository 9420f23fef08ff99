/** Shows the open explanation below a head, and loads its code when it is first opened. */
import { html, nothing } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { icon } from "../../controls/icons.ts";
import type { Figure } from "../../figure/figure.ts";
import { onEnd } from "../../figure/lifetime.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, MovingFrame } from "../../figure/part.ts";
import { createQuantities } from "../../resources/quantities.ts";
import { lazy } from "../../service/lazy.ts";
import { loadStyle } from "../../service/style.ts";
import { setExplanation } from "../../state/explain.ts";
import type { Explanation } from "../../state/explanations.ts";
import { nextStepWords, recordedNote } from "../../words/nextStep.ts";
import { frameAtTellingStep, tellingStepLink, tellingStepRow } from "../shared/tellingStep.ts";
import { chosenParameter, parameterWords } from "../working/runAndParameter.ts";
import { type ExplanationOf, type ExplanationPart, type ExplanationPorts, LOADERS } from "./loaders.ts";

/** @returns the note of an explanation without a visible run */
export const noRunNote =
  (words: string) =>
  ({ chosen }: Frame) =>
    chosen === null ? words : "";

const COMES = html`<p class="note">On its way.</p>`;
const WAITS = html`<p class="note">It would answer what is asked: shown once the runs have run.</p>`;

function createOpenExplanation({ name }: Explanation, ports: Omit<ExplanationPorts, "aside">) {
  const [place, aside] = [createRef<HTMLElement>(), createRef<HTMLElement>()];
  const withdrawals: (() => void)[] = [];
  const createRequest: typeof ports.createRequest = (resource) => {
    const request = ports.createRequest(resource);
    withdrawals.push(() => request(ports.store.get(), []));
    return request;
  };
  const get = lazy(LOADERS[name], ports, ({ default: create }) =>
    create(place.value as HTMLElement, { ...ports, createRequest, aside: aside.value as HTMLElement }),
  );
  /** Cancels its requests; opened again, it makes them anew. */
  function withdraw() {
    for (const withdrawal of withdrawals) withdrawal();
    ports.redraw();
  }
  return { place, aside, get, withdraw };
}

export async function createExplanation(root: HTMLElement, figure: Figure, explanationOf: ExplanationOf) {
  const { act } = figure;
  // The style sheet of the working has the styles of formulas in a line.
  await Promise.all(["working", "explanation"].map(loadStyle));
  const ports = {
    ...figure,
    quantities: createQuantities(figure),
    renderHead: () => panel.render(latestFrame, true),
  };
  let latestFrame: MovingFrame;
  /** Explanations that were opened before; each keeps its state. */
  const opened: Map<Explanation, ReturnType<typeof createOpenExplanation>> = new Map();
  onEnd(
    figure.ended,
    figure.store.subscribe(({ explain }, before) => {
      if (explain.explanation === before.explain.explanation) return;
      for (const [{ name }, part] of opened) if (name === before.explain.explanation) part.withdraw();
    }),
  );

  /** @returns the run and the step that it shows, in words */
  function where(frame: Frame, ofStep: boolean) {
    const { scene, chosen, wordsStep } = frame;
    const run = chosen === null ? null : scene.wholeRuns[chosen];
    return run && `${run.name}${ofStep ? `, ${nextStepWords(run, tellingStepRow(frame) ?? wordsStep)}` : ""}`;
  }

  /** @returns the explanation that is open in a frame, or why it shows nothing */
  function openIn(frame: Frame) {
    const { scene, chosen, outcomeShows } = frame;
    const declared = explanationOf(frame) as Explanation;
    const open = opened.get(declared) ?? createOpenExplanation(declared, ports);
    opened.set(declared, open);
    const waits = Boolean(declared.answers) && !outcomeShows;
    const run = chosen === null ? null : scene.shownRuns[chosen];
    const recorded = run?.end?.recorded && !declared.ofRows ? recordedNote(run.name) : "";
    const part = waits || recorded ? null : open.get();
    const lacks = recorded || (part?.lacks?.(frame) ?? "");
    const content: ExplanationPart | null = lacks ? null : part;
    return { declared, open, waits, lacks, content };
  }

  function template(frame: Frame, { declared, open, waits, lacks, content }: ReturnType<typeof openIn>) {
    const { state, scene } = frame;
    const { label, ofStep, ofRun = false, perParameter = false } = declared;
    const hidesParameters = Boolean(content?.hidesParameters?.(frame));
    const head = content?.head?.(frame);
    const runAndStep =
      ofRun || (ofStep === "run" && !(perParameter && hidesParameters)) ? where(frame, ofStep !== undefined) : null;
    const { title, where: whereSaid } = head ?? { title: declared.title ?? label, where: runAndStep };
    const note = lacks
      ? html`<p class="note">${lacks}</p>`
      : waits
        ? WAITS
        : open.get.note() === nothing
          ? COMES
          : open.get.note();
    const hides = (part: typeof open) => part !== open || content === null;
    const close = () => act(setExplanation, null);
    const all = [...opened.values()];
    return html`<div class="explanation-head row wraps ${head ? "names-step" : ""}"><h2 tabindex="-1">${title}</h2><div
      class="explanation-details wraps"><span
        class="note explanation-where" ?hidden=${!whereSaid}>${whereSaid}</span><div
        class="explanation-choices wraps">${parameterWords(
          act,
          scene.problem.parameters,
          chosenParameter(state, scene),
          !perParameter || hidesParameters,
        )}${all.map(
          (part) => html`<div class="explanation-aside wraps" ?hidden=${hides(part)} ${ref(part.aside)}></div>`,
        )}</div>${(ofStep || ofRun) && !waits ? tellingStepLink(figure, frame) : nothing}</div><button type="button"
        class="icon-button" aria-label="Close ${label}" title="Close" @click=${close}>${icon("close")}</button></div>
      ${content ? nothing : note}
      ${all.map(
        (part) => html`<div class="explanation-part column" ?hidden=${hides(part)} ${ref(part.place)}></div>`,
      )}`;
  }

  const panel = createPanel(figure, root, { prepare: openIn, template });
  const content = () => panel.data()?.content;

  /** @returns the frame at the telling step for explanations of a step or of rows, else unchanged */
  function frameOf(frame: MovingFrame): MovingFrame {
    const { ofStep, ofRun } = panel.data()?.declared ?? {};
    return ofStep || ofRun ? frameAtTellingStep(frame, ofStep ? "before" : "after") : frame;
  }

  return {
    chartExports: () => content()?.chartExports?.() ?? [],
    prepare(frame: MovingFrame) {
      panel.prepare(frame);
      const at = frameOf(frame);
      const marks = content()?.prepare?.(at);
      // What is drawn at the head of the run is of the step from there.
      return at === frame ? marks : { principal: marks?.principal };
    },
    render(frame: MovingFrame) {
      latestFrame = frame;
      panel.render(frame);
      content()?.render(frameOf(frame));
    },
  };
}
