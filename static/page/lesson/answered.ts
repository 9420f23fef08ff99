/** Records which questions of a lesson were answered, and which sections are thereby done. */
import { noteAnswered, progress } from "../progress.ts";
import { all } from "./elements.ts";

export function createAnswered(sections: HTMLElement[]) {
  const { lesson = "" } = document.querySelector("main")?.dataset ?? {};
  const answered = new Set(progress()[lesson] ?? []);

  function mark() {
    for (const section of sections) {
      const questions = all("[data-asks]", section);
      section.classList.toggle("is-done", questions.length > 0 && questions.every(({ id }) => answered.has(id)));
    }
  }

  mark();
  return {
    /** Whether a question was answered, now or at an earlier visit, by the id of its element. */
    has: (id: string): boolean => answered.has(id),
    /** Records an answer. */
    note(id: string) {
      answered.add(id);
      noteAnswered(lesson, id);
      mark();
    },
  };
}
