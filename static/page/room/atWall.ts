/** The wall of a room: all that is known there, as it is after each event. */
import { Refused } from "../service/http.ts";
import type { Contest } from "../state/contest.ts";
import type { Room, RoomEvent } from "./events.ts";
import { type ClassOffers, offersOf } from "./offers.ts";

export interface WallState {
  /** null: nothing was told of it yet */
  room: Room | null;
  /** why nothing comes from the server; empty: it comes */
  waits: string;
  /** where students join, as it is typed */
  typed: string;
  /** another window leads the room */
  isLed: boolean;
  /** each seat has a seed of its own */
  seeds: boolean;
  /** what stands on the wall can ask of the class */
  offers: ClassOffers;
  /** what ends the question that is open on the wall, in words; null: none is */
  ends: string | null;
  /** a contest shows in place of what stands on the wall */
  showsContest: boolean;
  /** the question of the contest that was left last */
  past: string;
}

export type WallEvent =
  | { type: "room"; room: Room; events: RoomEvent[] }
  | { type: "waits"; words: string }
  | { type: "joining"; typed: string }
  | { type: "refused"; error: Error }
  | { type: "inSight"; offers: ClassOffers; ends: string | null }
  /** this window leads again; seeds are given, or taken back; from a contest back to the wall */
  | { type: "take" | "seeds" | "leaveContest" };

export const EMPTY_WALL: WallState = {
  ...{ room: null, waits: "", typed: "", isLed: false, seeds: false, offers: offersOf(null), ends: null },
  ...{ showsContest: false, past: "" },
};

/** The contest of the room, unless it has been left; null: there is none. */
export const contestOnWall = ({ room, past }: WallState): Contest | null =>
  room?.contest && room.contest.question !== past ? room.contest : null;

/** @param window  the name of this one */
export function wallAfter(wall: WallState, event: WallEvent, window: string): WallState {
  switch (event.type) {
    case "room": {
      const lead = event.events.findLast((roomEvent) => roomEvent.type === "lead");
      const next = { ...wall, room: event.room, isLed: lead ? lead.window !== window : wall.isLed };
      return { ...next, showsContest: wall.showsContest || Boolean(contestOnWall(next)?.open) };
    }
    case "waits":
      return { ...wall, waits: event.words };
    case "joining":
      return { ...wall, typed: event.typed };
    case "refused": {
      const { error } = event;
      const isOthers = error instanceof Refused && error.status === 409;
      return { ...wall, isLed: wall.isLed || (isOthers && error.errors.some(({ type }) => type === "not_leading")) };
    }
    case "inSight":
      return { ...wall, offers: event.offers, ends: event.ends };
    case "take":
      return { ...wall, isLed: false };
    case "seeds":
      return { ...wall, seeds: !wall.seeds };
    case "leaveContest":
      return { ...wall, showsContest: false, past: wall.room?.contest?.question ?? "" };
  }
}
