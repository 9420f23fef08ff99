/** The pages around the lessons: day and night, formulas, and on their index the progress in each lesson. */
import { setProseFormulas } from "./panels/lesson/proseFormulas.ts";
import { createCopyButtons } from "./panels/shared/copying.ts";
import { progress } from "./progress.ts";
import { leadToView } from "./service/visit.ts";
import { createThemeButton } from "./theme.ts";

createThemeButton();
leadToView();
createCopyButtons();
void setProseFormulas();

const answered = progress();
const rows = [...document.querySelectorAll<HTMLElement>("[data-lesson]")];
const done = rows.filter((row) => {
  const { lesson = "", questions, minutes } = row.dataset;
  const count = answered[lesson]?.length ?? 0;
  const state = count === 0 ? "" : count >= Number(questions) ? "done" : "begun";
  row.dataset.state = state;
  document.querySelector(`[data-station="${lesson}"]`)?.setAttribute("data-state", state);
  const words = { done: "done", begun: `go on, ${count} of ${questions} answered`, "": `${minutes} min` }[state] ?? "";
  (row.querySelector(".lesson-state") as HTMLElement).textContent = words;
  return state === "done";
});
const left = rows
  .filter((row) => !done.includes(row))
  .reduce((sum, { dataset: { minutes } }) => sum + Number(minutes), 0);
const lead = document.querySelector(".lessons-progress");
if (lead && done.length)
  lead.textContent = left ? `${done.length} done, ${rows.length - done.length} to go: ${left} minutes.` : "All done.";
