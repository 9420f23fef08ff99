/** Parts a section of a lesson into screens, and shows one of them. */
import { screenUpTo } from "../size.ts";
import { type Lesson, pieceOf, queryAll } from "./elements.ts";
import { figureOf, playsBeside, spansScreen } from "./plan.ts";

/** The share of the height that a figure takes at the least where it shares a screen. */
const FIGURE = 0.8;
/** Pixels below what stands on a screen. */
const FOOT = 20;
/** Above a figure that has its screen, as in its style. */
const FIGURE_TOP = 24;
/** Elements that stay with the line before them. */
const GLUED = ".formula.display, ul, ol, table, pre";
/** Has the whole width of a screen, with the lines before it and after it. */
const WIDE = "table:has(th:nth-child(5))";
/** Of a section what a screen has or has not: a paragraph, a figure, a check. */
const ITEMS = ":scope > :not(h2, .prose), :scope > .prose > *";
/** Is made to fit by itself. */
const FITTED = ".formula.display, pre";
const ELSEWHERE = "is-elsewhere";
/** Of a figure that stands beside text, and of its section, where that is another. */
const [BESIDE, LENDS] = ["is-beside", "lends"];
/** Of a figure that stands on the screen, with text or alone, and of a section with one of its own there. */
const [ON_SCREEN, HAS_FIGURE] = ["is-on-screen", "has-figure"];
/** Of a figure that has the width of the screen, and of a section with one of its own there. */
const [SPANS, HAS_SPANNING] = ["spans", "has-spanning"];

/** What is in sight of a section. */
interface SectionInSight {
  items: HTMLElement[];
  /** the figure beside it, of this or another section */
  beside?: HTMLElement;
  /** it is being parted into screens */
  isMeasured?: boolean;
}

/** Sets the classes by which the style sheets show a section so, and no other than this. */
export function drawSection(section: HTMLElement, { items, beside, isMeasured = false }: SectionInSight) {
  for (const item of queryAll(ITEMS, section)) item.classList.toggle(ELSEWHERE, !items.includes(item));
  for (const prose of queryAll(".prose", section))
    prose.classList.toggle(ELSEWHERE, !queryAll(":scope > *", prose).some((item) => items.includes(item)));
  section.classList.toggle("is-wide", !isMeasured && items.some(isWide));
  const ownFigures = isMeasured ? [] : items.filter(isFigure);
  section.classList.toggle(HAS_FIGURE, ownFigures.length > 0);
  section.classList.toggle(
    HAS_SPANNING,
    ownFigures.some((figure) => figure.classList.contains(SPANS)),
  );
  for (const figure of queryAll("[data-figure]")) {
    figure.classList.toggle(BESIDE, figure === beside);
    figure.classList.toggle(ON_SCREEN, figure === beside || ownFigures.includes(figure));
    figure.parentElement?.classList.toggle(LENDS, figure.parentElement === beside?.parentElement);
  }
}

/** Says to the style sheets which figures have the width of a screen. */
export function markSpanning(lesson: Lesson) {
  for (const piece of lesson) piece.element.classList.toggle(SPANS, spansScreen(piece));
}

export const itemsIn = (section: HTMLElement): HTMLElement[] => queryAll(ITEMS, section);

