/** Which questions of a lesson were answered, and which of its sections are done by that. */
import { noteAnswered, progress } from "../progress.ts";
import { all } from "./elements.ts";

/** @returns notes that a question was answered, by the id of its element */
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
