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
 * @returns has the figure of a check that was answered stand there, until the reader goes on
 */
export function pinFigures(
  sections: HTMLElement[],
  liven: (figure: HTMLElement) => void,
): (check: HTMLElement, figure: HTMLElement) => void {
  const figures = comesWith();
  const own = all("[data-figure]");
  const questions = all(".question");
  const read: Set<HTMLElement> = new Set();
  const asked: Set<HTMLElement> = new Set();
  /** The check whose figure stays, and where the page stood as it was answered. */
  let answered: { check: HTMLElement; at: number } | null = null;

  function pin(figure: HTMLElement) {
    for (const one of own) one.classList.toggle("is-here", one === figure);
    liven(figure);
  }

  /** What is asked goes before what is read further down. */
  const noteIn = (those: Set<HTMLElement>) => (one: HTMLElement, is: boolean) => {
    if (is) those.add(one);
    else those.delete(one);
    // Until the page moves nobody has gone on: what was scrolled to before the answer may be told of after it.
    if (is && scrollY !== answered?.at) answered = null;
    place();
  };

  function place() {
    if (answered) return;
    const open = questions.find((question) => asked.has(question) && !question.closest(".is-answered"));
    const last = [...figures.keys()].findLast((start) => read.has(start));
    pin(open?.closest<HTMLElement>("[data-figure]") ?? (last && figures.get(last)) ?? own[0]);
  }

  whileRead(figures.keys(), FIGURE, noteIn(read));
  whileRead(questions, ASKED, noteIn(asked));
  whileRead(all(".check[data-show]"), ASKED, (check, is) => {
    if (is || check !== answered?.check) return;
    answered = null;
    place();
  });
  whileRead(sections, HEADING, (section, is) => is && section.classList.add("is-begun"));
  function pinAtPress(figure: HTMLElement) {
    for (const kind of ["pointerdown", "focusin"]) figure.addEventListener(kind, () => pin(figure));
  }

  own.forEach(pinAtPress);
  return (check, figure) => {
    if (!own.includes(figure)) {
      own.push(figure);
      pinAtPress(figure);
      figures.set(check, figure);
    }
    answered = { check, at: scrollY };
    pin(figure);
  };
}
