/** Which questions of which lessons have been answered: kept in the browser, where it has a storage. */

const KEY = "fallline-lessons";

type AnsweredQuestions = Record<string, string[]>;

export function progress(): AnsweredQuestions {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/** @param question  by its id on the page */
export function noteAnswered(lesson: string, question: string) {
  const all = progress();
  const answered = new Set([...(all[lesson] ?? []), question]);
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...all, [lesson]: [...answered] }));
  } catch {
    // nothing is kept
  }
}
