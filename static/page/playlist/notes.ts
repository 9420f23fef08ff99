/** Notes for who presents: on a lesson, with what is to be done in its section; on a preset, what it says. */
import { html, nothing } from "lit-html";
import { setProseFormulas } from "../panels/lesson/proseFormulas.ts";
import { send } from "../service/http.ts";
import { retryWhileTransient } from "../service/retry.ts";
import type { PlaylistItem, PlaylistOffer } from "./items.ts";

/** @param redraw  those of a lesson have come */
export function createNotes({ presets, lessons }: PlaylistOffer, root: string, redraw: () => void) {
  /** Of lessons, by their numbers; a text while they have not come. */
  const notesByLesson: Map<number, Element[] | string> = new Map();

  function load(number: number, name: string) {
    notesByLesson.set(number, "On their way.");
    const fetched = async () => (await send(`${root}/lessons/${name}/notes`)).text();
    const say = (words: string) => void notesByLesson.set(number, words);
    retryWhileTransient(fetched, { onWait: say }).then(
      (text) => {
        const page = new DOMParser().parseFromString(text, "text/html");
        const notes = [...page.querySelectorAll("main > h2, main > .prose")].map((element) =>
          document.importNode(element, true),
        );
        notesByLesson.set(number, notes);
        redraw();
        void setProseFormulas();
      },
      () => say("The notes did not come."),
    );
  }

  /** @param section  the title of the one on the wall */
  function ofLesson(number: number, section: string) {
    const { name, notes: any } = lessons[number - 1];
    if (!any) return nothing;
    if (!notesByLesson.has(number)) load(number, name);
    const notes = notesByLesson.get(number) ?? [];
    if (typeof notes !== "string")
      for (const row of notes.flatMap((element) => [...element.querySelectorAll("tr, li")]))
        row.classList.toggle("is-now", row.querySelector("td, strong")?.textContent === section);
    return notes;
  }

  return ({ kind, number }: PlaylistItem, section: string) => {
    if (kind === "lesson") return ofLesson(number, section);
    const [sentence, more, change] = presets[number - 1].notes;
    return html`<p><strong>${sentence}</strong></p><p>${more}</p><p>${change}</p>`;
  };
}
