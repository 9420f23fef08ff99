/** What happens in a room, as the server tells it, and the room as it is after each. */
import type { WallPicture } from "../playlist/mirror.ts";
import type { Contest } from "../state/contest.ts";
import type { Answer, Guesses, QuestionKind } from "../state/types.ts";

/** What the API of rooms calls the kinds of questions. */
export const ROOM_KINDS: Record<QuestionKind, string> = {
  place: "point",
  step: "step",
  run: "run",
  choice: "choice",
};

/** @returns undefined: the page has no such question */
export const kindOf = (name: string | undefined): QuestionKind | undefined =>
  (Object.keys(ROOM_KINDS) as QuestionKind[]).find((kind) => ROOM_KINDS[kind] === name);

export interface RoomQuestion {
  id: string;
  /** as the API calls it */
  kind: string;
  /** how many runs or options there are */
  of: number | null;
}

/** What stands on the wall; times are the server's, in milliseconds. */
export interface RoomShown {
  /** below the site */
  address: string;
  step: number;
  playing: boolean;
  pace: number;
  since: number;
  question: RoomQuestion | null;
  /** each seat runs a seed of its own */
  seeds: boolean;
  /** @property title  what the class is at, in words @property asks  the preset that asks, by its name; null: none */
  picture: (WallPicture & { title: string; asks: string | null }) | null;
}

/** What was answered to a question, once it runs. */
interface RoomRan {
  question: string;
  kind: RoomQuestion["kind"];
  of: number | null;
  /** by the numbers of the seats */
  answers: [number, Answer][];
  truth: Answer | null;
  again: [number, Answer][] | null;
}

export interface Room {
  seats: number;
  /** the number of this one, from 1; null: it leads, and is none */
  seat: number | null;
  shown: RoomShown | null;
  question: RoomQuestion | null;
  /** seats that have answered it */
  entries: number;
  entry: Answer | null;
  ran: RoomRan | null;
  contest: Contest | null;
  /** the window that leads the room; null: not known */
  lead: string | null;
  /** the ids of all questions that have run; a seat is told only of those since it came */
  past: string[];
  closed: boolean;
}

/** An event of a room; `now` is the time by the server's clock. */
export type RoomEvent = { now?: number } & (
  | ({ type: "state" } & Omit<Room, "lead" | "past"> & Partial<Pick<Room, "lead" | "past">>)
  | ({ type: "shown" } & RoomShown)
  | { type: "entered"; entries: number }
  | { type: "seats"; seats: number }
  | ({ type: "ran" } & RoomRan)
  | ({ type: "contest" } & Contest)
  | { type: "lead"; window: string }
  | { type: "closed" }
);

/** @param room  null: nothing was told of it yet */
export function roomAfter(room: Room | null, event: RoomEvent): Room | null {
  if (event.type === "state") {
    const { type, now, lead = null, past = [], ...rest } = event;
    return { ...rest, lead, past };
  }
  if (!room) return null;
  switch (event.type) {
    case "shown": {
      const { type, now, ...shown } = event;
      // A question that has run is not opened again.
      const question = shown.question?.id === room.ran?.question ? null : shown.question;
      const same = question?.id === room.question?.id;
      return { ...room, shown, question, ...(same ? {} : { entries: 0, entry: null }) };
    }
    case "entered":
      return { ...room, entries: event.entries };
    case "seats":
      return { ...room, seats: event.seats };
    case "ran": {
      const { type, now, ...ran } = event;
      return { ...room, ran, question: null, past: [...room.past, ran.question] };
    }
    case "contest": {
      const { type, now, ...contest } = event;
      return { ...room, contest };
    }
    case "lead":
      return { ...room, lead: event.window };
    case "closed":
      return { ...room, closed: true };
    default:
      return room;
  }
}

/** @returns what is asked, whichever time it is */
export const nameOf = (id: string): string => id.replace(/\/\d+$/, "");

/** @param past  the ids of questions that have run @returns the id of a question that is asked now */
export function idOfRound(name: string, past: Iterable<string>): string {
  const rounds = [...past].filter((id) => nameOf(id) === name).map((id) => Number(id.slice(name.length + 1)));
  return `${name}/${Math.max(0, ...rounds) + 1}`;
}

/**
 * @param lesson  the name of that whose page it is; empty: a preset
 * @param id  of the element of a figure or check
 * @returns what it asks, by its name; empty: nothing
 */
export const questionOn = ({ shown }: Room, lesson: string, id: string): string =>
  lesson ? `${lesson}/${id}` : (shown?.picture?.asks ?? "");

/** @returns what the class thought of a question, by its name; null: it is not what has run last */
export function guessesOf({ ran, question }: Room, name: string): Guesses | null {
  if (!ran || nameOf(ran.question) !== name || (question && nameOf(question.id) === name)) return null;
  const { of: choices, answers, truth, again } = ran;
  const kind = kindOf(ran.kind);
  if (!kind) return null;
  const entries = answers.map(([, entry]) => entry);
  return { kind, run: null, choices, entries, truth, again: again?.map(([, entry]) => entry) ?? null };
}
