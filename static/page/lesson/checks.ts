/** The checks of a lesson: one of several answers, each with its reason, and what is shown of it in a figure. */
import type { OwnFigure } from "../figure/figure.ts";
import { all, told } from "./elements.ts";
import type { FigureMoment } from "./figures.ts";

export type Checks = ReturnType<typeof createChecks>;

/**
 * @param ports.known  of an element, once there is one
 * @param ports.giveBack  a figure shows again what it showed before
 * @param ports.note  a check was answered rightly
 */
export function createChecks(ports: {
  known: (element: HTMLElement) => { figure: Pick<OwnFigure, "address" | "open"> } | undefined;
  show: (element: HTMLElement, shown: FigureMoment, check: HTMLElement) => void;
  giveBack: (element: HTMLElement) => void;
  note: (id: string) => void;
}) {
  /** What the figures showed before an answer changed that. */
  const before: WeakMap<HTMLElement, () => void> = new WeakMap();

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
      keep(check, element);
      ports.show(element, shown, check);
    }
    if (right) ports.note(check.id);
  }

  function keep(check: HTMLElement, element: HTMLElement) {
    const figure = ports.known(element)?.figure;
    const address = figure?.address();
    if (!figure || !address || before.has(check)) return;
    before.set(check, () => {
      ports.giveBack(element);
      figure.open(address);
    });
  }

  /** It is asked again: nothing is answered, or told. */
  function ask(check: HTMLElement) {
    for (const one of all(".option", check)) {
      one.setAttribute("aria-pressed", "false");
      one.classList.remove("is-right", "is-wrong");
    }
    for (const one of all(".is-told", check)) one.classList.remove("is-told");
    before.get(check)?.();
    before.delete(check);
  }

  // Every reason has its place where one is told: from one answer to another nothing moves.
  for (const check of all(".check"))
    for (const option of all(".option", check)) {
      const why = told("check-why", `${option.id}-why`);
      why.dataset.of = option.id;
      check.querySelector(".check-told")?.append(why);
      option.addEventListener("click", () => answer(check, option));
    }
  return { answer, ask };
}
