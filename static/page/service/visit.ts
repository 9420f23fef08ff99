/** Keeps for a tab the view left in the playground and the section left in a lesson, if it has a storage. */

const VIEW = "fallline-view";
const SECTION = "fallline-section";

function kept(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Without storage the links keep their targets.
  }
}

/** A section of a lesson, with the figure that was opened in the playground. */
interface Section {
  address: string;
  /** such as "Lesson 4, The learning rate" */
  lesson: string;
  /** empty for the first section, which has none */
  title: string;
}

export const keepView = (address: string) => keep(VIEW, address);

/** Points the link to the playground to the view that was left there. */
export function leadToView() {
  const link = document.querySelector<HTMLAnchorElement>("#to-playground");
  const view = kept(VIEW);
  if (link && view) link.href = view;
}

export const keepSection = (section: Section) => keep(SECTION, JSON.stringify(section));

export const keptSection = (): Section | null => JSON.parse(kept(SECTION) ?? "null");
