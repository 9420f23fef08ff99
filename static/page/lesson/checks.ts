/** The checks of a lesson: one of several answers, each with its reason, and what is shown of it in a figure. */
import { all, told } from "./elements.ts";
import { type FigureMoment, shownBy } from "./moments.ts";

export type Checks = ReturnType<typeof createChecks>;

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
  /** Checks whose last answer was right. */
  const solved: Set<HTMLElement> = new Set();

  function answer(check: HTMLElement, option: HTMLElement) {
    const right = option.dataset.right !== undefined;
    if (right) solved.add(check);
    else solved.delete(check);
    for (const one of all(".option", check)) {
      one.setAttribute("aria-pressed", String(one === option));
      one.classList.toggle("is-wrong", one === option && !right);
      one.classList.toggle("is-right", one === option && right);
    }
    for (const why of all(".check-why", check)) why.classList.toggle("is-told", why.dataset.of === option.id);
    const shown = shownBy(check);
    const element = shown && document.getElementById(`figure-${shown.figure}`);
    if (shown && element?.dataset.figure) ports.show(check, element, shown);
    if (right) ports.note(check.id);
  }

  /** Asks the check again: no option is marked, and no reason shown. */
  function ask(check: HTMLElement) {
    solved.delete(check);
    for (const one of all(".option", check)) {
      one.setAttribute("aria-pressed", "false");
      one.classList.remove("is-right", "is-wrong");
    }
    for (const one of all(".is-told", check)) one.classList.remove("is-told");
    ports.giveBack(check);
  }

  // All reasons take their room from the first, so that nothing moves between answers.
  for (const check of all(".check"))
    for (const option of all(".option", check)) {
      const why = told("check-why", `${option.id}-why`);
      why.dataset.of = option.id;
      check.querySelector(".check-told")?.append(why);
      option.addEventListener("click", () => answer(check, option));
    }
  return { answer, ask, isSolved: (check: HTMLElement): boolean => solved.has(check) };
}
