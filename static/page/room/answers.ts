/** The answers that were given at one seat, by the names of their questions. */
import type { Answer } from "../state/types.ts";
import { nameOf, type Room, type RoomQuestion } from "./events.ts";

export function createAnswers() {
  const answers: Map<string, Answer> = new Map();
  /** The id of the question that was asked last. */
  let lastQuestion = "";
  /** The id of the question that ran before the answer arrived. */
  let late = "";

  return {
    /** @returns null: none was given */
    of: (name: string): Answer | null => answers.get(name) ?? null,
    isLate: (id: string): boolean => id === late,
    /** Takes over the answers of this seat that the server knows. */
    note({ question, ran, entry, seat }: Room) {
      const ranAs = ran && nameOf(ran.question);
      const isAskedAgain = question && ranAs === nameOf(question.id);
      const ownAnswer = ran?.answers.find(([number]) => number === seat);
      if (ranAs && ownAnswer && !isAskedAgain && !answers.has(ranAs)) answers.set(ranAs, ownAnswer[1]);
      if (!question || question.id === lastQuestion) return;
      [lastQuestion, late] = [question.id, ""];
      if (entry !== null) answers.set(nameOf(lastQuestion), entry);
      else answers.delete(nameOf(lastQuestion));
    },
    /** @returns the question that the answer is to be sent to; null: it is not open, or was answered so */
    give(question: RoomQuestion | null, name: string, answer: Answer): RoomQuestion | null {
      if (!question || nameOf(question.id) !== name || `${answers.get(name)}` === `${answer}`) return null;
      answers.set(name, answer);
      return question;
    },
    /** The question ran before its answer arrived. */
    refuse({ id }: RoomQuestion) {
      answers.delete(nameOf(id));
      late = id;
    },
  };
}
