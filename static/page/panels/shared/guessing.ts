/** The controls that answer each kind of question: fields of a place or of a number, or rows to choose from. */
import { html, nothing } from "lit-html";
import { marker } from "../../controls/choice.ts";
import { numberField } from "../../controls/numberField.ts";
import type { Frame } from "../../figure/part.ts";
import { formatPlace } from "../../math/format.ts";
import { minimumLetters } from "../../math/near.ts";
import { unbroken } from "../../math/text.ts";
import { sameValue } from "../../math/values.ts";
import { rove } from "../../roving.ts";
import { setAnswer, setAnswerCoordinate } from "../../state/beats.ts";
import type { Act } from "../../state/store.ts";
import type { Answer, Guess, GuessOf, QuestionKind } from "../../state/types.ts";

/** Buttons for the lettered minima, and fields of the coordinates, for those who cannot point at the map. */
function placeFields({ state: { exercise }, scene: { problem, projector } }: Frame, act: Act) {
  const { parameters, domain, minima } = problem;
  const place = exercise.answer as number[] | null;
  const middle = domain.map(([low, high]) => (low + high) / 2);
  const letters = minimumLetters(minima.length).map((letter, k) => {
    const { at } = minima[k];
    const where = formatPlace(at);
    return html`<button type="button" class="guess row" aria-pressed=${sameValue(place, at)}
      aria-label="Your flag on ${letter}, ${where}"
      @click=${() => act(setAnswer, at)}>${letter}<span>${where}</span></button>`;
  });
  const fields = parameters.map(
    (name, k) =>
      html` <label><em>${name}</em> = ${numberField({
        label: `Your guess: ${name}`,
        value: place && Number(place[k].toPrecision(3)),
        none: "?",
        atOnce: true,
        onCommit: (value) => value !== null && act(setAnswerCoordinate, k, value, middle),
      })}</label>`,
  );
  // A class has no keyboard.
  const [first, after] = projector ? ["At", "or at"] : ["Press the map, or type", "or press the map, or type"];
  const way = letters.length ? after : first;
  return html`${letters}<span class="note">${way}${fields}</span>`;
}

const stepField = ({ state: { exercise } }: Frame, act: Act) =>
  html`<label>${numberField({
    label: "Your guess: steps",
    value: exercise.answer as number | null,
    none: "?",
    range: { whole: true, least: 0 },
    atOnce: true,
    onCommit: (value) => act(setAnswer, value),
  })} steps</label>`;

/** How a row looks that is no longer to be chosen, and what follows its words. */
type RowResult = (k: number) => { look: string; value?: unknown };

/** @returns rows to choose from */
export function choices(rows: unknown[], answer: Answer | null, choose: (row: number) => void, rowResult?: RowResult) {
  function key(event: KeyboardEvent) {
    const buttons = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>(".guess")];
    rove(event, { at: buttons.indexOf(event.target as HTMLElement), count: rows.length }, (next) => {
      choose(next);
      buttons[next].focus();
    });
  }
  return html`<ul class="guesses wraps" role="radiogroup" aria-label="Your guess" @keydown=${key}>${rows.map(
    (
      words,
      k,
    ) => html`<li role="presentation"><button type="button" role="radio" class="guess row ${rowResult?.(k).look}"
    aria-checked=${answer === k} tabindex=${answer === k || (answer === null && k === 0) ? 0 : -1}
    ?disabled=${rowResult} @click=${() => choose(k)}>${words}${rowResult?.(k).value}</button></li>`,
  )}</ul>`;
}

/** How a kind of question is answered: with fields, which stand beside a map that is pressed, or by choosing a row. */
interface Answering<G extends Guess> {
  fields?(frame: Frame, act: Act): unknown;
  rows?(guess: G, frame: Frame): unknown[];
}

const ANSWERING: { [K in QuestionKind]: Answering<GuessOf<K>> } = {
  place: { fields: placeFields },
  step: { fields: stepField },
  run: { rows: (_, { scene }) => scene.shownRuns.map(({ slot, short }) => html`${marker(slot, false)}${short}`) },
  choice: { rows: ({ options }) => options.map((option) => unbroken(option)) },
};

const answeringOf = ({ kind }: Guess): Answering<Guess> => ANSWERING[kind];

/** @returns the rows to choose from: texts, or runs with their markers; nothing for a question with fields */
export function guessRows(guess: Guess, frame: Frame, act: Act, rowResult?: RowResult) {
  const rows = answeringOf(guess).rows?.(guess, frame);
  return rows ? choices(rows, frame.state.exercise.answer, (row) => act(setAnswer, row), rowResult) : nothing;
}

/** @returns the controls that answer a question */
export function guessControls(guess: Guess, frame: Frame, act: Act) {
  const fields = answeringOf(guess).fields?.(frame, act);
  return fields ? html`<p class="guess-fields words">${fields}</p>` : guessRows(guess, frame, act);
}
