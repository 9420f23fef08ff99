/** What a seat is to do while a question is open, in words. */
import type { RoomQuestion } from "./events.ts";

/** How it is answered; what can be done once it is. */
const WORDS: Record<RoomQuestion["kind"], [string, string, string]> = {
  point: ["Tap the map", "where you think it ends.", "You can move your flag"],
  step: ["Give a number", "of steps.", "You can change it"],
  run: ["Tap a run", "to choose it.", "You can choose another"],
  choice: ["Tap an answer", "to choose it.", "You can choose another"],
  number: ["Give a number.", "", "You can change it"],
};

/** @param sending  the answer has not arrived @returns what stands out, and what follows it */
export function taskOfSeat(kind: RoomQuestion["kind"], answered: boolean, sending: boolean): [string, string] {
  const [how, where, change] = WORDS[kind];
  if (!answered) return [how, where];
  if (sending) return ["Not sent yet.", "It goes by itself once the room can be reached."];
  return ["Answered.", `${change} until it runs.`];
}
