/** The answers that were given at one seat, by the names of their questions. */
import type { Answer } from "../state/types.ts";
import { nameOf, type Room, type RoomQuestion } from "./events.ts";

export function createAnswers() {
  const given: Map<string, Answer> = new Map();
  /** The id of the question that was asked last. */
  let asked = "";
  /** The id of the question that ran before the answer arrived. */
  let late = "";

  return {
    /** @returns null: none was given */
    of: (name: string): Answer | null => given.get(name) ?? null,
    isLate: (id: string): boolean => id === late,
    /** Takes over the answers of this seat that the server knows. */
    note({ question, ran, entry, seat }: Room) {
      const ranAs = ran && nameOf(ran.question);
      const isAskedAgain = question && ranAs === nameOf(question.id);
      const own = ran?.answers.find(([number]) => number === seat);
      if (ranAs && own && !isAskedAgain && !given.has(ranAs)) given.set(ranAs, own[1]);
      if (!question || question.id === asked) return;
      [asked, late] = [question.id, ""];
      if (entry !== null) given.set(nameOf(asked), entry);
      else given.delete(nameOf(asked));
    },
    /** @returns the question that the answer is to be sent to; null: it is not open, or was answered so */
    give(question: RoomQuestion | null, name: string, answer: Answer): RoomQuestion | null {
      if (!question || nameOf(question.id) !== name || `${given.get(name)}` === `${answer}`) return null;
      given.set(name, answer);
      return question;
    },
    /** The question ran before its answer arrived. */
    refuse({ id }: RoomQuestion) {
      given.delete(nameOf(id));
      late = id;
    },
  };
}
