/** *Why*: explains how a run moves by the curvature of the loss at the playhead and the rule's step for it. */

import { html, nothing } from "lit-html";
import { wordChoice } from "../../../controls/choice.ts";
import { numberField } from "../../../controls/numberField.ts";
import { createPanel } from "../../../figure/panel.ts";
import type { Frame, MovingFrame } from "../../../figure/part.ts";
import { unbroken } from "../../../math/text.ts";
import { curvature, curvatureNeed } from "../../../resources/curvature.ts";
import { setValue } from "../../../state/actions.ts";
import { averageFrom } from "../../../state/columns.ts";
import { setExplain, setExplanation } from "../../../state/explain.ts";
import type { Entry, Run, State } from "../../../state/types.ts";
import { directionNames } from "../../../words/curvature.ts";
import { refusalWords } from "../../../words/refusal.ts";
import { word } from "../../shared/word.ts";
import { noRunNote } from "../explanation.ts";
import type { ExplanationPorts } from "../loaders.ts";
import { explanationOpeners } from "../openers.ts";
import type { Cause } from "./cause.ts";
import { createCausePictures, type PictureContents } from "./causePictures.ts";
import { curvatureTable } from "./curvatureTable.ts";
import { answerAsPrepared, layoutOf, type WhyLayout } from "./layout.ts";
import { createCauseOnMap } from "./onMap.ts";
import { createStatesCause, FIRST_PICTURE, STATES } from "./statesCause.ts";
import { partsTable } from "./stepTable.ts";

/** @param values  in force at the row @returns the values as set, if no phase changes them */
const valuesNow = ({ optimizer }: Entry, values: Record<string, number>): Record<string, number> =>
  optimizer.schedule || optimizer.changes ? values : { ...values, ...(optimizer as Record<string, number>) };

interface WhyContent {
  waitNote: string;
  /** null: nothing has come yet */
  shown: { cause: Cause; contents: PictureContents; layout: WhyLayout } | null;
}

const answerTemplate = (answer: string | null) =>
  answer ? html`<p class="why-answer">${unbroken(answer)}</p>` : nothing;

const sentenceTemplate = (sentence: string) => html`<p class="why-sentence">${sentence}</p>`;

