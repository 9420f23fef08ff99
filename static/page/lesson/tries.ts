/** What a lesson proposes to try; what comes of it is told once it was tried, or asked for. */
import { all, told } from "./elements.ts";

export type Tries = ReturnType<typeof createTries>;

/** @param onAsked  what comes of one was asked for, and is told */
export function createTries(onAsked: (one: HTMLElement) => void) {
  const tries = new Set(all(".try"));
  /** Those of which it is told what they lead to. */
  const known: Set<HTMLElement> = new Set();

  /** @returns whether this is something to try of which it was not told, or, to be hidden, of which it was */
  function tell(one: HTMLElement, isTold = true): boolean {
    if (!tries.has(one) || known.has(one) === isTold) return false;
    if (isTold) known.add(one);
    else known.delete(one);
    one.classList.toggle("is-told", isTold);
    return true;
  }

  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) (target as HTMLElement).dataset.read = "";
  });

  // What comes of it takes its room from the first, so that nothing moves.
  for (const one of tries) {
    const look = told("try-look", `${one.id}-look`);
    look.tabIndex = -1;
    const show = document.createElement("button");
    [show.type, show.className, show.textContent] = ["button", "quiet underlined", "Show what it leads to"];
    show.addEventListener("click", () => {
      tell(one);
      onAsked(one);
      look.focus();
    });
    const place = document.createElement("div");
    place.className = "try-told";
    place.ariaLive = "polite";
    place.append(show, look);
    one.append(place);
    sight.observe(one);
  }

  return {
    tell,
    isTold: (one: HTMLElement): boolean => known.has(one),
    /** @returns the ids of those of which it is told */
    told: () => [...known].map(({ id }) => id),
    /** Tells of these, by their ids, and of no others. */
    tellAll(ids: string[]) {
      for (const one of tries) tell(one, ids.includes(one.id));
    },
    /** Something was set or run in a figure: it is told of what was to be tried in it, and has been in sight. */
    tried(figure: HTMLElement) {
      for (const one of tries) if (one.dataset.with === figure.id && one.dataset.read !== undefined) tell(one);
    },
  };
}
