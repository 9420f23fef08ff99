/** A lesson on a wall: its sections in screens that fit, gone through by a presenter's clicker. */

/** Of the height, what a figure takes at the least where it shares a screen. */
const FIGURE = 0.8;
/** Pixels below what stands on a screen. */
const FOOT = 20;
/** What is nothing without the line before it. */
const GLUED = ".formula.display, ul, ol, table, pre";

const ELSEWHERE = "is-elsewhere";

/** A lesson is opened at its last screen from the one after it. */
const AT_END = "#end";

const all = (selector: string, within: ParentNode) => [...within.querySelectorAll<HTMLElement>(selector)];

/** @returns what stands together in a section: a paragraph with its formula, a figure, a check */
function groupsOf(section: HTMLElement): HTMLElement[][] {
  const pieces = [...section.children].filter((piece) => piece.tagName !== "H2") as HTMLElement[];
  const groups: HTMLElement[][] = [];
  for (const item of pieces.flatMap((piece) =>
    piece.matches(".prose") ? ([...piece.children] as HTMLElement[]) : [piece],
  )) {
    const last = groups.at(-1);
    if (last && item.matches(GLUED) && !last[0].matches(".lesson-figure")) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

/** @param taken  of the first screen, by what stands above the section @returns its groups, screen by screen */
function screensOf(section: HTMLElement, taken: number): HTMLElement[][] {
  const groups = groupsOf(section);
  for (const hidden of all(`.${ELSEWHERE}`, section)) hidden.classList.remove(ELSEWHERE);
  const first = groups[0]?.[0].getBoundingClientRect().top ?? 0;
  const room = innerHeight - (first - section.getBoundingClientRect().top) - 2 * FOOT;
  const tops = groups.map(([item]) => item.getBoundingClientRect().top);
  const screens: HTMLElement[][] = [[]];
  let used = taken;
  groups.forEach((group, k) => {
    const figure = group[0].matches(".lesson-figure");
    const height = figure
      ? FIGURE * innerHeight
      : (tops[k + 1] ?? group[group.length - 1].getBoundingClientRect().bottom) - tops[k];
    const screen = screens.at(-1) as HTMLElement[];
    if (screen.length && (used + height > room || screen.at(-1)?.matches(".lesson-figure"))) {
      screens.push([...group]);
      used = height;
    } else {
      screen.push(...group);
      used += height;
    }
  });
  return screens;
}

/** As what is asked gives way to what is right, what stands above it stays as large. */
export function neverShrinks(place: HTMLElement) {
  let most = 0;
  new ResizeObserver(() => {
    if (place.offsetHeight <= most) return;
    most = place.offsetHeight;
    place.style.minHeight = `${most}px`;
  }).observe(place);
}

interface Wall {
  sections: HTMLElement[];
  /** what stands above the first section */
  head: HTMLElement;
  /**
   * @param pieces  figures, checks and what to try on the screen
   * @returns whether something in it was gone on with, or back
   */
  on: (pieces: HTMLElement[]) => boolean;
  back: (pieces: HTMLElement[]) => boolean;
  /** addresses of the lessons on either side, where there are any */
  before: string | null;
  after: string | null;
}

export function createWall({ sections, head, on: onWith, back: backWith, before, after }: Wall) {
  const atEnd = location.hash === AT_END;
  let section = atEnd
    ? sections.length - 1
    : Math.max(
        0,
        sections.findIndex(({ id }) => `#${id}` === location.hash),
      );
  let screens: HTMLElement[][] = [];
  let screen = 0;

  function show() {
    const shown = new Set(screens[screen]);
    for (const item of screens.flat()) item.classList.toggle(ELSEWHERE, !shown.has(item));
    for (const prose of all(".prose", sections[section]))
      prose.classList.toggle(ELSEWHERE, !all(":scope > *", prose).some((item) => shown.has(item)));
    head.classList.toggle("is-current", section === 0 && screen === 0);
    scrollTo(0, 0);
    for (const figure of all(".lesson-figure", sections[section])) {
      figure.style.setProperty(
        "--room",
        `${Math.max(0.6 * innerHeight, innerHeight - figure.getBoundingClientRect().top - FOOT)}px`,
      );
    }
  }

  /** @param to  which of its screens; from the end where it is below 0 */
  function turnTo(index: number, to: number) {
    section = Math.min(sections.length - 1, Math.max(0, index));
    for (const [k, one] of sections.entries()) one.classList.toggle("is-current", k === section);
    head.classList.toggle("is-current", section === 0);
    const taken = section === 0 ? head.getBoundingClientRect().height : 0;
    screens = screensOf(sections[section], taken);
    screen = Math.min(screens.length - 1, to < 0 ? screens.length + to : to);
    history.replaceState(null, "", `#${sections[section].id}`);
    show();
  }

  /** What is on the screen stays there as far as it fits. */
  function again() {
    const first = screens[screen]?.[0];
    turnTo(section, 0);
    const now = screens.findIndex((items) => items.includes(first));
    if (now > 0) {
      screen = now;
      show();
    }
  }

  const pieces = () =>
    all("[data-figure], .check, .try", sections[section]).filter((element) => !element.classList.contains(ELSEWHERE));

  function on() {
    if (onWith(pieces())) return;
    if (screen + 1 < screens.length) {
      screen += 1;
      show();
    } else if (section + 1 < sections.length) turnTo(section + 1, 0);
    else if (after) location.assign(`${after}?present`);
  }

  function back() {
    if (backWith(pieces())) return;
    if (screen > 0) {
      screen -= 1;
      show();
    } else if (section > 0) turnTo(section - 1, -1);
    else if (before) location.assign(`${before}?present${AT_END}`);
  }

  function press({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (altKey || ctrlKey || metaKey) return false;
    if (key === "PageDown") on();
    else if (key === "PageUp") back();
    else if (key === "Escape" && !document.querySelector(":popover-open")) location.search = "";
    return key === "PageDown" || key === "PageUp";
  }

  turnTo(section, atEnd ? -1 : 0);
  addEventListener("resize", again);
  // Before the figures, which leap at these keys.
  addEventListener(
    "keydown",
    (event) => {
      if (!press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  return { again };
}
