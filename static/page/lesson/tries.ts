/** What a lesson proposes to try; what comes of it is told once it was tried, or asked for. */
import { all, answerText } from "./elements.ts";

export type Tries = ReturnType<typeof createTries>;

/** @param onAsked  what comes of one was asked for, and is told */
export function createTries(onAsked: (tryElement: HTMLElement) => void) {
  const tries = new Set(all(".try"));
  /** Those of which it is told what they lead to. */
  const toldTries: Set<HTMLElement> = new Set();

  /** @returns whether this is something to try of which it was not told, or, to be hidden, of which it was */
  function tell(tryElement: HTMLElement, isTold = true): boolean {
    if (!tries.has(tryElement) || toldTries.has(tryElement) === isTold) return false;
    if (isTold) toldTries.add(tryElement);
    else toldTries.delete(tryElement);
    tryElement.classList.toggle("is-told", isTold);
    return true;
  }

  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) (target as HTMLElement).dataset.read = "";
  });

  // What comes of it takes its room from the first, so that nothing moves.
  for (const tryElement of tries) {
    const look = answerText("try-look", `${tryElement.id}-look`);
    look.tabIndex = -1;
    const show = document.createElement("button");
    [show.type, show.className, show.textContent] = ["button", "quiet underlined", "Show what it leads to"];
    show.addEventListener("click", () => {
      tell(tryElement);
      onAsked(tryElement);
      look.focus();
    });
    const place = document.createElement("div");
    place.className = "try-told";
    place.ariaLive = "polite";
    place.append(show, look);
    tryElement.append(place);
    sight.observe(tryElement);
  }

  return {
    tell,
    isTold: (tryElement: HTMLElement): boolean => toldTries.has(tryElement),
    /** @returns the ids of those of which it is told */
    toldIds: () => [...toldTries].map(({ id }) => id),
    /** Tells of these, by their ids, and of no others. */
    tellAll(ids: string[]) {
      for (const tryElement of tries) tell(tryElement, ids.includes(tryElement.id));
    },
    /** Something was set or run in a figure: it is told of what was to be tried in it, and has been in sight. */
    tried(figure: HTMLElement) {
      for (const tryElement of tries)
        if (tryElement.dataset.with === figure.id && tryElement.dataset.read !== undefined) tell(tryElement);
    },
  };
}