export default function createWhy(root: HTMLElement, ports: ExplanationPorts) {
  const { act, createRequest, seek } = ports;
  const request = createRequest(curvature);
  const onMap = createCauseOnMap(ports);
  /** Whether a hyperparameter is being dragged in a picture. */
  let isDragged = false;

  function drag(name: string, value: number) {
    isDragged = true;
    const cause = drawnCause();
    if (cause) act(setValue, cause.entry.id, name, value, true);
  }

  const drawnCause = () => panel.data()?.shown?.cause ?? null;
  const pictures = createCausePictures({ createRequest, seek, drag, held: () => isDragged, cause: drawnCause });
  const states = createStatesCause(ports);

  function prepare(frame: Frame, previous?: WhyContent): WhyContent {
    const { state, scene, wordsStep, playing } = frame;
    isDragged &&= state.dragging;
    const index = frame.chosen as number;
    const entry = state.entries[index];
    const run = scene.wholeRuns[index];
    const row = Math.max(0, Math.min(Math.floor(wordsStep), run.length - 1));
    const need = { ...curvatureNeed(state, entry, row), subject: entry.id };
    const [{ value, last, refused, waits }] = request(state, [need]);
    const reply = refused ? null : (last ?? null);
    const waitNote = (refused && refusalWords(refused)) ?? waits ?? (reply ? "" : "Working it out.");
    if (!reply) return { waitNote, shown: null };
    const named = { names: directionNames(reply.modes), values: valuesNow(entry, reply.values) };
    // While it plays, directions would be drawn where the head was before.
    const fresh = !playing && Boolean(value);
    const principal = onMap.principalOf(state, { entry, reply, fresh });
    const cause = { entry, run, reply, ...named, catalog: state.catalog, principal };
    const contents = pictures.prepare(state, cause, previous?.shown?.contents);
    const words = { alongRun: pictures.wordsAlongRun(cause, contents), path: onMap.words(run, principal) };
    return { waitNote, shown: { cause, contents, layout: layoutOf(frame, cause, contents, words) } };
  }

  function figuresTemplate(state: State, cause: Cause, { picture, choices }: WhyLayout) {
    if (!picture) return nothing;
    const onChoose = (name: string) => act(setExplain, { cause: name });
    const value = picture === STATES ? STATES : picture.name;
    return html`${choices.length > 1 ? wordChoice({ label: "Picture", options: choices, value, onChoose }) : nothing}${
      picture === STATES ? states.template(state) : html`<div class="why tiles">${picture.figures(cause)}</div>`
    }`;
  }

  function pictureTemplate(state: State, cause: Cause, layout: WhyLayout) {
    const figures = () => figuresTemplate(state, cause, layout);
    const { picture, fold, onMap } = layout;
    if (!picture || !fold) return figures();
    const isOpen = fold === "open";
    const onToggle = ({ target }: Event) => {
      const { open } = target as HTMLDetailsElement;
      if (open !== isOpen) act(setExplain, { cause: open ? FIRST_PICTURE : null });
    };
    return html`<details class="why-more column" ?open=${isOpen} @toggle=${onToggle}><summary>Where this rate
      stands among all</summary>${isOpen ? html`${figures()}<p class="note">${onMap}</p>` : nothing}</details>`;
  }

  const averageField = (average: number | null, { length }: Run) =>
    html`<label class="line why-average remark"><span>Average of the steps${
      average === null ? ":" : " from step"
    }</span>${numberField({
      label: "Average from step",
      value: average,
      none: "not shown",
      range: { whole: true, least: 0, most: length - 1 },
      onCommit: (averageFromRow) => act(setExplain, { averageFromRow }),
    })}</label>`;

  /** What is true of this step only. */
  const stepTemplate = ({ explain }: State, cause: Cause, { notes }: WhyLayout) =>
    html`${curvatureTable(cause)}${averageField(averageFrom(explain.averageFromRow), cause.run)}${notes.map(
      (note) => html`<p class="note">${note}</p>`,
    )}`;

  /** The answer stands alone; what is true of this step only is at hand. */
  const answered = (frame: Frame, { answer, alongRun, sentence }: WhyLayout, picture: unknown, step: unknown) =>
    html`<div class="why-first">${answerTemplate(answer)}${partsTable(frame)}${
      alongRun ? sentenceTemplate(alongRun) : nothing
    }${picture}</div><details class="why-step"><summary>At this step</summary>${sentenceTemplate(sentence)}${
      step
    }</details>`;

  const unanswered = ({ sentence }: WhyLayout, picture: unknown, step: unknown) =>
    html`<div class="why-first">${sentenceTemplate(sentence)}${picture}</div>${step}`;

  const panel = createPanel(ports, root, {
    prepare,
    explained(_, { shown }) {
      const draws = shown && shown.layout.picture !== STATES && shown.layout.fold !== "closed";
      return draws ? { principal: shown.cause.principal } : {};
    },
    template(frame, { shown, waitNote }) {
      const { state } = frame;
      if (!shown) return html`${answerTemplate(answerAsPrepared(frame))}<p class="note">${waitNote}</p>`;
      const { cause, layout } = shown;
      const picture = pictureTemplate(state, cause, layout);
      const links = explanationOpeners("why", (explanation) => act(setExplanation, explanation));
      if (layout.picture === STATES)
        return html`<div class="why-first">${answerTemplate(layout.answer)}${picture}</div><div
          class="run-actions">${links}</div>`;
      const step = stepTemplate(state, cause, layout);
      return html`<p class="note" ?hidden=${!waitNote}>${waitNote}</p>${
        layout.answer === null ? unanswered(layout, picture, step) : answered(frame, layout, picture, step)
      }<div class="run-actions">${word("creeps", "Creeping, swinging, turning over")}${links}</div>`;
    },
    draw(frame, { shown }) {
      const { theme, scale } = frame.scene;
      if (shown) pictures.draw(shown.cause, shown.contents, { theme, scale }, frame.step);
      states.render(frame);
    },
  });
  return {
    ...panel,
    prepare(frame: MovingFrame) {
      states.prepare(frame);
      return panel.prepare(frame);
    },
    lacks: noRunNote("Add a run to see why it goes there."),
  };
}
