/** Where no figure has room beside the text, what a text speaks of stands in a figure of its own below the text. */
import { screenUpTo } from "../size.ts";
import { all, dataOf, type FigureMoment, isBefore, shownBy } from "./elements.ts";
import type { Figures } from "./figures.ts";
import { stopAt } from "./moments.ts";

/** A figure is created before its text is in view. */
const NEAR = "300px 0px";

/** @returns whether a figure of the same section stands as a text speaks of it, or an earlier text has it shown so */
function isShown(text: HTMLElement, figure: HTMLElement, moment: FigureMoment): boolean {
  const section = text.parentElement as HTMLElement;
  if (figure.parentElement !== section) return false;
  if (all(".prose", section).some((piece) => isBefore(piece, text) && piece.dataset.show === text.dataset.show))
    return true;
  return (
    moment.spec === null &&
    moment.run === null &&
    moment.parameter === null &&
    isAt(stopAt(dataOf(figure), isBefore(figure, text)), moment)
  );
}

const isAt = (rest: ReturnType<typeof stopAt>, { step, substep }: FigureMoment) =>
  substep === null ? rest.step === step : rest.substep === substep;

/** @param figures.behind  a figure behind a text, with what that speaks of */
export function placeBelowTexts({ behind }: Pick<Figures, "behind">) {
  const narrow = screenUpTo("narrow");
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting || !narrow.matches) continue;
        near.unobserve(target);
        const text = target as HTMLElement;
        const shown = shownBy(text);
        if (shown) behind(text, shown.figure, shown.moment, text.id).classList.add("of-text");
      }
    },
    { rootMargin: NEAR },
  );
  for (const [k, text] of all(".prose[data-show]").entries()) {
    const shown = shownBy(text);
    if (!shown || isShown(text, shown.figure, shown.moment)) continue;
    text.id = `text-${k + 1}`;
    near.observe(text);
  }
}
