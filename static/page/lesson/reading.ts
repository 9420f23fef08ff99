/** A lesson as it is read: with room for it, one figure stands beside the text, and answered questions are folded. */
import { screenUpTo } from "../size.ts";
import { all, figureOf } from "./elements.ts";
import type { Figures } from "./figures.ts";

/** The line at which the reader is taken to read; what lies above it has been read. */
const LINE = "99999px 0px -60% 0px";

/** @returns the text, or what to try, at the line; at a heading, that below it */
function textOf(piece: HTMLElement): HTMLElement[] {
  const text = piece.matches("h2") ? piece.nextElementSibling : piece;
  return text?.matches(".prose, .try") ? [text as HTMLElement] : [];
}

/** @returns whether the question of a figure was pressed, which shows what it is asked of */
const isAsked = (pressed: Element) => pressed.closest(".question") !== null;

/**
 * Beside the text stands the figure of what is read, or of what was pressed last.
 * The figure is that of the piece at the line, whatever else is in sight. What was pressed stands until the line has
 * left all that lies between the piece it was at then and what was pressed.
 * @param figures.liven  creates a figure
 * @param figures.tell  has a figure show what the text speaks of
 * @returns has the figure of a check that was answered, or of what is told to come of a try, stand there, until the
 * reader goes on
 */
export function pinFigures(
  sections: HTMLElement[],
  figures: Pick<Figures, "liven" | "tell">,
): (piece: HTMLElement, figure: HTMLElement) => void {
  const pieces = sections.flatMap((section) => all(":scope > *", section));
  const figureElements = all("[data-figure]");
  /** There is no room for a figure beside the text. */
  const narrow = screenUpTo("narrow");
  const read: Set<HTMLElement> = new Set();
  let line = 0;
  /** The figure that was pressed, and from which piece to which it stays beside the text; of a try, that too. */
  let pressed: { figure: HTMLElement; tried?: HTMLElement; isQuestion: boolean; from: number; to: number } | null =
    null;

  function pin(figure: HTMLElement) {
    for (const other of figureElements) other.classList.toggle("is-here", other === figure);
    figures.liven(figure);
  }

  function place() {
    if (pressed && (line < pressed.from || line > pressed.to)) pressed = null;
    const piece = pressed?.tried ?? pieces[line];
    const spoken = figureOf(piece) ?? figureElements[0];
    const isOwn = !pressed || (pressed.figure === spoken && !pressed.isQuestion);
    pin(pressed?.figure ?? spoken);
    figures.tell(isOwn && !narrow.matches ? textOf(piece) : []);
  }

  function press(figure: HTMLElement, piece: HTMLElement, isQuestion: boolean) {
    const at = pieces.indexOf(piece);
    const tried = piece.matches(".try") ? piece : undefined;
    pressed = { figure, tried, isQuestion, from: Math.min(at, line), to: Math.max(at, line) };
    begin(piece);
    place();
  }

  const begin = (piece: HTMLElement) => piece.closest(".lesson-section")?.classList.add("is-begun");

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) read.add(target as HTMLElement);
        else read.delete(target as HTMLElement);
      }
      line = Math.max(
        0,
        pieces.findLastIndex((piece) => read.has(piece)),
      );
      for (const piece of pieces.slice(0, line + 1)) begin(piece);
      place();
    },
    { rootMargin: LINE },
  );
  for (const piece of pieces) observer.observe(piece);

  function pinAtPress(figure: HTMLElement, piece: HTMLElement) {
    for (const kind of ["pointerdown", "focusin"])
      figure.addEventListener(kind, ({ target }) => press(figure, piece, isAsked(target as Element)));
  }

  for (const figure of figureElements) pinAtPress(figure, figure);
  return (piece, figure) => {
    if (!figureElements.includes(figure)) {
      figureElements.push(figure);
      pinAtPress(figure, piece);
    }
    press(figure, piece, false);
  };
}

/** Folds a question once its answer is above the screen, without moving what is in sight. */
export function foldPastQuestions({ isAnswered }: Pick<Figures, "isAnswered">) {
  const folded: Set<HTMLElement> = new Set();
  const root = document.documentElement;
  const past = new IntersectionObserver((entries) => {
    for (const {
      target,
      isIntersecting,
      boundingClientRect: { bottom },
    } of entries) {
      const figure = target.closest<HTMLElement>(".lesson-figure");
      figure?.classList.toggle("is-asking", isIntersecting);
      if (!figure || bottom > 0 || folded.has(figure) || !isAnswered(figure)) continue;
      folded.add(figure);
      const before = figure.getBoundingClientRect().bottom;
      // Browsers that keep what is in sight by themselves would correct the scroll twice.
      root.style.overflowAnchor = "none";
      figure.classList.add("is-past");
      scrollBy({ top: figure.getBoundingClientRect().bottom - before, behavior: "instant" });
      setTimeout(() => (root.style.overflowAnchor = ""), 100);
    }
  });
  for (const question of all(".question")) past.observe(question);
}
