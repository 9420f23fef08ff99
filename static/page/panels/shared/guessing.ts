/** How a question is answered before it runs: a place, a number of steps, one of several. */
import { html } from "lit-html";
import { marker } from "../../controls/choice.ts";
import { numberField } from "../../controls/numberField.ts";
import type { Frame } from "../../figure/part.ts";
import { giveAnswer, giveCoordinate } from "../../state/reveal.ts";
import type { Act } from "../../state/store.ts";
import type { Answer, Guess } from "../../state/types.ts";
import { withoutCommonWords } from "../../views/chart/names.ts";

/** Where a place is asked for the map is pointed at; these are for who has no pointer. */
function placeFields(
  {
    scene: {
      problem: { parameters, domain },
    },
  }: Frame,
  given: number[] | null,
  act: Act,
) {
  const middle = domain.map(([low, high]) => (low + high) / 2);
  return parameters.map(
    (name, k) =>
      html`<label><em>${name}</em> ${numberField({
        label: `Your guess: ${name}`,
        value: given ? Number(given[k].toPrecision(3)) : null,
        none: "?",
        onCommit: (value) => value !== null && act(giveCoordinate, k, value, middle),
      })}</label>`,
  );
}

function choices(label: string, all: unknown[], given: Answer | null, act: Act) {
  function key(event: KeyboardEvent) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>(".guess")];
    const next = (buttons.indexOf(event.target as HTMLElement) + by + all.length) % all.length;
    act(giveAnswer, next);
    buttons[next].focus();
  }
  return html`<ul class="guesses" role="radiogroup" aria-label=${label} @keydown=${key}>${all.map(
    (words, k) => html`<li role="presentation"><button type="button" role="radio" class="guess"
    aria-checked=${given === k} tabindex=${given === k || (given === null && k === 0) ? 0 : -1}
    @click=${() => act(giveAnswer, k)}>${words}</button></li>`,
  )}</ul>`;
}

/** @returns how a question is answered */
export function guessing(guess: Guess, frame: Frame, act: Act) {
  const {
    state: { answer },
    scene,
  } = frame;
  if (guess.kind === "place")
    return html`<p class="guess-fields">${placeFields(frame, answer as number[] | null, act)}</p>`;
  if (guess.kind === "step")
    return html`<p class="guess-fields"><label>${numberField({
      label: "Your guess: steps",
      value: answer as number | null,
      none: "?",
      range: { whole: true, least: 0 },
      onCommit: (value) => act(giveAnswer, value),
    })} steps</label></p>`;
  if (guess.kind === "choice") return choices("Your guess", guess.options, answer, act);
  const short = withoutCommonWords(scene.runs.map(({ name }) => name));
  return choices(
    "Your guess",
    scene.runs.map(({ slot }, k) => html`${marker(slot, false)}${short[k]}`),
    answer,
    act,
  );
}
