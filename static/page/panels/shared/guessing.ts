/** How a question is answered before it runs: a place, a number of steps, one of several. */
import { html, nothing } from "lit-html";
import { marker } from "../../controls/choice.ts";
import { numberField } from "../../controls/numberField.ts";
import type { Frame } from "../../figure/part.ts";
import { rove } from "../../roving.ts";
import { giveAnswer, giveCoordinate } from "../../state/beats.ts";
import type { Act } from "../../state/store.ts";
import type { Answer, Guess } from "../../state/types.ts";
import { valueWords } from "../../words/guess.ts";

/** Fields for the guess of a place, for those who cannot point at the map. */
function placeFields(
  {
    scene: {
      problem: { parameters, domain },
    },
  }: Frame,
  place: number[] | null,
  act: Act,
) {
  const middle = domain.map(([low, high]) => (low + high) / 2);
  return parameters.map(
    (name, k) =>
      html`<label><em>${name}</em> ${numberField({
        label: `Your guess: ${name}`,
        value: place && Number(place[k].toPrecision(3)),
        none: "?",
        onCommit: (value) => value !== null && act(giveCoordinate, k, value, middle),
      })}</label>`,
  );
}

/** @param right  which of them is, once it is known */
type Choices = { rows: unknown[]; answer: Answer | null; act: Act; right?: number | null };

function choices({ rows, answer, act, right }: Choices) {
  function key(event: KeyboardEvent) {
    const buttons = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>(".guess")];
    rove(event, { at: buttons.indexOf(event.target as HTMLElement), count: rows.length }, (next) => {
      act(giveAnswer, next);
      buttons[next].focus();
    });
  }
  const stateOf = (k: number) => (right === k ? "is-right" : answer === k && right != null ? "is-wrong" : "");
  return html`<ul class="guesses wraps" role="radiogroup" aria-label="Your guess" @keydown=${key}>${rows.map(
    (words, k) => html`<li role="presentation"><button type="button" role="radio" class="guess row ${stateOf(k)}"
    aria-checked=${answer === k} tabindex=${answer === k || (answer === null && k === 0) ? 0 : -1}
    ?disabled=${right !== undefined} @click=${() => act(giveAnswer, k)}>${words}</button></li>`,
  )}</ul>`;
}

/** @returns the texts of a choice, or the runs with their markers; nothing where something else is asked for */
export function guessRows(guess: Guess, { state: { answer }, scene }: Frame, act: Act, right?: number | null) {
  if (guess.kind === "choice") return choices({ rows: guess.options, answer, act, right });
  if (guess.kind !== "run") return nothing;
  const rows = scene.runs.map(
    ({ slot, short }, k) =>
      html`${marker(slot, false)}${short}${
        right == null ? nothing : html`<span class="guess-value">${valueWords(guess, k)}</span>`
      }`,
  );
  return choices({ rows, answer, act, right });
}

/** @returns how a question is answered */
export function guessing(guess: Guess, frame: Frame, act: Act) {
  const {
    state: { answer },
  } = frame;
  if (guess.kind === "place")
    return html`<p class="guess-fields words">${placeFields(frame, answer as number[] | null, act)}</p>`;
  if (guess.kind === "step")
    return html`<p class="guess-fields words"><label>${numberField({
      label: "Your guess: steps",
      value: answer as number | null,
      none: "?",
      range: { whole: true, least: 0 },
      onCommit: (value) => act(giveAnswer, value),
    })} steps</label></p>`;
  return guessRows(guess, frame, act);
}
