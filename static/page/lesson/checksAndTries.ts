/** What a lesson asks of its reader below its figures: checks, of several answers, and what to try. */
import { noteAnswered, progress as storedProgress } from "../progress.ts";
import { answerText, type Lesson, type Piece, queryAll } from "./elements.ts";
import type { LessonProgress } from "./plan.ts";

/** Records which questions of a lesson were answered, and which sections are thereby done. */
export function createAnswered(sections: HTMLElement[]) {
  const { lesson = "" } = document.querySelector("main")?.dataset ?? {};
  const answered = new Set(storedProgress()[lesson] ?? []);

  function mark() {
    for (const section of sections) {
      const questions = queryAll("[data-asks]", section);
      section.classList.toggle("is-done", questions.length > 0 && questions.every(({ id }) => answered.has(id)));
    }
  }

  mark();
  return {
    /** Whether a question was answered, now or at an earlier visit. */
    has: ({ element }: Piece): boolean => answered.has(element.id),
    /** Records an answer. */
    note({ element }: Piece) {
      answered.add(element.id);
      noteAnswered(lesson, element.id);
      mark();
    },
  };
}

export type Questions = ReturnType<typeof createQuestions>;

const optionsOf = ({ element }: Piece): HTMLElement[] => queryAll(".option", element);
const isRight = (option: HTMLElement | undefined): boolean => option?.dataset.right !== undefined;

/**
 * @param ports.onChanged  a check was answered, or is asked again; it was asked what comes of a try, or that is hidden
 * @param ports.note  a check was answered rightly
 */
export function createQuestions(
  lesson: Lesson,
  { checked, revealed }: LessonProgress,
  ports: { onChanged: (piece: Piece) => void; note: (check: Piece) => void },
) {
  const [checks, tries] = (["check", "try"] as const).map((kind) => lesson.filter((piece) => piece.kind === kind));

  /** @param option  null: it is asked again, no option marked and no reason shown */
  function answer(check: Piece, option: HTMLElement | null) {
    if (option) checked.set(check, option);
    else if (!checked.delete(check)) return;
    for (const other of optionsOf(check)) {
      other.setAttribute("aria-pressed", String(other === option));
      other.classList.toggle("is-wrong", other === option && !isRight(other));
      other.classList.toggle("is-right", other === option && isRight(other));
    }
    for (const why of queryAll(".check-why", check.element))
      why.classList.toggle("is-revealed", why.dataset.of === option?.id);
    ports.onChanged(check);
    if (option && isRight(option)) ports.note(check);
  }

  /** @returns whether this is something to try of which it was not told, or, to be hidden, of which it was */
  function reveal(piece: Piece, isRevealed: boolean): boolean {
    if (piece.kind !== "try" || revealed.has(piece) === isRevealed) return false;
    revealed[isRevealed ? "add" : "delete"](piece);
    piece.element.classList.toggle("is-revealed", isRevealed);
    return true;
  }

  function ask(piece: Piece, isRevealed: boolean): boolean {
    const isChanged = reveal(piece, isRevealed);
    if (isChanged) ports.onChanged(piece);
    return isChanged;
  }

  const isSolved = (check: Piece): boolean => isRight(checked.get(check));

  // All reasons, and what comes of a try, take their room from the first, so that nothing moves between answers.
  for (const check of checks)
    for (const option of optionsOf(check)) {
      const why = answerText("check-why", `${option.id}-why`);
      why.dataset.of = option.id;
      check.element.querySelector(".check-told")?.append(why);
      option.addEventListener("click", () => answer(check, option));
    }

  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) (target as HTMLElement).dataset.read = "";
  });

  for (const piece of tries) {
    const look = answerText("try-look", `${piece.element.id}-look`);
    look.tabIndex = -1;
    const show = document.createElement("button");
    [show.type, show.className, show.textContent] = ["button", "quiet underlined", "Show what it leads to"];
    show.addEventListener("click", () => {
      ask(piece, true);
      look.focus();
    });
    const place = document.createElement("div");
    place.className = "try-told";
    place.ariaLive = "polite";
    place.append(show, look);
    piece.element.append(place);
    sight.observe(piece.element);
  }

  return {
    isSolved,
    /** Answers a check rightly, or tells of a try. @returns whether that was still to be done */
    goOn(piece: Piece): boolean {
      const right = optionsOf(piece).find(isRight);
      if (piece.kind !== "check" || !right || isSolved(piece)) return ask(piece, true);
      answer(piece, right);
      return true;
    },
    goBack(piece: Piece): boolean {
      if (!isSolved(piece)) return ask(piece, false);
      answer(piece, null);
      return true;
    },
    /** @returns the ids of all answers given, and of what to try of which it is told */
    pressed: () => [...checked.values(), ...[...revealed].map(({ element }) => element)].map(({ id }) => id),
    /** Gives these answers and tells of these, by their ids, and of no others. */
    press(ids: string[]) {
      for (const check of checks) {
        const option = optionsOf(check).find(({ id }) => ids.includes(id)) ?? null;
        if (option !== (checked.get(check) ?? null)) answer(check, option);
      }
      for (const piece of tries) reveal(piece, ids.includes(piece.element.id));
    },
    /** Something was set or run in a figure: it is told of what was to be tried in it, and has been in sight. */
    tried(figure: Piece) {
      for (const piece of tries)
        if (piece.named?.figure === figure && piece.element.dataset.read !== undefined) reveal(piece, true);
    },
  };
}
