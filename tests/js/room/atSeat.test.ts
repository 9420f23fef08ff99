/** One seat: its answers, the page and the contest that it shows, and what it is told to do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answerTo,
  EMPTY_SEAT,
  isWaiting,
  questionFor,
  type SeatEvent,
  seatAfter,
} from "../../../static/page/room/atSeat.ts";
import type { Room, RoomEvent } from "../../../static/page/room/events.ts";
import { taskOfSeat } from "../../../static/page/room/tasks.ts";

const QUESTION = { id: "hill/1", kind: "run" as const, of: 3 };
const SHOWN: Room["shown"] = {
  ...{ address: "/", step: 0, playing: false, pace: 1, since: 0, question: null, seeds: false, picture: null },
};
const ROOM: Room = {
  ...{ seats: 2, seat: 7, shown: SHOWN, question: null, entries: 0, entry: null, ran: null, contest: null },
  ...{ lead: null, past: [], closed: false },
};
const ran = (question: string, answer: number) => ({
  ...{ question, kind: "run" as const, of: 3, answers: [[7, answer]] as [number, number][], truth: 1, again: null },
});

const room = (change: Partial<Room>, events: RoomEvent[] = []): SeatEvent => ({
  ...{ type: "room", room: { ...ROOM, ...change }, events },
});
/** @returns a seat after these events */
const after = (...events: SeatEvent[]) => events.reduce(seatAfter, EMPTY_SEAT);
const answer = (name: string, of: number): SeatEvent => ({ type: "answer", name, answer: of });

test("an answer goes to the question that is open, once, and again only if it is another", () => {
  assert.equal(questionFor(after(room({})), "hill", 1), null);
  const asked = after(room({ question: QUESTION }));
  assert.equal(questionFor(asked, "valley", 1), null);
  assert.equal(questionFor(asked, "hill", 1), QUESTION);
  const answered = seatAfter(asked, answer("hill", 1));
  assert.equal(questionFor(answered, "hill", 1), null);
  assert.equal(questionFor(answered, "hill", 2), QUESTION);
  assert.equal(answerTo(answered, "hill"), 1);
});

test("what the server knows of a seat is taken over, of the question that is asked and of the one that ran", () => {
  const asked = after(room({ question: QUESTION, entry: 2 }));
  assert.equal(answerTo(asked, "hill"), 2);
  const again = seatAfter(asked, room({ question: { ...QUESTION, id: "hill/2" }, ran: ran("hill/1", 2) }));
  assert.equal(answerTo(again, "hill"), null, "asked again it is to be answered again");
  assert.equal(answerTo(seatAfter(again, room({ ran: ran("valley/1", 0) })), "valley"), 0);
});

test("an answer that came after its question ran is forgotten, and it is said", () => {
  const late = after(room({ question: QUESTION }), answer("hill", 1), { type: "refused", question: QUESTION });
  assert.deepEqual([answerTo(late, "hill"), late.late], [null, "hill/1"]);
  assert.equal(seatAfter(late, room({ question: { ...QUESTION, id: "hill/2" } })).late, "");
});

test("a seat waits until the wall shows something, and keeps its page while that can be led there", () => {
  const at = (address: string) => room({ shown: { ...SHOWN, address } as Room["shown"] });
  assert.equal(isWaiting(after()), false, "it is on its way");
  assert.equal(isWaiting(after(room({ shown: null }))), true);
  assert.equal(isWaiting(after(room({ shown: null }), { type: "gone" })), false);
  const first = after(room({ shown: null }), at("/?surface=bowl"));
  assert.deepEqual([isWaiting(first), first.page?.lesson], [false, ""]);
  assert.equal(seatAfter(first, at("/?surface=beale")).page, first.page, "led there");
  assert.equal(seatAfter(first, at("/elsewhere")).page, first.page);
  assert.equal(seatAfter(first, at("/lessons/momentum?present=1")).page?.lesson, "momentum");
});

test("a contest shows while it is open, and once it is over until the wall goes on", () => {
  const contest = (question: string, open: boolean): any => ({ question, open });
  const opened = after(room({ contest: contest("c/1", true) }));
  assert.equal(opened.contest, "c/1");
  const over = seatAfter(opened, room({ contest: contest("c/1", false) }));
  assert.equal(over.contest, "c/1");
  const shown: RoomEvent = { type: "shown", ...(SHOWN as NonNullable<Room["shown"]>) };
  assert.equal(seatAfter(over, room({ contest: contest("c/1", false) }, [shown])).contest, null);
  assert.equal(seatAfter(opened, room({ contest: contest("c/1", true) }, [shown])).contest, "c/1", "told again");
  assert.equal(seatAfter(opened, room({ contest: contest("c/2", true) })).contest, "c/2");
  assert.equal(after(room({ contest: contest("c/1", false) })).contest, null);
});

test("a page of one's own stays open behind that of the class", () => {
  const turns: SeatEvent[] = [{ type: "turn" }, { type: "turn" }, { type: "turn" }];
  const states = turns.map((_, k) => after(...turns.slice(0, k + 1)).own);
  assert.deepEqual([EMPTY_SEAT.own, ...states], ["none", "open", "behind", "open"]);
});

test("a seat is told how to answer, that it may answer otherwise, what has not arrived, and what comes", () => {
  const task = (change: Partial<Room>, then: Partial<Parameters<typeof taskOfSeat>[2]> = {}, ...more: SeatEvent[]) => {
    const seat = after(room(change), ...more);
    return taskOfSeat(seat, seat.room as Room, { isSending: false, figure: null, ...then }).join(" ");
  };
  const point = { question: { ...QUESTION, kind: "point" as const } };
  const answered = answer("hill", 1);
  assert.equal(task(point), "Tap the map where you think it ends.");
  assert.equal(task(point, {}, answered), "Answered. You can move your flag until it runs.");
  assert.equal(task({ question: QUESTION }, { isSending: true }, answered).slice(0, 13), "Not sent yet.");
  const refused: SeatEvent = { type: "refused", question: QUESTION };
  assert.equal(task({ ran: ran("hill/1", 1) }, {}, refused), "It ran before your answer arrived. ");
  const unknown = { question: { ...QUESTION, kind: "colour" } };
  assert.equal(task(unknown), " What the wall shows is shown here.", "of another page, which this one cannot answer");
  const figure = { playing: false, hides: true };
  assert.equal(task({ ran: ran("hill/1", 1) }, { figure }), " What it means comes when the wall goes on.");
  assert.equal(task({}, { figure: { ...figure, playing: true } }), "It runs. ");
  assert.equal(task({ shown: { ...SHOWN, seeds: true } as Room["shown"] }, { figure }).slice(0, 15), "Your seed is 7.");
});
