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
import { presetOfRuns, presetWithStatus } from "../../../state/exercise.ts";
import { setExplain, setExplanation } from "../../../state/explain.ts";
import { sweepOf } from "../../../state/sweep.ts";
import type { Entry, Run, State } from "../../../state/types.ts";
import { curvatureSentence, directionNames, onMapWords } from "../../../words/curvature.ts";
import { refusalWords } from "../../../words/refusal.ts";
import { word } from "../../shared/word.ts";
import { noRunNote } from "../explanation.ts";
import type { ExplanationPorts } from "../loaders.ts";
import { explanationOpeners } from "../openers.ts";
import type { Cause } from "./cause.ts";
import { createCausePictures, type PictureContents } from "./causePictures.ts";
import { curvatureTable } from "./curvatureTable.ts";
import { averageNote, createCauseOnMap } from "./onMap.ts";
import { createStatesCause, FIRST_PICTURE, offersStates, STATES, showsStates } from "./statesCause.ts";
import { partsTable } from "./stepTable.ts";

const unfolded = ({ explain: { cause } }: State) => cause !== null;

/** @param values  in force at the row @returns the values as set, if no phase changes them */
const valuesNow = ({ optimizer }: Entry, values: Record<string, number>): Record<string, number> =>
  optimizer.schedule || optimizer.changes ? values : { ...values, ...(optimizer as Record<string, number>) };

type PresetOutcome = { state: Pick<State, "exercise"> } & Pick<Frame, "outcomeShows" | "chosen">;

/**
 * @returns the sentence that answers the preset's question, once the outcome shows, however the runs are set; null
 *   beside another run than the one whose telling step it explains
 */
function answerOfPreset({ state, outcomeShows, chosen }: PresetOutcome): string | null {
  const preset = outcomeShows ? presetOfRuns(state) : null;
  return preset?.why && (preset.telling?.run ?? chosen) === chosen ? preset.why : null;
}

/** @returns that sentence while the runs are as prepared; it is not true of others */
export const answerAsPrepared = (frame: PresetOutcome): string | null =>
  presetWithStatus(frame.state, "prepared") && answerOfPreset(frame);

interface WhyContent {
  cause: Cause | null;
  contents: PictureContents;
  waitNote: string;
}

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

  const drawnCause = () => panel.data()?.cause ?? null;
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
    if (!reply) return { cause: null, contents: new Map(), waitNote };
    const named = { names: directionNames(reply.modes), values: valuesNow(entry, reply.values) };
    // While it plays, directions would be drawn where the head was before.
    const fresh = !playing && Boolean(value);
    const principal = onMap.principalOf(state, { entry, reply, fresh });
    const cause = { entry, run, reply, ...named, catalog: state.catalog, principal };
    return { cause, contents: pictures.prepare(state, cause, previous?.contents), waitNote };
  }

  /**
   * Whether the pictures wait to be unfolded: where a sentence answers the question, except if it is of a whole run,
   * which its picture shows; and not where nobody unfolds, on a wall and in a lesson.
   */
  const folds = (frame: Frame, { cause, contents }: WhyContent) =>
    answerOfPreset(frame) !== null &&
    !frame.scene.projector &&
    !frame.state.pinned.length &&
    cause !== null &&
    !pictures.available(cause, contents)[0]?.ofRun;

  function pictureOf(state: State, cause: Cause, contents: PictureContents, isFolded: boolean) {
    const isUnfolded = unfolded(state);
    const ofStates = showsStates(state);
    const shown = pictures.shown(state, cause, contents);
    if (!ofStates && !(shown && contents.get(shown))) return nothing;
    const options = pictures
      .available(cause, contents)
      .map((picture): [string, string] => [picture.name, picture.word(cause)]);
    if (offersStates(state)) options.unshift([STATES, "States"]);
    const onChoose = (name: string) => act(setExplain, { cause: name });
    const value = ofStates ? STATES : (shown?.name ?? "");
    const choice = wordChoice({ label: "Picture", options, value, onChoose });
    const figures = ofStates ? states.template(state) : html`<div class="why tiles">${shown?.figures(cause)}</div>`;
    const picture = html`${options.length > 1 ? choice : nothing}${figures}`;
    const onMap = cause.principal?.directions.length ? onMapWords(cause.names) : "";
    const onToggle = ({ target }: Event) => {
      const { open } = target as HTMLDetailsElement;
      if (open !== isUnfolded) act(setExplain, { cause: open ? FIRST_PICTURE : null });
    };
    return isFolded
      ? html`<details class="why-more column" ?open=${isUnfolded} @toggle=${onToggle}><summary>Where this rate
          stands among all</summary>${isUnfolded ? html`${picture}<p class="note">${onMap}</p>` : nothing}</details>`
      : picture;
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

  function presetAnswer(frame: Frame) {
    const why = answerAsPrepared(frame);
    return why ? html`<p class="why-answer">${unbroken(why)}</p>` : nothing;
  }

  const panel = createPanel(ports, root, {
    prepare,
    explained(frame, shown) {
      const { state } = frame;
      const draws = shown.cause && !showsStates(state) && (unfolded(state) || !folds(frame, shown));
      return draws ? { principal: shown.cause?.principal } : {};
    },
    template(frame, { cause, contents, waitNote }) {
      const { state } = frame;
      if (!cause) return html`${presetAnswer(frame)}<p class="note">${waitNote}</p>`;
      const links = explanationOpeners("why", (explanation) => act(setExplanation, explanation));
      if (showsStates(state))
        return html`<div class="why-first">${presetAnswer(frame)}${pictureOf(state, cause, contents, false)}</div><div
          class="run-actions">${links}</div>`;
      const { reply, run } = cause;
      const average = averageFrom(state.explain.averageFromRow);
      const tried = sweepOf(state, cause.entry)?.edge;
      const everywhere = Boolean(cause.principal?.predicted || tried?.grows);
      const curved = curvatureSentence(reply, { everywhere, limited: Boolean(tried?.rises) });
      const others = reply.notes.filter((note) => note !== curved);
      const notes = [onMap.words(run, cause.principal), averageNote(average, run, reply), ...others];
      const answer = presetAnswer(frame);
      // Where the picture is of the whole run, what it shows stands beside it.
      const isOfRun = answer !== nothing && pictures.shown(state, cause, contents)?.ofRun;
      const alongRun = pictures.wordsAlongRun(cause, contents);
      const sentence = html`<p class="why-sentence">${isOfRun ? "" : alongRun} ${curved}</p>`;
      const atStep = html`${curvatureTable(cause)}${averageField(average, run)}${notes.map(
        (note) => html`<p class="note" ?hidden=${!note}>${note}</p>`,
      )}`;
      const ways = html`<div class="run-actions">${word("creeps", "Creeping, swinging, turning over")}${links}</div>`;
      // What answers the question stands alone; what is true of this step only is at hand.
      const folded = html`<details class="why-step"><summary>At this step</summary>${sentence}${atStep}</details>`;
      const first =
        answer === nothing
          ? sentence
          : html`${answer}${partsTable(frame)}${
              isOfRun && alongRun ? html`<p class="why-sentence">${alongRun}</p>` : nothing
            }`;
      return html`<p class="note" ?hidden=${!waitNote}>${waitNote}</p><div class="why-first">${first}${pictureOf(
        state,
        cause,
        contents,
        folds(frame, { cause, contents, waitNote }),
      )}</div>${answer === nothing ? atStep : folded}${ways}`;
    },
    draw(frame, { cause, contents }) {
      const { theme, scale } = frame.scene;
      if (cause) pictures.draw(cause, contents, { theme, scale }, frame.step);
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
