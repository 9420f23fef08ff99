import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf, ROOM_KINDS } from "../../../static/page/room/events.ts";
import { middleGuess } from "../../../static/page/state/guesses.ts";
import { questionOfKind } from "../../../static/page/state/questions.ts";
import type { Answer, Guess, GuessOf, Problem, QuestionKind } from "../../../static/page/state/types.ts";
import { distancesTitle, guessesWords, ownGuessWords } from "../../../static/page/words/guesses.ts";
import { questionWords } from "../../../static/page/words/questions.ts";

const NAMES = ["Adam", "RMSProp", "Momentum"];
const PLACE: Guess = { kind: "place", run: 0, answer: [3, -2] };
const RUN: Guess = { kind: "run", unit: "steps", values: [74, 1, null], places: [2, 1, 3], answer: 1 };
const LOSS: Guess = { kind: "run", unit: "loss", values: [0.0713, 2, 2], places: [1, 2, 2], answer: 0 };
const CHOICE: Guess = { kind: "choice", options: ["Shorter", "Longer"], answer: 1, run: null };
const STEP: Guess = { kind: "step", run: 0, answer: 5 };

const answered = (guess: Guess, answer: Answer) => questionWords(guess.kind).answered(guess, answer, NAMES);
const MAP: Pick<Problem, "minima" | "domain"> = {
  minima: [],
  domain: [
    [-5, 5],
    [-5, 5],
  ],
};
const minimum = (...at: number[]) => ({ at, loss: 0 }) as Problem["minima"][number];
const verdict = (guess: Guess, answer: Answer, map = MAP) =>
  questionWords(guess.kind).verdict(guess, answer, NAMES, map);

test("what was answered is said without what is right", () => {
  assert.equal(answered(PLACE, [1.234, 5]), "Your flag stands at (1.23, 5).");
  assert.equal(answered(RUN, 0), "You chose Adam.");
  assert.equal(answered(CHOICE, 0), "You chose “Shorter”.");
  assert.equal(answered(STEP, 1000), "You said 1000.");
});

test("no line breaks within a fraction or a share of an option", () => {
  const guess: Guess = { kind: "choice", options: ["below 2/λ", "1 % above"], answer: 1, run: null };
  const [below, above] = ["below 2/\u2060λ", "1\u00a0% above"];
  assert.deepEqual(questionWords("choice").options?.(guess), [below, above]);
  assert.equal(answered(guess, 0), `You chose “${below}”.`);
  assert.equal(verdict(guess, 0), `No: you chose “${below}”. The answer is “${above}”.`);
});

test("of lettered minima it is said which the flag names, or is nearest to, and in which the run ends", () => {
  const lettered = { ...MAP, minima: [minimum(3, 2), minimum(3, -2)] };
  assert.equal(verdict(PLACE, [3, -1.98], lettered), "You are right. Adam ends in B.");
  assert.equal(verdict(PLACE, [3, 2], lettered), "No: you said A. Adam ends in B.");
  const ended: Guess = { kind: "place", run: 0, answer: [3, -1.999] };
  assert.equal(verdict(ended, [3, -2], lettered), "You are right. Adam ends in B.");
  const nearer = "You are right. Adam ends in B, the minimum nearest to your flag.";
  assert.equal(verdict(PLACE, [1, -2], lettered), nearer);
  assert.equal(verdict(PLACE, [0, 2], lettered), "No: nearest to your flag is A. Adam ends in B.");
  // It ends beside both, or there is one minimum, which has no letter.
  const beside = { ...MAP, minima: [minimum(3, 2), minimum(3, -1.5)] };
  for (const map of [beside, { ...MAP, minima: [minimum(3, -2)] }]) {
    const near = "You are right. Adam ends at (3, −2), 0.20 from your flag.";
    assert.equal(verdict(PLACE, [3, -1.8], map), near);
    assert.equal(verdict(PLACE, [3, -1.4], map), "No. Adam ends at (3, −2), 0.60 from your flag.");
  }
});

