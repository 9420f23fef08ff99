/** Keeps for a tab the view left in the playground and the section left in a lesson. */
import type { Answer } from "../state/types.ts";
import { remember, remembered } from "./remember.ts";

const VIEW = "fallline-view";
const LEFT = "fallline-left";
const SECTION = "fallline-section";

const TAB = "sessionStorage";

/** A section of a lesson, with the figure that was opened in the playground. */
interface Section {
  address: string;
  /** such as "Lesson 4, The learning rate" */
  lesson: string;
  /** empty for the first section, which has none */
  title: string;
}

export const keepView = (address: string) => remember(VIEW, address, TAB);

/** What an address does not say of the preset that was left. */
interface LeftPreset {
  address: string;
  answer: Answer | null;
  changeAnswer: number | null;
  /** its change was being told */
  proposes: boolean;
  /** the playhead stood at the end */
  isAtEnd: boolean;
}

export const keepLeft = (left: LeftPreset) => remember(LEFT, JSON.stringify(left), TAB);

/**
 * @returns what was left at an address, where one comes back to it: by the history, or from a page of a lesson; null in
 * a playlist, which shows its parts from their beginning
 */
export function leftAt(address: string): LeftPreset | null {
  if (globalThis.frameElement) return null;
  const left: LeftPreset | null = JSON.parse(remembered(LEFT, TAB) ?? "null");
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const comesBack = navigation?.type === "back_forward" || document.referrer.includes(`${location.origin}/`);
  return comesBack && navigation?.type !== "reload" && left?.address === address ? left : null;
}

/** Points the link to the playground to the view that was left there; a page opened from it has one at its head. */
export function leadToView() {
  const link = document.querySelector<HTMLAnchorElement>("#to-playground");
  const view = remembered(VIEW, TAB);
  if (!link || !view) return;
  link.href = view;
  const { pathname, search } = new URL(view, location.href);
  const from = document.referrer && new URL(document.referrer);
  if (!from || from.pathname !== pathname || from.search !== search) return;
  const back = document.createElement("a");
  Object.assign(back, { href: view, className: "scene-back", textContent: "Back to the scene" });
  document.querySelector(".lesson-head")?.prepend(back);
}

export const keepSection = (section: Section) => remember(SECTION, JSON.stringify(section), TAB);

export const keptSection = (): Section | null => JSON.parse(remembered(SECTION, TAB) ?? "null");
