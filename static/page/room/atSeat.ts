/** A seat: all that is known there, as it is after each event. */
import { sameValue } from "../math/values.ts";
import type { Answer } from "../state/types.ts";
import { nameOf, type Room, type RoomEvent, type RoomQuestion } from "./events.ts";

export interface SeatState {
  /** null: nothing was told of it yet */
  room: Room | null;
  /** why nothing comes from the server; empty: it comes */
  waits: string;
  /** there is no such room */
  gone: boolean;
  /** what the student sees is a page of their own; once there was one it stays open behind that of the class */
  own: "none" | "open" | "behind";
  /** that the class sees; null: none that can be followed yet */
  page: FollowedPage | null;
  /** the question of the contest that shows in place of that page; null: none does */
  contest: string | null;
  /** the answers given here, by the names of their questions */
  answers: Record<string, Answer>;
  /** the id of the question that was asked last */
  asked: string;
  /** the id of the question that ran before the answer to it arrived */
  late: string;
}

export type SeatEvent =
  | { type: "room"; room: Room; events: RoomEvent[] }
  | { type: "waits"; words: string }
  /** there is no such room; to the own page, or back to that of the class */
  | { type: "gone" | "turn" }
  | { type: "answer"; name: string; answer: Answer }
  /** the question had run before the answer arrived */
  | { type: "refused"; question: RoomQuestion };

export const EMPTY_SEAT: SeatState = {
  ...{ room: null, waits: "On the way to the class", gone: false, own: "none", page: null, contest: null },
  ...{ answers: {}, asked: "", late: "" },
};

/** The wall has shown nothing yet. */
export const isWaiting = ({ room, gone }: SeatState): boolean => room !== null && !room.shown && !room.closed && !gone;

export const answerTo = ({ answers }: SeatState, name: string): Answer | null => answers[name] ?? null;

/** @returns the question that an answer is to be sent to; null: it is not open, or was answered so */
export function questionFor(seat: SeatState, name: string, answer: Answer): RoomQuestion | null {
  const question = seat.room?.question ?? null;
  return question && nameOf(question.id) === name && `${answerTo(seat, name)}` !== `${answer}` ? question : null;
}

function without(answers: SeatState["answers"], name: string): SeatState["answers"] {
  const { [name]: _, ...others } = answers;
  return others;
}

/** Takes over the answers of this seat that the server knows. */
function withAnswers(seat: SeatState, { question, ran, entry, seat: number }: Room): SeatState {
  let { answers } = seat;
  const ranAs = ran && nameOf(ran.question);
  const isAskedAgain = question && ranAs === nameOf(question.id);
  const ownAnswer = ran?.answers.find(([seatNumber]) => seatNumber === number);
  if (ranAs && ownAnswer && !isAskedAgain && !Object.hasOwn(answers, ranAs))
    answers = { ...answers, [ranAs]: ownAnswer[1] };
  if (!question || question.id === seat.asked) return { ...seat, answers };
  const others = without(answers, nameOf(question.id));
  answers = entry === null ? others : { ...others, [nameOf(question.id)]: entry };
  return { ...seat, answers, asked: question.id, late: "" };
}

/** An open contest shows until another one is told of, or until the wall goes on once it is over. */
function contestAfter(
  { contest: shown, room: before }: SeatState,
  { contest, shown: wall }: Room,
  events: RoomEvent[],
) {
  // After a break the same contest is told again, and stays open.
  const moved = events.some(({ type }) => type === "shown") || !sameValue(before?.shown, wall);
  const stays = shown !== null && contest?.question === shown && (contest.open || !moved);
  return stays ? shown : contest?.open ? contest.question : null;
}

export function seatAfter(seat: SeatState, event: SeatEvent): SeatState {
  switch (event.type) {
    case "room": {
      const { room, events } = event;
      const page = room.shown && pageAt(room.shown.address);
      return {
        ...withAnswers(seat, room),
        room,
        page: page && page.key !== seat.page?.key ? page : seat.page,
        contest: contestAfter(seat, room, events),
      };
    }
    case "waits":
      return { ...seat, waits: event.words };
    case "gone":
      return { ...seat, gone: true };
    case "turn":
      return { ...seat, own: seat.own === "open" ? "behind" : "open" };
    case "answer":
      return { ...seat, answers: { ...seat.answers, [event.name]: event.answer } };
    case "refused": {
      const { id } = event.question;
      return { ...seat, answers: without(seat.answers, nameOf(id)), late: id };
    }
  }
}

/** The page of the site that a wall shows, as a seat opens it: of whatever the server says no other. */
interface FollowedPage {
  /** below the site */
  address: string;
  /** its name; empty: the playground */
  lesson: string;
  /** the same where the page that is open can be led there */
  key: string;
}

/** @param shown  as the wall told it @returns null: no page that can be followed */
export function pageAt(shown: string): FollowedPage | null {
  const [path, query = ""] = shown.split("#")[0].split("?");
  if (path === "/") return { address: `/?${query}#reveal=true`, lesson: "", key: "" };
  const [, lesson = ""] = /^\/lessons\/([a-z0-9_-]+)$/.exec(path) ?? [];
  const sections = new URLSearchParams(query).get("present") ?? "";
  const address = `${path}?led=${sections}`;
  return lesson && /^[\d,]*$/.test(sections) ? { address, lesson, key: address } : null;
}