/** @returns what stands together in a section: a paragraph with its formula and what plays beside it, a check */
function togetherIn(lesson: Lesson, section: HTMLElement): HTMLElement[][] {
  const groups: HTMLElement[][] = [];
  for (const item of itemsIn(section)) {
    const last = groups.at(-1);
    const isGlued = item.matches(GLUED) && !last?.some(isFigure);
    const plays = last && playsBeside(pieceOf(lesson, item), pieceOf(lesson, last[0]));
    if (last && (isGlued || plays)) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

/** What is smaller breaks elsewhere, and may again be too wide. */
const TRIES = 4;

/** The share of its size at which a formula rather stands in one line than breaks. */
const UNBROKEN = 0.8;

/** A formula, or a program, is as large as the column lets it be. */
function fit(item: HTMLElement) {
  item.style.fontSize = "";
  if (!item.matches("pre")) item.style.whiteSpace = "nowrap";
  if (item.scrollWidth > item.clientWidth / UNBROKEN) item.style.whiteSpace = "";
  for (let tried = 0; tried < TRIES && item.scrollWidth > item.clientWidth; tried++) {
    const size = Number.parseFloat(getComputedStyle(item).fontSize);
    item.style.fontSize = `${Math.floor((size * item.clientWidth) / item.scrollWidth)}px`;
  }
}

/** Of the height, what text has: on a phone, where there is one column, the figure has the lower half. */
const textHeight = () => (screenUpTo("phone").matches ? 0.54 : 1) * innerHeight;

const isWide = (item: HTMLElement) => item.matches(WIDE);
const isFigure = (item: HTMLElement) => item.matches(".lesson-figure");
const bottomOf = (items: HTMLElement[]) => items.at(-1)?.getBoundingClientRect().bottom ?? 0;
const heightOf = (items: HTMLElement[]) => bottomOf(items) - (items[0]?.getBoundingClientRect().top ?? 0);

/** Of the height of text, what it has where a figure plays beside it, of which something is said below it. */
const ABOVE_SAID = 0.62;

/** Sets text smaller until it fits its screen. @param share  of the height */
function fitText(section: HTMLElement, items: HTMLElement[], share: number) {
  section.style.removeProperty("--fit");
  if (!items.length) return;
  const isOver = (item: HTMLElement) =>
    !item.matches(FITTED) && item.scrollWidth > (item.parentElement as HTMLElement).clientWidth + 1;
  const isLarge = () => bottomOf(items) > share * (textHeight() - FOOT) || items.some(isOver);
  for (let size = 100; size > 60 && isLarge(); size -= 4) section.style.setProperty("--fit", String((size - 4) / 100));
}

/** Makes the shown items of a section fit their screen. */
export function fitScreen(section: HTMLElement, items: HTMLElement[]) {
  const texts = items.filter((item) => !isFigure(item));
  fitText(section, texts, texts.length < items.length ? ABOVE_SAID : 1);
  for (const item of items) if (item.matches(FITTED)) fit(item);
  scrollTo(0, 0);
  // What is said of a figure is below the heading, and below the text that it plays beside.
  const heading = section.querySelector<HTMLElement>(":scope > h2");
  const above = bottomOf(texts.length < items.length && texts.length ? texts : heading ? [heading] : []);
  for (const figure of queryAll(".lesson-figure", section)) {
    figure.style.setProperty("--above", `${above - FIGURE_TOP}px`);
    fitSaid(figure);
  }
}

/**
 * What is said of a figure is set smaller, where it would not end above its sliders and playback or on the screen, or
 * leaves what a network computes above it too little room.
 */
export function fitSaid(figure: HTMLElement) {
  const wordsBox = figure.querySelector<HTMLElement>(".figure-said");
  if (!wordsBox) return;
  const above = figure.querySelector(":scope:not(.with-right) .network-words");
  const words = wordsBox.getBoundingClientRect();
  const below = queryAll(".sliders:has(.lesson-slider), .transport", figure)
    .map((part) => part.getBoundingClientRect())
    .filter(({ height, top, left, right }) => height && top > words.top && left < words.right && right > words.left);
  const foot = Math.min(innerHeight - FOOT, ...below.map(({ top }) => top));
  for (let share = 100; share >= 60; share -= 4) {
    wordsBox.style.setProperty("--fit", String(share / 100));
    const hasRoom = !above || above.scrollHeight <= above.clientHeight;
    if (hasRoom && wordsBox.getBoundingClientRect().bottom <= foot) return;
  }
}

/** @returns whether these have a screen of their own, with nothing beside them */
export const isAlone = (items: HTMLElement[]) => items.some((item) => isWide(item) || isFigure(item));

/** What stands together on a screen. */
interface ScreenGroup<Item> {
  items: Item[];
  /** pixels */
  height: number;
  /** of text that has the whole width of a screen */
  wideHeight?: number;
  /** it has a screen of its own */
  alone: boolean;
  /** but for text after it */
  wide?: boolean;
  /** of text, what its figure shows meanwhile; null: it is no text */
  show: string | null;
  /** what stands beside it */
  figure?: Item;
}

/**
 * @param room  pixels of a screen
 * @param taken  of the first one
 * @returns the items of each screen: as many groups as it has room for, with one and the same figure beside them
 */
export function packIntoScreens<Item>(groups: ScreenGroup<Item>[], room: number, taken: number): Item[][] {
  const screens: Item[][] = [[]];
  let [used, isFull, isWideScreen, lastShow] = [taken, false, false, ""];
  let beside: Item | undefined;
  for (const { items, height, wideHeight = height, alone, wide = false, show, figure } of groups) {
    const isOther = show === null ? isWideScreen || figure !== beside : show !== lastShow;
    lastShow = show ?? lastShow;
    beside = figure;
    const screen = screens[screens.length - 1];
    const added = isWideScreen ? wideHeight : height;
    if (screen.length && (isFull || isOther || alone || used + added > room)) {
      screens.push([...items]);
      used = height;
      isWideScreen = wide;
    } else {
      screen.push(...items);
      used += added;
      isWideScreen ||= wide;
    }
    isFull = alone && !wide;
  }
  return screens;
}

/** @param taken  of the first screen, by what stands above the section @returns its groups, screen by screen */
export function screensOf(lesson: Lesson, section: HTMLElement, taken: number): HTMLElement[][] {
  // Its heading is as wide as beside a figure.
  drawSection(section, { items: itemsIn(section), isMeasured: true });
  section.style.removeProperty("--fit");
  const together = togetherIn(lesson, section);
  const above = (together[0]?.[0].getBoundingClientRect().top ?? 0) - section.getBoundingClientRect().top;
  const room = textHeight() - above - 2 * FOOT;
  // A group that does not fit one screen is parted.
  const groups = together.flatMap((group) => {
    section.classList.toggle("is-wide", group.some(isWide));
    const texts = group.filter((item) => !isFigure(item));
    const height = heightOf(texts);
    return height > (texts.length < group.length ? ABOVE_SAID : 1) * room ? group.map((item) => [item]) : [group];
  });
  section.classList.add("is-wide");
  const wideHeights = groups.map(heightOf);
  section.classList.remove("is-wide");
  const tops = groups.map(([item]) => item.getBoundingClientRect().top);
  const measured = groups.map((items, k) => {
    const piece = pieceOf(lesson, items[0]);
    const wide = items.some(isWide);
    const narrowHeight = (tops[k + 1] ?? bottomOf(items)) - tops[k];
    const height = items.some(isFigure) ? FIGURE * innerHeight : wide ? wideHeights[k] : narrowHeight;
    // What to try has its figure as it is, whatever a check above it has it show.
    const alone = isAlone(items) || piece.kind === "try";
    const show = piece.kind === "text" ? (piece.element.dataset.show ?? "") : null;
    const figure = figureOf(lesson, piece)?.element;
    return { items, height, wideHeight: wideHeights[k], alone, wide, show, figure };
  });
  drawSection(section, { items: itemsIn(section) });
  return packIntoScreens(measured, room, taken);
}
