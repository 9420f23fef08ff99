/** A lesson as it is read: what waits for an answer, the figure beside the text, folded questions. */
import { h } from "../dom.ts";
import { screenUpTo } from "../size.ts";
import { type FigurePiece, isFigure, type Lesson, type Piece, queryAll } from "./elements.ts";
import type { Figures } from "./figures.ts";
import { arrange, type LessonProgress, needsFigure, waitingIn } from "./plan.ts";

/** The line at which the reader is taken to read; what lies above it has been read. */
const LINE = "99999px 0px -60% 0px";
/** A figure below a text is created before that is in view. */
const AHEAD = "300px 0px";

export type Reading = ReturnType<typeof openReading>;

/** @returns a line that leads to what is to be answered first, and shows on request what waits for that */
const lineTo = ({ element }: FigurePiece, show: () => void) =>
  h(
    "p",
    { class: "waits note" },
    h("a", { href: `#${element.id}` }, "Answer above"),
    " and watch the run to read on, or ",
    h("button", { type: "button", class: "quiet underlined", onclick: show }, "show it now"),
    ".",
  );

/**
 * Hides what waits for an answer, where a line says so, and notes it in the progress.
 * @param ports.isKnown  whether a question was answered at an earlier visit
 * @param ports.show  shows what waits for a figure, unanswered; piece: the first of it
 * @returns the lesson with these lines; and what shows again what has waited for a figure, and takes its lines out
 */
function holdBack(
  declared: Lesson,
  progress: LessonProgress,
  { isKnown, show }: { isKnown: (figure: FigurePiece) => boolean; show: (figure: FigurePiece, piece: Piece) => void },
) {
  const sought = document.getElementById(location.hash.slice(1));
  const waiting = waitingIn(declared, isKnown, ({ element }) => Boolean(sought?.contains(element)));
  const lines: Map<Piece, Piece> = new Map();
  for (const { piece, figure, isFirst } of waiting) {
    piece.element.classList.add("is-waiting");
    progress.waiting.set(piece, figure);
    if (!isFirst) continue;
    const element = lineTo(figure, () => show(figure, piece));
    const line: Piece = { kind: "line", element, section: piece.section };
    piece.element.before(line.element);
    lines.set(piece, line);
    progress.waiting.set(line, figure);
  }

  function release(lesson: Lesson, answered: Piece): Lesson {
    const released = waiting.filter(({ figure }) => figure === answered).map(({ piece }) => piece);
    for (const piece of released) {
      piece.element.classList.remove("is-waiting");
      lines.get(piece)?.element.remove();
      progress.waiting.delete(piece);
    }
    return lesson.filter((piece) => !released.some((text) => lines.get(text) === piece));
  }

  return { withLines: declared.flatMap((piece) => [lines.get(piece) ?? [], piece].flat()), release };
}

/**
 * Beside the text stands the figure of what is read, or of what was pressed last.
 * The figure is that of the piece at the line, whatever else is in sight. What was pressed stands until the line has
 * left all that lies between the piece it was at then and what was pressed.
 * @returns what has the figure of a check that was answered, or of what is told to come of a try, stand there, until
 * the reader goes on; and what shows again what has waited for a figure
 */
