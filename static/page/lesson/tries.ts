/** What a lesson proposes to try; what comes of it is told once it was tried, or asked for. */
import { all, told } from "./elements.ts";

/** @returns something was set or run in a figure: what that leads to is told, where what to try has been in sight */
export function createTries(): (figure: HTMLElement) => void {
  const read = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) target.classList.add("is-read");
  });

  // What comes of it takes its room from the first, so that nothing moves.
  for (const one of all(".try")) {
    const look = told("try-look", `${one.id}-look`);
    look.tabIndex = -1;
    const show = document.createElement("button");
    [show.type, show.className, show.textContent] = ["button", "quiet underlined", "Show what it leads to"];
    show.addEventListener("click", () => {
      one.classList.add("is-told");
      look.focus();
    });
    const place = document.createElement("div");
    place.className = "try-told";
    place.ariaLive = "polite";
    place.append(show, look);
    one.append(place);
    read.observe(one);
  }

  return (figure) => {
    for (const one of all(`.try.is-read[data-with=${figure.id}]`)) one.classList.add("is-told");
  };
}
