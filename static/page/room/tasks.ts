/** What a seat is to do or to wait for, in words. */
import { questionWords } from "../words/questions.ts";
import { answerTo, type SeatState } from "./atSeat.ts";
import { kindOf, nameOf, type Room } from "./events.ts";

interface SeatNow {
  /** an answer has not arrived */
  isSending: boolean;
  /** of a preset; null: a lesson, or no page yet */
  figure: { playing: boolean; hides: boolean } | null;
}

/** @param room  that the seat is in @returns what stands out, and what follows it */
export function taskOfSeat(
  state: SeatState,
  { question, ran, shown, seat }: Room,
  { isSending, figure }: SeatNow,
): [string, string] {
  const kind = kindOf(question?.kind);
  if (question && kind) {
    const [how, where, change] = questionWords(kind).task;
    if (answerTo(state, nameOf(question.id)) === null) return [how, where];
    if (isSending) return ["Not sent yet.", "It goes by itself once the room can be reached."];
    return ["Answered.", `${change} until it runs.`];
  }
  if (ran && ran.question === state.late) return ["It ran before your answer arrived.", ""];
  if (figure?.playing) return ["It runs.", ""];
  if (shown?.seeds && figure) return [`Your seed is ${seat}.`, "The wall draws those of all seats."];
  if (ran && figure?.hides) return ["", "What it means comes when the wall goes on."];
  return ["", "What the wall shows is shown here."];
}
