/** Keeps for a tab the view left in the playground and the section left in a lesson. */
import { remember, remembered } from "./remember.ts";

const VIEW = "fallline-view";
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

/** Points the link to the playground to the view that was left there. */
export function leadToView() {
  const link = document.querySelector<HTMLAnchorElement>("#to-playground");
  const view = remembered(VIEW, TAB);
  if (link && view) link.href = view;
}

export const keepSection = (section: Section) => remember(SECTION, JSON.stringify(section), TAB);

export const keptSection = (): Section | null => JSON.parse(remembered(SECTION, TAB) ?? "null");