export function openReading(
  declared: Lesson,
  { figures, progress, isKnown }: { figures: Figures; progress: LessonProgress; isKnown: (piece: Piece) => boolean },
) {
  const { withLines: pieces, release } = holdBack(declared, progress, {
    isKnown,
    show(figure, { element }) {
      lesson = release(lesson, figure);
      figures.leaveUnanswered(figure);
      // The button that was pressed is gone.
      element.tabIndex = -1;
      element.focus({ preventScroll: true });
      place();
    },
  });
  let lesson: Lesson = pieces;
  /** There is no room for a figure beside the text. */
  const narrow = screenUpTo("narrow");
  const read: Set<Element> = new Set();
  let line = 0;
  /** The figure that was pressed, and from which piece to which it stays beside the text; of a try, that too. */
  let pressed: { figure: FigurePiece; tried?: Piece; isQuestion: boolean; from: number; to: number } | null = null;

  function place() {
    if (pressed && (line < pressed.from || line > pressed.to)) pressed = null;
    const { beside, moments } = arrange(lesson, progress, { pieces: [pressed?.tried ?? pieces[line]], pressed });
    const pinned = beside ?? lesson.find(isFigure);
    for (const piece of lesson) if (isFigure(piece)) piece.element.classList.toggle("is-here", piece === pinned);
    if (pinned) figures.ensureLive(pinned);
    figures.showMoments(narrow.matches ? new Map() : moments);
  }

  function press(figure: FigurePiece, piece: Piece, isQuestion: boolean) {
    const at = pieces.indexOf(piece);
    const tried = piece.kind === "try" ? piece : undefined;
    pressed = { figure, tried, isQuestion, from: Math.min(at, line), to: Math.max(at, line) };
    begin(piece);
    place();
  }

  const begin = ({ element }: Piece) => element.closest(".lesson-section")?.classList.add("is-begun");

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) read[isIntersecting ? "add" : "delete"](target);
      line = Math.max(
        0,
        pieces.findLastIndex(({ element }) => read.has(element)),
      );
      for (const piece of pieces.slice(0, line + 1)) begin(piece);
      place();
    },
    { rootMargin: LINE },
  );
  for (const { element } of pieces) observer.observe(element);

  function pinAtPress(figure: FigurePiece, piece: Piece) {
    for (const kind of ["pointerdown", "focusin"])
      figure.element.addEventListener(kind, ({ target }) =>
        press(figure, piece, (target as Element).closest(".question") !== null),
      );
  }

  /** @returns the figure behind a check, created when it is first answered */
  function copyBehind(check: Piece): FigurePiece | null {
    const existing = lesson.filter(isFigure).find(({ copyFor }) => copyFor === check);
    if (existing) return existing;
    const copy = figures.copyBehind(check, `${check.element.id}-ask`);
    if (!copy) return null;
    lesson = lesson.toSpliced(lesson.indexOf(check) + 1, 0, copy);
    pinAtPress(copy, check);
    return copy;
  }

  for (const piece of pieces) if (isFigure(piece)) pinAtPress(piece, piece);
  foldPastQuestions(declared, progress);
  placeBelowTexts(declared, figures);
  return {
    onChanged(piece: Piece) {
      const figure = piece.kind === "check" ? copyBehind(piece) : piece.named?.figure;
      if (figure) press(figure, piece, false);
    },
    onSeen(figure: Piece) {
      lesson = release(lesson, figure);
    },
  };
}

/** Folds a question once its answer is above the screen, without moving what is in sight. */
function foldPastQuestions(lesson: Lesson, { answered }: LessonProgress) {
  const folded: Set<Piece> = new Set();
  const root = document.documentElement;
  const past = new IntersectionObserver((entries) => {
    for (const {
      target,
      isIntersecting,
      boundingClientRect: { bottom },
    } of entries) {
      const piece = lesson.find(({ element }) => element === target.closest(".lesson-figure"));
      piece?.element.classList.toggle("is-asking", isIntersecting);
      if (!piece || bottom > 0 || folded.has(piece) || !answered.has(piece)) continue;
      folded.add(piece);
      const { element } = piece;
      const before = element.getBoundingClientRect().bottom;
      // Browsers that keep what is in sight by themselves would correct the scroll twice.
      root.style.overflowAnchor = "none";
      element.classList.add("is-past");
      scrollBy({ top: element.getBoundingClientRect().bottom - before, behavior: "instant" });
      setTimeout(() => (root.style.overflowAnchor = ""), 100);
    }
  });
  for (const question of queryAll(".question")) past.observe(question);
}

/** Where no figure has room beside the text, what a text speaks of stands in a figure of its own below the text. */
function placeBelowTexts(lesson: Lesson, figures: Figures) {
  const narrow = screenUpTo("narrow");
  const texts = new Map(lesson.filter((piece) => needsFigure(lesson, piece)).map((text) => [text.element, text]));
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const text = texts.get(target as HTMLElement);
        if (!isIntersecting || !narrow.matches || !text) continue;
        near.unobserve(target);
        target.id = `text-${lesson.indexOf(text) + 1}`;
        figures.copyBehind(text, target.id)?.element.classList.add("of-text");
      }
    },
    { rootMargin: AHEAD },
  );
  for (const element of texts.keys()) near.observe(element);
}
