/** Who opened a figure of a lesson in the playground is led back to it. */
import { keptSection } from "./service/visit.ts";

export function leadBack() {
  const section = keptSection();
  const wayBack = document.querySelector<HTMLAnchorElement>("#way-back");
  if (!section || !wayBack) return;
  wayBack.href = section.address;
  wayBack.hidden = false;
  const [lesson, title] = wayBack.children;
  lesson.textContent = `Back to ${section.lesson.replace(/^L/, "l")}`;
  title.textContent = section.title;
}
