/** Records which questions of a lesson were answered, and which sections are thereby done. */
import { noteAnswered, progress } from "../progress.ts";
import { all } from "./elements.ts";

/** @returns a function that records an answer, by the id of the question's element */
export function createAnswered(sections: HTMLElement[]): (id: string) => void {
  const { lesson = "" } = document.querySelector("main")?.dataset ?? {};
  const answered = new Set(progress()[lesson] ?? []);

  function mark() {
    for (const section of sections) {
      const asked = all("[data-asks]", section);
      section.classList.toggle("is-done", asked.length > 0 && asked.every(({ id }) => answered.has(id)));
    }
  }

  mark();
  return (id) => {
    answered.add(id);
    noteAnswered(lesson, id);
    mark();
  };
}
