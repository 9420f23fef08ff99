import assert from "node:assert/strict";
import { test } from "node:test";
import type { Contest, ContestEntry } from "../../../static/page/state/contest.ts";
import {
  contestEnd,
  contestInstruction,
  contestQuestion,
  countsTitle,
  entryWords,
  resultWords,
  standingWords,
} from "../../../static/page/words/contest.ts";
import { partOf } from "../part.ts";

const LOWEST = partOf<Contest>({
  sets: ["learning_rate"],
  counts: { lowest_loss_after: 50 },
  open: true,
  handed_in: 36,
});
const FEWEST = partOf<Contest>({
  sets: ["learning_rate", "beta"],
  counts: { fewest_steps_to: 0.01 },
  open: false,
  handed_in: 1,
});
const own = (values: object, place: number | null): ContestEntry =>
  partOf({ seat: 7, values, place, result: place && 0.12 });

test("what is asked, where, and what counts", () => {
  assert.equal(contestQuestion(LOWEST, "AdaGrad"), "Which rate brings AdaGrad lowest in 50 steps?");
  assert.equal(contestQuestion(FEWEST, "Heavy ball"), "Which rate and beta bring Heavy ball to 0.01 first?");
  const free = partOf<Contest>({ ...LOWEST, sets: ["learning_rate", "optimizer"] });
  assert.equal(contestQuestion(free, "AdaGrad"), "Which rate and optimizer ends lowest after 50 steps?");
  assert.equal(contestQuestion({ ...FEWEST, sets: ["optimizer"] }, ""), "Which optimizer is at 0.01 first?");
  assert.match(contestInstruction("Beale", [1, 1.5]), /^Beale, from \(1, 1\.5\)\. Try/);
  assert.deepEqual([countsTitle(LOWEST), countsTitle(FEWEST)], ["loss after 50 steps", "steps to 0.01"]);
});

test("what comes of a value", () => {
  assert.deepEqual([resultWords(LOWEST, 0.123), resultWords(LOWEST, null)], ["ends at loss 0.12", "diverges"]);
  assert.deepEqual([resultWords(FEWEST, 1), resultWords(FEWEST, null)], ["is there after 1 step", "is never there"]);
  const label = (name: string) => name.toUpperCase();
  assert.equal(entryWords(own({ learning_rate: 0.78 }, 1), label), "0.78");
  assert.equal(entryWords(own({ learning_rate: 0.78, beta: 0.9 }, 1), label), "rate 0.78, beta 0.9");
  assert.equal(entryWords(own({ learning_rate: 0.78, optimizer: "adam" }, 1), label), "rate 0.78, ADAM");
  assert.equal(entryWords(own({ beta: 0.9 }, 1), label, true), "beta 0.9");
  assert.equal(entryWords(own({ start: [1, -2.5] }, 1), label), "(1, −2.5)");
  assert.equal(entryWords(own({ optimizer: "adam", start: [1, 2] }, 1), label), "ADAM, from (1, 2)");
});

test("where one stands, and that another one replaces it while it is open", () => {
  assert.deepEqual(standingWords(LOWEST, own({ learning_rate: 0.78 }, 9), "0.78"), [
    "Handed in: 0.78.",
    "Place 9 of 36. Another one replaces it.",
  ]);
  assert.equal(
    standingWords(LOWEST, own({ learning_rate: 60 }, null), "60")[1],
    "It diverges. Another one replaces it.",
  );
  assert.equal(standingWords(FEWEST, own({ learning_rate: 0.78 }, 1), "0.78")[1], "Place 1 of 1.");
});

test("at the end what the class found, and how far the lowest of the curve is from the default", () => {
  const end = (lowest: number | null, more = {}) =>
    contestEnd("2.4", { result: "ends at loss 0.02", lowest, usual: 0.01, held: "", ...more });
  assert.deepEqual(end(2.4089), ["The class found 2.4.", "The curve’s lowest is 2.41, 240 times the default."]);
  assert.equal(end(0.011)[1], "The curve’s lowest is 0.011.");
  assert.equal(end(0.0037)[1], "The curve’s lowest is 0.0037, 0.37 times the default.");
  assert.equal(end(0.001)[1], "The curve’s lowest is 0.001, a 10th of the default.");
  assert.equal(
    end(2.4089, { held: "beta 0.9" })[1],
    "The curve’s lowest, with beta 0.9, is 2.41, 240 times the default.",
  );
  assert.deepEqual(end(null), ["The class found 2.4, which ends at loss 0.02.", ""]);
  const nobody = contestEnd("", { result: "", lowest: null, usual: Number.NaN, held: "" });
  assert.deepEqual(nobody, ["Nobody got there.", ""]);
});
