/** The checks of a lesson: one of several answers, each with its reason, and what is shown of it in a figure. */
import { all, told } from "./elements.ts";
import type { FigureMoment } from "./figures.ts";

/**
 * @param ports.note  a check was answered rightly
 * @returns gives an answer
 */
export function createChecks(ports: {
  show: (element: HTMLElement, shown: FigureMoment) => void;
  note: (id: string) => void;
}): (check: HTMLElement, option: HTMLElement) => void {
  function answer(check: HTMLElement, option: HTMLElement) {
    const right = option.dataset.right !== undefined;
    for (const one of all(".option", check)) {
      one.setAttribute("aria-pressed", String(one === option));
      one.classList.toggle("is-wrong", one === option && !right);
      one.classList.toggle("is-right", one === option && right);
    }
    for (const why of all(".check-why", check)) why.classList.toggle("is-told", why.dataset.of === option.id);
    const shown = JSON.parse(check.dataset.show ?? "null") as (FigureMoment & { figure: string }) | null;
    const element = shown && document.getElementById(`figure-${shown.figure}`);
    if (shown && element?.dataset.figure) {
      ports.show(element, shown);
      check.querySelector(".check-show")?.classList.add("is-told");
    }
    if (right) ports.note(check.id);
  }

  // Every reason has its place where one is told: from one answer to another nothing moves.
  for (const check of all(".check"))
    for (const option of all(".option", check)) {
      const why = told("check-why", `${option.id}-why`);
      why.dataset.of = option.id;
      check.querySelector(".check-told")?.append(why);
      option.addEventListener("click", () => answer(check, option));
    }
  return answer;
}
