/** Where there is room one figure stands beside the text: that of what is read, or of what was pressed last. */
import { all } from "./elements.ts";
import type { FigureMoment } from "./figures.ts";

/** What stands higher than this on the screen is read: a figure comes with it; a heading is read sooner. */
const [FIGURE, HEADING] = ["99999px 0px -45% 0px", "99999px 0px -25% 0px"];
/** A question is before the reader here. */
const ASKED = "-120px 0px -25% 0px";

/** @param act  told once what is read begins to be, and not any more */
function whileRead(
  elements: Iterable<HTMLElement>,
  rootMargin: string,
  act: (one: HTMLElement, read: boolean) => void,
) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) act(target as HTMLElement, isIntersecting);
    },
    { rootMargin },
  );
  for (const element of elements) observer.observe(element);
}

/** @returns what each figure comes with: its section, the text before it, or a check that it shows something of */
function comesWith(): Map<HTMLElement, HTMLElement> {
  const figures: Map<HTMLElement, HTMLElement> = new Map();
  const named = (id: string) => document.getElementById(id) as HTMLElement;
  for (const element of all("[data-figure], .check[data-show], .try")) {
    const { show, with: tried } = element.dataset;
    const section = element.parentElement as HTMLElement;
    if (show) figures.set(element, named(`figure-${(JSON.parse(show) as FigureMoment & { figure: string }).figure}`));
    else if (tried) figures.set(element, named(tried));
    else figures.set(figures.has(section) ? (element.previousElementSibling as HTMLElement) : section, element);
  }
  return figures;
}

/**
 * @param liven  creates a figure
 * @returns has a figure stand there
 */
export function pinFigures(
  sections: HTMLElement[],
  liven: (figure: HTMLElement) => void,
): (figure: HTMLElement) => void {
  const figures = comesWith();
  const own = all("[data-figure]");
  const questions = all(".question");
  const read: Set<HTMLElement> = new Set();
  const asked: Set<HTMLElement> = new Set();

  function pin(figure: HTMLElement) {
    for (const one of own) one.classList.toggle("is-here", one === figure);
    liven(figure);
  }

  /** What is asked goes before what is read further down. */
  const noteIn = (those: Set<HTMLElement>) => (one: HTMLElement, is: boolean) => {
    if (is) those.add(one);
    else those.delete(one);
    const open = questions.find((question) => asked.has(question) && !question.closest(".is-answered"));
    const last = [...figures.keys()].findLast((start) => read.has(start));
    pin(open?.closest<HTMLElement>("[data-figure]") ?? (last && figures.get(last)) ?? own[0]);
  };

  whileRead(figures.keys(), FIGURE, noteIn(read));
  whileRead(questions, ASKED, noteIn(asked));
  whileRead(sections, HEADING, (section, is) => is && section.classList.add("is-begun"));
  for (const figure of own)
    for (const kind of ["pointerdown", "focusin"]) figure.addEventListener(kind, () => pin(figure));
  return pin;
}
