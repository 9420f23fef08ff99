/** The answers of one seat: what it hands in, what the server knows, what came too late; and what it is told to do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createAnswers } from "../../../static/page/room/answers.ts";
import type { Room } from "../../../static/page/room/events.ts";
import { taskOfSeat } from "../../../static/page/room/tasks.ts";

const QUESTION = { id: "hill/1", kind: "run" as const, of: 3 };
const SHOWN: Room["shown"] = {
  ...{ address: "/", step: 0, playing: false, pace: 1, since: 0, question: null, seeds: false, picture: null },
};
const ROOM: Room = {
  ...{ seats: 2, seat: 7, shown: SHOWN, question: null, entries: 0, entry: null, ran: null, contest: null },
  ...{ lead: null, closed: false },
};
const ran = (question: string, answer: number) => ({
  ...{ question, kind: "run" as const, of: 3, answers: [[7, answer]] as [number, number][], truth: 1, again: null },
});

test("an answer goes to the question that is open, once, and again only if it is another", () => {
  const answers = createAnswers();
  assert.equal(answers.give(null, "hill", 1), null);
  assert.equal(answers.give(QUESTION, "valley", 1), null);
  assert.equal(answers.give(QUESTION, "hill", 1), QUESTION);
  assert.equal(answers.give(QUESTION, "hill", 1), null);
  assert.equal(answers.give(QUESTION, "hill", 2), QUESTION);
  assert.equal(answers.of("hill"), 2);
});

test("what the server knows of a seat is taken over, of the question that is asked and of the one that ran", () => {
  const answers = createAnswers();
  answers.note({ ...ROOM, question: QUESTION, entry: 2 });
  assert.equal(answers.of("hill"), 2);
  answers.note({ ...ROOM, question: { ...QUESTION, id: "hill/2" }, ran: ran("hill/1", 2) });
  assert.equal(answers.of("hill"), null, "asked again it is to be answered again");
  answers.note({ ...ROOM, ran: ran("valley/1", 0) });
  assert.equal(answers.of("valley"), 0);
});

test("an answer that came after its question ran is forgotten, and it is said", () => {
  const answers = createAnswers();
  answers.note({ ...ROOM, question: QUESTION });
  answers.give(QUESTION, "hill", 1);
  answers.refuse(QUESTION);
  assert.deepEqual([answers.of("hill"), answers.isLate("hill/1")], [null, true]);
  answers.note({ ...ROOM, question: { ...QUESTION, id: "hill/2" } });
  assert.equal(answers.isLate("hill/1"), false);
});

test("a seat is told how to answer, that it may answer otherwise, what has not arrived, and what comes", () => {
  const task = (room: Partial<Room>, now: Partial<Parameters<typeof taskOfSeat>[1]> = {}) =>
    taskOfSeat(
      { ...ROOM, ...room },
      { isAnswered: () => false, isLate: () => false, isSending: false, figure: null, ...now },
    ).join(" ");
  const point = { question: { ...QUESTION, kind: "point" as const } };
  const isAnswered = (name: string) => name === "hill";
  assert.equal(task(point), "Tap the map where you think it ends.");
  assert.equal(task(point, { isAnswered }), "Answered. You can move your flag until it runs.");
  assert.equal(task({ question: QUESTION }, { isAnswered, isSending: true }).slice(0, 13), "Not sent yet.");
  assert.equal(task({ ran: ran("hill/1", 1) }, { isLate: () => true }), "It ran before your answer arrived. ");
  const unknown = { question: { ...QUESTION, kind: "colour" } };
  assert.equal(task(unknown), " What the wall shows is shown here.", "of another page, which this one cannot answer");
  const figure = { playing: false, hides: true };
  assert.equal(task({ ran: ran("hill/1", 1) }, { figure }), " What it means comes when the wall goes on.");
  assert.equal(task({}, { figure: { ...figure, playing: true } }), "It runs. ");
  assert.equal(task({ shown: { ...SHOWN, seeds: true } as Room["shown"] }, { figure }).slice(0, 15), "Your seed is 7.");
});
