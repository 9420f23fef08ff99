/** What explains the runs, one explanation at a time. In the playground it stands in the right column. */
import { html, nothing } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { icon } from "../../controls/icons.ts";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, Part } from "../../figure/part.ts";
import { createQuantities, type Quantities } from "../../resources/quantities.ts";
import { lazy } from "../../service/lazy.ts";
import { loadStyle } from "../../service/style.ts";
import { setExplained } from "../../state/explain.ts";
import type { State } from "../../state/types.ts";
import { whereWords } from "../../words/nextStep.ts";
import { contentOf, EXPLANATIONS, type ExplanationName } from "../shared/explanations.ts";
import { openAtTelling } from "../shared/telling.ts";
import { chosenParameter, parameterWords } from "../working/choices.ts";

/** apart: of what is made of each parameter, it shows now what belongs to none */
type ExplanationPart = Part & { apart?: (frame: Frame) => boolean };

/** What an explanation may use besides. aside: for what it can be set to, in the head */
export type ExplanationPorts = Figure & { quantities: Quantities; aside: HTMLElement };

type Create = (root: HTMLElement, ports: ExplanationPorts) => ExplanationPart | Promise<ExplanationPart>;

type Made = { each?: boolean; answers?: boolean; title?: string; load: () => Promise<Create> };

/**
 * How each is made; each: of one parameter at a time; answers: what a scene may ask; title: where the word of its tab
 * says too little.
 */
const MADE: Record<ExplanationName, Made> = {
  why: { title: "Why it goes there", load: async () => (await import("./why/why.ts")).createWhy },
  polynomial: { load: async () => (await import("./polynomial.ts")).createPolynomial },
  ends: { answers: true, load: async () => (await import("./ends.ts")).createEnds },
  rose: { answers: true, load: async () => (await import("./rose.ts")).createRose },
  charts: { each: true, load: async () => (await import("./charts.ts")).createCharts },
  average: { each: true, load: async () => (await import("./average/average.ts")).createAverage },
  compare: { each: true, load: async () => (await import("./compare.ts")).createCompare },
  tune: { answers: true, load: async () => (await import("./tune/tune.ts")).createTune },
  forms: { load: async () => (await import("./forms/forms.ts")).createForms },
  steps: { each: true, load: async () => (await import("./steps.ts")).createSteps },
  search: { title: "Exhaustive search", load: async () => (await import("./search.ts")).createSearch },
  rule: { load: async () => (await import("./own-rule/ownRule.ts")).createOwnRule },
};

const COMES = html`<p class="note">On its way.</p>`;
const WAITS = html`<p class="note">It would answer what is asked: shown once the runs have run.</p>`;

function createPart(name: ExplanationName, ports: Omit<ExplanationPorts, "aside">) {
  const { each = false, answers = false, title, load } = MADE[name];
  const [place, aside] = [createRef<HTMLElement>(), createRef<HTMLElement>()];
  const get = lazy(async () => {
    const create = await load();
    return create(place.value as HTMLElement, { ...ports, aside: aside.value as HTMLElement });
  }, ports);
  return { name, each, answers, title, place, aside, get };
}

export async function createExplanation(root: HTMLElement, given: Figure) {
  const { act } = given;
  // How formulas stand in a line is the working's.
  await Promise.all(["working", "explanation"].map(loadStyle));
  openAtTelling(given);
  let content: ExplanationPart | null = null;
  const ports = { ...given, quantities: createQuantities(given) };
  const parts = EXPLANATIONS.map(({ name }) => createPart(name, ports));
  const partOf = ({ explain: { explanation } }: State) => parts.find(({ name }) => name === explanation) ?? parts[0];

  const panel = createPanel(given, root, (frame) => {
    const { state, scene } = frame;
    const open = partOf(state);
    const waits = open.answers && !scene.tells;
    content = waits ? null : open.get();
    const hides = (part: typeof open) => part !== open || content === null;
    const close = () => act(setExplained, null);
    const { word = "", ofStep = false } = contentOf(open.name) ?? {};
    const apart = Boolean(content?.apart?.(frame));
    const index = scene.chosen;
    const told = ofStep && index !== null && !(open.each && apart) && open.name !== "compare";
    const { name = "" } = index === null ? {} : scene.runs[index];
    return html`<div class="explanation-head row wraps"><h2 tabindex="-1">${open.title ?? word}</h2><span
      class="note explanation-where"
      ?hidden=${!told}>${told ? `${name}, ${whereWords(scene.wholeRuns[index], frame.wordsStep)}` : ""}</span><div
        class="explanation-choices wraps">${parameterWords(
          act,
          scene.problem.parameters,
          chosenParameter(state, scene),
          !open.each || apart,
        )}${parts.map(
          (part) => html`<div class="explanation-aside wraps" ?hidden=${hides(part)} ${ref(part.aside)}></div>`,
        )}</div><button type="button" class="icon-button" aria-label="Close ${word}" title="Close"
        @click=${close}>${icon("close")}</button></div>
      ${content ? nothing : waits ? WAITS : open.get.note() === nothing ? COMES : open.get.note()}
      ${parts.map(
        (part) => html`<div
        class="explanation-part column" ?hidden=${hides(part)} ${ref(part.place)}></div>`,
      )}`;
  });

  return {
    chartExports: () => content?.chartExports?.() ?? [],
    render(frame: Frame) {
      panel.render(frame);
      content?.render(frame);
    },
  };
}