test("who has not guessed is told the answer alone", () => {
  const right = (guess: Guess, map = MAP) => questionWords(guess.kind).right(guess, NAMES, map);
  assert.equal(right(PLACE), "Adam ends at (3, −2).");
  assert.equal(right(PLACE, { ...MAP, minima: [minimum(3, 2), minimum(3, -2)] }), "Adam ends in B.");
  assert.equal(right(PLACE, { ...MAP, minima: [minimum(3, 2), minimum(3, -1.5)] }), "Adam ends at (3, −2).");
  assert.equal(right(RUN), "RMSProp: 1 step.");
  assert.equal(right(LOSS), "Adam: loss 0.0713.");
  assert.equal(questionWords("run").right(LOSS, ["rate 0.15"], MAP), "Rate 0.15: loss 0.0713.");
  assert.equal(right(STEP), "It takes 5 steps.");
  assert.equal(right(CHOICE), "Longer.");
});

test("then how far off it was", () => {
  assert.equal(verdict(PLACE, [0, 2]), "No. Adam ends at (3, −2), 5.0 from your flag.");
  assert.equal(verdict(RUN, 0), "No: you chose Adam: 74 steps. The answer is RMSProp: 1 step.");
  assert.equal(verdict(RUN, 2), "No: you chose Momentum: never. The answer is RMSProp: 1 step.");
  assert.equal(verdict(RUN, 1), "You are right. RMSProp: 1 step.");
  assert.equal(verdict(LOSS, 1), "No: you chose RMSProp: loss 2.00. The answer is Adam: loss 0.0713.");
  assert.equal(verdict(CHOICE, 0), "No: you chose “Shorter”. The answer is “Longer”.");
  assert.equal(verdict(CHOICE, 1), "You are right.");
  assert.equal(verdict(STEP, 8), "No: you said 8; it takes 5 steps: 3 off.");
  assert.equal(verdict(STEP, 5), "You are right: 5 steps.");
});

/** Of each kind a question, and a wrong answer. */
const ONE_OF_EACH: { [K in QuestionKind]: [GuessOf<K>, GuessOf<K>["answer"]] } = {
  place: [PLACE, [0, 2]],
  run: [RUN, 0],
  choice: [CHOICE, 0],
  step: [STEP, 8],
};

for (const [kind, [guess, wrong]] of Object.entries(ONE_OF_EACH) as [QuestionKind, [Guess, Answer]][]) {
  test(`of the kind ${kind} all is said: how it is answered, what one and many answered, and what is right`, () => {
    const words = questionWords(kind);
    const [right, rightVerdict, wrongVerdict] = [guess.answer, verdict(guess, guess.answer), verdict(guess, wrong)];
    const sentences = [answered(guess, wrong), rightVerdict, wrongVerdict, words.right(guess, NAMES, MAP)];
    for (const sentence of [...sentences, ...(words.how ? [words.how] : [])]) assert.match(sentence, /^[A-Z].*[^.]\.$/);
    assert.equal(new Set(sentences).size, 4, "each says something else");
    for (const part of [words.way, ...words.task]) assert.match(part, /\w/);

    const choices = questionOfKind(kind).among?.(guess) ?? null;
    const guesses = { kind, run: 0, choices, entries: [wrong, right], truth: right, again: [wrong] };
    const named = { names: words.options?.(guess) ?? NAMES, spans: [6, 6] };
    const { strong, more } = guessesWords(guesses, named);
    for (const sentence of [strong, more, ownGuessWords(guesses, wrong, named)]) assert.match(sentence, /^[A-Z1].*\.$/);
    assert.equal(choices === null, middleGuess(guesses, [wrong]) !== null, "of all but choices there is a middle one");
    if (choices === null) assert.doesNotMatch(distancesTitle(kind, 2), /undefined/);
  });
}

test("a room has a name for each kind, and the page no question of any other", () => {
  const kinds = Object.keys(ONE_OF_EACH) as QuestionKind[];
  assert.deepEqual(
    kinds.map((kind) => kindOf(ROOM_KINDS[kind])),
    kinds,
  );
  assert.equal(kindOf("colour"), undefined);
});
