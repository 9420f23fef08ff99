/** Who opened a figure of a lesson in the playground is led back to it. */
import { keptSection } from "./service/visit.ts";

export function showLessonBackLink() {
  const section = keptSection();
  const link = document.querySelector<HTMLAnchorElement>("#way-back");
  if (!section || !link) return;
  link.href = section.address;
  link.hidden = false;
  const [lesson, title] = link.children;
  lesson.textContent = `Back to ${section.lesson.replace(/^L/, "l")}`;
  title.textContent = section.title;
}
