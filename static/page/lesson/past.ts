/** The room of a question goes once its answer is above the screen; what is in sight stays where it is. */
import { all } from "./elements.ts";

export function foldPastQuestions() {
  const root = document.documentElement;
  const past = new IntersectionObserver((entries) => {
    for (const {
      target,
      boundingClientRect: { bottom },
    } of entries) {
      const figure = target.closest<HTMLElement>(".lesson-figure");
      if (bottom > 0 || !figure?.matches(".is-answered:not(.is-past)")) continue;
      const before = figure.getBoundingClientRect().bottom;
      // Some browsers see to it themselves, where no height of what is around it changes, and would do so twice.
      root.style.overflowAnchor = "none";
      figure.classList.add("is-past");
      scrollBy({ top: figure.getBoundingClientRect().bottom - before, behavior: "instant" });
      setTimeout(() => (root.style.overflowAnchor = ""), 100);
    }
  });
  for (const question of all(".question")) past.observe(question);
}
