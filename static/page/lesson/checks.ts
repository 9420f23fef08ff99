/** The checks of a lesson: one of several answers, each with its reason, and what is shown of it in a figure. */
import { all, answerText, type FigureMoment, shownBy } from "./elements.ts";

export type Checks = ReturnType<typeof createChecks>;

const isRight = (option: HTMLElement | undefined): boolean => option?.dataset.right !== undefined;

/**
 * @param ports.show  what is shown of a check, of the figure that it names
 * @param ports.giveBack  that figure shows again what it showed before
 * @param ports.note  a check was answered rightly
 */
export function createChecks(ports: {
  show: (check: HTMLElement, figure: HTMLElement, shown: FigureMoment) => void;
  giveBack: (check: HTMLElement) => void;
  note: (id: string) => void;
}) {
  /** The last answer to each check: one of its options. */
  const lastAnswers: Map<HTMLElement, HTMLElement> = new Map();

  function mark(check: HTMLElement) {
    const answered = lastAnswers.get(check);
    for (const option of all(".option", check)) {
      option.setAttribute("aria-pressed", String(option === answered));
      option.classList.toggle("is-wrong", option === answered && !isRight(option));
      option.classList.toggle("is-right", option === answered && isRight(option));
    }
    for (const why of all(".check-why", check)) why.classList.toggle("is-told", why.dataset.of === answered?.id);
  }

  function answer(check: HTMLElement, option: HTMLElement) {
    lastAnswers.set(check, option);
    mark(check);
    const shown = shownBy(check);
    if (shown) ports.show(check, shown.figure, shown.moment);
    if (isRight(option)) ports.note(check.id);
  }

  /** Asks the check again: no option is marked, and no reason shown. */
  function ask(check: HTMLElement) {
    if (!lastAnswers.delete(check)) return;
    mark(check);
    ports.giveBack(check);
  }

  // All reasons take their room from the first, so that nothing moves between answers.
  for (const check of all(".check"))
    for (const option of all(".option", check)) {
      const why = answerText("check-why", `${option.id}-why`);
      why.dataset.of = option.id;
      check.querySelector(".check-told")?.append(why);
      option.addEventListener("click", () => answer(check, option));
    }

  return {
    answer,
    ask,
    /** @returns its last answer */
    lastAnswer: (check: HTMLElement) => lastAnswers.get(check),
    isSolved: (check: HTMLElement): boolean => isRight(lastAnswers.get(check)),
    /** @returns the ids of all answers given */
    answers: () => [...lastAnswers.values()].map(({ id }) => id),
    /** Gives these answers, by their ids, and asks all other checks again. */
    answerAll(ids: string[]) {
      for (const check of all(".check")) {
        const option = all(".option", check).find(({ id }) => ids.includes(id));
        if (!option) ask(check);
        else if (option !== lastAnswers.get(check)) answer(check, option);
      }
    },
  };
}
